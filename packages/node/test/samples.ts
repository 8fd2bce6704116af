/**
 * What several tests need: folders of their own, entries, failures.
 * @module
 */
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEntry } from "@yoctonear/account";
import { FileError, type FileErrorCode } from "@yoctonear/node";
import * as assert from "uvu/assert";

/** Runs with an empty folder, which is gone afterwards. */
export async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "yoctonear-")));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is in a folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).sort();
}

/** An entry that can be told from others. */
export function entryOf(index: number, size = 5): JournalEntry {
  return {
    hash: `hash${index}`,
    signerId: "alice.near",
    bytes: new Uint8Array(size).fill(index),
    ...(index % 2 === 0 ? {} : { reference: `invoice ${index} → bob` }),
  };
}

/** The error of a refusal. */
export async function failure(run: () => Promise<unknown>): Promise<Error> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("expected a failure");
}

/** The error of a file. */
export async function fileError(
  run: () => Promise<unknown>,
  code: FileErrorCode,
): Promise<FileError> {
  const error = await failure(run);
  assert.instance(error, FileError, error.stack);
  if (!(error instanceof FileError)) throw error;
  assert.is(error.code, code, error.message);
  return error;
}
