/**
 * Access keys as an AddKey action carries them: what a key may do, said in full.
 * Source: nearcore `core/primitives-core/src/account.rs`.
 * @module
 */
import {
  type Codec,
  option,
  string,
  struct,
  taggedEnum,
  u128,
  u16,
  u64,
  vec,
} from "@yoctonear/borsh";

/** May sign one function call per transaction, to one contract, without a deposit. */
export interface FunctionCallPermission {
  readonly type: "functionCall";
  /** yoctoNEAR that the key may spend on gas; `null` is without limit, 0 is nothing. */
  readonly allowance: bigint | null;
  /** The contract that may be called. nearcore decodes any text here and refuses it later. */
  readonly receiverId: string;
  /** The methods that may be called; none means all of them. */
  readonly methodNames: readonly string[];
}

/** May sign everything, deleting the account included. */
export interface FullAccessPermission {
  readonly type: "fullAccess";
}

/** A function-call key that pays gas from its own balance, on several nonce lanes. */
export interface GasKeyFunctionCallPermission {
  readonly type: "gasKeyFunctionCall";
  /** yoctoNEAR; must be 0 when the key is added. */
  readonly balance: bigint;
  /** Nonce lanes, 1 to 1024. */
  readonly numNonces: number;
  /** Must be `null` for a gas key. */
  readonly allowance: bigint | null;
  /** The contract that may be called. */
  readonly receiverId: string;
  /** The methods that may be called; none means all of them. */
  readonly methodNames: readonly string[];
}

/** A full-access key that pays gas from its own balance, on several nonce lanes. */
export interface GasKeyFullAccessPermission {
  readonly type: "gasKeyFullAccess";
  /** yoctoNEAR; must be 0 when the key is added. */
  readonly balance: bigint;
  /** Nonce lanes, 1 to 1024. */
  readonly numNonces: number;
}

/** What a key may do. */
export type AccessKeyPermission =
  | FunctionCallPermission
  | FullAccessPermission
  | GasKeyFunctionCallPermission
  | GasKeyFullAccessPermission;

/** A key's row in the state of an account. */
export interface AccessKey {
  /** The last nonce used. In an AddKey action it is overwritten by the runtime: 0. */
  readonly nonce: bigint;
  /** What the key may do. */
  readonly permission: AccessKeyPermission;
}

/**
 * Codec of what a key may do.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { accessKeyPermissionCodec, fullAccess } from "@yoctonear/transactions";
 * encode(accessKeyPermissionCodec, fullAccess()); // Uint8Array [1]
 * ```
 */
export const accessKeyPermissionCodec: Codec<AccessKeyPermission> = /* @__PURE__ */ (() => {
  const functionCall = { allowance: option(u128), receiverId: string, methodNames: vec(string) };
  const gasKey = { balance: u128, numNonces: u16 };
  return taggedEnum({
    functionCall: [0, functionCall],
    fullAccess: [1, {}],
    gasKeyFunctionCall: [2, { ...gasKey, ...functionCall }],
    gasKeyFullAccess: [3, gasKey],
  });
})();

/**
 * Codec of an access key.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { accessKeyCodec, fullAccess } from "@yoctonear/transactions";
 * encode(accessKeyCodec, { nonce: 0n, permission: fullAccess() }).length; // 9
 * ```
 */
export const accessKeyCodec: Codec<AccessKey> = /* @__PURE__ */ struct({
  nonce: u64,
  permission: accessKeyPermissionCodec,
});
