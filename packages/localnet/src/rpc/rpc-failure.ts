/**
 * Answers that are errors: nearcore's JSON-RPC error objects and the HTTP status that goes with them.
 * Source: nearcore chain/jsonrpc-primitives/src/errors.rs, chain/jsonrpc/src/lib.rs.
 * @module
 */
import type { Json } from "../runtime/json.ts";

/** JSON-RPC's error object, as nearcore fills it. */
export type RpcErrorObject = { readonly [key: string]: Json };

/** Thrown inside the handlers; it never leaves the package: the transport makes an RpcError of it. */
export class RpcFailure extends Error {
  override readonly name = "RpcFailure";
  /** What stands under `error` in the answer. */
  readonly error: RpcErrorObject;
  /** HTTP status of the answer. */
  readonly status: number;

  constructor(error: RpcErrorObject, status: number) {
    super("the request is answered with an error");
    this.error = error;
    this.status = status;
  }
}

const OK = 200;
const BAD_REQUEST = 400;
const TIMEOUT = 408;
const INTERNAL = 500;

/** The request cannot be read. */
export function parseFailure(message: string): RpcFailure {
  const error = {
    name: "REQUEST_VALIDATION_ERROR",
    cause: { name: "PARSE_ERROR", info: { error_message: message } },
    code: -32700,
    message: "Parse error",
    data: message,
  };
  return new RpcFailure(error, BAD_REQUEST);
}

/** There is no such method. */
export function methodNotFound(method: string): RpcFailure {
  const error = {
    name: "REQUEST_VALIDATION_ERROR",
    cause: { name: "METHOD_NOT_FOUND", info: { method_name: method } },
    code: -32601,
    message: "Method not found",
    data: method,
  };
  return new RpcFailure(error, BAD_REQUEST);
}

/**
 * The method says no.
 * @param name - nearcore's name of the cause
 * @param info - its fields; `null` where nearcore leaves them out
 * @param data - the legacy text, or the cause itself where nearcore sends that
 */
export function handlerFailure(
  name: string,
  info: { readonly [key: string]: Json } | null,
  data: Json,
): RpcFailure {
  const cause = info === null ? { name } : { name, info };
  const error = { name: "HANDLER_ERROR", cause, code: -32000, message: "Server error", data };
  return new RpcFailure(error, OK);
}

/** Time is up. It says nothing about whether the transaction was included. */
export function timeoutFailure(): RpcFailure {
  return new RpcFailure(handlerFailure("TIMEOUT_ERROR", null, "Timeout").error, TIMEOUT);
}

/**
 * Something that should not happen did, or cannot be done here.
 * @param data - the legacy text, or the cause itself where nearcore sends that
 */
export function internalFailure(message: string, data: Json = message): RpcFailure {
  const error = {
    name: "INTERNAL_ERROR",
    cause: { name: "INTERNAL_ERROR", info: { error_message: message } },
    code: -32000,
    message: "Server error",
    data,
  };
  return new RpcFailure(error, INTERNAL);
}
