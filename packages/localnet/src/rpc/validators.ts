/**
 * `validators`, `EXPERIMENTAL_validators_ordered`, `maintenance_windows`: who produces blocks in an epoch.
 * Source: nearcore chain/jsonrpc/src/api/validator.rs, chain/client/src/view_client_actor.rs.
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { readBlockId, readVariant } from "./block-reference.ts";
import { validatorStakeView } from "./block-view.ts";
import { findBlock, needBlockById, readOptionalBlockId } from "./blocks.ts";
import type { EpochQuestion, Node } from "./node.ts";
import { handlerFailure } from "./rpc-failure.ts";
import {
  fieldsOf,
  isFields,
  isList,
  readAccountId,
  readHash,
  refuse,
  required,
  unexpected,
} from "./serde.ts";

const VARIANTS = ["epoch_id", "block_id", "latest"] as const;

/** Answers `validators`. */
export function answerValidators(node: Node, params: unknown): Json {
  return node.validators(readEpoch(node, params));
}

/** Answers `EXPERIMENTAL_validators_ordered`. */
export function answerValidatorsOrdered(node: Node, params: unknown): Json {
  const id = readOptionalBlockId(params, "RpcValidatorsOrderedRequest");
  const block = id === null ? node.head() : findBlock(node, { type: "blockId", id });
  if (block === undefined) throw handlerFailure("UNKNOWN_EPOCH", null, "Epoch not found");
  return node.blockProducers(block.epoch.current).map(validatorStakeView);
}

/** Answers `maintenance_windows`: one account makes every block, the others have nothing to do until the epoch ends. */
export function answerMaintenanceWindows(node: Node, params: unknown): Json {
  const fields = fieldsOf(params, "RpcMaintenanceWindowsRequest", ["account_id"]);
  const accountId = readAccountId(required(fields, "account_id"));
  const { header, author } = node.head();
  const { startHeight, length } = node.epoch();
  const end = startHeight + length;
  const isBusy = accountId === author || header.height >= end;
  return isBusy ? [] : [{ start: header.height, end }];
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
