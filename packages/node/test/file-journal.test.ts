import { chmod, readFile, stat, symlink, writeFile } from "node:fs/promises";
import type { JournalEntry } from "@yoctonear/account";
import { type FileJournal, openFileJournal } from "@yoctonear/node";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { memoryDisk } from "./memory-disk.ts";
import { entryOf, failure, fileError, inFolder, namesIn } from "./samples.ts";

/** A journal of entries 0 to 2 with its text, closed. */
async function written(path: string): Promise<Uint8Array> {
  const journal = await openFileJournal(path);
  for (const index of [0, 1, 2]) await journal.put(entryOf(index));
  await journal.close();
  return new Uint8Array(await readFile(path));
}

async function listed(path: string): Promise<readonly JournalEntry[]> {
  const journal = await openFileJournal(path);
  const entries = await journal.list();
  await journal.close();
  return entries;
}

async function using<T>(path: string, run: (journal: FileJournal) => Promise<T>): Promise<T> {
  const journal = await openFileJournal(path);
  try {
    return await run(journal);
  } finally {
    await journal.close();
  }
}

const keep = suite("file-journal: openFileJournal");

keep("keeps entries over a closing, in the order they were first put", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    await using(path, async (journal) => {
      assert.is(journal.path, path);
      assert.is(journal.recovered, 0);
      for (const index of [0, 1, 2]) await journal.put(entryOf(index));
      await journal.put({ ...entryOf(0), reference: "again" });
      await journal.remove("hash1");
      await journal.remove("unknown");
    });
    const expected = [{ ...entryOf(0), reference: "again" }, entryOf(2)];
    assert.equal(await listed(path), expected);
  });
});

keep("hands out copies and keeps copies", async () => {
  await inFolder(async (folder) => {
    await using(`${folder}/j`, async (journal) => {
      const entry = entryOf(1);
      const putting = journal.put(entry);
      entry.bytes.fill(9);
      await putting;
      const [first] = await journal.list();
      first?.bytes.fill(8);
      assert.equal(await journal.list(), [entryOf(1)]);
    });
  });
});

keep("keeps the order of calls that nobody waited for", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    await using(path, async (journal) => {
      const calls = [
        journal.put(entryOf(1)),
        journal.put(entryOf(2)),
        journal.remove("hash1"),
        journal.put(entryOf(3)),
        journal.remove("hash2"),
        journal.put(entryOf(2)),
      ];
      await Promise.all(calls);
    });
    assert.equal(await listed(path), [entryOf(3), entryOf(2)]);
  });
});

keep("is readable to its owner alone, also where it was not", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    await written(path);
    assert.is((await stat(path)).mode & 0o777, 0o600);
    await chmod(path, 0o666);
    await listed(path);
    assert.is((await stat(path)).mode & 0o777, 0o600);
  });
});

keep("leaves nothing but the journal behind", async () => {
  await inFolder(async (folder) => {
    await written(`${folder}/j`);
    assert.equal(await namesIn(folder), ["j"]);
  });
});

keep("writes the file anew when the past dominates", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    await using(path, async (journal) => {
      await journal.put(entryOf(1));
      for (const index of [2, 3]) {
        await journal.put(entryOf(index, 40_000));
        await journal.remove(`hash${index}`);
      }
      await journal.put(entryOf(4));
      assert.ok((await stat(path)).size < 1000);
      assert.is((await stat(path)).mode & 0o777, 0o600);
      assert.equal(await namesIn(folder), ["j", "j.lock"]);
    });
    assert.equal(await listed(path), [entryOf(1), entryOf(4)]);
  });
});

keep("takes more at once than a call has room for arguments", async () => {
  const disk = memoryDisk();
  const journal = await openFileJournal("/j", { lock: "caller", disk });
  const hashes = Array.from({ length: 150_000 }, (_, index) => `hash${index}`);
  const bytes = new Uint8Array();
  await Promise.all(
    hashes.map(async (hash) => journal.put({ hash, signerId: "alice.near", bytes })),
  );
  assert.is((await journal.list()).length, hashes.length);
  await journal.close();
});

keep("takes away what a process left that was killed while it wrote the file anew", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    await written(path);
    await writeFile(`${path}.journal-rewrite`, "half a jour");
    assert.is((await listed(path)).length, 3);
    assert.equal(await namesIn(folder), ["j"]);
  });
});

keep("leaves its neighbours alone, whatever they are called", async () => {
  await inFolder(async (folder) => {
    for (const name of ["j.new", "j.old", "j.journal"]) {
      await written(`${folder}/${name}`);
      await written(`${folder}/j`);
      assert.is((await listed(`${folder}/${name}`)).length, 3, name);
    }
  });
});

keep("refuses calls after the closing, which may be called twice", async () => {
  await inFolder(async (folder) => {
    const journal = await openFileJournal(`${folder}/j`);
    const putting = journal.put(entryOf(1));
    await Promise.all([journal.close(), journal.close(), putting]);
    await fileError(async () => journal.put(entryOf(2)), "closed");
    await fileError(async () => journal.remove("hash1"), "closed");
    await fileError(async () => journal.list(), "closed");
    assert.equal(await listed(`${folder}/j`), [entryOf(1)]);
  });
});

