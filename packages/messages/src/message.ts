/**
 * The message of NEP-413, and the bytes of it that are signed.
 * @module
 */
import { concatBytes, encodeUtf8, showValue } from "@yoctonear/base";
import type { SigningRequest } from "@yoctonear/keys";
import { sha256 } from "@yoctonear/primitives";

/** 2^31 + 413: no transaction begins so (NEP-461). */
export const PREFIX = 2_147_484_061;

/** What is signed (NEP-413). */
export interface Message {
  /** What the user reads and agrees to. */
  readonly message: string;
  /** For whom it is: a domain, or an account id. */
  readonly recipient: string;
  /** 32 bytes that no other message has. */
  readonly nonce: Uint8Array;
  /** Where a web wallet returns to; it is signed too. */
  readonly callbackUrl?: string | undefined;
}

/**
 * Gives the bytes that are signed: the prefix of NEP-413, then the message in borsh.
 * @param message - what is signed
 * @throws {TypeError} for a field of another type
 * @throws {RangeError} for a nonce of another length
 * @throws {ParseError} `invalid_encoding` for text with a lone surrogate
 * @example
 * ```ts
 * import { encodeMessage } from "@yoctonear/messages";
 * const nonce = new Uint8Array(32);
 * encodeMessage({ message: "hi", recipient: "app.example", nonce }).length; // 58
 * ```
 */
export function encodeMessage({
  message,
  nonce,
  recipient,
  callbackUrl,
}: Message): Uint8Array<ArrayBuffer> {
  assertText(message, "message");
  assertText(recipient, "recipient");
  assertNonce(nonce);
  if (callbackUrl !== undefined) assertText(callbackUrl, "callbackUrl");
  // By hand and not by the codec of decode-message.ts, which would be a tenth of what verifying weighs.
  return concatBytes(
    u32(PREFIX),
    borshText(message),
    nonce,
    borshText(recipient),
    callbackUrl === undefined
      ? Uint8Array.of(0)
      : concatBytes(Uint8Array.of(1), borshText(callbackUrl)),
  );
}

/**
 * Gives what a signer is asked to sign, for whoever signs elsewhere.
 * @param message - what is signed
 * @throws {TypeError}
 * @throws {RangeError}
 * @example
 * ```ts
 * import { messageRequest } from "@yoctonear/messages";
 * const request = messageRequest({ message: "hi", recipient: "app.example", nonce: new Uint8Array(32) });
 * request.kind; // "message"
 * request.hash.length; // 32
 * ```
 */
export function messageRequest(message: Message): SigningRequest {
  const bytes = encodeMessage(message);
  return { kind: "message", bytes, hash: sha256(bytes) };
}

/** Refuses what is no text. */
export function assertText(value: unknown, name: string): asserts value is string {
  if (typeof value === "string") return;
  throw new TypeError(`expected ${name} as text, got ${showValue(value)}`);
}

/** Refuses what is no nonce. */
export function assertNonce(value: unknown): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw new TypeError(`expected nonce as a Uint8Array, got ${showValue(value)}`);
  }
  if (value.length === 32) return;
  throw new RangeError(`expected nonce of 32 bytes, got ${value.length}`);
}

function borshText(text: string): Uint8Array {
  const bytes = encodeUtf8(text);
  return concatBytes(u32(bytes.length), bytes);
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}
