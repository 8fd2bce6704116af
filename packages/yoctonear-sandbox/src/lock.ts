/**
 * A home belongs to one process at a time. The lock file says which, and where it answers; that of a process
 * that was killed is seen to be left over.
 * @module
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, systemFault } from "./json-file.ts";
import { SandboxError } from "./sandbox-error.ts";

/** A home that this process has. */
export interface Lock {
  /** Notes where this process gives the state of its chain. */
  announce(stateUrl: string): void;
  release(): void;
}

/** Who has a home. */
export interface Holder {
  readonly pid: number;
  /** Where its state is to be had; `null` while it starts. */
  readonly stateUrl: string | null;
}

const LOCK_FILE = "data/LOCK";
/** Milliseconds that a start may take before the process id counts as another's by now. */
const STARTING = 10_000;
const ASKING = 2000;
const ATTEMPTS = 3;

/**
 * Takes a home.
 * @throws {SandboxError} `in_use`, `home`
 */
export async function lockHome(home: string): Promise<Lock> {
  const path = join(home, LOCK_FILE);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (takeFile(home, path)) {
      return {
        announce: (stateUrl) => {
          writeFileSync(path, holderText(stateUrl), { mode: 0o600 });
        },
        release: () => rmSync(path, { force: true }),
      };
    }
    const holder = await findHolder(home);
    if (holder !== null) {
      throw new SandboxError(
        "in_use",
        `${home} is in use by process ${holder.pid}; end it, or take another --home`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new SandboxError("in_use", `${home} is in use by processes that start at the same time`);
}

/** Finds the process that has a home. */
export async function findHolder(home: string): Promise<Holder | null> {
  const path = join(home, LOCK_FILE);
  let holder: Holder | null;
  let age: number;
  try {
    age = Date.now() - statSync(path).mtimeMs;
    holder = parseHolder(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
  // A file that is just being written is empty.
  if (holder === null) return age < STARTING ? { pid: 0, stateUrl: null } : null;
  if (!isAlive(holder.pid)) return null;
  const answers = holder.stateUrl === null ? age < STARTING : await isThere(holder.stateUrl);
  return answers ? holder : null;
}

function takeFile(home: string, path: string): boolean {
  const folder = join(home, "data");
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new SandboxError("home", `cannot make ${folder}: ${systemFault(error)}`, {
      cause: error,
    });
  }
  try {
    writeFileSync(path, holderText(null), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw new SandboxError("home", `cannot write ${path}: ${systemFault(error)}`, { cause: error });
  }
}

function holderText(stateUrl: string | null): string {
  return `${JSON.stringify({ pid: process.pid, state_url: stateUrl })}\n`;
}

function parseHolder(text: string): Holder | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isJsonObject(json)) return null;
  const { pid, state_url: stateUrl } = json;
  if (typeof pid !== "number") return null;
  return { pid, stateUrl: typeof stateUrl === "string" ? stateUrl : null };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A process id may be another process's by now: the one meant knows the secret part of its address. */
async function isThere(stateUrl: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ASKING);
    return (await fetch(stateUrl, { method: "HEAD", signal })).ok;
  } catch (error) {
    // Who is too busy to answer is there.
    return error instanceof DOMException && error.name === "TimeoutError";
  }
}
