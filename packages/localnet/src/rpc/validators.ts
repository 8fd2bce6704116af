/**
 * `validators`: who produces blocks in an epoch.
 * Source: nearcore chain/jsonrpc/src/api/validator.rs, chain/client/src/view_client_actor.rs.
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { readBlockId, readVariant } from "./block-reference.ts";
import { needBlockById } from "./blocks.ts";
import type { EpochQuestion, Node } from "./node.ts";
import { isFields, isList, readHash, refuse, unexpected } from "./serde.ts";

const VARIANTS = ["epoch_id", "block_id", "latest"] as const;

/** Answers `validators`. */
export function answerValidators(node: Node, params: unknown): Json {
  return node.validators(readEpoch(node, params));
}

function readEpoch(node: Node, params: unknown): EpochQuestion {
  if (isList(params) && params.length === 1) {
    const [id] = params;
    if (id === null || id === undefined) return { type: "latest" };
    return { type: "block", block: needBlockById(node, readBlockId(id)) };
  }
  if (params === "latest") return { type: "latest" };
  if (typeof params === "string") {
    readVariant(params, VARIANTS);
    refuse("invalid type: unit variant, expected newtype variant");
  }
  if (!isFields(params)) refuse(`invalid type: ${unexpected(params)}, expected string or map`);
  const entries = Object.entries(params).filter(([, value]) => value !== undefined);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) {
    refuse("invalid value: map, expected map with a single key");
  }
  switch (readVariant(entry[0], VARIANTS)) {
    case "latest":
      return { type: "latest" };
    case "epoch_id":
      return { type: "epochId", epochId: readHash(entry[1]) };
    case "block_id":
      return { type: "block", block: needBlockById(node, readBlockId(entry[1])) };
  }
}
