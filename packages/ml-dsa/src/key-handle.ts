/**
 * The names under which ML-DSA-65 keys stand on the chain. NEP-645; no lattice comes along.
 * @module
 */
import { sha3_256 } from "@noble/hashes/sha3.js";
import { concatBytes, encodeBase58, encodeUtf8, ParseError } from "@yoctonear/base";
import { parsePublicKey } from "@yoctonear/keys";

const DOMAIN = "near:ml-dsa-65-pubkey-hash:v1";

/**
 * Gives the handle of an ML-DSA-65 public key, `ml-dsa-65-hash:…`: the name by which `view_access_key_list`,
 * state changes and state patches know it, since the key itself is too long to be stored. It is one-way, and
 * nothing that takes a public key takes it.
 * @param publicKey - in text form, `ml-dsa-65:…`
 * @throws {ParseError} `invalid_key`, also for another key type, which stands on the chain as it is
 * @example
 * ```ts
 * import { mlDsa65Handle, mlDsa65KeyPairFromSeed } from "@yoctonear/ml-dsa";
 * const { publicKey } = mlDsa65KeyPairFromSeed(new Uint8Array(32).fill(1));
 * mlDsa65Handle(publicKey); // "ml-dsa-65-hash:65PWUR1tt73wNtGFYVwRp2oBxad9kszGBxFVRFif2exC"
 * ```
 */
export function mlDsa65Handle(publicKey: string): string {
  const { type, bytes } = parsePublicKey(publicKey);
  if (type === "ml-dsa-65") {
    return `ml-dsa-65-hash:${encodeBase58(sha3_256(concatBytes(encodeUtf8(DOMAIN), bytes)))}`;
  }
  throw new ParseError("invalid_key", `expected a public key of type ml-dsa-65, got ${type}`);
}
