/**
 * Memory of contracts, marked as shared, which no contract notices. A call has a memory of 64 MiB of its own, of
 * which it touches little. V8 counts all of an unshared one, so it collects garbage every few calls: 5 to 50 ms each with
 * a heap of 100 MB. A shared one it does not count at all, so it would keep what dead ones touched for
 * thousands of calls: once in a while it is made to collect.
 * @module
 */

const MEMORY_SECTION = 5;
const HEADER_LENGTH = 8;
const HAS_MAXIMUM = 1;
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

/** Marks the memory of a prepared module as shared, where the engine has such; else returns it as it is. */
export function shareMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  SUPPORT.known ??= hasSharedMemory();
  if (!SUPPORT.known) return bytes;
  const at = memoryFlags(bytes);
  if (at === null || bytes[at] !== HAS_MAXIMUM) return bytes;
  const shared = bytes.slice();
  shared[at] = SHARED_WITH_MAXIMUM;
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

/** Place of the flags of the only memory: after the section's length and a count of 1. */
function memoryFlags(bytes: Uint8Array): number | null {
  for (let at = HEADER_LENGTH; at < bytes.length;) {
    const section = bytes[at];
    let length = 0;
    let shift = 0;
    let byte: number;
    do {
      at += 1;
      byte = bytes[at] ?? 0;
      length |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80);
    at += 1;
    if (section === MEMORY_SECTION) return at + 1;
    at += length;
  }
  return null;
}
