/**
 * Memory of the contract, as host functions reach it: pointers and lengths are u64. Charges nothing.
 * @module
 */
import { HostFailure } from "./host-error.ts";

/** Memory of the contract. */
export class GuestMemory {
  #memory: { readonly buffer: ArrayBufferLike };
  #bytes: Uint8Array;

  constructor(memory: { readonly buffer: ArrayBufferLike } = { buffer: new ArrayBuffer(0) }) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
  }

  /** Looks at this memory from now on. */
  attach(memory: { readonly buffer: ArrayBufferLike }): void {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
  }

  /**
   * Returns a copy of bytes.
   * @throws {HostFailure} `MemoryAccessViolation`
   */
  read(ptr: bigint, len: bigint): Uint8Array<ArrayBuffer> {
    const bytes = this.#upTo(ptr + len);
    return new Uint8Array(bytes.subarray(Number(ptr), Number(ptr + len)));
  }

  /**
   * Returns one byte.
   * @throws {HostFailure} `MemoryAccessViolation`
   */
  readByte(ptr: bigint): number {
    return this.#upTo(ptr + 1n)[Number(ptr)] ?? 0;
  }

  /**
   * Copies bytes into the memory.
   * @throws {HostFailure} `MemoryAccessViolation`
   */
  write(ptr: bigint, bytes: Uint8Array): void {
    this.#upTo(ptr + BigInt(bytes.length)).set(bytes, Number(ptr));
  }

  #upTo(end: bigint): Uint8Array {
    // A view of memory that grew since is empty, or only too short where the memory is shared.
    if (end > this.#bytes.length) this.#bytes = new Uint8Array(this.#memory.buffer);
    if (end > this.#bytes.length) throw new HostFailure("MemoryAccessViolation");
    return this.#bytes;
  }
}
