/**
 * What depends on the protocol version of a node: transactions that it would refuse, though others take them. What
 * every version refuses is for `checkTransaction`. Sources: nearcore `core/primitives-core/src/version.rs`,
 * `runtime/runtime/src/action_validation.rs`.
 * @module
 */
import type { AccessKeyPermission } from "./access-key.ts";
import type { Action } from "./action.ts";
import { LimitError } from "./limit-error.ts";
import type { NonDelegateAction } from "./non-delegate-action.ts";
import type { Transaction } from "./transaction.ts";

const ML_DSA = "ml-dsa-65:";
const GAS_KEYS = 85;
const UNIVERSAL_ACCOUNTS = 87;
const MAX_STATE_INIT_ENTRIES = 1_500;

/** Feature and first protocol version of the actions that not every node knows. */
const SINCE: Partial<Record<Action["type"], readonly [feature: string, version: number]>> = {
  delegate: ["DelegateAction", 59],
  deployGlobalContract: ["GlobalContracts", 77],
  useGlobalContract: ["GlobalContracts", 77],
  deterministicStateInit: ["DeterministicAccountIds", 82],
  transferToGasKey: ["GasKeys", GAS_KEYS],
  withdrawFromGasKey: ["GasKeys", GAS_KEYS],
  delegateV2: ["DelegateV2", GAS_KEYS],
  universalStateInit: ["UniversalAccounts", UNIVERSAL_ACCOUNTS],
};

/**
 * Refuses a transaction that a node of this protocol version would refuse, though nodes of others take it, so that
 * nothing is signed in vain. A node tells its version as `protocol_version` in its `status`.
 *
 * Refused are: below 85 transactions of version 1, ML-DSA-65 keys and gas keys; before their versions the newer
 * actions; from 87 on delegates of version 2, calls without a method name, withdrawals from a gas key inside a delegate,
 * and more than 1,500 storage entries in state inits.
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
 * assertAccepted(transaction, 87); // undefined: all is well
 * try {
 *   assertAccepted(transaction, 86);
 * } catch (error) {
 *   error instanceof LimitError && error.code; // "UnsupportedProtocolFeature"
 * }
 * ```
 */
export function assertAccepted(transaction: Transaction, protocolVersion: number): void {
  const { version, publicKey, actions } = transaction;
  if (protocolVersion < GAS_KEYS && (version === 1 || publicKey.startsWith(ML_DSA))) {
    throw new LimitError("InvalidTransactionVersion", { version: protocolVersion });
  }
  assertActionsAccepted(actions, protocolVersion);
}

/**
 * The same for the actions of a transaction or of a delegate action.
 * @param actions - well-formed, as the builders or the decoder return them
 * @param protocolVersion - of the node
 * @throws {LimitError}
 * @example
 * ```ts
 * import { assertActionsAccepted, transfer } from "@yoctonear/transactions";
 * assertActionsAccepted([transfer("1 NEAR")], 86); // undefined: all is well
 * ```
 */
export function assertActionsAccepted(actions: readonly Action[], protocolVersion: number): void {
  let entries = 0;
  const visit = (list: readonly Action[], isInner: boolean): void => {
    for (const action of list) {
      assertKnown(action, protocolVersion);
      if ("delegateAction" in action) {
        assertKey(action.delegateAction.publicKey, protocolVersion);
        visit(action.delegateAction.actions, true);
      } else {
        assertAction(action, protocolVersion, isInner);
        if (action.type === "deterministicStateInit") entries += action.stateInit.data.size;
      }
    }
  };
  visit(actions, false);
  if (protocolVersion < UNIVERSAL_ACCOUNTS || entries <= MAX_STATE_INIT_ENTRIES) return;
  const data = { number_of_state_init_entries: entries, limit: MAX_STATE_INIT_ENTRIES };
  throw new LimitError("TotalNumberOfStateInitEntriesExceeded", data);
}

function assertKnown({ type }: Action, protocolVersion: number): void {
  const [feature, since] = SINCE[type] ?? ["", 0];
  if (protocolVersion < since) throw unsupported(feature, protocolVersion);
  if (type === "delegateV2" && protocolVersion >= UNIVERSAL_ACCOUNTS) {
    const data = { protocol_feature: feature, version: protocolVersion };
    throw new LimitError("RemovedProtocolFeature", data);
  }
}

function assertAction(action: NonDelegateAction, protocolVersion: number, isInner: boolean): void {
  if ("publicKey" in action) assertKey(action.publicKey, protocolVersion);
  if (action.type === "addKey") assertPermission(action.accessKey.permission, protocolVersion);
  if (protocolVersion < UNIVERSAL_ACCOUNTS) return;
  if (action.type === "functionCall" && action.methodName === "") {
    throw new LimitError("FunctionCallEmptyMethodName");
  }
  if (action.type === "withdrawFromGasKey" && isInner) {
    throw new LimitError("WithdrawFromGasKeyNotAllowedInDelegate");
  }
}

function assertKey(publicKey: string, protocolVersion: number): void {
  if (protocolVersion >= GAS_KEYS || !publicKey.startsWith(ML_DSA)) return;
  throw unsupported("PostQuantumSignatures", protocolVersion);
}

function assertPermission(permission: AccessKeyPermission, protocolVersion: number): void {
  if (protocolVersion >= GAS_KEYS || !("numNonces" in permission)) return;
  throw unsupported("GasKeys", protocolVersion);
}

function unsupported(feature: string, protocolVersion: number): LimitError {
  const data = { protocol_feature: feature, version: protocolVersion };
  return new LimitError("UnsupportedProtocolFeature", data);
}
