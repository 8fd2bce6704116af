/**
 * Memory of contracts, marked as shared, which no contract notices. A call has a memory of 64 MiB of its own, of
 * which it touches little. V8 counts all of an unshared one, so it collects garbage every few calls: 5 to 50 ms each with
 * a heap of 100 MB. A shared one it does not count at all, so it would keep what dead ones touched for
 * thousands of calls: once in a while it is made to collect.
 * @module
 */

import type { PreparedContract } from "@yoctonear/wasm";

const SHARED_WITH_MAXIMUM = 3;

/** Bytes, as estimated, that dead memories may hold. */
const MAX_HELD = 512 * 1024 * 1024;
/** What a call is taken to touch: its data, stack and heap. */
const USUAL_BYTES = 256 * 1024;
/** Looked at is one byte in so many, where data and stacks of compiled contracts are not. */
const SAMPLE_DISTANCE = 2 * 1024 * 1024;
const SAMPLE_START = 1.5 * 1024 * 1024;
/** More bytes than any address space has. */
const UNAVAILABLE = 2 ** 50;

const SUPPORT: { known?: boolean; held: number } = { held: 0 };

/** The module of a contract, its memory marked as shared where the engine has such. */
export function shareMemory({
  bytes,
  memoryFlags,
}: Pick<PreparedContract, "bytes" | "memoryFlags">): Uint8Array<ArrayBuffer> {
  SUPPORT.known ??= hasSharedMemory();
  if (!SUPPORT.known) return bytes;
  const shared = bytes.slice();
  shared[memoryFlags] = SHARED_WITH_MAXIMUM;
  return shared;
}

/** Takes note that a call has done with its memory: such memory is let go only where all garbage is collected. */
export function dropMemory({ buffer }: WebAssembly.Memory): void {
  if (SUPPORT.known !== true) return;
  const bytes = new Uint8Array(buffer);
  SUPPORT.held += USUAL_BYTES;
  for (let at = SAMPLE_START; at < bytes.length; at += SAMPLE_DISTANCE)
    if (bytes[at] !== 0) SUPPORT.held += SAMPLE_DISTANCE;
  if (SUPPORT.held < MAX_HELD) return;
  SUPPORT.held = 0;
  collectGarbage();
}

function collectGarbage(): void {
  try {
    // Before it refuses, V8 collects all that it can, which is what nothing else makes it do; others just refuse.
    void new ArrayBuffer(UNAVAILABLE);
  } catch {
    // As expected.
  }
}

function hasSharedMemory(): boolean {
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    return memory.buffer.byteLength > 0;
  } catch {
    return false;
  }
}
