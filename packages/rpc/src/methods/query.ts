/**
 * The method `query`, under everything that is read from the state.
 * @module
 */
import { type BlockReference, blockParams } from "../block-reference.ts";
import { field, isRecord } from "../record.ts";
import { RpcError } from "../rpc-error.ts";
import type { CallOptions, Transport } from "../transport.ts";

/** Which state is read. */
export interface AtBlock {
  /** The newest block unless told, so that one's own write shows. */
  readonly block?: BlockReference | undefined;
}

/** The parameters of `query` but for the block. */
export interface Query {
  readonly request_type: string;
  readonly public_key?: string;
  readonly [field: string]: unknown;
}

/**
 * Asks about the state at a block.
 * @param failure - cause of the failure that nearcore gives as text within a result, not as an error
 */
export async function query(
  transport: Transport,
  params: Query,
  { block }: AtBlock,
  options?: CallOptions,
  failure?: string,
): Promise<unknown> {
  const request = { method: "query", params: { ...blockParams(block), ...params } };
  const result = await transport(request, options);
  const error = field(result, "error");
  if (typeof error !== "string" || !isRecord(result)) return result;
  const { public_key } = params;
  const info = { ...result, ...(public_key ? { public_key } : { vm_error: error }) };
  throw new RpcError("query", { cause: { name: failure, info }, data: error });
}
