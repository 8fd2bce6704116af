/**
 * The access-key row (`core/primitives-core/src/account.rs`); its borsh is that of the AddKey action.
 * @module
 */
import { decode, encode } from "@yoctonear/borsh";
import { type AccessKey, accessKeyCodec, type AccessKeyPermission } from "@yoctonear/transactions";

export { type AccessKey, accessKeyCodec, type AccessKeyPermission } from "@yoctonear/transactions";

/** Permission of a gas key: it has a balance and nonce lanes of its own. */
export type GasKeyPermission = Extract<AccessKeyPermission, { readonly numNonces: number }>;

/** Permission of a key that may only call one contract. */
export type FunctionCallPermission = Extract<
  AccessKeyPermission,
  { readonly methodNames: readonly string[] }
>;

const FULL_ACCESS: AccessKeyPermission = { type: "fullAccess" };
const FULL_ACCESS_LENGTH = 9;
const FULL_ACCESS_TAG = 1;

/** Encodes the row. Most keys have full access, and every transaction writes one: hence by hand. */
export function encodeAccessKey(accessKey: AccessKey): Uint8Array<ArrayBuffer> {
  if (accessKey.permission.type !== "fullAccess") return encode(accessKeyCodec, accessKey);
  if (accessKey.nonce >> 64n !== 0n) throw new RangeError("expected a nonce below 2^64");
  const bytes = new Uint8Array(FULL_ACCESS_LENGTH);
  new DataView(bytes.buffer).setBigUint64(0, accessKey.nonce, true);
  bytes[FULL_ACCESS_LENGTH - 1] = FULL_ACCESS_TAG;
  return bytes;
}

/** Decodes the row. */
export function decodeAccessKey(bytes: Uint8Array): AccessKey {
  const isFullAccess =
    bytes.length === FULL_ACCESS_LENGTH && bytes[FULL_ACCESS_LENGTH - 1] === FULL_ACCESS_TAG;
  if (!isFullAccess) return decode(accessKeyCodec, bytes);
  const nonce = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  return { nonce, permission: FULL_ACCESS };
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
