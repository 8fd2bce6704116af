/**
 * Keeps the gas counter and the counter inside the contract in step: the contract's own goes down by what its
 * instructions cost, and is brought up to date at every host call.
 * @module
 */
import type { GasCounter } from "./gas-counter.ts";

/** The contract's counter is signed; gas beyond is out of its reach in any case. */
const MAX_COUNTER = 0x7fff_ffff_ffff_ffffn;

/** The counters of a contract under way. */
export class GuestMeter {
  readonly #gas: GasCounter;
  readonly #left: WebAssembly.Global<"i64">;
  #synced: bigint;

  constructor(gas: GasCounter, left: WebAssembly.Global<"i64">) {
    this.#gas = gas;
    this.#left = left;
    this.#synced = 0n;
    this.leaveHost();
  }

  /**
   * Burns what the contract's instructions cost since.
   * @throws {HostFailure} where that is too much: then the contract's own counter is negative, or the limit is lower
   */
  enterHost(): void {
    const left = this.#left.value;
    const spent = this.#synced - left;
    this.#synced = left;
    this.#gas.payInstructions(spent);
  }

  /** Lets the contract go on with what is left. */
  leaveHost(): void {
    const { remaining } = this.#gas;
    this.#synced = remaining > MAX_COUNTER ? MAX_COUNTER : remaining;
    this.#left.value = this.#synced;
  }
}
