/**
 * The guard against the wrong network.
 * @module
 */
import { NearError } from "@yoctonear/base";
import { field } from "../record.ts";
import { refuse } from "../refuse.ts";
import type { Transport } from "../transport.ts";
import { createOnce } from "./shared-call.ts";
import { wrap } from "./wrap.ts";

/**
 * The endpoint belongs to another network than the caller said. Nothing was asked of it but its name.
 * @example
 * ```ts
 * import { WrongNetworkError } from "@yoctonear/rpc";
 * new WrongNetworkError("mainnet", "testnet").message; // "expected the network mainnet, got testnet"
 * ```
 */
export class WrongNetworkError extends NearError<"wrong_network"> {
  override readonly name = "WrongNetworkError";
  /** Chain id that the caller said. */
  readonly expected: string;
  /** Chain id that the node said. */
  readonly found: string;

  constructor(expected: string, found: string) {
    super("wrong_network", `expected the network ${expected}, got ${found.slice(0, 100)}`);
    this.expected = expected;
    this.found = found;
  }
}

/**
 * Asks the node for its chain id before the first request, once, and lets nothing through when it is
 * another than expected. A question without an answer fails the requests that wait for it, and is asked
 * again by the next. For several endpoints guard each, inside of `failover`: a wrong one is an error of
 * the whole, never passed over in silence.
 * @param transport - what is guarded
 * @param chainId - `mainnet`, `testnet`, …
 * @throws {WrongNetworkError} from every request to another network
 * @example
 * ```ts
 * import { guardChain, type Transport, WrongNetworkError } from "@yoctonear/rpc";
 * const testnet: Transport = async () => ({ chain_id: "testnet" });
 * const guarded = guardChain(testnet, "mainnet");
 * try {
 *   await guarded({ method: "gas_price", params: [null] });
 * } catch (error) {
 *   error instanceof WrongNetworkError && error.found; // "testnet"
 * }
 * ```
 */
export function guardChain(transport: Transport, chainId: string): Transport {
  if (typeof chainId !== "string" || chainId === "") {
    throw new TypeError("guardChain: expected a chain id");
  }
  let found: string | undefined;
  const ask = createOnce(async (signal) => {
    const answer = await transport({ method: "status", params: [] }, { signal });
    const id = field(answer, "chain_id");
    return typeof id === "string" ? id : refuse("status.chain_id", "text", id);
  });

  return wrap([transport], async (request, options = {}) => {
    options.signal?.throwIfAborted();
    found ??= await ask(options.signal);
    if (found !== chainId) throw new WrongNetworkError(chainId, found);
    return transport(request, options);
  });
}
