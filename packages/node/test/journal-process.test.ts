import { type ChildProcess, spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { openFileJournal } from "@yoctonear/node";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { entryOf, fileError, inFolder, namesIn } from "./samples.ts";

const CHILD = fileURLToPath(new URL("journal-child.js", import.meta.url));
const RUN = "Deno" in globalThis ? ["run", "--allow-all", "--quiet"] : [];

/** Starts a process that writes entries from a number on, and tells each line it prints. */
function start(path: string, from: number, heard: (line: string) => void): ChildProcess {
  const child = spawn(process.execPath, [...RUN, CHILD, path, String(from)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) heard(line);
  });
  return child;
}

/** Resolves with all that a process printed once it is gone: killed as soon as it had printed so many lines. */
async function killedAfter(path: string, from: number, lines: number): Promise<readonly string[]> {
  const heard: string[] = [];
  await new Promise((resolve, reject) => {
    const child = start(path, from, (line) => {
      heard.push(line);
      if (heard.length >= lines) child.kill("SIGKILL");
    });
    child.on("error", reject).on("close", resolve);
  });
  return heard;
}

const killed = suite("file-journal: a process that is killed");

killed(
  "SIGKILL at any moment: what it said is on the disk is there, and it can be opened",
  async () => {
    await inFolder(async (folder) => {
      const path = `${folder}/j`;
      const there = new Set<string>();
      const open = new Set<string>();
      for (const [round, lines] of [2, 9, 40, 151].entries()) {
        const from = round * 10_000;
        const said = await killedAfter(path, from, lines);
        assert.ok(said.length >= lines, said.join());
        for (const line of said) {
          const [what = "", index = ""] = line.split(" ");
          const hash = `hash${index}`;
          if (what === "put") there.add(hash);
          if (what === "removing") open.add(hash);
          if (what === "removed") there.delete(hash);
        }
        const journal = await openFileJournal(path);
        const entries = await journal.list();
        const hashes = new Set(entries.map(({ hash }) => hash));
        for (const hash of there) assert.ok(hashes.has(hash) || open.has(hash), `${hash} is lost`);
        // At most the pair of puts under way is there without having been told.
        const untold = [...hashes].filter((hash) => !there.has(hash) && !open.has(hash));
        assert.ok(untold.length <= 2 * (round + 1), untold.join());
        for (const entry of entries) {
          assert.equal(entry, entryOf(Number(entry.hash.slice(4)), 3000));
        }
        await journal.close();
        assert.equal(await namesIn(folder), ["j"]);
      }
    });
  },
);

killed.run();

const lock = suite("file-journal: one process at a time");

lock("refuses what another process has open, and says which", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    const child = await new Promise<ChildProcess>((resolve, reject) => {
      const started = start(path, 0, () => resolve(started));
      started.on("error", reject);
    });
    const error = await fileError(async () => openFileJournal(path), "locked");
    assert.match(error.message, `process ${child.pid} on `);
    const gone = new Promise((resolve) => void child.on("close", resolve));
    child.kill("SIGKILL");
    await gone;
    const journal = await openFileJournal(path);
    await journal.close();
  });
});

lock("refuses a second opening in the same process until the first is closed", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    const journal = await openFileJournal(path);
    await fileError(async () => openFileJournal(path), "locked");
    await journal.close();
    await (await openFileJournal(path)).close();
  });
});

lock("of many that take over a dead process's lock at once, one gets it", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    for (let round = 0; round < 3; round += 1) {
      await killedAfter(path, 0, 1);
      const tries = await Promise.allSettled(
        Array.from({ length: 12 }, async () => openFileJournal(path)),
      );
      const got = tries.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
      assert.is(got.length, 1);
      await got[0]?.close();
      assert.equal(await namesIn(folder), ["j"]);
    }
  });
});

/** A lock as a process leaves it that dies, changed. */
async function staleLock(path: string, change: Readonly<Record<string, unknown>>): Promise<void> {
  await rm(`${path}.lock`, { force: true });
  const journal = await openFileJournal(path);
  const owner: object = JSON.parse(await readFile(`${path}.lock`, "utf8"));
  await journal.close();
  await writeFile(`${path}.lock`, JSON.stringify({ ...owner, ...change }));
}

lock(
  "takes over where the process id is another's by now, or the machine was started anew",
  async () => {
    await inFolder(async (folder) => {
      const path = `${folder}/j`;
      for (const change of [{ started: "1" }, { boot: "another" }, { pid: 2 ** 22 + 1 }]) {
        await staleLock(path, change);
        await (await openFileJournal(path)).close();
      }
    });
  },
);

lock(
  "never takes over what it cannot judge: another machine's, another container's, no lock of ours",
  async () => {
    await inFolder(async (folder) => {
      const path = `${folder}/j`;
      for (const change of [{ host: "elsewhere" }, { space: "pid:[1]" }]) {
        await staleLock(path, { ...change, pid: 2 ** 22 + 1 });
        const error = await fileError(async () => openFileJournal(path), "locked");
        assert.match(error.message, `${path}.lock`);
        await (await openFileJournal(path, { lock: "caller" })).close();
      }
      for (const text of ["", "7", "null", '{"pid":-1}']) {
        await writeFile(`${path}.lock`, text);
        await fileError(async () => openFileJournal(path), "locked");
      }
      assert.equal(await namesIn(folder), ["j", "j.lock"]);
    });
  },
);

lock(
  "never takes over from a process that runs, and of which the system tells nothing",
  async () => {
    await inFolder(async (folder) => {
      const path = `${folder}/j`;
      // Another user's, where /proc hides those.
      await staleLock(path, { pid: 2 ** 22 + 1, started: "1" });
      const { kill } = process;
      process.kill = () => true;
      try {
        await fileError(async () => openFileJournal(path), "locked");
      } finally {
        process.kill = kill;
      }
      await (await openFileJournal(path)).close();
    });
  },
);

lock("takes over from one that died while it took over", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/j`;
    await staleLock(path, { token: "first", started: "1" });
    const owner: object = JSON.parse(await readFile(`${path}.lock`, "utf8"));
    await writeFile(`${path}.lock.first.dead`, JSON.stringify({ ...owner, token: "second" }));
    await writeFile(`${path}.lock.third`, JSON.stringify({ ...owner, token: "third" }));
    await (await openFileJournal(path)).close();
    assert.equal(await namesIn(folder), ["j"]);
  });
});

lock("P28: with the caller's own lock there is no lock file", async () => {
  await inFolder(async (folder) => {
    const journal = await openFileJournal(`${folder}/j`, { lock: "caller" });
    assert.equal(await namesIn(folder), ["j"]);
    await journal.close();
  });
});

lock.run();
