/**
 * Hardened derivation of secrets from a seed, SLIP-10: the same tree for every kind of key whose secret is any 32
 * bytes, told apart by the words with which it starts.
 * @module
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, encodeUtf8, ParseError } from "@yoctonear/base";

const PATH = /^m(?:\/(?:0|[1-9]\d{0,9})')*$/;
const HARDENED = 2 ** 31;

/** A place in the tree. */
export interface Slip10Node {
  /** 32 bytes: a secret. */
  readonly secret: Uint8Array<ArrayBuffer>;
  /** 32 bytes: as secret, since with it everything below can be derived. */
  readonly chainCode: Uint8Array<ArrayBuffer>;
}

/**
 * Derives a node of a hardened tree by SLIP-10. For those who write a kind of key; users take
 * `parseSeedPhrase`.
 * @param seed - of the master key, 16 to 64 bytes; 64 from a seed phrase
 * @param path - `m` and hardened steps, each below 2^31, e.g. `m/44'/397'/0'`
 * @param salt - names the tree, e.g. `ed25519 seed`
 * @throws {RangeError} for a seed of another length
 * @throws {ParseError} `invalid_seed_phrase` for a path that is none
 * @example
 * ```ts
 * import { deriveSlip10 } from "@yoctonear/keys/seed-phrase";
 * deriveSlip10(new Uint8Array(16), "m/0'", "ed25519 seed").secret.length; // 32
 * ```
 */
export function deriveSlip10(seed: Uint8Array, path: string, salt: string): Slip10Node {
  if (!(seed instanceof Uint8Array) || seed.length < 16 || seed.length > 64) {
    throw new RangeError("expected a seed of 16 to 64 bytes");
  }
  const steps = parsePath(path);
  let node = hmac(sha512, encodeUtf8(salt), seed);
  for (const step of steps) {
    const data = concatBytes(Uint8Array.of(0), node.subarray(0, 32), new Uint8Array(4));
    new DataView(data.buffer).setUint32(33, step + HARDENED);
    node = hmac(sha512, node.subarray(32), data);
  }
  return {
    secret: new Uint8Array(node.subarray(0, 32)),
    chainCode: new Uint8Array(node.subarray(32)),
  };
}

// The path is not shown: whoever swaps the arguments passes the phrase as one.
function parsePath(path: string): readonly number[] {
  const steps = PATH.test(path)
    ? path
        .split("/")
        .slice(1)
        .map((step) => Number(step.slice(0, -1)))
    : [HARDENED];
  if (steps.every((step) => step < HARDENED)) return steps;
  throw new ParseError(
    "invalid_seed_phrase",
    "expected a path of m and hardened steps below 2^31, such as m/44'/397'/0'",
  );
}
