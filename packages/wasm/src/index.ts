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
  type ValueType,
} from "./prepared-contract.ts";
