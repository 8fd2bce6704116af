/**
 * Verifies signed messages: the signature, and on the chain that the key speaks for the account.
 * @module
 */
import { encodeBase64, encodeHex } from "@yoctonear/base";
import { formatPublicKey, type KeyType, type Scheme, verifySignature } from "@yoctonear/keys";
import type { BlockReference, Transport } from "@yoctonear/rpc";
import { assertFullAccess } from "./full-access.ts";
import { type Message, messageRequest } from "./message.ts";
import { MessageError, type MessageErrorCode } from "./message-error.ts";
import { nativeEd25519 } from "./native-ed25519.ts";
import { assertFresh } from "./nonce.ts";
import type { NonceStore } from "./nonce-store.ts";
import { assertBound, assertNonceStore, assertOptions } from "./options.ts";
import {
  parseMessageKey,
  parseMessageSignature,
  parseSignedMessage,
  type RepeatedMessage,
  type SignedMessage,
} from "./signed-message.ts";

/** What `connect` returned, an account, anything with a transport, or a transport. */
export type MessageNetwork = Transport | { readonly transport: Transport };

/** What should have been signed. */
export interface ExpectedMessage extends Message {
  /** What the request said; compared where it is given. */
  readonly state?: string | undefined;
}

/** How a message is verified. */
export interface VerifyMessageOptions {
  /** Types of keys that may come. Unless told ed25519 alone, by the platform's WebCrypto, which costs no bytes and little time. */
  readonly schemes?: readonly Scheme[] | undefined;
  /**
   * The block at which the key is looked up. The final one unless told: what an optimistic block says may be undone, and with it
   * a key that was never added for good; a key that is deleted is so in a final block some two seconds later.
   */
  readonly block?: BlockReference | undefined;
  /**
   * Says of an account that does not exist whether the key speaks for it; `isImplicitAccount` is such a function: whoever
   * funds the account gives it to that key. Unless told none is taken: `account_missing`. It is not asked of one that exists, be it a
   * universal account that waits for its state init, which has no key yet: `unknown_key`.
   */
  readonly acceptMissing?: ((accountId: string, publicKey: string) => boolean) | undefined;
  /** Wants a nonce of `createTimedNonce` that is at most so many ms old. Unless told, a nonce is 32 bytes of any kind. */
  readonly maxAge?: number | undefined;
  /** Accepts each nonce of an account once; with `maxAge` it can forget. */
  readonly nonceStore?: NonceStore | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Gives the milliseconds since 1970; for tests. */
  readonly now?: (() => number) | undefined;
}

const OPTIONS = ["schemes", "block", "acceptMissing", "maxAge", "nonceStore", "signal", "now"];

/** Who signed. */
export interface VerifiedMessage {
  readonly accountId: string;
  /** In the text form that nodes write. */
  readonly publicKey: string;
}

/**
 * Verifies a signed message, and resolves with who signed it. The key is looked up on the chain: without that, anybody's key would do
 * for anybody's account. Nonces are used up last, so what is not accepted uses none.
 * @param near - what `connect` returned, or a transport
 * @param signed - as the wallet returned it
 * @param expected - what should have been signed; from one's own records, not from whoever sends the message
 * @param options - types of keys, age, replays
 * @throws {MessageError} says by its `code` why it is not accepted
 * @throws {TransportError}, {RpcError} when the chain could not be asked, which says nothing of the message
 * @throws {TypeError}, {RangeError} when what is expected is no message, or an option none
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { createNonce, signMessage, verifyMessage } from "@yoctonear/messages";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const message = { message: "log me in", recipient: "app.example", nonce: createNonce() };
 * const signed = await signMessage(alice, message);
 * (await verifyMessage(near, signed, message)).accountId; // "alice.near"
 * ```
 */
export async function verifyMessage(
  near: MessageNetwork,
  signed: SignedMessage,
  expected: ExpectedMessage,
  options: VerifyMessageOptions = {},
): Promise<VerifiedMessage> {
  const transport = transportOf(near);
  assertOptions(options, OPTIONS);
  assertNonceStore(options.nonceStore);
  if (options.maxAge !== undefined) assertBound(options.maxAge, "maxAge", 1);
  const { schemes = [nativeEd25519], block = { finality: "final" }, acceptMissing } = options;
  const { nonceStore, maxAge, now = Date.now, signal } = options;
  const { hash } = messageRequest(expected);
  // The caller's bytes may be others once the chain has answered.
  const nonce = new Uint8Array(expected.nonce);
  const assertAge = (): number =>
    maxAge === undefined ? Infinity : assertFresh(nonce, maxAge, now());
  const message = parseSignedMessage(signed);
  compare(message, expected);
  const { accountId } = message;
  const key = parseMessageKey(message.publicKey);
  const publicKey = formatPublicKey(key);
  assertAge();
  assertKeyType(key.type, schemes);
  const signature = parseMessageSignature(message.signature, key);
  const signedBy = { signature, publicKey };
  if (!(await verifySignature({ hash, ...signedBy }, schemes))) {
    const { callbackUrl, ...without } = expected;
    if (callbackUrl !== undefined) {
      // Many wallets that need none leave it out.
      const { hash: other } = messageRequest(without);
      if (await verifySignature({ hash: other, ...signedBy }, schemes)) {
        throw new MessageError(
          "wrong_callback_url",
          "expected the callbackUrl to be signed, got a signature without any",
        );
      }
    }
    throw new MessageError(
      "invalid_signature",
      `expected a signature of ${publicKey} of this message, got another`,
    );
  }
  await assertFullAccess(transport, { accountId, publicKey, block, acceptMissing }, { signal });
  // Again: the chain may have taken long, and the store forgets what is too old.
  const expires = assertAge();
  // Whatever a store answers but true, the nonce is not new.
  const answer: unknown = await nonceStore?.use(encodeHex(nonce), accountId, expires);
  if (nonceStore === undefined || answer === true) return { accountId, publicKey };
  throw new MessageError(
    "replayed",
    `expected a nonce that ${accountId} has not used, got a used one`,
  );
}

/** What came along in clear, and differs, is a better reason than that the signature does not fit. */
function compare(signed: RepeatedMessage, expected: ExpectedMessage): void {
  const differs = (code: MessageErrorCode, name: string, got: unknown, wanted: unknown): void => {
    if (got !== wanted)
      throw new MessageError(code, `expected the ${name} that was issued, got another`);
  };
  const { message, recipient, nonce, callbackUrl } = signed;
  if (expected.state !== undefined) differs("wrong_state", "state", signed.state, expected.state);
  if (message !== undefined) differs("wrong_message", "message", message, expected.message);
  if (recipient !== undefined)
    differs("wrong_recipient", "recipient", recipient, expected.recipient);
  if (nonce !== undefined) differs("wrong_nonce", "nonce", nonce, encodeBase64(expected.nonce));
  if (callbackUrl !== undefined)
    differs("wrong_callback_url", "callbackUrl", callbackUrl, expected.callbackUrl);
}

/** Gives the transport of what the chain is asked through. */
export function transportOf(near: MessageNetwork): Transport {
  return typeof near === "function" ? near : near.transport;
}

/** Refuses a key of a type that the caller does not take. */
export function assertKeyType(got: KeyType, schemes: readonly Scheme[]): void {
  const types = schemes.map(({ type }) => type);
  if (types.includes(got)) return;
  throw new MessageError(
    "unsupported_key_type",
    `expected a key of type ${types.join(", ")}, got ${got}`,
  );
}
