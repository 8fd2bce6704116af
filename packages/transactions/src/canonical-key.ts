/**
 * Public keys as they enter: checked, and written in the one form in which they compare equal.
 * @module
 */
import { parsePublicKey } from "@yoctonear/keys";

/**
 * Checks a public key and returns its canonical text, the key type in lower case and never missing.
 * Base58 has one text for the same bytes, so nothing is encoded anew.
 */
export function canonicalKey(publicKey: string): string {
  const { type } = parsePublicKey(publicKey);
  return `${type}:${publicKey.slice(publicKey.indexOf(":") + 1)}`;
}
