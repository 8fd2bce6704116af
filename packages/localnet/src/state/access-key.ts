/**
 * The access-key row (`core/primitives-core/src/account.rs`); its borsh is that of the AddKey action.
 * @module
 */
import { encode } from "@yoctonear/borsh";
import { type AccessKey, accessKeyCodec, type AccessKeyPermission } from "@yoctonear/transactions";

export { type AccessKey, accessKeyCodec, type AccessKeyPermission } from "@yoctonear/transactions";

/** Permission of a gas key: it has a balance and nonce lanes of its own. */
export type GasKeyPermission = Extract<AccessKeyPermission, { readonly numNonces: number }>;

/** Permission of a key that may only call one contract. */
export type FunctionCallPermission = Extract<
  AccessKeyPermission,
  { readonly methodNames: readonly string[] }
>;

/** Encodes the row. */
export function encodeAccessKey(accessKey: AccessKey): Uint8Array<ArrayBuffer> {
  return encode(accessKeyCodec, accessKey);
}

/** The gas-key part of a permission, or `null` for a normal key. */
export function gasKeyOf(permission: AccessKeyPermission): GasKeyPermission | null {
  return permission.type === "gasKeyFullAccess" || permission.type === "gasKeyFunctionCall"
    ? permission
    : null;
}

/** The function-call part of a permission, or `null` for full access. */
export function functionCallOf(permission: AccessKeyPermission): FunctionCallPermission | null {
  return permission.type === "functionCall" || permission.type === "gasKeyFunctionCall"
    ? permission
    : null;
}
