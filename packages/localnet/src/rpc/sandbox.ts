/**
 * `sandbox_patch_state` and `sandbox_fast_forward`, the methods of nearcore's sandbox build.
 * Source: nearcore chain/jsonrpc/src/api/sandbox.rs.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import type { Json } from "../runtime/json.ts";
import type { Node } from "./node.ts";
import { fieldsOf, isList, readU64, refuse, required, unexpected } from "./serde.ts";
import { readStateRecord } from "../state/state-record-json.ts";
import type { StateRecord } from "../state/state-record.ts";

/** Answers `sandbox_patch_state`, after the block that holds the records. */
export async function answerPatchState(node: Node, params: unknown): Promise<Json> {
  const fields = fieldsOf(params, "RpcSandboxPatchStateRequest", ["records"]);
  const records = required(fields, "records");
  if (!isList(records)) refuse(`invalid type: ${unexpected(records)}, expected a sequence`);
  await node.patchState(records.map(readRecord));
  return {};
}

/** Answers `sandbox_fast_forward`, after the heights have passed. */
export async function answerFastForward(node: Node, params: unknown): Promise<Json> {
  const fields = fieldsOf(params, "RpcSandboxFastForwardRequest", ["delta_height"]);
  await node.fastForward(readU64(required(fields, "delta_height")));
  return {};
}

function readRecord(record: unknown): StateRecord {
  try {
    return readStateRecord(record);
  } catch (error) {
    if (error instanceof TypeError || isNearError(error)) refuse(error.message);
    throw error;
  }
}
