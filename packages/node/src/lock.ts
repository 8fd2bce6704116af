/**
 * A lock against other processes, as a file beside the one that it guards: Node has no locks of the kernel.
 * It names its owner, so that one left behind by a process that was killed is taken over.
 *
 * Only the file's own names are trusted to be exclusive: a lock appears whole (linked from a finished file)
 * or not at all, and who takes over a dead owner's lock first takes a lock named after that very owner, so
 * that of two who try one fails.
 * @module
 */
import { randomUUID } from "node:crypto";
import { link, open, readdir, readFile, readlink, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { errorName } from "./disk.ts";
import { FileError } from "./file-error.ts";

/** Who holds a lock. */
interface Owner {
  /** Names this very holding of the lock. */
  readonly token: string;
  readonly pid: number;
  /** Tells a process from an earlier one of the same id; empty where the system does not say. */
  readonly started: string;
  /** The machine; ids of processes say nothing about another's. */
  readonly host: string;
  /** This run of the system; after another start every earlier process is gone. */
  readonly boot: string;
  /** Among which processes the id counts: containers have their own. */
  readonly space: string;
}

/** Takes the lock, and gives what releases it. */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  const own: Owner = {
    token: randomUUID().slice(0, 13),
    pid: process.pid,
    started: await startOf(process.pid),
    host: hostname(),
    boot: await textOf("/proc/sys/kernel/random/boot_id"),
    space: await spaceOf(),
  };
  const lock = `${path}.lock`;
  const draft = `${lock}.${own.token}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(JSON.stringify(own));
    await file.sync();
    await file.close();
    await acquire(lock, path, draft, own);
    // What stays is taken away another time: the lock is had.
    await tidy(lock, own).catch(() => {});
  } finally {
    await unlink(draft).catch(() => {});
  }
  return async () => {
    if ((await ownerOf(lock))?.token === own.token) await unlink(lock);
  };
}

async function acquire(lock: string, path: string, draft: string, own: Owner): Promise<void> {
  for (;;) {
    try {
      await link(draft, lock);
      return;
    } catch (error) {
      if (errorName(error) !== "EEXIST") throw error;
    }
    const owner = await ownerOf(lock);
    // Released in between.
    if (owner === undefined) continue;
    if (!(await isGone(owner, own))) {
      const who = owner.pid === 0 ? "an unknown process" : `process ${owner.pid} on ${owner.host}`;
      throw new FileError(
        "locked",
        path,
        `expected a file that no other process uses, got one that ${who} has locked (by ${lock}; remove that only if no process uses it)`,
      );
    }
    const claim = `${lock}.${owner.token}.dead`;
    await acquire(claim, path, draft, own);
    // Whoever claimed it before may have taken it over already.
    if ((await ownerOf(lock))?.token === owner.token) await unlink(lock);
    await unlink(claim);
  }
}

/** Removes what processes left that were killed within these very steps; nobody's lock is among it. */
async function tidy(lock: string, own: Owner): Promise<void> {
  const folder = dirname(lock);
  const left = (await readdir(folder)).filter((name) => name.startsWith(`${basename(lock)}.`));
  for (const name of left) {
    const owner = await ownerOf(join(folder, name));
    if (owner === undefined || !(await isGone(owner, own))) continue;
    await unlink(join(folder, name)).catch(() => {});
  }
}

async function isGone(owner: Owner, own: Owner): Promise<boolean> {
  if (owner.host !== own.host) return false;
  if (owner.boot !== own.boot) return owner.boot !== "" && own.boot !== "";
  if (owner.space !== own.space) return false;
  if (!isRunning(owner.pid)) return true;
  const started = await startOf(owner.pid);
  return started !== "" && started !== owner.started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is there, but may not be asked.
    return errorName(error) !== "ESRCH";
  }
}

async function ownerOf(lock: string): Promise<Owner | undefined> {
  let text: string;
  try {
    text = await readFile(lock, "utf8");
  } catch (error) {
    if (errorName(error) === "ENOENT") return undefined;
    throw error;
  }
  const fields: unknown = parsed(text);
  const field = (name: string): string => {
    const value: unknown =
      typeof fields === "object" && fields !== null ? Reflect.get(fields, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  const pid: unknown =
    typeof fields === "object" && fields !== null ? Reflect.get(fields, "pid") : undefined;
  // What is not a lock of ours has no host, so nobody takes it over.
  return {
    token: field("token"),
    pid: typeof pid === "number" && Number.isSafeInteger(pid) ? pid : 0,
    started: field("started"),
    host: field("host"),
    boot: field("boot"),
    space: field("space"),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** When a process began, in the system's own ticks (proc(5): field 22, counted behind the name). */
async function startOf(pid: number): Promise<string> {
  const stat = await textOf(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

async function spaceOf(): Promise<string> {
  try {
    return await readlink("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch {
    return "";
  }
}
