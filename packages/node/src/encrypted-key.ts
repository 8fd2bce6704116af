/**
 * The text of an encrypted key file, version 1: JSON whose `account_id`, `public_key`, derivation and cipher
 * can be read without the password, and are authenticated with it (AES-256-GCM by WebCrypto).
 * @module
 */
import { createHash } from "node:crypto";
import {
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  encodeUtf8,
  ParseError,
  showValue,
} from "@yoctonear/base";
import { formatPublicKey, parsePublicKey, type Scheme } from "@yoctonear/keys";
import {
  type Credential,
  parseCredential,
  type ParsedCredential,
} from "@yoctonear/keys/credentials";
import { assertAccountId } from "@yoctonear/primitives";
import { FileError } from "./file-error.ts";
import { deriveKey, type KeyDerivation, parseDerivation } from "./key-derivation.ts";

const FORMAT = "yoctonear-encrypted-key";
const VERSION = 1;
const SALT_LENGTH = 16;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** What can be read without the password; only {@link decryptCredential} knows that it is true. */
interface Envelope {
  readonly accountId: string | undefined;
  readonly publicKey: string;
  readonly derivation: KeyDerivation;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

/** Encrypts a key, and the seed phrase where there is one, with a new salt and nonce. */
export async function encryptCredential(
  credential: Credential,
  password: string,
  derivation: KeyDerivation,
): Promise<string> {
  checkPassword(password);
  const { accountId, keyPair, seedPhrasePath, revealSeedPhrase } = credential;
  if (accountId !== undefined) assertAccountId(accountId);
  const publicKey = formatPublicKey(parsePublicKey(keyPair.publicKey));
  const secret = encodeUtf8(
    JSON.stringify({
      account_id: accountId,
      public_key: publicKey,
      private_key: keyPair.revealSecretKey(),
      seed_phrase_hd_path: seedPhrasePath,
      master_seed_phrase: revealSeedPhrase?.(),
    }),
  );
  const salt = crypto.getRandomValues(new Uint8Array(SALT_LENGTH));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
  const empty = new Uint8Array();
  const open = { accountId, publicKey, derivation, salt, nonce, ciphertext: empty };
  const key = await aesKey(password, open, "encrypt");
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt(aesGcm(open), key, secret));
  secret.fill(0);
  const text = { ...headerOf(open), ciphertext: encodeBase64(ciphertext) };
  return `${JSON.stringify({ ...text, checksum: checksum(text) }, null, 2)}\n`;
}

/** Decrypts a key. Errors name the file of the path, and nothing secret. */
export async function decryptCredential(
  path: string,
  text: string,
  password: string,
  schemes: readonly Scheme[],
): Promise<ParsedCredential> {
  checkPassword(password);
  const envelope = readEnvelope(path, text);
  const key = await aesKey(password, envelope, "decrypt");
  let secret: Uint8Array<ArrayBuffer>;
  try {
    secret = new Uint8Array(
      await crypto.subtle.decrypt(aesGcm(envelope), key, envelope.ciphertext),
    );
  } catch {
    throw new FileError(
      "wrong_password",
      path,
      "expected the password of this file, got another (or the file was tampered with)",
    );
  }
  try {
    return parseCredential(decodeUtf8(secret), schemes);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new FileError(
      "invalid",
      path,
      `expected a key in it, got another text (${error.message})`,
      {
        cause: error,
      },
    );
  } finally {
    secret.fill(0);
  }
}

function readEnvelope(path: string, text: string): Envelope {
  const fields = parsed(text);
  if (fields === undefined || fields["format"] !== FORMAT) {
    throw new FileError("invalid", path, "expected an encrypted key file, got another one");
  }
  if (fields["version"] !== VERSION) {
    const version = showValue(fields["version"]);
    throw new FileError(
      "invalid",
      path,
      `expected version ${VERSION} of the format, got ${version}`,
    );
  }
  const { checksum: stated, ...rest } = fields;
  if (stated !== checksum(rest)) {
    throw new FileError("corrupt", path, "expected the file as it was written, got a changed one");
  }
  const { account_id: accountId, public_key: publicKey, kdf, cipher } = rest;
  const derivation = parseDerivation(kdf);
  if (derivation === undefined) {
    throw new FileError("invalid", path, "expected a kdf within its bounds, got another");
  }
  const salt = bytesOf(recordOf(kdf)?.["salt"]);
  const nonce = bytesOf(recordOf(cipher)?.["nonce"]);
  const ciphertext = bytesOf(rest["ciphertext"]);
  const isRight =
    (accountId === undefined || typeof accountId === "string") &&
    typeof publicKey === "string" &&
    recordOf(cipher)?.["name"] === "aes-256-gcm" &&
    salt?.length === SALT_LENGTH &&
    nonce?.length === NONCE_LENGTH &&
    ciphertext !== undefined &&
    ciphertext.length > TAG_LENGTH;
  if (isRight) return { accountId, publicKey, derivation, salt, nonce, ciphertext };
  throw new FileError("invalid", path, "expected the fields of an encrypted key file, got others");
}

/** In one order, so that its text is what is authenticated. */
function headerOf(envelope: Envelope): Readonly<Record<string, unknown>> {
  const { accountId, publicKey, derivation, salt, nonce } = envelope;
  return {
    format: FORMAT,
    version: VERSION,
    ...(accountId === undefined ? {} : { account_id: accountId }),
    public_key: publicKey,
    kdf: { ...derivation, salt: encodeBase64(salt) },
    cipher: { name: "aes-256-gcm", nonce: encodeBase64(nonce) },
  };
}

function aesGcm(envelope: Envelope): AesGcmParams {
  const additionalData = encodeUtf8(JSON.stringify(headerOf(envelope)));
  return { name: "AES-GCM", iv: envelope.nonce, additionalData, tagLength: 8 * TAG_LENGTH };
}

async function aesKey(
  password: string,
  { salt, derivation }: Envelope,
  use: "encrypt" | "decrypt",
): Promise<CryptoKey> {
  const bytes = await deriveKey(password, salt, derivation);
  try {
    return await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, [use]);
  } finally {
    bytes.fill(0);
  }
}

/** Tells a file that decayed from a wrong password; it is of what anybody can read, and protects nothing. */
function checksum(fields: Readonly<Record<string, unknown>>): string {
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex").slice(0, 16);
}

function checkPassword(password: unknown): void {
  if (typeof password !== "string" || password === "") {
    throw new TypeError("expected a password of at least one character");
  }
}

function bytesOf(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof value !== "string") return undefined;
  try {
    return decodeBase64(value);
  } catch {
    return undefined;
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value));
}
