/**
 * Seed phrases: BIP-39 in English, SLIP-10 for ed25519, by default on NEAR's path m/44'/397'/0'.
 * @module
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { generateMnemonic, mnemonicToSeedSync, validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { concatBytes, encodeUtf8, ParseError } from "@yoctonear/base";
import { ed25519KeyPairFromSeed } from "./ed25519.ts";
import type { KeyPair } from "./signer.ts";

/** The path of NEAR wallets: coin type 397, first account. */
const DEFAULT_PATH = "m/44'/397'/0'";
const PATH = /^m(?:\/(?:0|[1-9]\d{0,9})')*$/;
const HARDENED = 2 ** 31;

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
  readonly words?: 12 | 15 | 18 | 21 | 24 | undefined;
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
  assertOptions(options, ["path", "passphrase", "words"]);
  const words = options.words ?? 12;
  if (![12, 15, 18, 21, 24].includes(words)) {
    throw new RangeError(`expected options.words of 12, 15, 18, 21 or 24, got ${words}`);
  }
  const phrase = generateMnemonic(wordlist, (words / 3) * 32);
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
  if (typeof phrase !== "string") {
    throw new ParseError(
      "invalid_seed_phrase",
      `expected a seed phrase as text, got a value of type ${typeof phrase}`,
    );
  }
  assertOptions(options, ["path", "passphrase", "words"]);
  const words = phrase.normalize("NFKD").trim().toLowerCase().split(/\s+/);
  const normal = words.join(" ");
  // Not `mnemonicToEntropy`: its errors name the word that is unknown.
  if (!validateMnemonic(normal, wordlist)) {
    throw new ParseError(
      "invalid_seed_phrase",
      `expected 12, 15, 18, 21 or 24 words of the BIP-39 English list with a right checksum, got ${words.length} words`,
    );
  }
  const steps = parsePath(options.path ?? DEFAULT_PATH);
  return ed25519KeyPairFromSeed(derive(masterSeed(normal, options.passphrase ?? ""), steps));
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
  if (!(seed instanceof Uint8Array) || seed.length < 16 || seed.length > 64) {
    throw new RangeError("expected a seed of 16 to 64 bytes");
  }
  return derive(seed, parsePath(path));
}

function derive(seed: Uint8Array, steps: readonly number[]): Uint8Array<ArrayBuffer> {
  let node = hmac(sha512, encodeUtf8("ed25519 seed"), seed);
  for (const step of steps) {
    const data = concatBytes(Uint8Array.of(0), node.subarray(0, 32), new Uint8Array(4));
    new DataView(data.buffer).setUint32(33, step + HARDENED);
    node = hmac(sha512, node.subarray(32), data);
  }
  return new Uint8Array(node.subarray(0, 32));
}

// Nothing is shown: a passphrase may stand in the wrong place.
function assertOptions(options: object, known: readonly string[]): void {
  if (typeof options === "object" && Object.keys(options).every((name) => known.includes(name))) {
    return;
  }
  throw new TypeError(`expected options as an object of ${known.join(", ")}, got something else`);
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

function masterSeed(phrase: string, passphrase: string): Uint8Array {
  try {
    return mnemonicToSeedSync(phrase, passphrase);
  } catch {
    throw new ParseError("invalid_seed_phrase", "expected the passphrase as well-formed text");
  }
}
