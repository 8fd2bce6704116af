/**
 * Nonces: 32 bytes, random, or with the time in front, so that whoever verifies can tell how old a message is.
 * @module
 */
import { MessageError } from "./message-error.ts";
import { assertNonce } from "./message.ts";

/** How far, in ms, a clock may be ahead of another. */
const MAX_SKEW = 60_000;

/**
 * Makes a random nonce, as NEP-413 has it.
 * @returns 32 bytes
 * @example
 * ```ts
 * import { createNonce } from "@yoctonear/messages";
 * createNonce().length; // 32
 * ```
 */
export function createNonce(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(32));
}

/**
 * Makes a nonce that tells when it was made: 8 bytes of milliseconds, most significant first, then 24 random ones. So near-kit does it.
 * @param time - milliseconds since 1970; now unless told
 * @throws {RangeError} for a time that is none
 * @example
 * ```ts
 * import { createTimedNonce, nonceTime } from "@yoctonear/messages";
 * nonceTime(createTimedNonce(1_785_914_880_123)); // 1785914880123
 * ```
 */
export function createTimedNonce(time: number = Date.now()): Uint8Array<ArrayBuffer> {
  if (!(Number.isSafeInteger(time) && time >= 0)) {
    throw new RangeError(`expected time in whole milliseconds since 1970, got ${time}`);
  }
  const nonce = createNonce();
  new DataView(nonce.buffer).setBigUint64(0, BigInt(time));
  return nonce;
}

/**
 * Reads the time of a nonce of {@link createTimedNonce}. Of any other it reads some number, mostly a time far in the future.
 * @returns milliseconds since 1970
 * @example
 * ```ts
 * import { nonceTime } from "@yoctonear/messages";
 * nonceTime(new Uint8Array(32)); // 0
 * ```
 */
export function nonceTime(nonce: Uint8Array): number {
  assertNonce(nonce);
  return Number(new DataView(nonce.buffer, nonce.byteOffset).getBigUint64(0));
}

/**
 * Refuses a nonce that does not tell a time of the last `maxAge` ms; gives the time until which it must be remembered: until it is too
 * old by the clock of the store and of every process, one of which may be behind.
 */
export function assertFresh(nonce: Uint8Array, maxAge: number, now: number): number {
  const time = nonceTime(nonce);
  if (time <= now + MAX_SKEW && time + maxAge > now) return time + maxAge + MAX_SKEW;
  const got = time > now + MAX_SKEW ? "a later time, or no time at all" : `${now - time} ms`;
  throw new MessageError("expired_nonce", `expected a nonce of the last ${maxAge} ms, got ${got}`);
}
