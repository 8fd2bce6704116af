/**
 * Access keys as nearcore's RPC shows them, and as its serde writes them in records and delegate
 * actions, where a gas key's permission for calls is a pair.
 * @module
 */
import type { AccessKey, AccessKeyPermission } from "@yoctonear/transactions";
import { type Json, u128Json, u64Json } from "../runtime/json.ts";

/** Shows an access key as RPC does. */
export function accessKeyView(key: AccessKey): { readonly [key: string]: Json } {
  return { nonce: u64Json(key.nonce), permission: permissionView(key.permission) };
}

/** Shows a permission as RPC does: a gas key's parts merged into one object. */
function permissionView(permission: AccessKeyPermission): Json {
  if (permission.type === "gasKeyFunctionCall") {
    return { GasKeyFunctionCall: { ...gasKeyJson(permission), ...callJson(permission) } };
  }
  return sharedForm(permission);
}

/** Writes a permission as serde does: a gas key's for calls is `[gas key, call]`. */
export function rawPermissionJson(permission: AccessKeyPermission): Json {
  if (permission.type === "gasKeyFunctionCall") {
    return { GasKeyFunctionCall: [gasKeyJson(permission), callJson(permission)] };
  }
  return sharedForm(permission);
}

type Permission<T extends AccessKeyPermission["type"]> = Extract<
  AccessKeyPermission,
  { readonly type: T }
>;

function sharedForm(
  permission: Permission<"fullAccess" | "functionCall" | "gasKeyFullAccess">,
): Json {
  if (permission.type === "fullAccess") return "FullAccess";
  if (permission.type === "functionCall") return { FunctionCall: callJson(permission) };
  return { GasKeyFullAccess: gasKeyJson(permission) };
}

function callJson(permission: Permission<"functionCall" | "gasKeyFunctionCall">): {
  readonly [key: string]: Json;
} {
  return {
    allowance: permission.allowance === null ? null : u128Json(permission.allowance),
    receiver_id: permission.receiverId,
    method_names: [...permission.methodNames],
  };
}

function gasKeyJson(permission: Permission<"gasKeyFunctionCall" | "gasKeyFullAccess">): {
  readonly [key: string]: Json;
} {
  return { balance: u128Json(permission.balance), num_nonces: permission.numNonces };
}
