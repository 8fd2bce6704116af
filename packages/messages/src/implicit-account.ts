/**
 * Accounts whose id is derived from a key.
 * @module
 */
import { parsePublicKey } from "@yoctonear/keys";
import { ethImplicitAccountId, nearImplicitAccountId } from "@yoctonear/primitives";

/**
 * Tells whether an account id is that of a key: 64 hex digits of ed25519, `0x…` of secp256k1. While there is no such account, who has
 * the key will have it; once there is one, only its keys on the chain count.
 * @throws {ParseError} `invalid_key`
 * @example
 * ```ts
 * import { isImplicitAccount } from "@yoctonear/messages";
 * isImplicitAccount("00".repeat(32), "ed25519:11111111111111111111111111111111"); // true
 * ```
 */
export function isImplicitAccount(accountId: string, publicKey: string): boolean {
  const { type, bytes } = parsePublicKey(publicKey);
  if (type === "ed25519") return accountId === nearImplicitAccountId(bytes);
  return type === "secp256k1" && accountId === ethImplicitAccountId(bytes);
}
