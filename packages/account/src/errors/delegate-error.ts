/**
 * What is wrong with a delegate action that came from somebody else.
 * @module
 */
import { NearError } from "@yoctonear/base";

/**
 * Why a delegate action is not to be relayed: the chain would refuse it, and keep the relayer's gas.
 * - `invalid_actions`: it breaks a static limit of its actions
 * - `unsupported_key`: its key is of a type that the caller does not list
 * - `invalid_signature`: the signature is not of this delegate action by this key
 * - `unsupported_by_protocol`: the network's protocol version does not know it, or no longer
 * - `unknown_key`: the sender does not have the key, or there is no such account
 * - `wrong_nonce_type`: a gas key needs the nonce of a lane, any other key a plain one
 * - `unknown_nonce_index`: the gas key has fewer lanes
 * - `key_not_permitted`: the key may not sign these actions; `kind` says which of its rules is broken
 * - `expired`: the last block in which it was valid is there already
 * - `nonce_used`: its nonce is not above the last one that the key used
 * - `nonce_too_large`: no block would take its nonce yet
 */
export type DelegateErrorCode =
  | "expired"
  | "invalid_actions"
  | "invalid_signature"
  | "key_not_permitted"
  | "nonce_too_large"
  | "nonce_used"
  | "unknown_key"
  | "unknown_nonce_index"
  | "unsupported_by_protocol"
  | "unsupported_key"
  | "wrong_nonce_type";

/**
 * A delegate action that would not be executed. A node that does not answer is never this error.
 * @example
 * ```ts
 * import { DelegateError, delegate, signingAccount, verifyDelegate } from "@yoctonear/account";
 * import { ed25519 } from "@yoctonear/keys/ed25519";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const delegated = await delegate(alice, "bob.near", [transfer("1 NEAR")], { validFor: 1 });
 * await chain.fastForward(9);
 * const error = await verifyDelegate(chain.transport, delegated, { schemes: [ed25519] }).catch((e) => e);
 * error instanceof DelegateError && [error.code, error.kind]; // ["expired", "DelegateActionExpired"]
 * ```
 */
export class DelegateError extends NearError<DelegateErrorCode> {
  override readonly name = "DelegateError";
  /** nearcore's name of the error that the chain would answer with. */
  readonly kind: string;

  constructor(
    code: DelegateErrorCode,
    kind: string,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(code, message, options);
    this.kind = kind;
  }
}
