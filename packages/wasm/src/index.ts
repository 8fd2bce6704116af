/**
 * WebAssembly as NEAR contracts may use it: parsed, validated and metered as nearcore does.
 * @module
 */
export { PrepareError, type PrepareErrorCode } from "./prepare-error.ts";
export {
  FUNCTION_PREFIX,
  type FunctionImport,
  type FunctionSignature,
  type PreparedContract,
  STACK_BUDGET,
  type ValueType,
} from "./prepared-contract.ts";
export { prepareContract } from "./prepare-contract.ts";
