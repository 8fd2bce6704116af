/**
 * What kind of request a method is.
 * @module
 */
import { isRecord } from "../record.ts";
import type { RpcRequest } from "../transport.ts";

/** Tells whether a request hands a signed transaction on. */
export function isBroadcast({ method }: RpcRequest): boolean {
  return /^(send_tx|broadcast_tx_)/.test(method);
}

/** Tells whether a request changes nothing, so that it may be asked twice, or once for many. */
export function isRead(request: RpcRequest): boolean {
  return !isBroadcast(request) && !/^(sandbox|adv)_/.test(request.method);
}

/** Tells whether the node may keep the answer back until a transaction has come far enough. */
export function mayWait({ method }: RpcRequest): boolean {
  return /^(send_tx|broadcast_tx_commit|tx|EXPERIMENTAL_tx_status)$/.test(method);
}

/** Tells whether a method reads state or changes at a block, which its answer names. */
export function isAtBlock(method: string): boolean {
  return /^(query|EXPERIMENTAL_(call_function|view_\w+|changes|changes_in_block)|changes|block_effects)$/.test(
    method,
  );
}

/** The request type of a `query`, which says more than its method. */
export function requestType({ method, params }: RpcRequest): string | undefined {
  if (method !== "query" || !isRecord(params)) return undefined;
  const type = params["request_type"];
  return typeof type === "string" && /^[a-z_]{1,50}$/.test(type) ? type : undefined;
}
