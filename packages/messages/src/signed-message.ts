/**
 * What comes of signing a message, as wallets return it (NEP-413), and the check of it: it comes from outside.
 * @module
 */
import { decodeBase58, decodeBase64, encodeBase64, showValue } from "@yoctonear/base";
import { formatSignature, type KeyData, parsePublicKey } from "@yoctonear/keys";
import { isAccountId } from "@yoctonear/primitives";
import { MessageError } from "./message-error.ts";

/** A signed message. What was signed is not in it: whoever verifies must know it. */
export interface SignedMessage {
  /** Who says to have signed. */
  readonly accountId: string;
  /** With which key, `ed25519:…`. */
  readonly publicKey: string;
  /** The signature's bytes in base64. */
  readonly signature: string;
  /** What the request said, for it to be recognized by; not signed. */
  readonly state?: string | undefined;
}

/** A signed message with what was signed, as some send it along: it is compared, never relied on. */
export interface RepeatedMessage extends SignedMessage {
  readonly message?: string | undefined;
  readonly recipient?: string | undefined;
  /** Its 32 bytes in base64. */
  readonly nonce?: string | undefined;
  readonly callbackUrl?: string | undefined;
}

/** Longer than any signature in any of its forms. */
const MAX_SIGNATURE = 5_000;
/** Bytes of a signature by the type of its key. */
const LENGTHS: Readonly<Record<KeyData["type"], number>> = {
  ed25519: 64,
  secp256k1: 65,
  "ml-dsa-65": 3309,
};

/**
 * Reads a signed message that comes from outside, e.g. as JSON; unknown fields are dropped.
 * @param value - an object
 * @throws {MessageError} `malformed`
 * @example
 * ```ts
 * import { parseSignedMessage } from "@yoctonear/messages";
 * const json = '{"accountId":"alice.near","publicKey":"ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847","signature":"AAAA"}';
 * parseSignedMessage(JSON.parse(json)).accountId; // "alice.near"
 * ```
 */
export function parseSignedMessage(value: unknown): RepeatedMessage {
  if (typeof value !== "object" || value === null) {
    throw malformed("a signed message as an object", value);
  }
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const accountId = needed(fields, "accountId");
  if (!isAccountId(accountId)) throw malformed("accountId as an account id", accountId);
  const { state } = fields;
  return {
    accountId,
    publicKey: needed(fields, "publicKey"),
    signature: needed(fields, "signature"),
    ...(state !== undefined && state !== null && { state: needed(fields, "state") }),
    ...repeated(fields, "message"),
    ...repeated(fields, "recipient"),
    ...repeated(fields, "nonce"),
    ...repeated(fields, "callbackUrl"),
  };
}

/** Reads the public key of a signed message. */
export function parseMessageKey(publicKey: string): KeyData {
  try {
    return parsePublicKey(publicKey);
  } catch (cause) {
    throw new MessageError("malformed", "expected publicKey as a public key, got other text", {
      cause,
    });
  }
}

/**
 * Reads a signature as wallets write it: base64, as NEP-413 says; older ones base58 with the type of the key before it, or bare.
 * @returns the text form that `keys` takes
 */
export function parseMessageSignature(signature: string, { type }: KeyData): string {
  const wanted = LENGTHS[type];
  if (signature.length <= MAX_SIGNATURE) {
    const prefix = `${type}:`;
    const digits = signature.startsWith(prefix) ? signature.slice(prefix.length) : signature;
    // A text may be both; then its length tells.
    for (const decoder of [digits === signature ? decodeBase64 : decodeBase58, decodeBase58]) {
      try {
        const bytes = decoder(digits);
        if (bytes.length === wanted) return formatSignature({ type, bytes });
      } catch {
        // The other form, or none.
      }
    }
  }
  throw new MessageError(
    "malformed",
    `expected signature as ${wanted} bytes in base64, got ${signature.length} characters of another form`,
  );
}

/** Puts a signature into the form of NEP-413. */
export function formatMessageSignature({ bytes }: KeyData): string {
  return encodeBase64(bytes);
}

/** Makes the error for what is no signed message. */
function malformed(expected: string, got: unknown): MessageError {
  return new MessageError("malformed", `expected ${expected}, got ${showValue(got)}`);
}

function needed(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === "string") return value;
  throw malformed(`${name} as text`, value);
}

/** What NEP-413 has not in its answer is taken where it is text, and no matter where it is not. */
function repeated(
  fields: Readonly<Record<string, unknown>>,
  name: string,
): { readonly [name: string]: string } {
  const value = fields[name];
  return typeof value === "string" ? { [name]: value } : {};
}
