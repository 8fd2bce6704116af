/**
 * Reads what `changes` asks for, with nearcore's errors.
 * Source: nearcore core/primitives/src/views.rs (`StateChangesRequestView`).
 * @module
 */
import { type BlockReference, findBlockReference } from "./block-reference.ts";
import {
  type Fields,
  fieldsOf,
  needFields,
  readAccountId,
  readBase64,
  readPublicKey,
  refuse,
  required,
  sequence,
  unexpected,
} from "./serde.ts";

/** Which changes. */
export type ChangesRequest =
  | {
      readonly type: "account_changes" | "all_access_key_changes" | "contract_code_changes";
      readonly accountIds: readonly string[];
    }
  | {
      readonly type: "single_access_key_changes";
      readonly keys: readonly { readonly accountId: string; readonly publicKey: string }[];
    }
  | {
      readonly type: "data_changes";
      readonly accountIds: readonly string[];
      readonly prefix: Uint8Array;
    };

const TYPES = [
  "account_changes",
  "single_access_key_changes",
  "all_access_key_changes",
  "contract_code_changes",
  "data_changes",
] as const satisfies readonly ChangesRequest["type"][];

/** Reads the parameters of `changes`. */
export function readChangesQuery(params: unknown): {
  readonly block: BlockReference;
  readonly request: ChangesRequest;
} {
  const fields = needFields(params, "RpcStateChangesInBlockByTypeRequest");
  const block = findBlockReference(fields);
  return { block, request: readRequest(fields) };
}

/** Reads the parameters of `block_effects`. */
export function readEffectsQuery(params: unknown): BlockReference {
  return findBlockReference(needFields(params, "RpcStateChangesInBlockRequest"));
}

function readRequest(fields: Fields): ChangesRequest {
  const type = readType(required(fields, "changes_type"));
  if (type === "single_access_key_changes") {
    return { type, keys: sequence(required(fields, "keys")).map(readKey) };
  }
  const accountIds = sequence(required(fields, "account_ids")).map(readAccountId);
  if (type !== "data_changes") return { type, accountIds };
  return { type, accountIds, prefix: readBase64(required(fields, "key_prefix_base64")) };
}

function readType(value: unknown): (typeof TYPES)[number] {
  if (typeof value !== "string") {
    refuse(`invalid type: ${unexpected(value)}, expected variant identifier`);
  }
  const found = TYPES.find((type) => type === value);
  if (found !== undefined) return found;
  const list = TYPES.map((type) => `\`${type}\``).join(", ");
  refuse(`unknown variant \`${value}\`, expected one of ${list}`);
}

function readKey(value: unknown): { readonly accountId: string; readonly publicKey: string } {
  const fields = fieldsOf(value, "AccountWithPublicKey", ["account_id", "public_key"]);
  return {
    accountId: readAccountId(required(fields, "account_id")),
    publicKey: readPublicKey(required(fields, "public_key")),
  };
}
