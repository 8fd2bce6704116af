/**
 * The static limits of actions under protocol 86, in nearcore's order and with nearcore's names. Two of
 * nearcore's checks are left to the node, which refuses at no cost: that a staking key lies on its
 * curve, and that the receiver of a state init is derived from it.
 * Source: nearcore `runtime/runtime/src/action_validation.rs`, `parameters.snap`.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import { parsePublicKey } from "@yoctonear/keys";
import { accountKind, isAccountId } from "@yoctonear/primitives";
import type { AccessKeyPermission } from "./access-key.ts";
import type { Action } from "./action.ts";
import { LimitError, type LimitErrorCode } from "./limit-error.ts";
import type { NonDelegateAction } from "./non-delegate-action.ts";

/**
 * Checks the actions of a transaction or of a delegate action against the static limits.
 * @param actions - well-formed, as the builders or the decoder return them
 * @param receiverId - on whom they act
 * @throws {LimitError} when a node would refuse them whatever the state of the chain
 * @example
 * ```ts
 * import { checkActions, transfer } from "@yoctonear/transactions";
 * checkActions([transfer("1 NEAR")], "bob.near"); // undefined: all is well
 * ```
 */
export function checkActions(actions: readonly Action[], receiverId: string): void {
  atMost(100, "TotalNumberOfActionsExceeded", "total_number_of_actions", actions.length);
  const deploys = actions.filter((action) => "code" in action).length;
  atMost(10, "TotalNumberOfDeployActionsExceeded", "number_of_deploy_actions", deploys);
  let delegates = 0;
  actions.forEach((action, i) => {
    if (action.type === "deleteAccount" && i < actions.length - 1) {
      throw new LimitError("DeleteActionMustBeFinal");
    }
    if (!("delegateAction" in action)) {
      checkAction(action, receiverId);
      return;
    }
    if (++delegates > 1) throw new LimitError("DelegateActionMustBeOnlyOne");
    checkActions(action.delegateAction.actions, action.delegateAction.receiverId);
  });
  const gas = totalGas(actions);
  if (gas >> 64n > 0n) throw new LimitError("IntegerOverflow");
  atMost(1_000_000_000_000_000n, "TotalPrepaidGasExceeded", "total_prepaid_gas", gas);
}

/** Refuses a figure above its limit. */
export function atMost<T extends bigint | number>(
  limit: T,
  code: LimitErrorCode,
  field: string,
  figure: T,
): void {
  if (figure > limit) throw new LimitError(code, { [field]: figure, limit });
}

/** Storage entries, and keys of universal accounts, that state inits bring. */
export interface StateInitCounts {
  readonly entries: number;
  readonly keys: number;
}

/** Refuses more than the state inits of a transaction may bring since protocol 87. */
export function checkStateInitCounts({ entries, keys }: StateInitCounts): void {
  atMost(1_024, "TotalNumberOfStateInitKeysExceeded", "number_of_keys", keys);
  atMost(1_500, "TotalNumberOfStateInitEntriesExceeded", "number_of_entries", entries);
}

/** An action that is not named here has no limit of its own. */
function checkAction(action: NonDelegateAction, receiverId: string): void {
  if ("code" in action) atMost(4_194_304, "ContractSizeExceeded", "size", action.code.length);
  if (action.type === "functionCall") {
    if (action.gas === 0n) throw new LimitError("FunctionCallZeroAttachedGas");
    checkMethodName("FunctionCallMethodNameLengthExceeded", action.methodName);
    atMost(4_194_304, "FunctionCallArgumentsLengthExceeded", "length", action.args.length);
  }
  if (action.type === "stake" && parsePublicKey(action.publicKey).type !== "ed25519") {
    throw new LimitError("UnsuitableStakingKey", { public_key: action.publicKey });
  }
  if (action.type === "addKey") checkPermission(action.accessKey.permission);
  if (action.type === "deterministicStateInit") {
    // Whether it is the right one of its kind needs Keccak, which not every bundle should pay for.
    if (!/^0s[0-9a-f]{40}$/.test(receiverId)) {
      throw new LimitError("InvalidDeterministicStateInitReceiver", { receiver_id: receiverId });
    }
    for (const [key, value] of action.stateInit.data) {
      atMost(2_048, "DeterministicStateInitKeyLengthExceeded", "length", key.length);
      atMost(4_194_304, "DeterministicStateInitValueLengthExceeded", "length", value.length);
    }
  }
  if (action.type === "universalStateInit" && accountKind(receiverId) !== "universal") {
    throw new LimitError("InvalidUniversalStateInitReceiver", { receiver_id: receiverId });
  }
}

function checkPermission(permission: AccessKeyPermission): void {
  if ("methodNames" in permission) {
    const { receiverId, methodNames } = permission;
    if (!isAccountId(receiverId)) {
      throw new LimitError("InvalidAccountId", { account_id: String(receiverId).slice(0, 128) });
    }
    const code = "AddKeyMethodNameLengthExceeded";
    const total = methodNames.reduce((sum, name) => sum + checkMethodName(code, name) + 1, 0);
    atMost(2_000, "AddKeyMethodNamesNumberOfBytesExceeded", "total_number_of_bytes", total);
  }
  if (!("numNonces" in permission)) return;
  if ("allowance" in permission && permission.allowance !== null) {
    throw new LimitError("GasKeyFunctionCallAllowanceNotAllowed");
  }
  const { balance, numNonces } = permission;
  if (numNonces < 1 || numNonces > 1_024) {
    throw new LimitError("GasKeyInvalidNumNonces", { requested_nonces: numNonces, limit: 1_024 });
  }
  if (balance > 0n) throw new LimitError("AddGasKeyWithNonZeroBalance", { balance });
}

function checkMethodName(code: LimitErrorCode, name: string): number {
  const { length } = encodeUtf8(name);
  atMost(256, code, "length", length);
  return length;
}

function totalGas(actions: readonly Action[]): bigint {
  return actions.reduce((sum, action) => {
    if ("delegateAction" in action) return sum + totalGas(action.delegateAction.actions);
    return "gas" in action ? sum + action.gas : sum;
  }, 0n);
}
