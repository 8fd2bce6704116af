/**
 * The static limits of actions under protocol 86, in nearcore's order and with nearcore's names. Two of
 * nearcore's checks are left to the node, which refuses at no cost: that a staking key lies on its
 * curve, and that the receiver of a state init is derived from it.
 * Source: nearcore `runtime/runtime/src/action_validation.rs`, `parameters.snap`.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import { parsePublicKey } from "@yoctonear/keys";
import { isAccountId } from "@yoctonear/primitives";
import type { AccessKeyPermission } from "./access-key.ts";
import type { Action } from "./action.ts";
import { LimitError, type LimitErrorCode } from "./limit-error.ts";
import type { NonDelegateAction } from "./non-delegate-action.ts";

const MAX_ACTIONS = 100;
const MAX_DEPLOY_ACTIONS = 10;
const MAX_TOTAL_GAS = 1_000_000_000_000_000n;
const MAX_METHOD_NAME_LENGTH = 256;
const MAX_METHOD_NAMES_LENGTH = 2_000;
const MAX_ARGUMENTS_LENGTH = 4_194_304;
const MAX_CODE_LENGTH = 4_194_304;
const MAX_STORAGE_KEY_LENGTH = 2_048;
const MAX_STORAGE_VALUE_LENGTH = 4_194_304;
const MAX_GAS_KEY_NONCES = 1_024;
const MAX_U64 = 0xffff_ffff_ffff_ffffn;

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
  atMost("TotalNumberOfActionsExceeded", "total_number_of_actions", actions.length, MAX_ACTIONS);
  const deploys = actions.filter((action) => "code" in action).length;
  atMost(
    "TotalNumberOfDeployActionsExceeded",
    "number_of_deploy_actions",
    deploys,
    MAX_DEPLOY_ACTIONS,
  );
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
  if (gas > MAX_U64) throw new LimitError("IntegerOverflow");
  atMost("TotalPrepaidGasExceeded", "total_prepaid_gas", gas, MAX_TOTAL_GAS);
}

/** Refuses a figure above its limit. */
export function atMost<T extends bigint | number>(
  code: LimitErrorCode,
  field: string,
  figure: T,
  limit: T,
): void {
  if (figure > limit) throw new LimitError(code, { [field]: figure, limit });
}

function checkAction(action: NonDelegateAction, receiverId: string): void {
  switch (action.type) {
    case "deployContract":
    case "deployGlobalContract":
      atMost("ContractSizeExceeded", "size", action.code.length, MAX_CODE_LENGTH);
      return;
    case "functionCall":
      if (action.gas === 0n) throw new LimitError("FunctionCallZeroAttachedGas");
      checkMethodName("FunctionCallMethodNameLengthExceeded", action.methodName);
      atMost(
        "FunctionCallArgumentsLengthExceeded",
        "length",
        action.args.length,
        MAX_ARGUMENTS_LENGTH,
      );
      return;
    case "stake":
      if (parsePublicKey(action.publicKey).type !== "ed25519") {
        throw new LimitError("UnsuitableStakingKey", { public_key: action.publicKey });
      }
      return;
    case "addKey":
      checkPermission(action.accessKey.permission);
      return;
    case "deterministicStateInit":
      // Whether it is the right one of its kind needs Keccak, which not every bundle should pay for.
      if (!/^0s[0-9a-f]{40}$/.test(receiverId)) {
        throw new LimitError("InvalidDeterministicStateInitReceiver", { receiver_id: receiverId });
      }
      for (const [key, value] of action.stateInit.data) {
        atMost(
          "DeterministicStateInitKeyLengthExceeded",
          "length",
          key.length,
          MAX_STORAGE_KEY_LENGTH,
        );
        atMost(
          "DeterministicStateInitValueLengthExceeded",
          "length",
          value.length,
          MAX_STORAGE_VALUE_LENGTH,
        );
      }
      return;
    case "createAccount":
    case "transfer":
    case "deleteKey":
    case "deleteAccount":
    case "useGlobalContract":
    case "transferToGasKey":
    case "withdrawFromGasKey":
      return;
  }
}

function checkPermission(permission: AccessKeyPermission): void {
  if ("methodNames" in permission) {
    const { receiverId, methodNames } = permission;
    if (!isAccountId(receiverId)) {
      throw new LimitError("InvalidAccountId", { account_id: String(receiverId).slice(0, 128) });
    }
    let total = 0;
    for (const name of methodNames) {
      total += checkMethodName("AddKeyMethodNameLengthExceeded", name) + 1;
    }
    atMost(
      "AddKeyMethodNamesNumberOfBytesExceeded",
      "total_number_of_bytes",
      total,
      MAX_METHOD_NAMES_LENGTH,
    );
  }
  if (!("numNonces" in permission)) return;
  if ("allowance" in permission && permission.allowance !== null) {
    throw new LimitError("GasKeyFunctionCallAllowanceNotAllowed");
  }
  const { balance, numNonces } = permission;
  if (numNonces < 1 || numNonces > MAX_GAS_KEY_NONCES) {
    throw new LimitError("GasKeyInvalidNumNonces", {
      requested_nonces: numNonces,
      limit: MAX_GAS_KEY_NONCES,
    });
  }
  if (balance !== 0n) throw new LimitError("AddGasKeyWithNonZeroBalance", { balance });
}

function checkMethodName(code: LimitErrorCode, name: string): number {
  const { length } = encodeUtf8(name);
  atMost(code, "length", length, MAX_METHOD_NAME_LENGTH);
  return length;
}

function totalGas(actions: readonly Action[]): bigint {
  return actions.reduce((sum, action) => {
    if ("delegateAction" in action) return sum + totalGas(action.delegateAction.actions);
    return "gas" in action ? sum + action.gas : sum;
  }, 0n);
}
