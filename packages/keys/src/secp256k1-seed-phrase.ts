/**
 * secp256k1 keys of seed phrases: BIP-39 in English, BIP-32, by default on the path of Ethereum's wallets, so
 * that the key is the one an ETH-implicit account (`0x…`) is named after. NEAR has no path of its own for this
 * kind of key.
 * @module
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { secp256k1 as curve } from "@noble/curves/secp256k1.js";
import { concatBytes, encodeUtf8, ParseError } from "@yoctonear/base";
import { formatSecretKey } from "./key-text.ts";
import { assertPhraseOptions, seedOfPhrase } from "./mnemonic.ts";
import { secp256k1KeyPair } from "./secp256k1.ts";
import type { SeedPhraseOptions } from "./seed-phrase.ts";
import type { KeyPair } from "./signer.ts";

/** The first account of Ethereum's wallets. */
const DEFAULT_PATH = "m/44'/60'/0'/0/0";
const PATH = /^m(?:\/(?:0|[1-9]\d{0,9})'?)*$/;
const HARDENED = 2 ** 31;

/**
 * Derives the secp256k1 key pair of a seed phrase. As in BIP-32, a step of the path may be hardened or not.
 * @param phrase - 12, 15, 18, 21 or 24 English words
 * @param options - path, by default `m/44'/60'/0'/0/0`; passphrase
 * @throws {ParseError} `invalid_seed_phrase`, for a path too; nothing of the phrase is echoed
 * @throws {TypeError} for options that are no object or misspelt: they would lead to another key
 * @example
 * ```ts
 * import { parsePublicKey } from "@yoctonear/keys";
 * import { parseSecp256k1SeedPhrase } from "@yoctonear/keys/secp256k1-seed-phrase";
 * import { ethImplicitAccountId } from "@yoctonear/primitives";
 * const { publicKey } = parseSecp256k1SeedPhrase("test test test test test test test test test test test junk");
 * ethImplicitAccountId(parsePublicKey(publicKey).bytes); // "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
 * ```
 */
export function parseSecp256k1SeedPhrase(phrase: string, options: SeedPhraseOptions = {}): KeyPair {
  assertPhraseOptions(options);
  const seed = seedOfPhrase(phrase, options.passphrase);
  return secp256k1KeyPairFromTree(seed, options.path ?? DEFAULT_PATH);
}

/**
 * Derives a secp256k1 key pair from the seed of a BIP-32 tree.
 * @param seed - of the master key, 16 to 64 bytes; 64 from a seed phrase
 * @param path - `m` and steps below 2^31, those with `'` hardened
 * @throws {RangeError} for a seed of another length
 * @throws {ParseError} `invalid_seed_phrase` for a path that is none
 * @example
 * ```ts
 * import { secp256k1KeyPairFromTree } from "@yoctonear/keys/secp256k1-seed-phrase";
 * secp256k1KeyPairFromTree(new Uint8Array(16), "m/0'/1").publicKey.slice(0, 10); // "secp256k1:"
 * ```
 */
export function secp256k1KeyPairFromTree(seed: Uint8Array, path: string): KeyPair {
  if (!(seed instanceof Uint8Array) || seed.length < 16 || seed.length > 64) {
    throw new RangeError("expected a seed of 16 to 64 bytes");
  }
  const steps = parsePath(path);
  let node = hmac(sha512, encodeUtf8("Bitcoin seed"), seed);
  let scalar = scalarOf(node);
  for (const step of steps) {
    const secret = curve.Point.Fn.toBytes(scalar);
    const parent =
      step < HARDENED ? curve.getPublicKey(secret) : concatBytes(Uint8Array.of(0), secret);
    const data = concatBytes(parent, new Uint8Array(4));
    new DataView(data.buffer).setUint32(33, step);
    node = hmac(sha512, node.subarray(32), data);
    scalar = curve.Point.Fn.create(scalar + scalarOf(node));
  }
  const bytes = new Uint8Array(curve.Point.Fn.toBytes(scalar));
  return secp256k1KeyPair(formatSecretKey({ type: "secp256k1", bytes }));
}

/** BIP-32 has no key where this is 0 or beyond the order; one in 2^127 is. */
function scalarOf(node: Uint8Array): bigint {
  return curve.Point.Fn.fromBytes(node.subarray(0, 32));
}

// The path is not shown: whoever swaps the arguments passes the phrase as one.
function parsePath(path: string): readonly number[] {
  const steps = PATH.test(path) ? path.split("/").slice(1) : ["none"];
  const numbers = steps.map((step) => Number(step.replace("'", "")));
  if (numbers.every((step) => step < HARDENED)) {
    return numbers.map((step, i) => (steps[i]?.endsWith("'") ? step + HARDENED : step));
  }
  throw new ParseError(
    "invalid_seed_phrase",
    "expected a path of m and steps below 2^31, such as m/44'/60'/0'/0/0",
  );
}
