/**
 * What a person can do about an error.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { field } from "../record.ts";

/** Advice by nearcore's name of an error, or by a code of ours. */
const HINTS: { readonly [name: string]: string } = {
  NotEnoughBalance:
    "attached gas is bought at ten times today's price and mostly given back: attach less gas, or hold more NEAR",
  LackBalanceForState:
    "every 100,000 bytes that an account keeps lock 1 NEAR: send it more NEAR, or let it keep less",
  NotEnoughAllowance: "the key has used up its allowance: add a new one, and delete this",
  AccessKeyNotFound:
    "the account does not have this key: is it the right account, network and key?",
  InvalidSignature: "the signer does not have the secret of the public key that it names",
  RequiresFullAccess:
    "the key may only call one contract, one call in a transaction: sign with a full-access key",
  DepositWithFunctionCall:
    "a function-call key cannot attach NEAR, not even 1 yoctoNEAR: sign with a full-access key",
  ReceiverMismatch: "the key is for another contract: sign with a key for this one",
  MethodNameMismatch: "the key is for other methods: sign with a key for this one",
  InvalidNonce: "another transaction of the same key came first: does another process use it?",
  Expired: "the transaction was signed more than a day ago: prepare and sign it anew",
  InvalidChain: "the transaction was signed for another network",
  AccountDoesNotExist: "nobody has this account: is it misspelt, or on another network?",
  AccountAlreadyExists: "somebody has this account: take another name",
  CreateAccountNotAllowed:
    "only the parent account creates a sub-account: a.b.near is made by b.near",
  CreateAccountOnlyByRegistrar:
    "top-level names are not for sale: create a name under near or testnet",
  ActorNoPermission: "only the account itself can do this: send it from the receiver",
  AddKeyAlreadyExists: "the account has this key: delete it first to change what it may do",
  DeleteAccountStaking: "unstake first, and wait until the stake is returned",
  CodeDoesNotExist: "there is no contract on this account",
  MethodNotFound: "the contract has no such method: is it misspelt, or another contract?",
  ShardCongested: "the network is busy: try again in a minute",
  UNKNOWN_ACCOUNT: "nobody has this account: is it misspelt, or on another network?",
  UNKNOWN_ACCESS_KEY:
    "the account does not have this key: is it the right account, network and key?",
  GARBAGE_COLLECTED_BLOCK: "the node has forgotten this block: ask an archival node",
  UNKNOWN_BLOCK: "the node does not have this block: ask an archival node for an old one",
  unknown_outcome: "call resume(); signing it again could send it twice",
};

/**
 * Says what can be done about an error, for a person; undefined where there is nothing to say. The text
 * is for reading: programs go by `code` and `kind`.
 * @param error - whatever was caught, or a `Failure` of an outcome
 * @example
 * ```ts
 * import { describeFailure, hintOf } from "@yoctonear/account";
 * hintOf(describeFailure("Expired")); // "the transaction was signed more than a day ago: prepare and sign it anew"
 * ```
 */
export function hintOf(error: unknown): string | undefined {
  const kind = field(error, "kind");
  const name = typeof kind === "string" ? kind : isNearError(error) ? error.code : undefined;
  if (name === undefined) return undefined;
  // A contract's words, and how its gas ended, are in a text.
  const said = String(field(error, "fields") ?? field(error, "data"));
  if (name === "ExecutionError" && /prepaid gas/.test(said)) {
    return "the call ran out of gas: attach more, up to 1,000 Tgas";
  }
  return Object.hasOwn(HINTS, name) ? HINTS[name] : undefined;
}
