/**
 * Keys in files that a password protects.
 * @module
 */
import type { Scheme } from "@yoctonear/keys";
import type { Credential, ParsedCredential } from "@yoctonear/keys/credentials";
import { decryptCredential, encryptCredential } from "./encrypted-key.ts";
import { DEFAULT_DERIVATION, type KeyDerivation, parseDerivation } from "./key-derivation.ts";
import { checkOptions } from "./options.ts";
import { checkPath, fileIn } from "./path.ts";
import { createText, readOwnText, readText, replaceText } from "./whole-file.ts";

/** How a key is encrypted. */
export interface EncryptionOptions {
  /** How hard each try of a password is; scrypt with 128 MiB unless told. */
  readonly kdf?: KeyDerivation | undefined;
}

/**
 * Writes a key, with its seed phrase where there is one, encrypted by a password, readable to its owner alone
 * (`0600`). One that is there is never replaced. Account id and public key can be read without the password.
 * A password that people can remember can be guessed: the costs make each guess dear, no more.
 * @param path - of the file; its folder must exist
 * @param credential - the key and what belongs to it; the account id may be left out
 * @param password - any text but the empty one
 * @param options - the costs
 * @throws {FileError} `exists`, `not_found` without its folder, `io`
 * @throws {TypeError} for an empty password and for costs out of bounds
 * @example
 * ```ts
 * import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { readEncryptedKeyFile, writeEncryptedKeyFile } from "@yoctonear/node";
 * const path = `/tmp/${crypto.randomUUID()}.json`;
 * const credential = { accountId: "alice.near", keyPair: randomEd25519KeyPair() };
 * await writeEncryptedKeyFile(path, credential, "correct horse");
 * (await readEncryptedKeyFile(path, "correct horse", [ed25519])).accountId; // "alice.near"
 * ```
 */
export async function writeEncryptedKeyFile(
  path: string,
  credential: Credential,
  password: string,
  options: EncryptionOptions = {},
): Promise<void> {
  const derivation = derivationOf(options);
  const place = await fileIn(path);
  await createText(place, await encryptCredential(credential, password, derivation));
}

/**
 * Reads an encrypted key file. A wrong password cannot be told from a file that somebody changed on purpose;
 * one that decayed is `corrupt`. Costs that the file names are bounded: at most 1 GiB of memory.
 * @param path - of the file
 * @param password - as it was given when the file was written
 * @param schemes - the key types that may come
 * @throws {FileError} `wrong_password`, `corrupt`, `invalid` where it is no encrypted key file of these types,
 *   `not_found`, `unsafe_path`, `io`
 * @example
 * ```ts
 * import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { readEncryptedKeyFile, writeEncryptedKeyFile } from "@yoctonear/node";
 * const path = `/tmp/${crypto.randomUUID()}.json`;
 * const kdf = { name: "argon2id", m: 19_456, t: 2, p: 1 } as const;
 * await writeEncryptedKeyFile(path, { keyPair: randomEd25519KeyPair() }, "correct horse", { kdf });
 * const { keyPair } = await readEncryptedKeyFile(path, "correct horse", [ed25519]);
 * keyPair.publicKey.slice(0, 8); // "ed25519:"
 * ```
 */
export async function readEncryptedKeyFile(
  path: string,
  password: string,
  schemes: readonly Scheme[],
): Promise<ParsedCredential> {
  const checked = checkPath(path);
  return decryptCredential(checked, await readText(checked), password, schemes);
}

/**
 * Encrypts a key file anew with another password, salt and nonce. The file is replaced at once: after a crash
 * it has the old password or the new one. A copy made before still opens with the old one.
 * @param path - of the file; a symbolic link is refused
 * @param password - the one it has
 * @param newPassword - the one it gets
 * @param schemes - the key types that may come
 * @param options - the new costs
 * @throws {FileError} as {@link readEncryptedKeyFile} does
 * @throws {TypeError} for an empty password and for costs out of bounds
 * @example
 * ```ts
 * import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { changePassword, writeEncryptedKeyFile } from "@yoctonear/node";
 * const path = `/tmp/${crypto.randomUUID()}.json`;
 * const kdf = { name: "scrypt", n: 32_768, r: 8, p: 1 } as const;
 * await writeEncryptedKeyFile(path, { keyPair: randomEd25519KeyPair() }, "correct horse", { kdf });
 * await changePassword(path, "correct horse", "battery staple", [ed25519], { kdf });
 * ```
 */
export async function changePassword(
  path: string,
  password: string,
  newPassword: string,
  schemes: readonly Scheme[],
  options: EncryptionOptions = {},
): Promise<void> {
  const derivation = derivationOf(options);
  const place = await fileIn(path);
  const text = await readOwnText(place.path);
  const credential = await decryptCredential(place.path, text, password, schemes);
  await replaceText(place, await encryptCredential(credential, newPassword, derivation));
}

function derivationOf(options: EncryptionOptions): KeyDerivation {
  const { kdf = DEFAULT_DERIVATION } = checkOptions(options, ["kdf"]);
  const derivation = parseDerivation(kdf);
  if (derivation !== undefined) return derivation;
  throw new TypeError(
    "expected kdf to be scrypt (n 2^14 to 2^20, r 8 to 32, p 1 to 16) or argon2id (m 8192 to 1048576, t 1 to 16, p 1 to 16) with at most 1 GiB of memory",
  );
}
