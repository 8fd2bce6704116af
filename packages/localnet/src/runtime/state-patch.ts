/**
 * Writes records into the state (`sandbox_patch_state`, and genesis): as they are, so the storage
 * usage of an account is whatever its record says.
 * @module
 */
import type { StateRecord } from "../state/state-record.ts";
import type { StateUpdate } from "../state/state-update.ts";

/** Writes the records in order. */
export function writeRecords(state: StateUpdate, records: readonly StateRecord[]): void {
  for (const record of records) writeRecord(state, record);
  state.commit({ type: "statePatch" });
}

function writeRecord(state: StateUpdate, record: StateRecord): void {
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
