/**
 * `sandbox_patch_state` and `sandbox_fast_forward`, the methods of nearcore's sandbox build.
 * Source: nearcore chain/jsonrpc/src/lib.rs, runtime/runtime/src/lib.rs (`apply_state_patch`),
 * chain/client/src/client_actor.rs.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import type { Json } from "../runtime/json.ts";
import { patchFault } from "../runtime/state-patch.ts";
import { readStateRecord } from "../state/state-record-json.ts";
import type { StateRecord } from "../state/state-record.ts";
import type { Node } from "./node.ts";
import { internalFailure, type RpcFailure } from "./rpc-failure.ts";
import { fieldsOf, isFields, readU64, refuse, required, sequence, unexpected } from "./serde.ts";

const PATCHABLE: readonly string[] = ["Account", "Data", "Contract", "AccessKey"];
const KINDS: readonly string[] = [
  ...PATCHABLE,
  "PostponedReceipt",
  "ReceivedData",
  "DelayedReceipt",
  "GasKeyNonce",
];

/** Answers `sandbox_patch_state`, after the block that holds the records. What makes a node abort is an error here. */
export async function answerPatchState(node: Node, params: unknown): Promise<Json> {
  const fields = fieldsOf(params, "RpcSandboxPatchStateRequest", ["records"]);
  const records = sequence(required(fields, "records")).map(readRecord);
  const fault = patchFault(node.head().state, records);
  if (fault !== null) throw refused(fault);
  await node.patchState(records);
  return {};
}

/** Who asks while heights pass already waits for those: nearcore takes no second request, and does not tell. */
const underWay = /* @__PURE__ */ new WeakMap<Node, Promise<void>>();

/** Answers `sandbox_fast_forward`, after the heights have passed. */
export async function answerFastForward(node: Node, params: unknown): Promise<Json> {
  const fields = fieldsOf(params, "RpcSandboxFastForwardRequest", ["delta_height"]);
  const heights = readU64(required(fields, "delta_height"));
  const running = underWay.get(node);
  if (running !== undefined) {
    await running.catch(() => undefined);
    return {};
  }
  const run = node.fastForward(heights);
  underWay.set(node, run);
  try {
    await run;
  } finally {
    underWay.delete(node);
  }
  return {};
}

function readRecord(record: unknown): StateRecord {
  if (!isFields(record)) refuse(`invalid type: ${unexpected(record)}, expected string or map`);
  const [kind, ...rest] = Object.keys(record);
  if (kind === undefined || rest.length > 0) {
    refuse("invalid value: map, expected map with a single key");
  }
  // A kind of this chain's own, so that whoever writes a dump back loses nothing.
  const isKnown = kind === "GlobalContract" || KINDS.includes(kind);
  if (!isKnown) {
    refuse(`unknown variant \`${kind}\`, expected one of \`${KINDS.join("`, `")}\``);
  }
  if (KINDS.includes(kind) && !PATCHABLE.includes(kind)) {
    const allowed = "Account, AccessKey, Contract and Data kind of StateRecord";
    throw refused(`not implemented: patch_state can only patch ${allowed}`);
  }
  try {
    return readStateRecord(record);
  } catch (error) {
    if (error instanceof TypeError || isNearError(error)) refuse(error.message);
    throw error;
  }
}

function refused(message: string): RpcFailure {
  return internalFailure(message, { name: "INTERNAL_ERROR", info: { error_message: message } });
}
