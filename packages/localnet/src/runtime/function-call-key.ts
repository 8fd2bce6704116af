/**
 * What a function-call key may sign: one call, without deposit, of one contract's listed methods
 * (`runtime/runtime/src/verifier.rs`); the same for transactions and delegates.
 * @module
 */
import type { Action } from "@yoctonear/transactions";
import { type AccessKeyPermission, functionCallOf } from "../state/access-key.ts";
import type { Json } from "./json.ts";

/** nearcore's `InvalidAccessKeyError` where the permission does not allow the actions, or `null`. */
export function checkKeyPermission(
  permission: AccessKeyPermission,
  receiverId: string,
  actions: readonly Action[],
): Json | null {
  const call = functionCallOf(permission);
  if (call === null) return null;
  const [action] = actions;
  if (actions.length !== 1 || action?.type !== "functionCall") return "RequiresFullAccess";
  if (action.deposit > 0n) return "DepositWithFunctionCall";
  if (receiverId !== call.receiverId) {
    return { ReceiverMismatch: { tx_receiver: receiverId, ak_receiver: call.receiverId } };
  }
  const isListed = call.methodNames.length === 0 || call.methodNames.includes(action.methodName);
  return isListed ? null : { MethodNameMismatch: { method_name: action.methodName } };
}
