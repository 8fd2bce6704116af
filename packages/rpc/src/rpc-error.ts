/**
 * The error that a node answered with.
 * @module
 */
import { isNearError, NearError } from "@yoctonear/base";
import type { RpcErrorData } from "./generated/types.ts";
import { field } from "./record.ts";
import { stringifyJson } from "./json.ts";

/** Codes of the errors that nearcore's specification knows; a newer node may send others. */
export type RpcErrorCode = keyof RpcErrorData;

/**
 * The node answered with an error. `code` is the name of its cause as nearcore spells it
 * (`UNKNOWN_ACCOUNT`), or the name of the error where there is no cause, or `UNKNOWN`.
 * @example
 * ```ts
 * import { RpcError } from "@yoctonear/rpc";
 * const cause = { name: "UNKNOWN_ACCOUNT", info: { requested_account_id: "nobody.near" } };
 * new RpcError("query", { name: "HANDLER_ERROR", cause }).data; // { requested_account_id: "nobody.near" }
 * ```
 */
export class RpcError extends NearError {
  override readonly name = "RpcError";
  /** Name of the method that was called. */
  declare readonly method: string;
  /** What the cause carries; for `INVALID_TRANSACTION` the `InvalidTxError`. Narrow it with {@link isRpcError}. */
  declare readonly data: unknown;
  /** The error object as it came. */
  declare readonly raw: unknown;

  /**
   * @param method - name of the method that was called
   * @param raw - the `error` of the node's answer
   * @param data - in place of what `raw` carries
   */
  constructor(method: string, raw: unknown, data: unknown = carried(raw)) {
    const name = field(raw, "cause", "name") ?? field(raw, "name");
    const code = typeof name === "string" ? name : "UNKNOWN";
    const text = field(raw, "data");
    // Its `message` is "Server error" whatever happened.
    const reason =
      typeof text === "string" ? text : (data ?? text ?? field(raw, "message") ?? "nothing");
    const said = typeof reason === "string" ? reason : stringifyJson(reason);
    super(code, `${method}: ${said.replace(/\s+/g, " ").slice(0, 1000)} (${code})`);
    Object.assign(this, { method, data, raw });
  }
}

/**
 * Tells whether a value is an error that a node answered with, and optionally one of the given code,
 * whose `data` is then typed.
 * @param error - whatever was caught
 * @param code - the code that it must have
 * @example
 * ```ts
 * import { isRpcError, RpcError } from "@yoctonear/rpc";
 * const error = new RpcError("query", { name: "HANDLER_ERROR", cause: { name: "UNKNOWN_ACCOUNT", info: {} } });
 * isRpcError(error, "UNKNOWN_ACCOUNT"); // true
 * ```
 */
export function isRpcError<C extends RpcErrorCode = RpcErrorCode>(
  error: unknown,
  code?: C,
): error is RpcError & { readonly code: C; readonly data: RpcErrorData[C] } {
  return isNearError(error, code) && error.name === "RpcError";
}

function carried(raw: unknown): unknown {
  // nearcore keeps this one out of the cause.
  const invalid = field(raw, "data", "TxExecutionError", "InvalidTxError");
  return invalid ?? field(raw, "cause", "info");
}
