/**
 * Paths, checked before anything is opened.
 * @module
 */
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { showValue } from "@yoctonear/base";
import { onFile } from "./disk.ts";

/** Text that can be a path. */
export function checkPath(path: unknown, name = "path"): string {
  if (typeof path === "string" && path !== "" && !path.includes("\0")) return resolve(path);
  throw new TypeError(
    `expected ${name} to be the path of a file or folder, got ${showValue(path)}`,
  );
}

/** A file's path with every symbolic link of its folder followed; only its last name may be missing. */
export async function fileIn(path: unknown): Promise<{ path: string; folder: string }> {
  const whole = checkPath(path);
  const folder = await onFile(dirname(whole), async () => realpath(dirname(whole)));
  return { path: join(folder, basename(whole)), folder };
}
