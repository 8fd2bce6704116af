/**
 * NEAR account ids, amounts, gas and hashes: parse, format, validate, derive.
 * @module
 */
export {
  accountKind,
  type AccountKind,
  assertAccountId,
  isAccountId,
  isSubAccountOf,
  isTopLevelAccountId,
  parentAccountId,
} from "./account-id.ts";
export { formatDecimal, parseDecimal } from "./decimal.ts";
export {
  deterministicAccountId,
  ethImplicitAccountId,
  nearImplicitAccountId,
  universalAccountId,
  universalAccountIdFromHash,
} from "./derived-account-id.ts";
export { formatGas, type GasInput, parseGas } from "./gas.ts";
export { formatHash, parseHash, sha256 } from "./hash.ts";
export { formatNear, type NearInput, parseNear } from "./near.ts";
