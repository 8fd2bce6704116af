/**
 * Verification of a delegate action that somebody else signed, by the chain's own rules, before gas
 * is spent on it.
 * Source: nearcore `runtime/runtime/src/actions.rs` apply_delegate_action.
 * @module
 */
import { type Scheme, parsePublicKey, verifySignature } from "@yoctonear/keys";
import {
  type CallOptions,
  isRpcError,
  type RpcViewAccessKeyResponse,
  type Transport,
  viewAccessKey,
  viewGasKeyNonces,
} from "@yoctonear/rpc";
import {
  assertActionsAccepted,
  assertStateInitsAccepted,
  type Delegate,
  type DelegateV2,
  delegateActionRequest,
  LimitError,
  type TransactionNonce,
} from "@yoctonear/transactions";
import { formatHash } from "@yoctonear/primitives";
import { DelegateError } from "./errors/delegate-error.ts";
import { describeFailure } from "./errors/failure.ts";
import { gasKeyOf, permissionProblem } from "./key-permission.ts";
import { assertNodeTakes } from "./sender/node-version.ts";

/** Nonces per block height: one at or above height × this is refused. */
const NONCE_RANGE = 1_000_000n;

/** What a delegate action is verified with. */
export interface VerifyDelegateOptions extends CallOptions {
  /** The key types that are taken, e.g. `[ed25519]`. */
  readonly schemes: readonly Scheme[];
}

/** A delegate action that the chain would execute now. */
export interface VerifiedDelegate {
  /** Hash of the delegate action, base58: what was signed, and what names it. */
  readonly hash: string;
  readonly senderId: string;
  readonly publicKey: string;
  /** Its nonce; the key's last one is below. */
  readonly nonce: bigint;
  /** Row of the gas key's nonces; unset for a plain nonce. */
  readonly nonceIndex: number | undefined;
  /** Height of the newest block, at which all this was true. */
  readonly blockHeight: bigint;
}

/**
 * Verifies a signed delegate action: its signature, and by the newest block that the sender has the
 * key, that the key may sign these actions, that the nonce is unused and the action not expired.
 * It may cease to be true before a relayer's transaction is executed.
 * @param transport - reaches the network
 * @param delegated - as `parseSignedDelegate` or `decodeSignedDelegate` returns it
 * @param options - the key types that are taken
 * @throws {DelegateError} when the chain would refuse it; any other error, the network's say, tells
 *   nothing about it
 * @example
 * ```ts
 * import { delegate, signingAccount, verifyDelegate } from "@yoctonear/account";
 * import { ed25519 } from "@yoctonear/keys/ed25519";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { formatSignedDelegate, parseSignedDelegate, transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const text = formatSignedDelegate(await delegate(alice, "bob.near", [transfer("0.1 NEAR")]));
 * // On the relayer's side
 * const delegated = parseSignedDelegate(text);
 * const { senderId, nonce } = await verifyDelegate(chain.transport, delegated, { schemes: [ed25519] });
 * [senderId, nonce]; // ["alice.near", 1n]
 * ```
 */
export async function verifyDelegate(
  transport: Transport,
  delegated: Delegate | DelegateV2,
  { schemes, ...options }: VerifyDelegateOptions,
): Promise<VerifiedDelegate> {
  const hash = await verifyDelegateSignature(delegated, schemes);
  const { senderId, publicKey, receiverId, actions, maxBlockHeight } = delegated.delegateAction;
  const nonce = nonceOf(delegated);
  const nonceIndex = nonce.type === "gasKeyNonce" ? nonce.nonceIndex : undefined;
  await checkProtocol(transport, delegated, options);
  const view = await viewKey(transport, senderId, publicKey, options);
  const { block_height: blockHeight } = view;
  // The next block is the first that can execute it.
  if (maxBlockHeight <= blockHeight) {
    throw new DelegateError(
      "expired",
      "DelegateActionExpired",
      `expected a delegate action for blocks above ${blockHeight}, got one up to ${maxBlockHeight}`,
    );
  }
  checkNonceType(view, nonceIndex);
  const used =
    nonceIndex === undefined
      ? view.nonce
      : await laneNonce(transport, senderId, publicKey, nonceIndex, options);
  if (nonce.nonce <= used) {
    throw new DelegateError(
      "nonce_used",
      "DelegateActionInvalidNonce",
      `expected a nonce above ${used}, got ${nonce.nonce}`,
    );
  }
  const bound = (blockHeight + 1n) * NONCE_RANGE;
  if (nonce.nonce >= bound) {
    throw new DelegateError(
      "nonce_too_large",
      "DelegateActionNonceTooLarge",
      `expected a nonce below ${bound}, got ${nonce.nonce}`,
    );
  }
  const problem = permissionProblem(view.permission, receiverId, actions);
  if (problem !== null) {
    const { kind, description } = describeFailure(problem);
    const message = `expected a key that may sign these actions, got ${description}`;
    throw new DelegateError("key_not_permitted", kind, message);
  }
  return { hash, senderId, publicKey, nonce: nonce.nonce, nonceIndex, blockHeight };
}

