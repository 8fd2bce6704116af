import { openFileJournal } from "@yoctonear/node";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CRASHES, DiskFailure, type MemoryDisk, memoryDisk } from "./memory-disk.ts";
import { entryOf, failure, fileError } from "./samples.ts";

const PATH = "/j";
/** So long that two of them removed are worth writing the file anew. */
const LONG = 40_000;

/** What callers were told, so that it must hold. */
interface Told {
  /** Hashes put for good. */
  readonly there: Set<string>;
  /** Hashes of which a change was under way when the disk failed: either is right. */
  readonly open: Set<string>;
}

const openOn = async (disk: MemoryDisk) => openFileJournal(PATH, { lock: "caller", disk });

/** Puts and removes, one at a time and at once, over two rewritings; ends at the first failure. */
async function work(disk: MemoryDisk): Promise<Told> {
  const told: Told = { there: new Set(), open: new Set() };
  try {
    const journal = await openOn(disk);
    const put = async (index: number, size?: number): Promise<void> => {
      const { hash } = entryOf(index);
      told.open.add(hash);
      await journal.put(entryOf(index, size));
      told.open.delete(hash);
      told.there.add(hash);
    };
    const remove = async (index: number): Promise<void> => {
      const { hash } = entryOf(index);
      told.there.delete(hash);
      told.open.add(hash);
      await journal.remove(hash);
      told.open.delete(hash);
    };
    await put(1);
    for (const round of [10, 20]) {
      await Promise.all([put(round, LONG), put(round + 1), put(round + 2, LONG)]);
      await remove(round);
      await Promise.all([remove(round + 2), put(round + 3)]);
      await put(round + 4);
    }
    await journal.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    assert.ok("code" in error, error.stack);
  }
  return told;
}

async function check(told: Told, disk: MemoryDisk, place: string): Promise<void> {
  const journal = await openOn(disk);
  const hashes = (await journal.list()).map(({ hash }) => hash);
  for (const hash of told.there) assert.ok(hashes.includes(hash), `${hash} is lost: ${place}`);
  for (const hash of hashes) {
    assert.ok(told.there.has(hash) || told.open.has(hash), `${hash} is back: ${place}`);
  }
  await journal.put(entryOf(99));
  await journal.close();
  assert.equal(disk.names(), [PATH], place);
}

const crash = suite("file-journal: a process that ends between two steps");
const whole = memoryDisk();
const quiet = await work(whole);
const steps = whole.steps();

crash("every step is one that it may end at", async () => {
  assert.equal([...quiet.there].sort(), [
    "hash1",
    "hash11",
    "hash13",
    "hash14",
    "hash21",
    "hash23",
    "hash24",
  ]);
  assert.ok(steps > 40, `${steps} steps`);
  assert.ok((whole.content(PATH)?.length ?? LONG) < LONG, "it was written anew");
});

for (const half of ["before", "halfway"] as const) {
  for (const kind of CRASHES) {
    crash(`${kind}, ${half} each step: nothing that was told is lost or back`, async () => {
      for (let end = 0; end < steps; end += 1) {
        // After the first failure nothing is done any more: the process is gone.
        const disk = memoryDisk((step) => (step < end ? "never" : step > end ? "before" : half));
        const told = await work(disk);
        await check(told, disk.after(kind), `${kind}, ${half} step ${end} of ${steps}`);
      }
    });
  }
}

crash("power that goes again while the journal recovers loses nothing either", async () => {
  for (let end = 0; end < steps; end += 3) {
    const disk = memoryDisk((step) => (step < end ? "never" : step > end ? "before" : "halfway"));
    const told = await work(disk);
    for (const kind of CRASHES) {
      for (let second = 0; second < 8; second += 1) {
        const left = disk.after(kind);
        const content = left
          .names()
          .map((name) => [name, left.content(name) ?? new Uint8Array()] as const);
        const again = memoryDisk((step) => (step >= second ? "before" : "never"), new Map(content));
        await openOn(again).catch(() => {});
        for (const then of CRASHES)
          await check(told, again.after(then), `${kind}, ${end}, ${then}`);
      }
    }
  }
});

crash.run();

const fault = suite("file-journal: a disk that fails");

fault("one failing step: what was refused is not there, what was told is", async () => {
  for (let end = 0; end < steps; end += 1) {
    for (const half of ["before", "halfway"] as const) {
      const disk = memoryDisk((step) => (step === end ? half : "never"));
      const told = await work(disk);
      await check(told, disk.after("killed"), `step ${end}`);
    }
  }
});

fault("a full disk: the journal goes on once there is room", async () => {
  let isFull = false;
  const disk = memoryDisk(() => "never");
  const full = {
    ...disk,
    open: async (path: string) => {
      const file = await disk.open(path);
      const append = async (bytes: Uint8Array): Promise<void> => {
        if (isFull) {
          await file.append(bytes.subarray(0, 10));
          throw new DiskFailure("full");
        }
        await file.append(bytes);
      };
      return { ...file, append };
    },
  };
  await (await openOn(disk)).close();
  const journal = await openFileJournal(PATH, { lock: "caller", disk: full });
  await journal.put(entryOf(1));
  isFull = true;
  const error = await fileError(async () => journal.put(entryOf(2)), "io");
  assert.match(error.message, "EIO");
  isFull = false;
  await journal.put(entryOf(3));
  await journal.close();
  assert.equal(await (await openOn(disk)).list(), [entryOf(1), entryOf(3)]);
});

fault("a disk of which nobody knows any more what it holds ends the journal", async () => {
  let isBroken = false;
  const disk = memoryDisk(() => (isBroken ? "before" : "never"));
  const journal = await openOn(disk);
  await journal.put(entryOf(1));
  isBroken = true;
  await fileError(async () => journal.put(entryOf(2)), "io");
  isBroken = false;
  for (const call of [
    async () => journal.put(entryOf(3)),
    async () => journal.list(),
    async () => journal.remove("hash1"),
  ]) {
    const error = await fileError(call, "closed");
    assert.match(error.message, "open it anew");
    assert.instance(error.cause, DiskFailure);
  }
  await journal.close();
  assert.equal(await (await openOn(disk)).list(), [entryOf(1)]);
});

fault("a rewriting without room is put off, and nobody waits for it in vain", async () => {
  const base = memoryDisk();
  const disk = { ...base, create: async () => Promise.reject(new DiskFailure("full")) };
  await (await openOn(base)).close();
  const journal = await openFileJournal(PATH, { lock: "caller", disk });
  for (const index of [10, 20, 30]) {
    await journal.put(entryOf(index, LONG));
    await journal.remove(entryOf(index).hash);
  }
  await journal.put(entryOf(1));
  await journal.close();
  assert.equal(await (await openOn(base)).list(), [entryOf(1)]);
  assert.instance(await failure(async () => journal.list()), Error);
});

fault.run();
