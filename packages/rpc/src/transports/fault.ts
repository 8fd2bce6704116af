/**
 * Failures of endpoints, as opposed to answers that happen to be errors.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { isRetryable } from "../retryable.ts";
import { isRpcError, RpcError } from "../rpc-error.ts";
import type { RpcRequest } from "../transport.ts";
import { TransportError, type TransportErrorCode } from "../transport-error.ts";
import { isBroadcast } from "./method.ts";

/**
 * Tells whether it is the endpoint that failed: it was not reached, gave no answer of a node, or its
 * node is behind or broken. Another one may do better. Everything else that a node says is an answer.
 */
export function isFault(error: unknown): boolean {
  // The node is well, and the transaction is not as far: the next one would only wait again.
  if (isRpcError(error, "TIMEOUT_ERROR")) return false;
  return isTransportError(error) || isRetryable(error);
}

/**
 * The error of a broadcast that is refused, by a node or by a proxy, after an attempt whose answer is unknown. The earlier
 * copy may be what used the nonce up, or be executed yet, so that the refusal proves nothing: whoever sends must ask by hash.
 * @param request - what was asked
 * @param error - of the last attempt
 * @param earlier - errors of the attempts before
 * @returns `error` itself for anything else
 */
export function unlessOpen(
  request: RpcRequest,
  error: unknown,
  earlier: readonly unknown[],
): unknown {
  if (isRetryable(error)) return error;
  const first = earlier.find(mayHaveArrived);
  if (first === undefined || !isBroadcast(request)) return error;
  const message = `${request.method}: the fate of the transaction is open: first ${messageOf(first)}, then ${messageOf(error)}`;
  const { code, url, status } = detailsOf(first);
  return new TransportError(code, message, {
    url,
    status,
    cause: new AggregateError([...earlier, error], message),
  });
}

/**
 * One error for many: that of the first one which may pass, with all of them as its cause.
 * @param errors - one of each endpoint that was asked, in order
 */
export function combined({ method }: RpcRequest, errors: readonly unknown[]): unknown {
  const [first] = errors;
  if (errors.length < 2) return first;
  const message = `${method}: expected an answer of one of ${errors.length} endpoints, got ${errors.map(messageOf).join(" | ")}`;
  const cause = new AggregateError(errors, message);
  // What nodes said stays what nodes said.
  if (isRpcError(first) && errors.every((error) => isRpcError(error))) {
    return Object.assign(new RpcError(first.method, first.raw, first.data), { cause });
  }
  const transportErrors = errors.filter(isTransportError);
  // It may pass when one of them may, be it what a node said.
  const final = errors.some(isRetryable)
    ? undefined
    : (transportErrors.find(mayHaveArrived) ?? transportErrors.find(wasSent) ?? transportErrors[0]);
  const shown = transportErrors.find(isRetryable) ?? final;
  const waits = transportErrors.flatMap(({ retryAfter }) => retryAfter ?? []);
  const { code, status } = detailsOf(shown);
  const retryAfter = waits.length > 0 ? Math.min(...waits) : undefined;
  return new TransportError(code, message, { status, retryAfter, cause });
}

/** Tells the error of a node that did not answer, across copies of the class. */
export function isTransportError(error: unknown): error is TransportError {
  return isNearError(error) && error.name === "TransportError";
}

function wasSent(error: unknown): boolean {
  return !isNearError(error, "overloaded");
}

/** Whether a node may have what was asked: a proxy that turned it away (401, 403, …) has not passed it on. */
function mayHaveArrived(error: unknown): boolean {
  return wasSent(error) && (isRetryable(error) || !isNearError(error, "http"));
}

function detailsOf(error: unknown): {
  readonly code: TransportErrorCode;
  readonly url?: string | undefined;
  readonly status?: number | undefined;
} {
  if (isTransportError(error)) return error;
  return { code: isRpcError(error, "TIMEOUT_ERROR") ? "timeout" : "network" };
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
