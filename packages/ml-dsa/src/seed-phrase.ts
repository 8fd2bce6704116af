/**
 * ML-DSA-65 keys of seed phrases: BIP-39 in English, then the hardened tree of SLIP-10 with the salt
 * "ML-DSA-65 seed", whose node secret is the seed of the key pair.
 *
 * **Draft.** This is NEP-649 as it was proposed in 2026 (near/NEPs pull request 649), not an accepted standard: should
 * it change, the same phrase would lead to another key. Keep the secret key too.
 * @module
 */
import type { KeyPair, KeyType } from "@yoctonear/keys";
import { ed25519KeyPairFromSeed } from "@yoctonear/keys/ed25519";
import {
  assertPhraseOptions,
  deriveEd25519Seed,
  deriveSlip10,
  newPhrase,
  seedOfPhrase,
  type SeedPhraseOptions,
} from "@yoctonear/keys/seed-phrase";
import { mlDsa65KeyPairFromSeed, type MlDsa65KeyPair } from "./key-pair.ts";

const SALT = "ML-DSA-65 seed";

/** The paths on which wallets keep the first key, NEAR's own first. */
const DEFAULT_PATHS = ["m/44'/397'/0'", "m/44'/397'/0'/0'/1'"] as const;

/** Fewer words would be easier to guess than the key is to break. */
const LENGTHS: readonly number[] = [18, 21, 24];

/** How to make a new phrase. */
export interface GenerateMlDsa65SeedPhraseOptions extends SeedPhraseOptions {
  /** Number of words, by default 24; NEP-649 wants 18 at least. */
  readonly words?: 18 | 21 | 24 | undefined;
}

/** A new phrase. */
export interface GeneratedMlDsa65SeedPhrase {
  /** The words, single spaces between: a secret. */
  readonly phrase: string;
  /** The key pair that {@link parseMlDsa65SeedPhrase} gives for the phrase with the same options. */
  readonly keyPair: MlDsa65KeyPair;
}

/** A key pair to which a phrase leads. */
export interface SeedPhraseCandidate {
  /** The tree it is in. */
  readonly type: Extract<KeyType, "ed25519" | "ml-dsa-65">;
  /** Its place in the tree. */
  readonly path: string;
  readonly keyPair: KeyPair;
}

/**
 * Makes a new seed phrase and its ML-DSA-65 key pair. The phrase is the secret: show it to its owner, never log it.
 * @param options - number of words, path, passphrase
 * @throws {RangeError} for another number of words
 * @throws {TypeError} for misspelt options
 * @throws {ParseError} `invalid_seed_phrase` for a path that is none
 * @example
 * ```ts
 * import { generateMlDsa65SeedPhrase } from "@yoctonear/ml-dsa/seed-phrase";
 * const { phrase, keyPair } = generateMlDsa65SeedPhrase();
 * phrase.split(" ").length; // 24
 * keyPair.publicKey.startsWith("ml-dsa-65:"); // true
 * ```
 */
export function generateMlDsa65SeedPhrase(
  options: GenerateMlDsa65SeedPhraseOptions = {},
): GeneratedMlDsa65SeedPhrase {
  assertPhraseOptions(options);
  const { words = 24 } = options;
  if (!LENGTHS.includes(words)) {
    throw new RangeError(`expected options.words of 18, 21 or 24 for ML-DSA-65, got ${words}`);
  }
  const phrase = newPhrase(words);
  return { phrase, keyPair: parseMlDsa65SeedPhrase(phrase, options) };
}

/**
 * Derives the ML-DSA-65 key pair of a seed phrase; phrases of 12 and 15 words, which wallets have long given out,
 * are taken too.
 * @param phrase - 12, 15, 18, 21 or 24 English words
 * @param options - path, by default `m/44'/397'/0'`; passphrase
 * @throws {ParseError} `invalid_seed_phrase`, for a path too; nothing of the phrase is echoed
 * @throws {TypeError} for options that are no object or misspelt: they would lead to another key
 * @example
 * ```ts
 * import { parseMlDsa65SeedPhrase } from "@yoctonear/ml-dsa/seed-phrase";
 * const phrase = `${"abandon ".repeat(11)}about`;
 * parseMlDsa65SeedPhrase(phrase).revealSeed(); // "ml-dsa-65:7t9yn5gKtyA9EwqwGCHe6WeDdDhDQkRDVhASM7ZvRoum"
 * ```
 */
export function parseMlDsa65SeedPhrase(
  phrase: string,
  options: SeedPhraseOptions = {},
): MlDsa65KeyPair {
  assertPhraseOptions(options);
  const seed = seedOfPhrase(phrase, options.passphrase);
  return mlDsa65KeyPairFromSeed(deriveMlDsa65Seed(seed, options.path ?? DEFAULT_PATHS[0]));
}

/**
 * Derives the seed of an ML-DSA-65 key pair.
 * @param seed - of the tree, 16 to 64 bytes; 64 from a seed phrase
 * @param path - `m` and hardened steps, each below 2^31, e.g. `m/44'/397'/0'`
 * @returns 32 bytes: a secret
 * @throws {RangeError} for a seed of another length
 * @throws {ParseError} `invalid_seed_phrase` for a path that is none
 * @example
 * ```ts
 * import { encodeHex } from "@yoctonear/base";
 * import { deriveMlDsa65Seed } from "@yoctonear/ml-dsa/seed-phrase";
 * const seed = Uint8Array.from({ length: 16 }, (_, i) => i);
 * encodeHex(deriveMlDsa65Seed(seed, "m/0'")).slice(0, 8); // "ee139cc1"
 * ```
 */
export function deriveMlDsa65Seed(seed: Uint8Array, path: string): Uint8Array<ArrayBuffer> {
  return deriveSlip10(seed, path, SALT).secret;
}

/**
 * Gives the key pairs that a recovery from a phrase must look for: on both paths of wallets in the ed25519 and in the
 * ML-DSA-65 tree. Which of them works is for the account's access keys to say, where an ML-DSA-65 key stands as
 * `mlDsa65Handle` of it.
 * @param phrase - 12, 15, 18, 21 or 24 English words
 * @param passphrase - the BIP-39 passphrase ("25th word"); by default empty
 * @returns four candidates, ed25519 first
 * @throws {ParseError} `invalid_seed_phrase`; nothing of the phrase is echoed
 * @example
 * ```ts
 * import { recoverSeedPhrase } from "@yoctonear/ml-dsa/seed-phrase";
 * recoverSeedPhrase(`${"abandon ".repeat(11)}about`).map(({ type, path }) => `${type} ${path}`)[3]; // "ml-dsa-65 m/44'/397'/0'/0'/1'"
 * ```
 */
export function recoverSeedPhrase(phrase: string, passphrase = ""): readonly SeedPhraseCandidate[] {
  const seed = seedOfPhrase(phrase, passphrase);
  const candidates = (
    type: SeedPhraseCandidate["type"],
    keyPairOf: (path: string) => KeyPair,
  ): readonly SeedPhraseCandidate[] =>
    DEFAULT_PATHS.map((path) => ({ type, path, keyPair: keyPairOf(path) }));
  return [
    ...candidates("ed25519", (path) => ed25519KeyPairFromSeed(deriveEd25519Seed(seed, path))),
    ...candidates("ml-dsa-65", (path) => mlDsa65KeyPairFromSeed(deriveMlDsa65Seed(seed, path))),
  ];
}