/**
 * Verifies what needs no network: the static limits of the actions and the signature. It does not say
 * whose key it is.
 * @param delegated - as `parseSignedDelegate` or `decodeSignedDelegate` returns it
 * @param schemes - the key types that are taken
 * @returns hash of the delegate action, base58
 * @throws {DelegateError} `invalid_actions`, `unsupported_key` or `invalid_signature`
 * @example
 * ```ts
 * import { verifyDelegateSignature } from "@yoctonear/account";
 * import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { createDelegateAction, signDelegateAction, transfer } from "@yoctonear/transactions";
 * const keyPair = randomEd25519KeyPair();
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: keyPair.publicKey,
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * });
 * const delegated = await signDelegateAction(delegateAction, keyPair);
 * (await verifyDelegateSignature(delegated, [ed25519])).length > 40; // true
 * ```
 */
export async function verifyDelegateSignature(
  { delegateAction, signature }: Delegate | DelegateV2,
  schemes: readonly Scheme[],
): Promise<string> {
  const { publicKey } = delegateAction;
  const { type } = parsePublicKey(publicKey);
  const types = schemes.map((scheme) => scheme.type);
  if (!types.includes(type)) {
    const message = `expected a key of type ${types.join(", ")}, got one of type ${type}`;
    throw new DelegateError("unsupported_key", "UnsupportedKey", message);
  }
  const hash = hashOf(delegateAction);
  if (await verifySignature({ hash, signature, publicKey }, schemes)) return formatHash(hash);
  throw new DelegateError(
    "invalid_signature",
    "DelegateActionInvalidSignature",
    `expected a signature of this delegate action by ${publicKey}, got another`,
  );
}

function hashOf(delegateAction: (Delegate | DelegateV2)["delegateAction"]): Uint8Array {
  try {
    return delegateActionRequest(delegateAction).hash;
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    throw new DelegateError("invalid_actions", error.code, error.message, { cause: error });
  }
}

function nonceOf(delegated: Delegate | DelegateV2): TransactionNonce {
  if (delegated.type === "delegateV2") return delegated.delegateAction.nonce;
  return { type: "nonce", nonce: delegated.delegateAction.nonce };
}

async function checkProtocol(
  transport: Transport,
  delegated: Delegate | DelegateV2,
  options: CallOptions,
): Promise<void> {
  try {
    const check = (version: number): void => {
      assertActionsAccepted([delegated], version);
      assertStateInitsAccepted([delegated], version);
    };
    await assertNodeTakes(transport, check, options);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    throw new DelegateError("unsupported_by_protocol", error.code, error.message, { cause: error });
  }
}

async function viewKey(
  transport: Transport,
  accountId: string,
  publicKey: string,
  options: CallOptions,
): Promise<RpcViewAccessKeyResponse> {
  try {
    return await viewAccessKey(transport, { accountId, publicKey }, options);
  } catch (error) {
    if (!isRpcError(error, "UNKNOWN_ACCESS_KEY") && !isRpcError(error, "UNKNOWN_ACCOUNT")) {
      throw error;
    }
    const message = `expected a key of ${accountId}, got ${publicKey}`;
    throw new DelegateError("unknown_key", "AccessKeyNotFound", message, { cause: error });
  }
}

async function laneNonce(
  transport: Transport,
  accountId: string,
  publicKey: string,
  nonceIndex: number,
  options: CallOptions,
): Promise<bigint> {
  const { nonces } = await viewGasKeyNonces(transport, { accountId, publicKey }, options);
  const nonce = nonces[nonceIndex];
  if (nonce !== undefined) return nonce;
  throw new DelegateError(
    "unknown_nonce_index",
    "DelegateActionInvalidNonceIndex",
    `expected a nonce index below ${nonces.length}, got ${nonceIndex}`,
  );
}

function checkNonceType(
  { permission }: RpcViewAccessKeyResponse,
  nonceIndex: number | undefined,
): void {
  const isGasKey = gasKeyOf(permission) !== undefined;
  if (isGasKey === (nonceIndex !== undefined)) return;
  const [needs, got] = isGasKey ? ["a gas key's lane", "none"] : ["no lane", "one of a gas key"];
  const kind = isGasKey ? "DelegateActionRequiresNonGasKey" : "DelegateActionRequiresGasKey";
  throw new DelegateError("wrong_nonce_type", kind, `expected the nonce of ${needs}, got ${got}`);
}
