/**
 * Calls of contracts that only read.
 * @module
 */
import type { RpcCallFunctionResponse } from "../generated/types.ts";
import { toBigint } from "../integers.ts";
import { field, isRecord } from "../record.ts";
import { refuse } from "../refuse.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { type AtBlock, query } from "./query.ts";

/** Which method of which contract. */
export interface CallFunctionParams extends AtBlock {
  /** Whose contract. */
  readonly accountId: string;
  readonly methodName: string;
  /** Its arguments in base64; none unless told. */
  readonly argsBase64?: string | undefined;
}

/**
 * Calls a method of a contract that only reads: it costs nothing and changes nothing.
 * @returns the returned bytes (`result`) and the logs
 * @throws {RpcError} `CONTRACT_EXECUTION_ERROR` when the call failed, `UNKNOWN_ACCOUNT`
 * @example
 * ```ts
 * import { callFunction, type Transport } from "@yoctonear/rpc";
 * const transport: Transport = async () => ({ result: [34, 104, 105, 34], logs: [], block_height: 7, block_hash: "1" });
 * const { result } = await callFunction(transport, { accountId: "guestbook.near", methodName: "greeting" });
 * String.fromCharCode(...result); // '"hi"'
 * ```
 */
export async function callFunction(
  transport: Transport,
  params: CallFunctionParams,
  options?: CallOptions,
): Promise<RpcCallFunctionResponse> {
  const asked = { ...params, argsBase64: params.argsBase64 ?? "" };
  const result = await query(
    transport,
    "call_function",
    asked,
    options,
    (text) => /wasm /.test(text) && { name: "CONTRACT_EXECUTION_ERROR", vm_error: text },
  );
  // By hand and not by the lists: this is what the smallest bundle holds.
  const called = {
    ...(isRecord(result) && result),
    block_height: toBigint(field(result, "block_height")),
  };
  assertBytes(called);
  return called;
}

function assertBytes(called: object): asserts called is RpcCallFunctionResponse {
  const bytes = field(called, "result");
  const isByte = (byte: unknown): boolean => byte === (Number(byte) & 255);
  if (!Array.isArray(bytes) || !bytes.every(isByte)) refuse("query.result", "bytes", bytes);
}
