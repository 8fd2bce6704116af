/**
 * Reaches nodes before 2.13, which know some methods by another name only.
 * @module
 */
import { isRpcError } from "./rpc-error.ts";
import type { Transport } from "./transport.ts";
import { wrap } from "./transports/wrap.ts";

/** What 2.13 named anew, and how it was called before. */
const OLDER: { readonly [method: string]: string } = {
  block_effects: "EXPERIMENTAL_changes_in_block",
  changes: "EXPERIMENTAL_changes",
  genesis_config: "EXPERIMENTAL_genesis_config",
  light_client_proof: "EXPERIMENTAL_light_client_proof",
  maintenance_windows: "EXPERIMENTAL_maintenance_windows",
};

/**
 * Asks by the older name (`EXPERIMENTAL_changes`) once a node has said that it does not know the newer one (`changes`), and from
 * then on at once. All functions of this package then work with nodes on either side of 2.13.
 * @param transport - to one or more nodes
 * @example
 * ```ts
 * import { genesisConfig, RpcError, type Transport, withOlderNames } from "@yoctonear/rpc";
 * const genesis = { chain_id: "old", genesis_height: 9, total_supply: "1" };
 * const old: Transport = async ({ method }) => {
 *   if (method === "EXPERIMENTAL_genesis_config") return genesis;
 *   throw new RpcError(method, { cause: { name: "METHOD_NOT_FOUND", info: { method_name: method } } });
 * };
 * (await genesisConfig(withOlderNames(old))).genesis_height; // 9n
 * ```
 */
export function withOlderNames(transport: Transport): Transport {
  const unknown = new Set<string>();
  return wrap([transport], async (request, options) => {
    const { method, params } = request;
    const older = Object.hasOwn(OLDER, method) ? OLDER[method] : undefined;
    if (older === undefined) return transport(request, options);
    if (!unknown.has(method)) {
      try {
        return await transport(request, options);
      } catch (error) {
        if (!isRpcError(error, "METHOD_NOT_FOUND")) throw error;
      }
    }
    const result = await transport({ method: older, params }, options);
    // Only now: a node may lack both names.
    unknown.add(method);
    return result;
  });
}
