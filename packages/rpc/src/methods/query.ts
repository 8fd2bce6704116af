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

/** The parameters of a request type, with nearcore's names in camelCase. */
export interface QueryParams extends AtBlock {
  readonly publicKey?: string;
}

/**
 * Asks about the state at a block.
 * @param failure - cause of the failure that nearcore gives as text within a result, not as an error
 */
export async function query(
  transport: Transport,
  requestType: string,
  { block = { finality: "optimistic" }, ...params }: QueryParams,
  options?: CallOptions,
  failure?: string,
): Promise<unknown> {
  const wire = toWire({ requestType, ...block, ...params });
  const result = await transport({ method: "query", params: wire }, options);
  if (!isRecord(result) || typeof result["error"] !== "string") return result;
  const { error } = result;
  const { publicKey } = params;
  const info = { ...result, ...(publicKey ? { public_key: publicKey } : { vm_error: error }) };
  throw new RpcError("query", { cause: { name: failure, info }, data: error });
}
