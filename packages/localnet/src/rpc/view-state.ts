/**
 * Contract data by prefix, whole or by pages, on demand with the trie nodes that prove it.
 * Source: nearcore runtime/runtime/src/state_viewer/mod.rs.
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import type { Json } from "../runtime/json.ts";
import type { Account } from "../state/account.ts";
import { contractCodeKey, contractDataKey, contractDataPrefix } from "../state/trie-key.ts";
import { type Trie, trieEntries, trieGet } from "../state/trie.ts";
import { type StateAt, tooLargeState } from "./query-failure.ts";
import type { ViewStateRequest } from "./query-params.ts";
import { stateProof } from "./state-proof.ts";

const SIZE_LIMIT = 50_000n;
const PAGE_ENTRIES = 10_000;
const PAGE_BYTES = 50_000;

/** Shows the data of a contract whose keys start with the prefix. */
export function viewState(
  view: StateAt,
  account: Account,
  request: ViewStateRequest,
): { readonly [key: string]: Json } {
  if (request.afterKey !== null || request.limit !== null) return viewPage(view.state, request);
  const { accountId, prefix } = request;
  const code = trieGet(view.state, contractCodeKey(accountId))?.length ?? 0;
  const localCode = account.contract.type === "local" ? BigInt(code) : 0n;
  if (account.storageUsage - localCode > SIZE_LIMIT) throw tooLargeState(accountId, view.at);
  const values: Json[] = [];
  const skip = contractDataPrefix(accountId).length;
  for (const [key, value] of trieEntries(view.state, contractDataKey(accountId, prefix))) {
    values.push(entry(key.subarray(skip), value));
  }
  if (!request.includeProof) return { values };
  return { values, proof: stateProof(view.state, contractDataKey(accountId, prefix)) };
}

function viewPage(state: Trie, request: ViewStateRequest): { readonly [key: string]: Json } {
  const { accountId, prefix, afterKey } = request;
  const limit = Math.min(request.limit ?? PAGE_ENTRIES, PAGE_ENTRIES);
  const skip = contractDataPrefix(accountId).length;
  const after = afterKey === null ? null : contractDataKey(accountId, afterKey);
  const values: Json[] = [];
  let size = 0;
  let lastKey = "";
  for (const [row, value] of trieEntries(state, contractDataKey(accountId, prefix), after)) {
    if (values.length === limit || size >= PAGE_BYTES) return { values, last_key: lastKey };
    const key = row.subarray(skip);
    values.push(entry(key, value));
    size += row.length + value.length;
    lastKey = encodeBase64(key);
  }
  return { values };
}

function entry(key: Uint8Array, value: Uint8Array): Json {
  return { key: encodeBase64(key), value: encodeBase64(value) };
}
