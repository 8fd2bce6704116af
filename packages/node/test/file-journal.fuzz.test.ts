import type { JournalEntry } from "@yoctonear/account";
import { openFileJournal } from "@yoctonear/node";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type MemoryDisk, memoryDisk } from "./memory-disk.ts";
import { fileError } from "./samples.ts";

const PATH = "/j";

const entries = fc.record(
  {
    hash: fc.constantFrom("a", "b", "c", "d"),
    signerId: fc.constantFrom("alice.near", "bob.near"),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.nat(255).map((value) => new Uint8Array(30_000).fill(value)),
    ),
    reference: fc.string({ unit: "binary", minLength: 1 }),
  },
  { requiredKeys: ["hash", "signerId", "bytes"], noNullPrototype: true },
);

const changes = fc.array(
  fc.oneof(
    entries.map((entry) => ({ type: "put", entry }) as const),
    fc.constantFrom("a", "b", "c", "d").map((hash) => ({ type: "remove", hash }) as const),
    fc.constant({ type: "reopen" } as const),
  ),
  { maxLength: 40 },
);

const open = async (disk: MemoryDisk) => openFileJournal(PATH, { lock: "caller", disk });

const model = suite("file-journal: any changes in any order");

model("it holds what a map would, over every opening and rewriting", async () => {
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      const disk = memoryDisk();
      const expected = new Map<string, JournalEntry>();
      let journal = await open(disk);
      for (const change of list) {
        if (change.type === "reopen") {
          await journal.close();
          journal = await open(disk);
        } else if (change.type === "put") {
          await journal.put(change.entry);
          expected.set(change.entry.hash, change.entry);
        } else {
          await journal.remove(change.hash);
          expected.delete(change.hash);
        }
        assert.equal(await journal.list(), [...expected.values()]);
      }
      await journal.close();
      assert.is((await open(disk)).recovered, 0);
    }),
    { numRuns: 60 },
  );
});

model(
  "any bytes exchanged in it are refused, or were the end that a crash may cut off",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entries, { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        async (list, where, bytes) => {
          const disk = memoryDisk();
          const journal = await open(disk);
          for (const entry of list) await journal.put(entry);
          await journal.close();
          const content = disk.content(PATH) ?? new Uint8Array();
          const at = Math.floor(where * content.length);
          const changed = content.slice();
          changed.set(bytes.subarray(0, content.length - at), at);
          // The last line feed and nothing else, exchanged for zeros, is what a crash leaves.
          const isSame = changed.every((byte, index) => byte === content[index]);
          if (isSame || changed.at(-1) === 0) return;
          const damaged = memoryDisk(() => "never", new Map([[PATH, changed]]));
          await fileError(async () => open(damaged), "corrupt");
        },
      ),
      { numRuns: 200 },
    );
  },
);

model.run();
