/**
 * The records of an account that comes from nothing.
 * @module
 */
import { decode } from "@yoctonear/borsh";
import { parsePublicKey } from "@yoctonear/keys";
import type { AccessKey } from "./state/access-key.ts";
import { accountCodec, createAccount, NO_CONTRACT } from "./state/account.ts";
import type { StateRecord } from "./state/state-record.ts";
import { ACCOUNT_STORAGE, accessKeyStorage } from "./state/storage-usage.ts";
import { accessKeyKey, accountKey } from "./state/trie-key.ts";
import { type Trie, trieGet } from "./state/trie.ts";

/**
 * Makes the records; of an account that is there only the balance changes, and it gets the key.
 * @param state - of the head
 * @param balance - yoctoNEAR
 * @throws {ParseError} `invalid_key`
 */
export function newAccountRecords(
  state: Trie,
  accountId: string,
  publicKey: string,
  balance: bigint,
): readonly StateRecord[] {
  parsePublicKey(publicKey);
  const accessKey: AccessKey = { nonce: 0n, permission: { type: "fullAccess" } };
  const row = trieGet(state, accountKey(accountId));
  const known =
    row === undefined ? createAccount(0n, ACCOUNT_STORAGE, NO_CONTRACT) : decode(accountCodec, row);
  const hasKey = trieGet(state, accessKeyKey(accountId, publicKey)) !== undefined;
  const added = hasKey ? 0n : accessKeyStorage(publicKey, accessKey);
  const account = { ...known, amount: balance, storageUsage: known.storageUsage + added };
  const records: StateRecord[] = [{ type: "account", accountId, account }];
  // A key that is there keeps its nonce, which must never fall.
  if (!hasKey) records.push({ type: "accessKey", accountId, publicKey, accessKey });
  return records;
}
