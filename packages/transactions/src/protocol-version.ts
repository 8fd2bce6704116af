/**
 * What depends on the protocol version of a node: transactions that it would refuse, though others take them. What
 * every version refuses is for `checkTransaction`. Sources: nearcore `core/primitives-core/src/version.rs`,
 * `runtime/runtime/src/action_validation.rs`.
 * @module
 */
import { accountKind } from "@yoctonear/primitives";
import type { AccessKeyPermission } from "./access-key.ts";
import type { Action } from "./action.ts";
import { universalStateInitCounts } from "./cost/fees.ts";
import { LimitError } from "./limit-error.ts";
import type { NonDelegateAction } from "./non-delegate-action.ts";
import type { Transaction } from "./transaction.ts";

const ML_DSA = "ml-dsa-65:";
const GAS_KEYS = 85;
const VERSION_87 = 87;
const UNIVERSAL_ACCOUNTS = 88;
const MAX_STATE_INIT_ENTRIES = 1_500;
const MAX_STATE_INIT_KEYS = 1_024;

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
 * and more than 1,500 storage entries in state inits; at 87 transfers to universal accounts.
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
  if (protocolVersion < GAS_KEYS && (version === 1 || publicKey.startsWith(ML_DSA))) {
    throw new LimitError("InvalidTransactionVersion", { version: protocolVersion });
  }
  assertActionsAccepted(actions, protocolVersion, receiverId);
}

/**
 * The same for the actions of a transaction or of a delegate action.
 * @param actions - well-formed, as the builders or the decoder return them
 * @param protocolVersion - of the node
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
  protocolVersion: number,
  receiverId?: string,
): void {
  let [entries, keys] = [0, 0];
  const visit = (list: readonly Action[], receiver: string | undefined, isInner: boolean): void => {
    for (const action of list) {
      assertKnown(action, protocolVersion);
      if ("delegateAction" in action) {
        const inner = action.delegateAction;
        assertKey(inner.publicKey, protocolVersion);
        visit(inner.actions, inner.receiverId, true);
        continue;
      }
      assertAction(action, protocolVersion, isInner);
      if (action.type === "transfer") assertReceiver(receiver, protocolVersion);
      if (action.type === "deterministicStateInit") entries += action.stateInit.data.size;
      if (action.type === "universalStateInit") {
        const counts = universalStateInitCounts(action.stateInit);
        entries += counts.entries;
        keys += counts.keys;
      }
    }
  };
  visit(actions, receiverId, false);
  if (protocolVersion < VERSION_87) return;
  if (keys > MAX_STATE_INIT_KEYS) {
    const data = { number_of_keys: keys, limit: MAX_STATE_INIT_KEYS };
    throw new LimitError("TotalNumberOfStateInitKeysExceeded", data);
  }
  if (entries > MAX_STATE_INIT_ENTRIES) {
    const data = { number_of_entries: entries, limit: MAX_STATE_INIT_ENTRIES };
    throw new LimitError("TotalNumberOfStateInitEntriesExceeded", data);
  }
}

/** Before there are universal accounts, 87 lets nobody send to them, lest they come to be without their fee. */
function assertReceiver(receiverId: string | undefined, protocolVersion: number): void {
  if (protocolVersion !== VERSION_87 || receiverId === undefined) return;
  if (accountKind(receiverId) !== "universal") return;
  throw new LimitError("TransferToUniversalAccountNotAllowed", { account_id: receiverId });
}

function assertKnown({ type }: Action, protocolVersion: number): void {
  const [feature, since] = SINCE[type] ?? ["", 0];
  if (protocolVersion < since) throw unsupported(feature, protocolVersion);
  if (type === "delegateV2" && protocolVersion >= VERSION_87) {
    const data = { protocol_feature: feature, version: protocolVersion };
    throw new LimitError("RemovedProtocolFeature", data);
  }
}

function assertAction(action: NonDelegateAction, protocolVersion: number, isInner: boolean): void {
  if ("publicKey" in action) assertKey(action.publicKey, protocolVersion);
  if (action.type === "addKey") assertPermission(action.accessKey.permission, protocolVersion);
  if (protocolVersion < VERSION_87) return;
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
