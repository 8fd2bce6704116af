/**
 * nearcore's limits on all functions together, and those that it looks at when the whole module is known to be
 * valid: what goes beyond those is remembered until then.
 * @module
 */
import type { FunctionState } from "./function-state.ts";
import {
  MAX_BLOCKS_PER_CONTRACT,
  MAX_BLOCKS_PER_FUNCTION,
  MAX_INSTRUMENTED_SIZE,
  MAX_LOCALS_PER_CONTRACT,
  MAX_OPERAND_STACK,
  MAX_PARAMS_PER_CONTRACT,
  MAX_PARAMS_PER_FUNCTION,
} from "./limits.ts";
import type { FunctionType } from "./module-info.ts";
import { PrepareError, type PrepareErrorCode } from "./prepare-error.ts";

/** Counts what functions have. */
export class ContractLimits {
  #locals = 0;
  #params = 0;
  #blocks = 0;
  #size = 0;
  #refusal: PrepareError | undefined;

  /** Counts locals. */
  countLocals(count: number): void {
    this.#locals += count;
    if (this.#locals > MAX_LOCALS_PER_CONTRACT) {
      const message = `expected at most ${MAX_LOCALS_PER_CONTRACT} locals in all functions`;
      throw new PrepareError("TooManyLocals", message);
    }
  }

  /** Counts a function that is valid. */
  countFunction(state: FunctionState, type: FunctionType): void {
    const params = type.params.length;
    this.#params += params;
    this.#blocks += state.blocks;
    this.#limit("TooManyParamsPerFunction", params, MAX_PARAMS_PER_FUNCTION);
    this.#limit("TooManyParamsPerContract", this.#params, MAX_PARAMS_PER_CONTRACT);
    this.#limit("OperandStackTooLarge", state.sizes.maximum, MAX_OPERAND_STACK);
    this.#limit("TooManyBlocksPerFunction", state.blocks, MAX_BLOCKS_PER_FUNCTION);
    this.#limit("TooManyBlocksPerContract", this.#blocks, MAX_BLOCKS_PER_CONTRACT);
  }

  /** Counts bytes that nearcore would write. */
  countSize(bytes: number): void {
    this.#size += bytes;
  }

  /** Locals that have been counted. */
  get locals(): number {
    return this.#locals;
  }

  /** Whether there is still a use for output. */
  get allowsOutput(): boolean {
    return this.#refusal === undefined && this.#size <= MAX_INSTRUMENTED_SIZE;
  }

  /**
   * Checks what had to wait for the end.
   * @throws {PrepareError} the first that went beyond a limit
   */
  check(): void {
    this.#limit("InstrumentedCodeTooLarge", this.#size, MAX_INSTRUMENTED_SIZE);
    if (this.#refusal !== undefined) {
      throw this.#refusal;
    }
  }

  #limit(code: PrepareErrorCode, value: number, limit: number): void {
    if (value > limit) {
      this.#refusal ??= new PrepareError(code, `expected at most ${limit}, got ${value}`);
    }
  }
}
