/**
 * Several keys of one account, so that its transactions go in parallel: one lane each.
 * @module
 */
import type { Signer } from "@yoctonear/keys";

/** Signers of one account's keys. */
export interface KeyPool {
  readonly signers: readonly Signer[];
}

/**
 * Makes a pool of signers; each transaction goes by the key with the fewest in flight.
 * @param signers - of keys of the same account, at least one, each key once
 * @throws {TypeError} for what is no list of signers
 * @throws {RangeError} for none, or two of the same key
 * @example
 * ```ts
 * import { keyPool } from "@yoctonear/account";
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * keyPool([randomEd25519KeyPair(), randomEd25519KeyPair()]).signers.length; // 2
 * ```
 */
export function keyPool(signers: readonly Signer[]): KeyPool {
  // Not shown: what stands in the wrong place may be secret keys.
  if (![...signers].every((signer) => typeof signer?.sign === "function")) {
    throw new TypeError("expected a list of signers, got something else in it");
  }
  const keys = new Set(signers.map((signer) => signer.publicKey));
  if (signers.length === 0 || keys.size < signers.length) {
    throw new RangeError(
      `expected one or more signers of different keys, got ${signers.length} of ${keys.size} keys`,
    );
  }
  return Object.freeze({ signers: Object.freeze([...signers]) });
}
