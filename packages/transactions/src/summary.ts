/**
 * What a transaction does, in lines for a person who is to confirm it. Amounts are exact, every action
 * has its line, inner actions of delegates too, and foreign text cannot pass for a line.
 * @module
 */
import { decode, encode } from "@yoctonear/borsh";
import { formatGas, formatHash, formatNear, isAccountId, sha256 } from "@yoctonear/primitives";
import type { AccessKeyPermission } from "./access-key.ts";
import { type Action, actionCodec } from "./action.ts";
import {
  type DelegateAction,
  type DelegateActionV2,
  isDelegateActionV2,
} from "./delegate-action.ts";
import type { ContractIdentifier, DeterministicAccountStateInit } from "./global-contract.ts";
import type { NonDelegateAction } from "./non-delegate-action.ts";
import type { TransactionNonce } from "./nonce.ts";
import { showArguments, showBytes, showName, showQuoted } from "./shown-text.ts";
import { decodeTransaction, encodeTransaction, type Transaction } from "./transaction.ts";
import { universalStateInitCodec } from "./universal-state-init.ts";

/** Storage entries of a state init that are shown one by one. */
const SHOWN_ENTRIES = 20;
/** Longer keys, those of ML-DSA-65, are shown by both ends. */
const SHOWN_KEY_LENGTH = 120;

/**
 * Summarises a transaction: who acts on whom, then a line for each action; the actions inside a
 * delegate follow it, one line each. The lines tell what the bytes say, since it is encoded first.
 * @param transaction - of either version
 * @throws {BorshError} when it does not encode
 * @example
 * ```ts
 * import { createTransaction, functionCall, summarizeTransaction, transfer } from "@yoctonear/transactions";
 * const lines = summarizeTransaction(createTransaction({
 *   signerId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "app.near",
 *   blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
 *   actions: [transfer("1.5 NEAR"), functionCall("vote", { id: 1 }, { deposit: "0.1 NEAR" })],
 * }));
 * lines[0]; // "alice.near → app.near"
 * lines[1]; // "transfer 1.5 NEAR to app.near"
 * lines[2]; // 'call vote on app.near with 30 Tgas and 0.1 NEAR, arguments {"id":1}'
 * ```
 */
export function summarizeTransaction(transaction: Transaction): string[] {
  const { signerId, receiverId, publicKey, nonce, actions } = decodeTransaction(
    encodeTransaction(transaction),
  );
  const payer = typeof nonce === "object" ? showPayer(nonce, publicKey) : "";
  return [
    `${signerId} → ${receiverId}${payer}`,
    ...actions.flatMap((action) => summarizeAction(action, receiverId)),
  ];
}

/**
 * Summarises a delegate action for the account that is to sign it: who acts on whom, then a line for
 * each action.
 * @param delegateAction - of either version
 * @throws {BorshError} when it does not encode
 * @example
 * ```ts
 * import { createDelegateAction, summarizeDelegateAction, transfer } from "@yoctonear/transactions";
 * summarizeDelegateAction(createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * }))[1]; // "transfer 1 NEAR to bob.near"
 * ```
 */
export function summarizeDelegateAction(
  delegateAction: DelegateAction | DelegateActionV2,
): string[] {
  const signature = `ed25519:${"1".repeat(64)}`;
  const action: Action = isDelegateActionV2(delegateAction)
    ? { type: "delegateV2", delegateAction, signature }
    : { type: "delegate", delegateAction, signature };
  const decoded = decode(actionCodec, encode(actionCodec, action));
  if (!("delegateAction" in decoded)) return [];
  const { senderId, receiverId, maxBlockHeight, nonce, publicKey, actions } =
    decoded.delegateAction;
  const payer = typeof nonce === "object" ? showPayer(nonce, publicKey) : "";
  return [
    `${senderId} → ${receiverId}, sent by whoever pays, until block ${maxBlockHeight}${payer}`,
    ...actions.map((inner) => describeAction(inner, receiverId)),
  ];
}

function summarizeAction(action: Action, receiverId: string): string[] {
  if (!("delegateAction" in action)) return [describeAction(action, receiverId)];
  const { delegateAction } = action;
  const { senderId, maxBlockHeight, publicKey, actions } = delegateAction;
  const inner = `as ${senderId}: `;
  return [
    `execute ${actions.length} actions of ${senderId} on ${delegateAction.receiverId}, ` +
      `signed with ${showKey(publicKey)}, until block ${maxBlockHeight}`,
    ...actions.map((one) => inner + describeAction(one, delegateAction.receiverId)),
  ];
}

