/** Public keys: `ed25519:` or `secp256k1:` and base58 outside, a type and bytes inside. */
import { panic } from "./log";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

export function parsePublicKey(text: string): ArrayBuffer {
  const colon = text.indexOf(":");
  const type = colon == -1 ? "ed25519" : text.substring(0, colon);
  if (type != "ed25519" && type != "secp256k1") panic(`unknown key type ${type}`);
  const isEd25519 = type == "ed25519";
  const key = new Uint8Array(isEd25519 ? 33 : 65);
  key[0] = isEd25519 ? 0 : 1;
  decodeBase58(text.substring(colon + 1), key, 1);
  return key.buffer;
}

/** Fills the bytes from `start` to the end, and takes no text of another length. */
function decodeBase58(text: string, bytes: Uint8Array, start: i32): void {
  for (let i = 0; i < text.length; i++) {
    let carry = ALPHABET.indexOf(text.charAt(i));
    if (carry == -1) panic(`invalid public key ${text}`);
    for (let at = bytes.length - 1; at >= start; at--) {
      carry += (bytes[at] as i32) * 58;
      bytes[at] = carry as u8;
      carry >>= 8;
    }
    if (carry != 0) panic(`invalid public key ${text}`);
  }
  // Each zero byte in front is a `1`, no more and no fewer.
  let zeros = 0;
  while (start + zeros < bytes.length && bytes[start + zeros] == 0) zeros++;
  for (let i = 0; i <= zeros; i++) {
    if ((text.charAt(i) == "1") != i < zeros) panic(`invalid public key ${text}`);
  }
}
