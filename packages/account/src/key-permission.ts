/**
 * What a key may sign, by its permission on the chain.
 * @module
 */
import type { AccessKeyPermissionView } from "@yoctonear/rpc";
import type { Action } from "@yoctonear/transactions";
import { field } from "./record.ts";

/** The balance and the rows of a gas key; undefined for any other key. */
export function gasKeyOf(permission: AccessKeyPermissionView | undefined): unknown {
  return field(permission, "GasKeyFullAccess") ?? field(permission, "GasKeyFunctionCall");
}

/** The contract, methods and allowance of a key that may only call; undefined for any other key. */
export function functionCallOf(permission: AccessKeyPermissionView): unknown {
  return field(permission, "FunctionCall") ?? field(permission, "GasKeyFunctionCall");
}

/**
 * Tells why a key may not sign these actions, its balance and its allowance aside.
 * Source: nearcore `runtime/runtime/src/verifier.rs`.
 * @returns nearcore's `InvalidAccessKeyError` as JSON, or null
 */
export function permissionProblem(
  permission: AccessKeyPermissionView,
  receiverId: string,
  actions: readonly Action[],
): unknown {
  if (permission === "FullAccess" || field(permission, "GasKeyFullAccess") !== undefined) {
    return null;
  }
  const rule = functionCallOf(permission);
  const methods = field(rule, "method_names");
  const [action, ...others] = actions;
  // A permission that this version does not know permits nothing.
  if (others.length > 0 || action?.type !== "functionCall" || !Array.isArray(methods)) {
    return "RequiresFullAccess";
  }
  if (action.deposit > 0n) return "DepositWithFunctionCall";
  const allowed = field(rule, "receiver_id");
  if (allowed !== receiverId) {
    return { ReceiverMismatch: { tx_receiver: receiverId, ak_receiver: allowed } };
  }
  if (methods.length === 0 || methods.includes(action.methodName)) return null;
  return { MethodNameMismatch: { method_name: action.methodName } };
}
