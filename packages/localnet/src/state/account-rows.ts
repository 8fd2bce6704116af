/**
 * The rows that belong to an account: those of the trie and those of the chunk at hand.
 * @module
 */
import { Reader } from "@yoctonear/borsh";
import { publicKeyHandleCodec } from "@yoctonear/keys";
import type { StateTable } from "./state-table.ts";
import type { AccessKeyId, DataId, GasKeyNonceId, StateUpdate } from "./state-update.ts";
import { accessKeyPrefix, contractDataPrefix } from "./trie-key.ts";
import { trieEntries } from "./trie.ts";

/** Ids of the account's access keys, in no certain order. */
export function accessKeyIds(state: StateUpdate, accountId: string): readonly AccessKeyId[] {
  loadKeyRows(state, accountId);
  return present(state.accessKeys, accountId);
}

/** Ids of the nonce lanes of the account's gas keys, in no certain order. */
export function gasKeyNonceIds(state: StateUpdate, accountId: string): readonly GasKeyNonceId[] {
  loadKeyRows(state, accountId);
  return present(state.gasKeyNonces, accountId);
}

/** Ids of the account's contract data, in no certain order. */
export function dataIds(state: StateUpdate, accountId: string): readonly DataId[] {
  const prefix = contractDataPrefix(accountId);
  for (const [key] of trieEntries(state.base, prefix)) {
    state.data.get({ accountId, key: key.subarray(prefix.length) });
  }
  return present(state.data, accountId);
}

/** Brings the rows of the account's keys and nonce lanes from the trie into their tables. */
function loadKeyRows(state: StateUpdate, accountId: string): void {
  const prefix = accessKeyPrefix(accountId);
  for (const [key] of trieEntries(state.base, prefix)) {
    const reader = new Reader(key.subarray(prefix.length));
    const publicKey = publicKeyHandleCodec.read(reader);
    const { offset, remaining } = reader;
    if (remaining === 0) {
      state.accessKeys.get({ accountId, publicKey });
    } else {
      const index = reader.advance(2).getUint16(offset, true);
      state.gasKeyNonces.get({ accountId, publicKey, index });
    }
  }
}

function present<Id extends { readonly accountId: string }, T>(
  table: StateTable<Id, T>,
  accountId: string,
): readonly Id[] {
  return [...table.seen()].filter((id) => id.accountId === accountId && table.get(id) !== null);
}
