/**
 * SHA-256 of many small things: a hasher of noble is made once and started anew each time, since
 * making one takes as long as hashing two blocks, and leaves three buffers to the garbage collector.
 * @module
 */
import { sha256 as noble } from "@noble/hashes/sha2.js";

type Hasher = ReturnType<typeof noble.create>;

const HASH_LENGTH = 32;
let start: Hasher | undefined;
let work: Hasher | undefined;
let digest: Uint8Array | undefined;

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const hash = new Uint8Array(HASH_LENGTH);
  hashInto(bytes, hash, 0);
  return hash;
}

/** Writes the SHA-256 of bytes into a target. */
export function hashInto(bytes: Uint8Array, target: Uint8Array, offset: number): void {
  start ??= noble.create();
  // oxlint-disable-next-line eslint/no-underscore-dangle -- noble's public way to start a hasher anew
  work = start._cloneInto(work);
  digest ??= new Uint8Array(new ArrayBuffer(HASH_LENGTH));
  work.update(bytes).digestInto(digest);
  target.set(digest, offset);
}
