/**
 * `EXPERIMENTAL_congestion_level`.
 * Source: nearcore core/primitives/src/congestion_info.rs (`localized_congestion_level`).
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { findChunkHeader, readChunkReference } from "./blocks.ts";
import type { Node } from "./node.ts";

/** Of `congestion_control_config`: gas, gas, bytes. */
const MAX_INCOMING_GAS = 400_000_000_000_000_000;
const MAX_OUTGOING_GAS = 10_000_000_000_000_000;
const MAX_MEMORY = 1_000_000_000;

/** Answers it: the largest share of a limit that is used up, of the gas of waiting receipts or of their bytes. */
export function answerCongestionLevel(node: Node, params: unknown): Json {
  const { congestionInfo } = findChunkHeader(node, readChunkReference(params));
  return {
    congestion_level: Math.max(
      share(congestionInfo.delayedReceiptsGas, MAX_INCOMING_GAS),
      share(congestionInfo.bufferedReceiptsGas, MAX_OUTGOING_GAS),
      share(congestionInfo.receiptBytes, MAX_MEMORY),
    ),
  };
}

function share(used: bigint, limit: number): number {
  return Math.min(Number(used) / limit, 1);
}
