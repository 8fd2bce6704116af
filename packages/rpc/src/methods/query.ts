/**
 * The method `query`, under everything that is read from the state.
 * @module
 */
import type { BlockReference } from "../block-reference.ts";
import { isRecord } from "../record.ts";
import { RpcError } from "../rpc-error.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";

/** Which state is read. */
export interface AtBlock {
  /** The newest block unless told, so that one's own write shows. */
  readonly block?: BlockReference | undefined;
}

/**
 * Asks about the state at a block.
 * @param failed - names the failure that nearcore gives as text within a result, not as an error; another text there is
 *   somebody else's, a proxy's for instance, and says nothing of the state
 */
export async function query(
  transport: Transport,
  requestType: string,
  { block = { finality: "optimistic" }, ...params }: AtBlock,
  options?: CallOptions,
  failed?: (text: string) => object | false,
): Promise<unknown> {
  const wire = toWire({ requestType, ...block, ...params });
  const result = await transport({ method: "query", params: wire }, options);
  if (!isRecord(result) || typeof result["error"] !== "string") return result;
  const { error } = result;
  const { name, ...info }: { readonly name?: string } = { ...result, ...failed?.(error) };
  throw new RpcError("query", { cause: { name, info }, data: error });
}
