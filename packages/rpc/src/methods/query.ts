/**
 * The method `query`, under everything that is read from the state.
 * @module
 */
import { type Reading, read } from "../ask.ts";
import { type BlockReference, blockParams } from "../block-reference.ts";
import { isRecord } from "../record.ts";
import { RpcError } from "../rpc-error.ts";
import type { CallOptions, Transport } from "../transport.ts";

/** Which state is read. */
export interface AtBlock {
  /** The newest block unless told, so that one's own write shows. */
  readonly block?: BlockReference | undefined;
}

/** What differs between the questions. */
export interface Question extends Reading {
  readonly requestType: string;
  /** Cause of a failure that nearcore gives as text within a result, not as an error. */
  readonly failure?: string;
}

/** Asks about the state at a block. */
export async function query<T>(
  transport: Transport,
  question: Question,
  params: Readonly<Record<string, unknown>>,
  { block }: AtBlock,
  options?: CallOptions,
): Promise<T> {
  const wire = { request_type: question.requestType, ...blockParams(block), ...params };
  const result = await transport({ method: "query", params: wire }, options);
  if (isRecord(result) && typeof result["error"] === "string") {
    const { error, ...where } = result;
    const key = params["public_key"];
    const info = key === undefined ? { ...where, vm_error: error } : { ...where, public_key: key };
    throw new RpcError("query", { cause: { name: question.failure, info }, data: error });
  }
  return read<T>("query", result, question);
}
