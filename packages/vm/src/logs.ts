/**
 * What a call logs, within its limits. Charges nothing.
 * @module
 */
import { MAX_U64 } from "./host-arguments.ts";
import { HostFailure } from "./host-error.ts";
import type { VmLimits } from "./vm-config.ts";

/** What a call logs. */
export class Logs {
  readonly #limits: VmLimits;
  readonly #messages: string[] = [];
  #length = 0;

  constructor(limits: VmLimits) {
    this.#limits = limits;
  }

  /** Messages in order. */
  get messages(): readonly string[] {
    return this.#messages;
  }

  /** Bytes that may still be logged. */
  get budget(): number {
    return Math.max(0, this.#limits.maxTotalLogLength - this.#length);
  }

  /**
   * Refuses another message where there are enough.
   * @throws {HostFailure} `NumberOfLogsExceeded`
   */
  checkNumber(): void {
    const limit = BigInt(this.#limits.maxNumberLogs);
    if (this.#messages.length >= limit) throw new HostFailure("NumberOfLogsExceeded", { limit });
  }

  /**
   * Adds a message of so many bytes.
   * @throws {HostFailure} `TotalLogLengthExceeded`
   */
  push(message: string, length: number): void {
    this.#length += length;
    // This length counts twice in the error then, as in nearcore's.
    if (this.#length > this.#limits.maxTotalLogLength) this.exceed(BigInt(length));
    this.#messages.push(message);
  }

  /**
   * Fails because of so many more bytes.
   * @throws {HostFailure} `TotalLogLengthExceeded`
   */
  exceed(length: bigint): never {
    const total = BigInt(this.#length) + length;
    throw new HostFailure("TotalLogLengthExceeded", {
      length: total > MAX_U64 ? MAX_U64 : total,
      limit: BigInt(this.#limits.maxTotalLogLength),
    });
  }
}
