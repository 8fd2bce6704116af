/**
 * Why a message is not accepted.
 * @module
 */
import { NearError } from "@yoctonear/base";

/**
 * What is wrong; the network has answered, where it was asked:
 * - `malformed`: what came is no signed message, or no authorization
 * - `rejected`: the wallet or its owner did not sign
 * - `wrong_account`, `wrong_message`, `wrong_recipient`, `wrong_nonce`, `wrong_callback_url`, `wrong_state`, `wrong_chain`,
 *   `wrong_path`, `wrong_payload`, `wrong_origin`: another one than was expected
 * - `unsupported_key_type`: a key of a type that the caller does not take
 * - `invalid_signature`: not by this key, or not of what was expected
 * - `account_missing`: there is no such account
 * - `unknown_key`: the account does not have the key
 * - `not_full_access`: the key may only call functions
 * - `expired_nonce`: signed too long ago, in the future, or with a nonce that does not tell when
 * - `replayed`: accepted before
 * - `from_the_future`: an authorization later than the block at which it is looked at
 * - `not_authorized`: neither a key nor the contract of the account stands behind it
 * - `too_deep`: authorizations that lead to more accounts than the caller follows
 * - `invalid_session`, `expired_session`: of a login
 */
export type MessageErrorCode =
  | "account_missing"
  | "expired_nonce"
  | "expired_session"
  | "from_the_future"
  | "invalid_session"
  | "invalid_signature"
  | "malformed"
  | "not_authorized"
  | "not_full_access"
  | "rejected"
  | "replayed"
  | "too_deep"
  | "unknown_key"
  | "unsupported_key_type"
  | "wrong_account"
  | "wrong_callback_url"
  | "wrong_chain"
  | "wrong_message"
  | "wrong_nonce"
  | "wrong_origin"
  | "wrong_path"
  | "wrong_payload"
  | "wrong_recipient"
  | "wrong_state";

/**
 * A message that is not accepted, and why. That the network could not be asked is never one of these: that error comes as it is.
 * @example
 * ```ts
 * import { MessageError, parseSignedMessage } from "@yoctonear/messages";
 * try {
 *   parseSignedMessage({ accountId: "alice.near" });
 * } catch (error) {
 *   error instanceof MessageError && error.code; // "malformed"
 * }
 * ```
 */
export class MessageError extends NearError<MessageErrorCode> {
  override readonly name = "MessageError";
}
