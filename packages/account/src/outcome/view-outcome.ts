/**
 * A view call with all that came of it: bytes, logs, block.
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import { callFunction, type Transport } from "@yoctonear/rpc";
import { encodeArguments, type FunctionArguments } from "@yoctonear/transactions";
import { parseValue } from "./outcome.ts";
import type { ReadOptions } from "../reads.ts";

/** What came of a view call. */
export interface ViewOutcome {
  /** The result parsed as JSON, without loss; undefined where there is none, or where it is not JSON. */
  readonly value: unknown;
  /** The result. */
  readonly bytes: Uint8Array;
  /** What the method logged. */
  readonly logs: readonly string[];
  /** Height of the block at which it was asked. */
  readonly blockHeight: bigint;
  /** Hash of that block, base58. */
  readonly blockHash: string;
}

/**
 * Asks a method of a contract, as `view` does, for more than its JSON: a result that is borsh or an
 * image, the logs, the block.
 * @param transport - reaches the network
 * @param contractId - whose contract
 * @param methodName - the method
 * @param args - bytes, or a value for JSON
 * @param options - `block` to read at
 * @throws {RpcError} `CONTRACT_EXECUTION_ERROR` when the method failed; `panicOf` tells what it said
 * @example
 * ```ts
 * import { viewOutcome } from "@yoctonear/account";
 * import type { Transport } from "@yoctonear/rpc";
 * // A node that answers any view call with the borsh of a u32
 * const result = [7, 0, 0, 0];
 * const transport: Transport = async () => ({ result, logs: ["asked"], block_height: 1, block_hash: "1" });
 * const { bytes, logs } = await viewOutcome(transport, "counter.near", "get");
 * bytes; // Uint8Array [7, 0, 0, 0]
 * logs; // ["asked"]
 * ```
 */
export async function viewOutcome(
  transport: Transport,
  contractId: string,
  methodName: string,
  args?: FunctionArguments,
  { block, ...options }: ReadOptions = {},
): Promise<ViewOutcome> {
  const argsBase64 = encodeBase64(encodeArguments(args));
  const request = { accountId: contractId, methodName, argsBase64, block };
  const { result, logs, block_height, block_hash } = await callFunction(
    transport,
    request,
    options,
  );
  const bytes = Uint8Array.from(result);
  return {
    value: parseValue(bytes),
    bytes,
    logs,
    blockHeight: block_height,
    blockHash: block_hash,
  };
}
