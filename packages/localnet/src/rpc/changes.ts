/**
 * `changes` and `block_effects`: the rows that a block wrote, by row in the order of the trie, and each
 * row's values in the order in which they were written.
 * Source: nearcore chain/chain/src/store/mod.rs (`get_state_changes`), core/primitives/src/types.rs.
 * @module
 */
import { compareBytes } from "@yoctonear/base";
import type { Block } from "../chain/block.ts";
import type { Json } from "../runtime/json.ts";
import type { StateChange } from "../state/state-change.ts";
import {
  accessKeyKey,
  accessKeyPrefix,
  accountKey,
  contractCodeKey,
  contractDataKey,
  gasKeyNonceKey,
} from "../state/trie-key.ts";
import type { BlockReference } from "./block-reference.ts";
import { findBlock } from "./blocks.ts";
import { changeView } from "./change-view.ts";
import { type ChangesRequest, readChangesQuery, readEffectsQuery } from "./changes-params.ts";
import type { Node } from "./node.ts";
import { handlerFailure } from "./rpc-failure.ts";

/** Answers `changes`. */
export function answerChanges(node: Node, params: unknown): Json {
  const { block: reference, request } = readChangesQuery(params);
  const block = needChangedBlock(node, reference);
  const rows = changedRows(block.changes());
  const changes = prefixesOf(request).flatMap((prefix) =>
    rows.filter(({ key }) => prefix.covers(key)).flatMap((row) => row.changes.flatMap(changeView)),
  );
  return { block_hash: block.header.hash, changes };
}

/** Answers `block_effects`: one entry for each row, so an account may be there more than once. */
export function answerBlockEffects(node: Node, params: unknown): Json {
  const block = needChangedBlock(node, readEffectsQuery(params));
  return { block_hash: block.header.hash, changes: effectsOf(block.changes()) };
}

/** Shows which rows of accounts were written. */
export function effectsOf(changes: readonly StateChange[]): readonly Json[] {
  return changedRows(changes).flatMap(({ changes: [change] }) => {
    if (change === undefined || change.type === "other") return [];
    const type = KINDS[change.type];
    return type === undefined ? [] : [{ type, account_id: change.accountId }];
  });
}

const KINDS: { readonly [type in StateChange["type"]]: string | undefined } = {
  account: "account_touched",
  contractCode: "contract_code_touched",
  accessKey: "access_key_touched",
  data: "data_touched",
  // They have no kind of their own.
  gasKeyNonce: undefined,
  other: undefined,
};

interface ChangedRow {
  readonly key: Uint8Array;
  readonly changes: StateChange[];
}

/** The rows of accounts among changes, in the order of their keys. */
function changedRows(changes: readonly StateChange[]): readonly ChangedRow[] {
  const rows = new Map<string, ChangedRow>();
  for (const change of changes) {
    const key = rowKey(change);
    if (key === null) continue;
    const name = key.join();
    const row = rows.get(name);
    if (row === undefined) rows.set(name, { key, changes: [change] });
    else row.changes.push(change);
  }
  return [...rows.values()].sort((a, b) => compareBytes(a.key, b.key));
}

/** Key of the row in the trie; `null` for those of the runtime itself, which no method shows. */
function rowKey(change: StateChange): Uint8Array | null {
  switch (change.type) {
    case "account":
      return accountKey(change.accountId);
    case "accessKey":
      return accessKeyKey(change.accountId, change.publicKey);
    case "gasKeyNonce":
      return gasKeyNonceKey(change.accountId, change.publicKey, change.index);
    case "contractCode":
      return contractCodeKey(change.accountId);
    case "data":
      return contractDataKey(change.accountId, change.key);
    case "other":
      return null;
  }
}

/** Which rows are asked for, in the order of the request. */
interface RowPattern {
  covers(key: Uint8Array): boolean;
}

function prefixesOf(request: ChangesRequest): readonly RowPattern[] {
  switch (request.type) {
    case "account_changes":
      return request.accountIds.map((id) => exactly(accountKey(id)));
    case "contract_code_changes":
      return request.accountIds.map((id) => exactly(contractCodeKey(id)));
    case "all_access_key_changes":
      return request.accountIds.map((id) => startingWith(accessKeyPrefix(id)));
    // The nonces of a gas key stand behind its own row.
    case "single_access_key_changes":
      return request.keys.map(({ accountId, publicKey }) =>
        startingWith(accessKeyKey(accountId, publicKey)),
      );
    case "data_changes":
      return request.accountIds.map((id) => startingWith(contractDataKey(id, request.prefix)));
  }
}

function exactly(expected: Uint8Array): RowPattern {
  return { covers: (key) => compareBytes(key, expected) === 0 };
}

function startingWith(prefix: Uint8Array): RowPattern {
  return { covers: (key) => compareBytes(key.subarray(0, prefix.length), prefix) === 0 };
}

function needChangedBlock(node: Node, reference: BlockReference): Block {
  const block = findBlock(node, reference);
  if (block !== undefined) return block;
  throw handlerFailure("UNKNOWN_BLOCK", {}, { name: "UNKNOWN_BLOCK", info: {} });
}
