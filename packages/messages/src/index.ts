/**
 * Signed messages of NEAR: NEP-413 and NEP-641, signed, verified against the chain, protected against replay; login for servers.
 * @module
 */
export { isImplicitAccount } from "./implicit-account.ts";
export { decodeMessage } from "./decode-message.ts";
export { encodeMessage, type Message, messageRequest } from "./message.ts";
export { MessageError, type MessageErrorCode } from "./message-error.ts";
export { nativeEd25519 } from "./native-ed25519.ts";
export { createNonce, createTimedNonce, nonceTime } from "./nonce.ts";
export { createNonceStore, type NonceStore, type NonceStoreOptions } from "./nonce-store.ts";
export {
  type MessageAccount,
  type MessageSigner,
  signMessage,
  type SignMessageRequest,
} from "./sign-message.ts";
export { parseSignedMessage, type RepeatedMessage, type SignedMessage } from "./signed-message.ts";
export {
  type ExpectedMessage,
  type MessageNetwork,
  type VerifiedMessage,
  verifyMessage,
  type VerifyMessageOptions,
} from "./verify-message.ts";
export {
  parseSignMessageRedirect,
  type RedirectRequest,
  signMessageUrl,
} from "./wallet-redirect.ts";
export {
  type AuthorizationRequest,
  formatKeyAuthorization,
  type KeyAuthorization,
  parseKeyAuthorization,
  signAuthorization,
} from "./key-authorization.ts";
export {
  encodeOffchainMessage,
  type OffchainMessage,
  offchainMessageHash,
  toMessage,
} from "./offchain-message.ts";
export {
  type Authorization,
  type ExpectedAuthorization,
  type VerifiedAuthorization,
  verifyAuthorization,
  type VerifyAuthorizationOptions,
} from "./verify-authorization.ts";
