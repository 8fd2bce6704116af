/**
 * Registers of a call: byte strings under any u64, by which host functions hand over what has no fixed length.
 * Contents are never changed in place. Charges nothing.
 * Source: nearcore runtime/near-vm-runner/src/logic/vmstate.rs.
 * @module
 */
import { HostFailure } from "./host-error.ts";
import type { VmLimits } from "./vm-config.ts";

/** Bytes that a register counts for besides its content. */
const REGISTER_SIZE = 8;

/** Registers of a call. */
export class Registers {
  readonly #limits: VmLimits;
  readonly #contents = new Map<bigint, Uint8Array>();
  #memory = 0;

  constructor(limits: VmLimits) {
    this.#limits = limits;
  }

  /** Content of a register, if it was set. */
  get(register: bigint): Uint8Array | undefined {
    return this.#contents.get(register);
  }

  /**
   * Sets a register.
   * @throws {HostFailure} `MemoryAccessViolation` beyond a limit
   */
  set(register: bigint, content: Uint8Array): void {
    const limits = this.#limits;
    const old = this.#contents.get(register);
    const freed = old === undefined ? 0 : old.length + REGISTER_SIZE;
    const memory = this.#memory - freed + content.length + REGISTER_SIZE;
    // nearcore counts before it looks whether the register is there, so a full set cannot even be overwritten.
    const isFull = this.#contents.size >= limits.maxNumberRegisters;
    if (isFull || content.length > limits.maxRegisterSize || memory > limits.registersMemoryLimit)
      throw new HostFailure("MemoryAccessViolation");
    this.#memory = memory;
    this.#contents.set(register, content);
  }
}
