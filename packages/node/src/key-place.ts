/**
 * Where in a network's folder each key is.
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Place } from "./path.ts";

/** Of each file that holds a key. */
export const END = ".json";
/** File systems take names of 255 bytes; ML-DSA keys have 2,700 characters. */
const LONGEST_KEY = 200;

/** Of an account's default key. */
export function defaultPlace(folder: string, accountId: string): Place {
  return { path: join(folder, `${accountId}${END}`), folder };
}

/** Of one key among an account's. */
export function keyPlace(folder: string, accountId: string, publicKey: string): Place {
  const own = join(folder, accountId);
  return { path: join(own, keyFileName(publicKey)), folder: own };
}

/** Of a key in its canonical text form, which has no character that means something in a path. */
export function keyFileName(publicKey: string): string {
  const name = publicKey.replace(":", "_");
  if (name.length <= LONGEST_KEY) return `${name}${END}`;
  const type = publicKey.slice(0, publicKey.indexOf(":"));
  return `${type}_sha256_${createHash("sha256").update(publicKey).digest("hex")}${END}`;
}

/** What begins with a dot is the system's, or a file that is being written. */
export function isVisible(name: string): boolean {
  return !name.startsWith(".");
}

/** Tells the files of keys from notes. */
export function isKeyFile(name: string): boolean {
  return isVisible(name) && name.endsWith(END);
}
