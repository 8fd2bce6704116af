/**
 * Writes records into the state (`sandbox_patch_state`, and genesis): as they are, so the storage
 * usage of an account is whatever its record says.
 * @module
 */
import { hashOf, ZERO_HASH } from "../chain/hash.ts";
import type { StateRecord } from "../state/state-record.ts";
import { StateUpdate } from "../state/state-update.ts";
import { globalContractCodeKey } from "../state/trie-key.ts";
import type { Trie } from "../state/trie.ts";

/**
 * What nearcore's assertions say to a patch, on which a node would abort; `null` where they hold.
 * @param trie - the state that is patched
 */
export function patchFault(trie: Trie, records: readonly StateRecord[]): string | null {
  const accounts = new StateUpdate(trie).accounts;
  for (const record of records) {
    if (record.type === "account") accounts.set(record.accountId, record.account);
    if (record.type !== "contract") continue;
    const account = accounts.get(record.accountId);
    if (account === null) {
      return "Code state record should be preceded by the corresponding account record";
    }
    const { contract } = account;
    const expected = contract.type === "local" ? contract.hash : ZERO_HASH;
    const hash = hashOf(record.code);
    if (hash === expected) continue;
    return `assertion \`left == right\` failed\n  left: ${hash}\n right: ${expected}`;
  }
  return null;
}

/** Writes the records in order. */
export function writeRecords(state: StateUpdate, records: readonly StateRecord[]): void {
  for (const record of records) writeRecord(state, record);
  state.commit({ type: "statePatch" });
}

function writeRecord(state: StateUpdate, record: StateRecord): void {
  if (record.type === "globalContract") {
    return state.other.set(globalContractCodeKey(record.identifier), record.code);
  }
  const { accountId } = record;
  switch (record.type) {
    case "account":
      return state.accounts.set(accountId, record.account);
    case "accessKey":
      return state.accessKeys.set({ accountId, publicKey: record.publicKey }, record.accessKey);
    case "gasKeyNonce": {
      const { publicKey, index, nonce } = record;
      return state.gasKeyNonces.set({ accountId, publicKey, index }, nonce);
    }
    case "contract":
      return state.code.set(accountId, record.code);
    case "data":
      return state.data.set({ accountId, key: record.key }, record.value);
  }
}
