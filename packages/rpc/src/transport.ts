/**
 * What carries a request to a node: over HTTP, into a chain in this process, or a test's double.
 * Retry, failover and the like wrap a transport and give one again.
 * @module
 */

/** One JSON-RPC request, without its envelope. */
export interface RpcRequest {
  /** Name of the method as nearcore spells it, e.g. `query`. */
  readonly method: string;
  /** Its parameters in nearcore's own form: JSON, where a bigint stands for its digits. */
  readonly params: unknown;
}

/** What may be said about one call. */
export interface CallOptions {
  /** Gives up the call; its `reason` is thrown untouched. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends one request and resolves with the node's `result`, parsed without loss: integers beyond 2^53
 * are bigint. Rejects with an `RpcError` (the node answered with an error), a `TransportError` (it
 * did not answer) or the signal's reason.
 */
export interface Transport {
  (request: RpcRequest, options?: CallOptions): Promise<unknown>;
  /**
   * What the sender reserves nonces for: `"chain"` for any transport to the network that chain id and
   * genesis hash name, an object for the transports that share it; the transport itself where unset.
   */
  readonly scope?: "chain" | object | undefined;
}
