/**
 * Key files of near-cli, near-cli-rs and nearcore, anywhere.
 * @module
 */
import { ParseError } from "@yoctonear/base";
import type { Scheme } from "@yoctonear/keys";
import {
  type Credential,
  type CredentialForm,
  formatCredential,
  parseCredential,
  type ParsedCredential,
} from "@yoctonear/keys/credentials";
import { FileError } from "./file-error.ts";
import { checkPath, fileIn } from "./path.ts";
import { createText, readText } from "./whole-file.ts";

/**
 * Reads a key file of any form. Symbolic links are followed, and the file's mode is not looked at: where
 * secrets are mounted, both are the mounter's.
 * @param path - of the file, e.g. nearcore's `node_key.json`
 * @param schemes - the key types that may come
 * @throws {FileError} `not_found`, `invalid` where it holds no whole key of these types, `unsafe_path`, `io`
 * @example
 * ```ts
 * import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { readKeyFile, writeKeyFile } from "@yoctonear/node";
 * const path = `/tmp/${crypto.randomUUID()}.json`;
 * await writeKeyFile(path, { accountId: "alice.near", keyPair: randomEd25519KeyPair() }, "nearcore");
 * (await readKeyFile(path, [ed25519])).accountId; // "alice.near"
 * ```
 */
export async function readKeyFile(
  path: string,
  schemes: readonly Scheme[],
): Promise<ParsedCredential> {
  const checked = checkPath(path);
  return credentialIn(checked, await readText(checked), schemes);
}

/**
 * Writes a key file that only its owner can read (`0600`). One that is there is never replaced.
 * @param path - of the file; its folder must exist
 * @param credential - the key and what belongs to it
 * @param form - whose form; see `formatCredential` for what each needs
 * @throws {FileError} `exists`, `not_found` without its folder, `io`
 * @throws {TypeError} for an unknown form, or when something that the form needs is missing
 * @throws {ParseError} `invalid_account_id`, `invalid_key`
 * @example
 * ```ts
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { writeKeyFile } from "@yoctonear/node";
 * const credential = { accountId: "alice.near", keyPair: randomEd25519KeyPair() };
 * await writeKeyFile(`/tmp/${crypto.randomUUID()}.json`, credential, "near-cli");
 * ```
 */
export async function writeKeyFile(
  path: string,
  credential: Credential,
  form: CredentialForm,
): Promise<void> {
  const text = formatCredential(credential, form);
  await createText(await fileIn(path), text);
}

/** The key in a file's text; what is wrong with it is said with the file's name, and without the text. */
export function credentialIn(
  path: string,
  text: string,
  schemes: readonly Scheme[],
): ParsedCredential {
  try {
    return parseCredential(text, schemes);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new FileError(
      "invalid",
      path,
      `expected a key file, got one that is none (${error.message})`,
      {
        cause: error,
      },
    );
  }
}
