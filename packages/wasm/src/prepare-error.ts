/**
 * Why a contract cannot be prepared.
 * Source: nearcore core/primitives/src/errors.rs (`PrepareError`).
 * @module
 */
import { NearError } from "@yoctonear/base";

/** nearcore's names of what is wrong with a module. */
export type PrepareErrorCode =
  | "Serialization"
  | "Deserialization"
  | "InternalMemoryDeclared"
  | "GasInstrumentation"
  | "StackHeightInstrumentation"
  | "Instantiate"
  | "Memory"
  | "TooManyFunctions"
  | "TooManyLocals"
  | "TooManyTables"
  | "TooManyTableElements"
  | "FunctionBodyTooLarge"
  | "InstrumentedCodeTooLarge"
  | "TooManyBlocksPerFunction"
  | "TooManyBlocksPerContract"
  | "TooManyTypes"
  | "TooManyParamsPerFunction"
  | "TooManyParamsPerContract"
  | "OperandStackTooLarge";

/** A module that nearcore does not run. */
export class PrepareError extends NearError<PrepareErrorCode> {
  override readonly name = "PrepareError";
}
