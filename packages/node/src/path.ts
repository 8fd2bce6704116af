/**
 * Paths, checked before anything is opened.
 * @module
 */
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { showValue } from "@yoctonear/base";
import { onFile } from "./disk.ts";

/** Where a file is. */
export interface Place {
  readonly path: string;
  /** The folder of the path. */
  readonly folder: string;
}

/** Text that can be a path. */
export function checkPath(path: unknown): string {
  if (typeof path === "string" && path !== "" && !path.includes("\0")) return resolve(path);
  throw new TypeError(`expected path to be the path of a file or folder, got ${showValue(path)}`);
}

/** A file's path with every symbolic link of its folder followed; only its last name may be missing. */
export async function fileIn(path: unknown): Promise<Place> {
  const whole = checkPath(path);
  const folder = await onFile(dirname(whole), async () => realpath(dirname(whole)));
  return { path: join(folder, basename(whole)), folder };
}
