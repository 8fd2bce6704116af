/**
 * Which answers never change.
 * @module
 */
import { stringifyJson } from "../json.ts";
import { field, isRecord } from "../record.ts";
import type { RpcRequest } from "../transport.ts";

/** What makes an answer one for ever. */
export interface Unchanging {
  /** Names the answer: the same for every request that has it. */
  readonly key: string;
  /** It is one only when the block of this height is final. */
  readonly height?: bigint | undefined;
  /** It is one only when the transaction is final. */
  readonly isTransaction?: boolean | undefined;
}

/** With the parameter that names a block by hash or height. */
const OF_BLOCK = [
  "block",
  "block_effects",
  "changes",
  "query",
  "EXPERIMENTAL_changes",
  "EXPERIMENTAL_changes_in_block",
  "EXPERIMENTAL_call_function",
  "EXPERIMENTAL_view_access_key",
  "EXPERIMENTAL_view_access_key_list",
  "EXPERIMENTAL_view_account",
  "EXPERIMENTAL_view_code",
  "EXPERIMENTAL_view_gas_key_nonces",
  "EXPERIMENTAL_view_state",
];
/** Whatever their parameters. */
const OF_CHAIN = [
  "genesis_config",
  "EXPERIMENTAL_genesis_config",
  "EXPERIMENTAL_receipt",
  "EXPERIMENTAL_receipt_to_tx",
];

/**
 * Tells whether the answer to a request can be kept, and under which condition; undefined if it cannot.
 * Only parameters by name: those by position are the caller's own business.
 */
export function unchanging({ method, params }: RpcRequest): Unchanging | undefined {
  if (OF_CHAIN.includes(method)) return { key: `${method} ${stringifyJson(params ?? null)}` };
  if (!isRecord(params)) return undefined;
  if (method === "tx" || method === "EXPERIMENTAL_tx_status") {
    const { wait_until: _, ...transaction } = params;
    return { key: `${method} ${stringifyJson(transaction)}`, isTransaction: true };
  }
  const key = `${method} ${stringifyJson(params)}`;
  if (method === "chunk" && typeof params["chunk_id"] === "string") return { key };
  if (method !== "chunk" && !OF_BLOCK.includes(method)) return undefined;
  const block = params["block_id"];
  if (typeof block === "string") return { key };
  if (typeof block === "bigint" || Number.isSafeInteger(block)) {
    return { key, height: BigInt(Number(block)) };
  }
  return undefined;
}

/** Reads the height of a final block off an answer, where it is one. */
export function finalHeight({ method, params }: RpcRequest, answer: unknown): bigint | undefined {
  if (method !== "block" || field(params, "finality") !== "final") return undefined;
  const height = field(answer, "header", "height");
  if (typeof height === "bigint") return height;
  return Number.isSafeInteger(height) ? BigInt(Number(height)) : undefined;
}
