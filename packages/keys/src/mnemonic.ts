/**
 * Phrases of BIP-39 in English: made, checked, turned into the seed of a tree of keys.
 * @module
 */
import { generateMnemonic, mnemonicToSeedSync, validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { ParseError } from "@yoctonear/base";

/** How many words a phrase may have. */
export type PhraseLength = 12 | 15 | 18 | 21 | 24;

const LENGTHS: readonly number[] = [12, 15, 18, 21, 24];

/**
 * Makes a new phrase from the runtime's secure random numbers, for keys of any kind: a secret.
 * @param words - how many
 * @throws {RangeError} for another number of words
 * @example
 * ```ts
 * import { newPhrase } from "@yoctonear/keys/seed-phrase";
 * newPhrase(24).split(" ").length; // 24
 * ```
 */
export function newPhrase(words: PhraseLength): string {
  if (!LENGTHS.includes(words)) {
    throw new RangeError(`expected options.words of 12, 15, 18, 21 or 24, got ${words}`);
  }
  return generateMnemonic(wordlist, (words / 3) * 32);
}

/**
 * Gives the 64-byte seed of a phrase, from which keys of any kind are derived. Case and white space of the
 * phrase do not matter; its words and its checksum do. It takes some tens of milliseconds (2,048 rounds of
 * PBKDF2).
 * @param phrase - 12, 15, 18, 21 or 24 English words
 * @param passphrase - the BIP-39 passphrase ("25th word"); by default empty
 * @returns 64 bytes: a secret
 * @throws {ParseError} `invalid_seed_phrase`; nothing of the phrase is echoed
 * @example
 * ```ts
 * import { seedOfPhrase } from "@yoctonear/keys/seed-phrase";
 * seedOfPhrase("tag interest match crew twin proof cushion visit ball square aim armed").length; // 64
 * ```
 */
export function seedOfPhrase(phrase: string, passphrase = ""): Uint8Array<ArrayBuffer> {
  if (typeof phrase !== "string") {
    throw new ParseError(
      "invalid_seed_phrase",
      `expected a seed phrase as text, got a value of type ${typeof phrase}`,
    );
  }
  const words = phrase.normalize("NFKD").trim().toLowerCase().split(/\s+/);
  const normal = words.join(" ");
  // Not `mnemonicToEntropy`: its errors name the word that is unknown.
  if (!validateMnemonic(normal, wordlist)) {
    throw new ParseError(
      "invalid_seed_phrase",
      `expected 12, 15, 18, 21 or 24 words of the BIP-39 English list with a right checksum, got ${words.length} words`,
    );
  }
  try {
    return new Uint8Array(mnemonicToSeedSync(normal, passphrase));
  } catch {
    throw new ParseError("invalid_seed_phrase", "expected the passphrase as well-formed text");
  }
}

/**
 * Refuses misspelt options of a seed phrase, which would lead to another key. Nothing is shown: a passphrase may
 * stand in the wrong place. For those who write a kind of key.
 * @throws {TypeError}
 * @example
 * ```ts
 * import { assertPhraseOptions } from "@yoctonear/keys/seed-phrase";
 * assertPhraseOptions({ path: "m/0'" }); // undefined
 * ```
 */
export function assertPhraseOptions(options: object): void {
  const known = ["path", "passphrase", "words"];
  if (typeof options === "object" && Object.keys(options).every((name) => known.includes(name))) {
    return;
  }
  throw new TypeError(`expected options as an object of ${known.join(", ")}, got something else`);
}
