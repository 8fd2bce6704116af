/**
 * Reads the signed bytes of NEP-413.
 * @module
 */
import { BorshError, decode, fixedBytes, option, string, struct, u32 } from "@yoctonear/borsh";
import { type Message, PREFIX } from "./message.ts";

const payloadCodec = /* @__PURE__ */ struct({
  prefix: u32,
  message: string,
  nonce: /* @__PURE__ */ fixedBytes(32),
  recipient: string,
  callbackUrl: /* @__PURE__ */ option(string),
});

/**
 * Reads the bytes that a signer is asked to sign, so that a device or a policy can see what they say.
 * @param bytes - those of {@link encodeMessage}
 * @throws {BorshError} when they are none, e.g. those of a transaction
 * @example
 * ```ts
 * import { decodeMessage, encodeMessage } from "@yoctonear/messages";
 * const message = { message: "hi", recipient: "app.example", nonce: new Uint8Array(32) };
 * decodeMessage(encodeMessage(message)).recipient; // "app.example"
 * ```
 */
export function decodeMessage(bytes: Uint8Array): Message {
  const { prefix, message, nonce, recipient, callbackUrl } = decode(payloadCodec, bytes);
  if (prefix !== PREFIX) {
    throw new BorshError("invalid_tag", `expected the prefix ${PREFIX}, got ${prefix}`, 0);
  }
  return { message, recipient, nonce, ...(callbackUrl !== null && { callbackUrl }) };
}
