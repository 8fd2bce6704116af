/**
 * Seed phrases: BIP-39 in English, SLIP-10 for ed25519, by default on NEAR's path m/44'/397'/0'.
 * @module
 */
import { ed25519KeyPairFromSeed } from "./ed25519.ts";
import { assertPhraseOptions, newPhrase, type PhraseLength, seedOfPhrase } from "./mnemonic.ts";
import type { KeyPair } from "./signer.ts";
import { deriveSlip10 } from "./slip10.ts";

export { assertPhraseOptions, newPhrase, type PhraseLength, seedOfPhrase } from "./mnemonic.ts";
export { deriveSlip10, type Slip10Node } from "./slip10.ts";

/** The path of NEAR wallets: coin type 397, first account. */
const DEFAULT_PATH = "m/44'/397'/0'";
const SALT = "ed25519 seed";

/** What leads from a phrase to a key. */
export interface SeedPhraseOptions {
  /** SLIP-10 path, every step hardened; by default `m/44'/397'/0'`. */
  readonly path?: string | undefined;
  /** The BIP-39 passphrase ("25th word"); by default empty. */
  readonly passphrase?: string | undefined;
}

/** How to make a new phrase. */
export interface GenerateSeedPhraseOptions extends SeedPhraseOptions {
  /** Number of words; by default 12, which is 128 bits. */
  readonly words?: PhraseLength | undefined;
}

/** A new phrase. */
export interface GeneratedSeedPhrase {
  /** The words, single spaces between: a secret. */
  readonly phrase: string;
  /** The key pair that {@link parseSeedPhrase} gives for the phrase with the same options. */
  readonly keyPair: KeyPair;
}

/**
 * Makes a new seed phrase and its key pair. The phrase is the secret: show it to its owner, never log it.
 * @param options - number of words, path, passphrase
 * @throws {RangeError} for another number of words
 * @throws {TypeError} for misspelt options
 * @throws {ParseError} `invalid_seed_phrase` for a path that is none
 * @example
 * ```ts
 * import { generateSeedPhrase } from "@yoctonear/keys/seed-phrase";
 * const { phrase, keyPair } = generateSeedPhrase({ words: 24 });
 * phrase.split(" ").length; // 24
 * keyPair.publicKey.startsWith("ed25519:"); // true
 * ```
 */
export function generateSeedPhrase(options: GenerateSeedPhraseOptions = {}): GeneratedSeedPhrase {
  assertPhraseOptions(options);
  const phrase = newPhrase(options.words ?? 12);
  return { phrase, keyPair: parseSeedPhrase(phrase, options) };
}

/**
 * Derives the key pair of a seed phrase. Case and white space of the phrase do not matter; its words
 * and its checksum do. It takes some tens of milliseconds (2,048 rounds of PBKDF2).
 * @param phrase - 12, 15, 18, 21 or 24 English words
 * @param options - path, passphrase
 * @throws {ParseError} `invalid_seed_phrase`, for a path too; nothing of the phrase is echoed
 * @throws {TypeError} for options that are no object or misspelt: they would lead to another key
 * @example
 * ```ts
 * import { parseSeedPhrase } from "@yoctonear/keys/seed-phrase";
 * const phrase = "tag interest match crew twin proof cushion visit ball square aim armed";
 * parseSeedPhrase(phrase).publicKey; // "ed25519:9uMmkWHWqnqwFcAhH2tS3x3cc4hzGKa5TGWFajMXGkDX"
 * ```
 */
export function parseSeedPhrase(phrase: string, options: SeedPhraseOptions = {}): KeyPair {
  assertPhraseOptions(options);
  const seed = seedOfPhrase(phrase, options.passphrase);
  return ed25519KeyPairFromSeed(deriveEd25519Seed(seed, options.path ?? DEFAULT_PATH));
}

/**
 * Derives an ed25519 seed by SLIP-10.
 * @param seed - of the master key, 16 to 64 bytes; 64 from a seed phrase
 * @param path - `m` and hardened steps, each below 2^31, e.g. `m/44'/397'/0'`
 * @returns 32 bytes: a secret
 * @throws {ParseError} `invalid_seed_phrase` for a path that is none
 * @example
 * ```ts
 * import { encodeHex } from "@yoctonear/base";
 * import { deriveEd25519Seed } from "@yoctonear/keys/seed-phrase";
 * const seed = Uint8Array.from({ length: 16 }, (_, i) => i);
 * encodeHex(deriveEd25519Seed(seed, "m/0'")).slice(0, 8); // "68e0fe46"
 * ```
 */
export function deriveEd25519Seed(seed: Uint8Array, path: string): Uint8Array<ArrayBuffer> {
  return deriveSlip10(seed, path, SALT).secret;
}
