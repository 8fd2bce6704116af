/**
 * Signs messages, with a key or through a wallet.
 * @module
 */
import { parseSignature, type Signer } from "@yoctonear/keys";
import { assertAccountId } from "@yoctonear/primitives";
import { assertText, type Message, messageRequest } from "./message.ts";
import { MessageError } from "./message-error.ts";
import {
  formatMessageSignature,
  parseSignedMessage,
  type SignedMessage,
} from "./signed-message.ts";

/** What is to be signed. */
export interface SignMessageRequest extends Message {
  /** Comes back with the signature, for the answer to be recognized by; it is not signed. */
  readonly state?: string | undefined;
}

/** Signs messages by itself: a wallet. It asks its owner, and throws when the owner declines. */
export interface MessageSigner {
  signMessage(request: SignMessageRequest): Promise<SignedMessage>;
}

/** An account with its key, e.g. of `connect`; where a wallet has the keys there is no signer, but the wallet as `executor`. */
export interface MessageAccount {
  readonly accountId: string;
  readonly signer?: Signer | undefined;
  readonly executor?: object | undefined;
}

/**
 * Signs a message. What a wallet does not sign nobody else signs: its error is thrown.
 * @param by - an account with its key, or a wallet
 * @param request - the message; `nonce` is 32 bytes that the recipient issued, or of `createNonce`
 * @returns for whoever verifies it
 * @throws {MessageError} `rejected` when there is no key; `malformed`, `wrong_state`, `wrong_account` when a wallet answers something else
 * @throws {TypeError}, {RangeError} when the request is no message
 * @example
 * ```ts
 * import { createNonce, signMessage } from "@yoctonear/messages";
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * const alice = { accountId: "alice.near", signer: randomEd25519KeyPair() };
 * const request = { message: "log me in", recipient: "app.example", nonce: createNonce(), state: "7" };
 * (await signMessage(alice, request)).state; // "7"
 * ```
 */
export async function signMessage(
  by: MessageAccount | MessageSigner,
  request: SignMessageRequest,
): Promise<SignedMessage> {
  const asked = messageRequest(request);
  const { state } = request;
  if (state !== undefined) assertText(state, "state");
  if (isWallet(by)) return answerOf(await by.signMessage(request), state);
  const { accountId, signer, executor } = by;
  assertAccountId(accountId);
  if (signer === undefined) {
    if (executor !== undefined && isWallet(executor)) {
      const signed = answerOf(await executor.signMessage(request), state);
      if (signed.accountId === accountId) return signed;
      throw new MessageError(
        "wrong_account",
        `expected ${accountId} to sign, got ${signed.accountId}`,
      );
    }
    throw new MessageError(
      "rejected",
      `expected a key of ${accountId} to sign with, or a wallet that signs messages, got neither`,
    );
  }
  const signature = parseSignature(await signer.sign(asked));
  return {
    accountId,
    publicKey: signer.publicKey,
    signature: formatMessageSignature(signature),
    ...(state !== undefined && { state }),
  };
}

function answerOf(answer: unknown, state: string | undefined): SignedMessage {
  const { accountId, publicKey, signature, state: returned } = parseSignedMessage(answer);
  // Wallets in the page mostly return no state, and some the callbackUrl where none was asked for.
  if (state !== undefined && returned !== undefined && returned !== state) {
    throw new MessageError("wrong_state", "expected the state of the request, got another");
  }
  return { accountId, publicKey, signature, ...(state !== undefined && { state }) };
}

function isWallet(value: object): value is MessageSigner {
  return "signMessage" in value && typeof value.signMessage === "function";
}
