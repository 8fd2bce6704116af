/**
 * Which answers never change.
 * @module
 */
import { stringifyJson } from "../json.ts";
import { field, isRecord } from "../record.ts";
import type { RpcRequest } from "../transport.ts";
import { isAtBlock } from "./method.ts";

/** What makes an answer one for ever. */
export interface Unchanging {
  /** Names the answer: the same for every request that has it. */
  readonly key: string;
  /** It is one only when the block of this height is final. */
  readonly height?: bigint | undefined;
  /** Tells whether an answer is to this request at all: a lie is not kept for ever. */
  isIts(answer: unknown): boolean;
}

/**
 * Tells whether the answer to a request can be kept, and under which condition; undefined if it cannot,
 * or if nothing in it tells what it answers. Only parameters by name: those by position are the
 * caller's own business.
 */
export function unchanging({ method, params }: RpcRequest): Unchanging | undefined {
  const key = `${method} ${stringifyJson(params ?? null)}`;
  const has =
    (wanted: unknown, ...path: readonly string[]) =>
    (answer: unknown): boolean =>
      wanted !== undefined && field(answer, ...path) === wanted;

  if (/^(EXPERIMENTAL_)?genesis_config$/.test(method)) {
    return { key, isIts: (answer) => typeof field(answer, "chain_id") === "string" };
  }
  if (!isRecord(params)) return undefined;
  const { block_id: block, chunk_id: chunk, receipt_id: receipt, tx_hash: hash } = params;
  if (method === "EXPERIMENTAL_receipt") return { key, isIts: has(receipt, "receipt_id") };
  if (method === "chunk") return { key, isIts: has(chunk, "header", "chunk_hash") };
  if (method === "tx" || method === "EXPERIMENTAL_tx_status") {
    const { wait_until: _, ...transaction } = params;
    const isSame = has(hash, "transaction", "hash");
    const isFinal = has("FINAL", "final_execution_status");
    return {
      key: `${method} ${stringifyJson(transaction)}`,
      isIts: (answer) => isSame(answer) && isFinal(answer),
    };
  }
  if (method !== "block" && !isAtBlock(method)) return undefined;
  const path = (name: string): readonly string[] =>
    method === "block" ? ["header", name] : [`block_${name}`];
  if (typeof block === "string") return { key, isIts: has(block, ...path("hash")) };
  const height = toHeight(block);
  if (height === undefined) return undefined;
  return { key, height, isIts: (answer) => toHeight(field(answer, ...path("height"))) === height };
}

/** Reads the height of a final block off an answer, where it is one. */
export function finalHeight({ method, params }: RpcRequest, answer: unknown): bigint | undefined {
  if (method !== "block" || field(params, "finality") !== "final") return undefined;
  return toHeight(field(answer, "header", "height"));
}

function toHeight(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  return Number.isSafeInteger(value) ? BigInt(Number(value)) : undefined;
}
