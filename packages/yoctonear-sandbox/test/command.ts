/**
 * The command for its tests: as a process, and within this one.
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { field, type Json, parse } from "@yoctonear/vectors";
import { runCommand } from "yoctonear-sandbox";

/** Compiled tests are two folders below the package. */
const LAUNCHER = fileURLToPath(new URL("../../bin/yoctonear-sandbox.mjs", import.meta.url));

/** How a command ended. */
export interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly log: string;
}

/** A sandbox in a process of its own. */
export interface Running {
  readonly url: `http://${string}`;
  readonly process: ChildProcess;
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Ending>;
}

/** A folder that is removed when the work is done. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "yoctonear-sandbox-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command line in this process; a `run` that starts is ended at once. */
export async function command(...words: readonly string[]): Promise<Ending> {
  let out = "";
  let log = "";
  const code = await runCommand(words, {
    out: (text) => void (out += text),
    log: (text) => void (log += text),
    end: Promise.resolve(),
  });
  return { code, out, log };
}

/** Runs a command line in a process of its own. */
export async function execute(...words: readonly string[]): Promise<Ending> {
  return watch(spawn(LAUNCHER, words)).ending;
}

/** Starts the chain of a home at a free port. */
export async function start(home: string, ...words: readonly string[]): Promise<Running> {
  const child = spawn(LAUNCHER, ["--home", home, "run", "--rpc-addr", "127.0.0.1:0", ...words]);
  const { ending, line } = watch(child);
  const place = /at http:\/\/(\S+)/.exec(await line)?.[1];
  if (place === undefined) throw new Error(`expected a start, got ${JSON.stringify(await ending)}`);
  return {
    url: `http://${place}`,
    process: child,
    end: (signal = "SIGTERM") => {
      child.kill(signal);
      return ending;
    },
  };
}

function watch(child: ChildProcess): { ending: Promise<Ending>; line: Promise<string> } {
  let out = "";
  let log = "";
  let onLine = (_line: string): void => {};
  const line = new Promise<string>((resolve) => (onLine = resolve));
  child.stdout?.setEncoding("utf8").on("data", (text: string) => void (out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log += text;
    if (log.includes("\n")) onLine(log);
  });
  const ending = new Promise<Ending>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      onLine(log);
      resolve({ code, out, log });
    });
  });
  return { ending, line };
}

/** Makes a home. */
export async function init(home: string, ...words: readonly string[]): Promise<void> {
  const { code, log } = await command("--home", home, "init", "--fast", ...words);
  if (code !== 0) throw new Error(log);
}

/** Reads a file of JSON. */
export function readJson(...path: readonly string[]): Json {
  return parse(readFileSync(join(...path), "utf8"));
}

/** Changes a text file. */
export function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** Asks a sandbox, and gives the whole body of the answer. */
export async function ask(url: string, method: string, params: unknown): Promise<Json> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  return parse(await response.text());
}

/** Height of the newest block. */
export async function heightOf(url: string): Promise<number> {
  const response = await fetch(`${url}/status`);
  return Number(field(parse(await response.text()), "sync_info", "latest_block_height"));
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
