/**
 * What depends on the protocol version of a node: transactions that it would refuse, though others take them. What
 * every version refuses is for `checkTransaction`. Sources: nearcore `core/primitives-core/src/version.rs`,
 * `runtime/runtime/src/action_validation.rs`.
 * @module
 */
import { accountKind } from "@yoctonear/primitives";
import type { Action } from "./action.ts";
import { LimitError, type LimitErrorCode } from "./limit-error.ts";
import type { Transaction } from "./transaction.ts";

/** A feature by nearcore's name, and the first protocol version that has it. */
type Feature = readonly [name: string, since: number];

const ML_DSA = "ml-dsa-65:";
const GAS_KEYS: Feature = ["GasKeys", 85];
const POST_QUANTUM: Feature = ["PostQuantumSignatures", 85];

/** The actions that came with protocol 82 or later. */
const FEATURES: Partial<Record<Action["type"], Feature>> = {
  deterministicStateInit: ["DeterministicAccountIds", 82],
  transferToGasKey: GAS_KEYS,
  withdrawFromGasKey: GAS_KEYS,
  delegateV2: ["DelegateV2", 85],
  universalStateInit: ["UniversalAccounts", 88],
};

/**
 * Refuses a transaction that a node of this protocol version would refuse, though nodes of others take it, so that
 * nothing is signed in vain. A node tells its version as `protocol_version` in its `status`.
 *
 * Refused are: below 85 transactions of version 1, ML-DSA-65 keys and gas keys; before their versions the actions that
 * came with 82 or later; from 87 on delegates of version 2, calls without a method name, withdrawals from a gas key
 * inside a delegate; at 87 transfers to universal accounts. State inits are not looked into: `assertStateInitsAccepted`
 * does.
 * @param transaction - well-formed, as the builders or the decoder return it
 * @param protocolVersion - of the node
 * @throws {LimitError} with nearcore's name of the refusal, e.g. `UnsupportedProtocolFeature` and the feature in its data
 * @example
 * ```ts
 * import { assertAccepted, createTransaction, LimitError, universalStateInit } from "@yoctonear/transactions";
 * const transaction = createTransaction({
 *   signerId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "0u1kajgpx8a97y8ap8y03pvt8kbm2p2cn9k5h17bgw1wa21j88865g",
 *   blockHash: "11111111111111111111111111111111",
 *   actions: [universalStateInit({})],
 * });
 * assertAccepted(transaction, 88); // undefined: all is well
 * try {
 *   assertAccepted(transaction, 87);
 * } catch (error) {
 *   error instanceof LimitError && error.code; // "UnsupportedProtocolFeature"
 * }
 * ```
 */
export function assertAccepted(transaction: Transaction, protocolVersion: number): void {
  const { version, publicKey, receiverId, actions } = transaction;
  if (protocolVersion < 85 && (version === 1 || publicKey.startsWith(ML_DSA))) {
    throw new LimitError("InvalidTransactionVersion", {
      protocol_feature: version === 1 ? "TransactionV1" : POST_QUANTUM[0],
      version: protocolVersion,
    });
  }
  assertActionsAccepted(actions, protocolVersion, receiverId);
}

/**
 * The same for the actions of a transaction or of a delegate action.
 * @param actions - well-formed, as the builders or the decoder return them
 * @param version - of the node
 * @param receiverId - on whom they act; without it, transfers are not looked at
 * @throws {LimitError}
 * @example
 * ```ts
 * import { assertActionsAccepted, transfer } from "@yoctonear/transactions";
 * assertActionsAccepted([transfer("1 NEAR")], 86); // undefined: all is well
 * ```
 */
export function assertActionsAccepted(
  actions: readonly Action[],
  version: number,
  receiverId?: string,
): void {
  const visit = (action: Action, receiver?: string, isInner?: boolean): void => {
    const { type } = action;
    const keyed = "delegateAction" in action ? action.delegateAction : action;
    const [protocol_feature, since] =
      version < 85 && "publicKey" in keyed && keyed.publicKey.startsWith(ML_DSA)
        ? POST_QUANTUM
        : type === "addKey" && "numNonces" in action.accessKey.permission
          ? GAS_KEYS
          : (FEATURES[type] ?? ["", 0]);
    const refuse = (code: LimitErrorCode, isUsed?: boolean): void => {
      if (isUsed) throw new LimitError(code, since ? { protocol_feature, version } : { version });
    };
    refuse("UnsupportedProtocolFeature", version < since);
    if (version >= 87) {
      refuse("RemovedProtocolFeature", type === "delegateV2");
      refuse("FunctionCallEmptyMethodName", "methodName" in action && action.methodName === "");
      refuse("WithdrawFromGasKeyNotAllowedInDelegate", isInner && type === "withdrawFromGasKey");
      // Before there are universal accounts, nobody may send to them, lest they come to be without their fee.
      refuse(
        "TransferToUniversalAccountNotAllowed",
        version < 88 &&
          type === "transfer" &&
          receiver !== undefined &&
          accountKind(receiver) === "universal",
      );
    }
    if ("actions" in keyed) {
      for (const each of keyed.actions) visit(each, keyed.receiverId, true);
    }
  };
  for (const action of actions) visit(action, receiverId);
}
