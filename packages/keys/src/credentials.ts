/**
 * The JSON forms in which NEAR tools keep a key: near-cli's file, near-cli-rs's file and keychain entry
 * with a seed phrase, nearcore's key file. Text only: files and their modes are `@yoctonear/node`'s.
 * @module
 */
import { ParseError } from "@yoctonear/base";
import { assertAccountId, nearImplicitAccountId } from "@yoctonear/primitives";
import { formatPublicKey, parsePublicKey } from "./key-text.ts";
import { redacted } from "./redact.ts";
import { parseKeyPair, type Scheme } from "./scheme.ts";
import type { KeyPair } from "./signer.ts";

/** A key as it is kept. Whatever prints it shows no secret. */
export interface Credential {
  /** Whose key it is; near-cli-rs leaves it to the name of the file. */
  readonly accountId?: string | undefined;
  /** The key; its secret is behind `revealSecretKey()`. */
  readonly keyPair: Pick<KeyPair, "publicKey" | "revealSecretKey">;
  /** Where a seed phrase stands behind the key, the path from it. */
  readonly seedPhrasePath?: string | undefined;
  /** Hands out the seed phrase; missing where there is none. */
  readonly revealSeedPhrase?: (() => string) | undefined;
}

/** A credential whose key can sign. */
export interface ParsedCredential extends Credential {
  readonly keyPair: KeyPair;
}

/**
 * - `near-cli`: `account_id`, `public_key`, `private_key`
 * - `near-cli-rs`: `seed_phrase_hd_path`, `master_seed_phrase`, `implicit_account_id`, `public_key`,
 *   `private_key`
 * - `nearcore`: `account_id`, `public_key`, `secret_key`
 */
export type CredentialForm = "near-cli" | "near-cli-rs" | "nearcore";

/**
 * Parses any of the forms. The key must be whole: the public key stated must be that of the secret one,
 * and so must a stated implicit account id. That the seed phrase leads to the key is not checked.
 * @param json - the text, or what it parses to
 * @param schemes - those that may come
 * @throws {ParseError} `invalid_key`, `invalid_account_id`; no secret of the text is echoed
 * @example
 * ```ts
 * import { parseCredential } from "@yoctonear/keys/credentials";
 * import { ed25519 } from "@yoctonear/keys/ed25519";
 * const json = `{"account_id":"alice.near","public_key":"ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847",
 *   "private_key":"ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3"}`;
 * parseCredential(json, [ed25519]).accountId; // "alice.near"
 * ```
 */
export function parseCredential(json: unknown, schemes: readonly Scheme[]): ParsedCredential {
  const fields = typeof json === "string" ? parseText(json) : json;
  if (!isRecord(fields)) throw new ParseError("invalid_key", "expected a credential as an object");
  const secrets = [textOf(fields, "private_key"), textOf(fields, "secret_key")];
  const [secretKey, other] = secrets.filter((secret) => secret !== undefined);
  if (secretKey === undefined || other !== undefined) {
    throw new ParseError(
      "invalid_key",
      `expected one of private_key and secret_key, got ${other === undefined ? "none" : "both"}`,
    );
  }
  const keyPair = parseKeyPair(secretKey, schemes);
  const key = parsePublicKey(textOf(fields, "public_key") ?? "");
  if (formatPublicKey(key) !== keyPair.publicKey) {
    throw new ParseError(
      "invalid_key",
      `expected the public_key of the secret key, ${keyPair.publicKey}, got another`,
    );
  }
  const accountId = textOf(fields, "account_id");
  if (accountId !== undefined) assertAccountId(accountId, "account_id");
  const implicitId = textOf(fields, "implicit_account_id");
  if (implicitId !== undefined && implicitId !== implicitAccountId(keyPair.publicKey)) {
    throw new ParseError(
      "invalid_account_id",
      "expected the implicit_account_id of the public key, got another",
    );
  }
  const seedPhrasePath = textOf(fields, "seed_phrase_hd_path");
  const seedPhrase = textOf(fields, "master_seed_phrase");
  const shown = {
    ...(accountId === undefined ? {} : { accountId }),
    ...(seedPhrasePath === undefined ? {} : { seedPhrasePath }),
  };
  return Object.freeze({
    ...shown,
    keyPair,
    ...(seedPhrase === undefined ? {} : { revealSeedPhrase: () => seedPhrase }),
    ...redacted(`Credential(${accountId ?? "?"} ${keyPair.publicKey})`, {
      ...shown,
      publicKey: keyPair.publicKey,
    }),
  });
}

/**
 * Formats a credential. What it returns is a secret: write it to nothing that others can read.
 * @param credential - the key and what belongs to it
 * @param form - whose form; `near-cli-rs` needs the seed phrase and its path, the others the account id
 * @throws {TypeError} for an unknown form, or when something that the form needs is missing
 * @throws {ParseError} `invalid_account_id`, `invalid_key`
 * @example
 * ```ts
 * import { formatCredential } from "@yoctonear/keys/credentials";
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * const json = formatCredential({ accountId: "alice.near", keyPair: randomEd25519KeyPair() }, "nearcore");
 * Object.keys(JSON.parse(json)); // ["account_id", "public_key", "secret_key"]
 * ```
 */
export function formatCredential(credential: Credential, form: CredentialForm): string {
  const { keyPair, accountId } = credential;
  const publicKey = formatPublicKey(parsePublicKey(keyPair.publicKey));
  if (form === "near-cli-rs") {
    return JSON.stringify({
      seed_phrase_hd_path: needed(credential.seedPhrasePath, "seedPhrasePath"),
      master_seed_phrase: needed(credential.revealSeedPhrase, "revealSeedPhrase")(),
      implicit_account_id: needed(implicitAccountId(publicKey), "an ed25519 key"),
      public_key: publicKey,
      private_key: keyPair.revealSecretKey(),
    });
  }
  if (form !== "near-cli" && form !== "nearcore") {
    throw new TypeError('expected the form "near-cli", "near-cli-rs" or "nearcore"');
  }
  const owner = needed(accountId, "accountId");
  assertAccountId(owner);
  const secretField = form === "nearcore" ? "secret_key" : "private_key";
  return JSON.stringify({
    account_id: owner,
    public_key: publicKey,
    [secretField]: keyPair.revealSecretKey(),
  });
}

// The error of the JSON parser quotes the text, so it is dropped.
function parseText(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ParseError("invalid_key", "expected a credential as JSON, got text that is not JSON");
  }
}

function textOf(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return undefined;
  throw new ParseError("invalid_key", `expected ${name} as text, got ${typeof value}`);
}

function implicitAccountId(publicKey: string): string | undefined {
  const { type, bytes } = parsePublicKey(publicKey);
  return type === "ed25519" ? nearImplicitAccountId(bytes) : undefined;
}

function needed<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  throw new TypeError(`expected a credential with ${name} for this form`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
