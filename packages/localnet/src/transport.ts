/**
 * The chain as a transport: requests go in and answers come out as objects, without a byte of JSON.
 * @module
 */
import { RpcError, type Transport } from "@yoctonear/rpc";
import type { Answer } from "./rpc/answer.ts";

/**
 * Makes the transport. It rejects as one over HTTP does for the same answer.
 * @param answer - answers one request with fresh objects
 * @param scope - what nonces are reserved for: another object after each jump to another past
 */
export function createTransport(
  answer: (method: string, params: unknown, signal: AbortSignal | undefined) => Promise<Answer>,
  scope: () => object,
): Transport {
  const send: Transport = async ({ method, params }, { signal } = {}) => {
    signal?.throwIfAborted();
    const answered = await answer(method, params, signal);
    signal?.throwIfAborted();
    if (answered.error !== undefined) throw new RpcError(method, answered.error);
    return answered.result;
  };
  return Object.defineProperty(send, "scope", { get: scope });
}