function describeAction(action: NonDelegateAction, receiverId: string): string {
  switch (action.type) {
    case "createAccount":
      return `create account ${receiverId}`;
    case "deployContract":
      return `deploy a contract on ${receiverId}, ${showCode(action.code)}`;
    case "functionCall": {
      const { methodName, args, gas, deposit } = action;
      const attached = deposit === 0n ? "" : ` and ${formatNear(deposit)}`;
      return (
        `call ${showName(methodName)} on ${receiverId} with ${formatGas(gas)}${attached}, ` +
        showArguments(args)
      );
    }
    case "transfer":
      return `transfer ${formatNear(action.deposit)} to ${receiverId}`;
    case "stake":
      return `stake ${formatNear(action.stake)} of ${receiverId} with ${showKey(action.publicKey)}`;
    case "addKey":
      return describeAddKey(action.publicKey, action.accessKey.permission, receiverId);
    case "deleteKey":
      return `delete ${showKey(action.publicKey)} from ${receiverId}`;
    case "deleteAccount":
      return `DELETE ACCOUNT ${receiverId}, all that is left goes to ${action.beneficiaryId}`;
    case "deployGlobalContract": {
      const by = action.deployMode === "codeHash" ? "for ever" : `as that of ${receiverId}`;
      return `publish a global contract ${by}, ${showCode(action.code)}`;
    }
    case "useGlobalContract":
      return `use ${showContract(action.contractIdentifier)} on ${receiverId}`;
    case "deterministicStateInit":
      return (
        `initialise ${receiverId} with ${formatNear(action.deposit)} and ` +
        showStateInit(action.stateInit)
      );
    case "universalStateInit":
      return (
        `initialise ${receiverId} with ${formatNear(action.deposit)} and ` +
        showUniversalStateInit(action.stateInit)
      );
    case "transferToGasKey":
      return (
        `transfer ${formatNear(action.deposit)} to the gas ${showKey(action.publicKey)} ` +
        `of ${receiverId}`
      );
    case "withdrawFromGasKey":
      return (
        `withdraw ${formatNear(action.amount)} from the gas ${showKey(action.publicKey)} ` +
        `to ${receiverId}`
      );
  }
}

function describeAddKey(
  publicKey: string,
  permission: AccessKeyPermission,
  receiverId: string,
): string {
  const kind = "numNonces" in permission ? "gas " : "";
  const lanes = "numNonces" in permission ? `, ${permission.numNonces} nonce lanes` : "";
  const balance =
    "balance" in permission && permission.balance > 0n
      ? `, balance ${formatNear(permission.balance)}`
      : "";
  const start = `add ${kind}${showKey(publicKey)} to ${receiverId}`;
  if (!("methodNames" in permission)) {
    return `${start} with FULL ACCESS: it may do everything${lanes}${balance}`;
  }
  const { receiverId: contract, methodNames, allowance } = permission;
  const methods = methodNames.length === 0 ? "any method" : methodNames.map(showName).join(", ");
  const on = isAccountId(contract) ? contract : showQuoted(contract);
  const cost =
    allowance !== null
      ? `, for at most ${formatNear(allowance)} of gas`
      : kind === ""
        ? ", for gas without limit"
        : "";
  return `${start}${lanes}${balance}${cost}, to call on ${on} ${methods}`;
}

function showPayer(nonce: TransactionNonce, publicKey: string): string {
  if (nonce.type === "nonce") return "";
  return `, gas paid by ${showKey(publicKey)} on lane ${nonce.nonceIndex}`;
}

function showKey(publicKey: string): string {
  if (publicKey.length <= SHOWN_KEY_LENGTH) return `key ${publicKey}`;
  const ends = `${publicKey.slice(0, 40)}…${publicKey.slice(-30)}`;
  return `key ${ends} (${publicKey.length} characters)`;
}

function showCode(code: Uint8Array): string {
  return `${code.length} bytes with code hash ${formatHash(sha256(code))}`;
}

function showContract(identifier: ContractIdentifier): string {
  return identifier.type === "codeHash"
    ? `the global contract with code hash ${identifier.hash}`
    : `the global contract of ${identifier.accountId}`;
}

function showUniversalStateInit(stateInit: Uint8Array): string {
  let decoded;
  try {
    decoded = decode(universalStateInitCodec, stateInit);
  } catch {
    return `${stateInit.length} bytes that are no state init`;
  }
  const { code, data, accessKeys } = decoded;
  const contract = code === null ? "no contract" : showContract(code);
  const keys = accessKeys.map((key) => `, key ${key} with FULL ACCESS`);
  return `${contract}, ${showEntries(data)}${keys.join("")}`;
}

function showStateInit({ code, data }: DeterministicAccountStateInit): string {
  return `${showContract(code)}, ${showEntries(data)}`;
}

function showEntries(data: ReadonlyMap<Uint8Array, Uint8Array>): string {
  const entries = [...data].slice(0, SHOWN_ENTRIES).map(([key, value]) => {
    return `${showBytes(key)} = ${showBytes(value)}`;
  });
  const count =
    data.size > SHOWN_ENTRIES
      ? `${data.size} storage entries, the first ${SHOWN_ENTRIES} of them`
      : `${data.size} storage entries`;
  return `${count} ${entries.join(", ")}`.trimEnd();
}
