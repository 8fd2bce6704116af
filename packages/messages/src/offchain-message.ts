/**
 * The message of NEP-641: what an account authorizes off the chain, bound to the chain, the account and the way from it to the
 * account that is asked. From the text of 2026-08-11, a draft.
 * @module
 */
import { concatBytes, encodeUtf8 } from "@yoctonear/base";
import { encode, string, struct, u64, vec } from "@yoctonear/borsh";
import { assertAccountId } from "@yoctonear/primitives";
import { sha3_256 } from "@noble/hashes/sha3.js";
import type { Message } from "./message.ts";
import { formatSeconds } from "./timestamp.ts";

/** What is authorized. */
export interface OffchainMessage {
  /** E.g. `mainnet`. */
  readonly chainId: string;
  /** Whose authorization it is. */
  readonly signerId: string;
  /** The accounts on whose behalf, from the next one up; none where the signer's own is asked. */
  readonly path: readonly string[];
  /** Nanoseconds since 1970, not later than the block at which it is looked at. */
  readonly timestamp: bigint;
  /** What the application wants, in its own form; that it is accepted once is the application's business. */
  readonly payload: string;
}

const DOMAIN = "NEAR_NEP641_OFFCHAIN_MESSAGE/V1";

const codec = /* @__PURE__ */ struct({
  chainId: string,
  signerId: string,
  path: /* @__PURE__ */ vec(string),
  timestamp: u64,
  payload: string,
});

/**
 * Gives the canonical hash of a message: SHA3-256 of the domain and of the message in borsh.
 * @throws {ParseError} `invalid_account_id`
 * @throws {BorshError} for a time outside 64 bits
 * @example
 * ```ts
 * import { offchainMessageHash } from "@yoctonear/messages";
 * const message = { chainId: "mainnet", signerId: "alice.near", path: [], timestamp: 0n, payload: "log me in" };
 * offchainMessageHash(message).length; // 32
 * ```
 */
export function offchainMessageHash(message: OffchainMessage): Uint8Array<ArrayBuffer> {
  return new Uint8Array(sha3_256(concatBytes(encodeUtf8(DOMAIN), encodeOffchainMessage(message))));
}

/**
 * Gives the borsh of a message, which is what {@link offchainMessageHash} hashes behind its domain.
 * @throws {ParseError} `invalid_account_id`
 * @throws {BorshError} for a time outside 64 bits
 * @example
 * ```ts
 * import { encodeOffchainMessage } from "@yoctonear/messages";
 * const message = { chainId: "mainnet", signerId: "alice.near", path: [], timestamp: 0n, payload: "" };
 * encodeOffchainMessage(message).length; // 41
 * ```
 */
export function encodeOffchainMessage(message: OffchainMessage): Uint8Array<ArrayBuffer> {
  const { chainId, signerId, path, timestamp, payload } = message;
  assertAccountId(signerId, "signerId");
  for (const accountId of path) assertAccountId(accountId, "an account of path");
  return encode(codec, { chainId, signerId, path, timestamp, payload });
}

/**
 * Gives the message of NEP-413 that an access key signs: a wallet shows the payload, and as recipient on which chain, for whom and
 * when; the nonce is the canonical hash.
 * @param message - what is authorized
 * @param callbackUrl - of a web wallet
 * @example
 * ```ts
 * import { toMessage } from "@yoctonear/messages";
 * const message = { chainId: "mainnet", signerId: "bob.near", path: ["dao.near"], timestamp: 0n, payload: "yes" };
 * toMessage(message).recipient; // "mainnet: bob.near -> dao.near @ 1970-01-01T00:00:00Z"
 * ```
 */
export function toMessage(message: OffchainMessage, callbackUrl?: string): Message {
  const { chainId, signerId, path, timestamp, payload } = message;
  const way = [signerId, ...path].join(" -> ");
  return {
    message: payload,
    recipient: `${chainId}: ${way} @ ${formatSeconds(timestamp)}Z`,
    nonce: offchainMessageHash(message),
    ...(callbackUrl !== undefined && { callbackUrl }),
  };
}