keep("refuses a link, a folder, and a folder that is not there", async () => {
  await inFolder(async (folder) => {
    await written(`${folder}/j`);
    await symlink(`${folder}/j`, `${folder}/link`);
    await symlink(`${folder}/nowhere`, `${folder}/dangling`);
    for (const name of ["link", "dangling", "."]) {
      const error = await fileError(
        async () => openFileJournal(`${folder}/${name}`),
        "unsafe_path",
      );
      assert.match(error.message, error.path);
    }
    await fileError(async () => openFileJournal(`${folder}/none/j`), "not_found");
    assert.equal(await namesIn(folder), ["dangling", "j", "link"]);
  });
});

keep("follows a link to its folder, so that one file has one lock", async () => {
  await inFolder(async (folder) => {
    await symlink(folder, `${folder}/link`);
    await using(`${folder}/link/j`, async (journal) => {
      assert.is(journal.path, `${folder}/j`);
      await fileError(async () => openFileJournal(`${folder}/j`), "locked");
    });
  });
});

keep("P28: a wrong path, option or entry is an error", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    for (const wrong of ["", "a\0b", 7, null, undefined, new URL("file:///j"), {}]) {
      // @ts-expect-error: JavaScript may pass anything
      assert.instance(await failure(async () => openFileJournal(wrong)), TypeError);
    }
    for (const options of [null, "x", [], { lok: "file" }, { lock: true }]) {
      // @ts-expect-error: JavaScript may pass anything
      assert.instance(await failure(async () => openFileJournal(path, options)), TypeError);
    }
    assert.equal(await namesIn(folder), []);
    await using(path, async (journal) => {
      const entry = entryOf(1);
      for (const wrong of [
        { ...entry, hash: "" },
        { ...entry, signerId: 7 },
        { ...entry, bytes: "AA==" },
        { ...entry, reference: null },
      ]) {
        // @ts-expect-error: JavaScript may pass anything
        assert.instance(await failure(async () => journal.put(wrong)), TypeError);
      }
      assert.equal(await journal.list(), []);
    });
  });
});

keep.run();

const damage = suite("file-journal: what was damaged");

damage(
  "cut off at any byte: whole lines are kept, the rest is reported, no more lost",
  async () => {
    await inFolder(async (folder) => {
      const path = `${folder}/j`;
      const bytes = await written(path);
      const ends = [...bytes.keys()].filter((at) => bytes[at] === 10).map((at) => at + 1);
      for (let length = 0; length < bytes.length; length += 1) {
        const cut = bytes.slice(0, length);
        // Each byte in memory, some of them on the disk.
        const isReal = length % 47 === 0;
        if (isReal) await writeFile(path, cut);
        const disk = isReal ? undefined : memoryDisk(() => "never", new Map([[path, cut]]));
        const open = async () => openFileJournal(path, { lock: "caller", disk });
        const whole = ends.filter((end) => end <= length);
        if (whole.length === 0) {
          await fileError(open, "corrupt");
          continue;
        }
        const journal = await open();
        assert.is(journal.recovered, length - (whole.at(-1) ?? 0), `at ${length}`);
        assert.is((await journal.list()).length, whole.length - 1);
        // What comes next stands behind the last whole line.
        await journal.put(entryOf(7));
        await journal.close();
        const again = await open();
        assert.is(again.recovered, 0);
        assert.equal((await again.list()).at(-1), entryOf(7));
        await again.close();
      }
    });
  },
);

damage("zeros at the end are no data: a file system leaves them when power goes", async () => {
  await inFolder(async (folder) => {
    const bytes = await written(`${folder}/j`);
    const cut = new Uint8Array(bytes.length + 600);
    cut.set(bytes.subarray(0, -20));
    await writeFile(`${folder}/j`, cut);
    await using(`${folder}/j`, async (journal) => {
      assert.ok(journal.recovered > 600);
      assert.equal(await journal.list(), [entryOf(0), entryOf(1)]);
    });
  });
});

damage("any flipped bit is refused, with its line, and the file left as it is", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    const bytes = await written(path);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = new Uint8Array(bytes);
      flipped[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const isReal = bit % 97 === 0;
      if (isReal) await writeFile(path, flipped);
      const disk = isReal ? undefined : memoryDisk(() => "never", new Map([[path, flipped]]));
      const error = await fileError(
        async () => openFileJournal(path, { lock: "caller", disk }),
        "corrupt",
      );
      assert.match(error.message, / in line [1-5]: /);
      if (isReal) assert.equal(new Uint8Array(await readFile(path)), flipped);
    }
  });
});

damage("a line taken out, moved, doubled or from another journal is refused", async () => {
  await inFolder(async (folder) => {
    const text = new TextDecoder().decode(await written(`${folder}/j`));
    const other = new TextDecoder().decode(await written(`${folder}/other`)).split("\n");
    const [head = "", one = "", two = "", three = ""] = text.split("\n");
    for (const lines of [
      [head, one, three],
      [head, two, three],
      [head, two, one, three],
      [head, one, one, two, three],
      [one, two, three],
      [head, one, other[2] ?? ""],
      [head, "", one],
      [other[0] ?? "", one],
    ]) {
      await writeFile(`${folder}/j`, `${lines.join("\n")}\n`);
      await fileError(async () => openFileJournal(`${folder}/j`), "corrupt");
    }
  });
});

damage("another file is refused and kept", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    for (const text of ["", "\n", "hello\n", '{"a":1}\n', "\0\0\0"]) {
      await writeFile(path, text);
      await fileError(async () => openFileJournal(path), "corrupt");
      assert.is(await readFile(path, "utf8"), text);
      assert.equal(await namesIn(folder), ["j"]);
    }
  });
});

damage.run();
