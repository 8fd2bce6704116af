/**
 * `genesis_config` and `EXPERIMENTAL_protocol_config`.
 * Source: nearcore chain/chain-configs/src/genesis_config.rs (`ProtocolConfigView`).
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { readReferenceEnum } from "./block-reference.ts";
import { needBlock } from "./blocks.ts";
import type { Node } from "./node.ts";
import { copyJson } from "./outcome-view.ts";
import { runtimeConfig } from "./runtime-config.ts";

// What of the genesis is no matter of the protocol.
const GENESIS_ONLY: readonly string[] = [
  "chunk_producer_assignment_changes_limit",
  "num_chunk_producer_seats",
  "num_chunk_validator_seats",
  "total_supply",
  "use_production_config",
  "validators",
];

/** Inflation at protocol 86, whatever the genesis says. */
const MAX_INFLATION_RATE = [1, 40] as const;

/** Answers `genesis_config`. */
export function answerGenesisConfig(node: Node): Json {
  return copyJson(node.genesis.config);
}

/** Answers `EXPERIMENTAL_protocol_config`. */
export function answerProtocolConfig(node: Node, params: unknown): Json {
  needBlock(node, readReferenceEnum(params));
  const config: { [key: string]: Json } = {};
  for (const [name, value] of Object.entries(node.genesis.config)) {
    if (!GENESIS_ONLY.includes(name)) config[name] = copyJson(value);
  }
  return {
    ...config,
    max_inflation_rate: [...MAX_INFLATION_RATE],
    runtime_config: copyJson(runtimeConfig(node.genesis.protocolVersion)),
  };
}
