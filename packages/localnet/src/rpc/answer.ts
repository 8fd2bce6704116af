/**
 * What a request is answered with, before it becomes an RpcError or an HTTP response.
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { RpcFailure, type RpcErrorObject } from "./rpc-failure.ts";

/** A result, or an error object with its HTTP status. */
export type Answer =
  | { readonly result: Json; readonly error?: undefined }
  | { readonly error: RpcErrorObject; readonly status: number };

/**
 * Makes an answer of what a handler threw. What is no failure of the request (an abort, a defect) is
 * thrown on.
 */
export function answerError(thrown: unknown): Answer {
  if (thrown instanceof RpcFailure) return { error: thrown.error, status: thrown.status };
  throw thrown;
}
