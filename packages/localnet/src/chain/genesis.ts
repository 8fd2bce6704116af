/**
 * The first state of a chain, from nearcore's genesis.json or made here.
 * Source: nearcore runtime/runtime/src/genesis.rs.
 * @module
 */
import { encode, u64 } from "@yoctonear/borsh";
import { parseJson } from "@yoctonear/rpc";
import { encodeAccessKey } from "../state/access-key.ts";
import { type Account, encodeAccount } from "../state/account.ts";
import type { StateRecord } from "../state/state-record.ts";
import { readStateRecord } from "../state/state-record-json.ts";
import {
  ACCOUNT_STORAGE,
  accessKeyStorage,
  contractStorage,
  dataStorage,
} from "../state/storage-usage.ts";
import {
  accessKeyKey,
  accountKey,
  contractCodeKey,
  contractDataKey,
  gasKeyNonceKey,
  globalContractCodeKey,
} from "../state/trie-key.ts";
import { type Trie, trieSet } from "../state/trie.ts";
import { type GenesisConfig, readGenesisConfig } from "./genesis-config.ts";
import { isJsonObject, type JsonObject, listField } from "./json-field.ts";

/** Where a chain starts. */
export interface Genesis {
  readonly config: GenesisConfig;
  /** The configuration as it was given, without the records: what `genesis_config` answers. */
  readonly json: JsonObject;
  readonly state: Trie;
}

/**
 * Reads nearcore's genesis.json.
 * @param source - its text, or parsed; integers beyond 2^53 must then be bigint or text
 * @throws {TypeError} when it is not of that form
 */
export function parseGenesis(source: string | JsonObject): Genesis {
  const parsed: unknown = typeof source === "string" ? parseJson(source) : source;
  if (!isJsonObject(parsed)) throw new TypeError("expected genesis to be an object of JSON");
  const { records: _, ...json } = parsed;
  const records = listField(parsed, "records").map(readStateRecord);
  return createGenesis(json, records);
}

/**
 * Makes a genesis of a configuration and records.
 * @param json - configuration in nearcore's form
 */
export function createGenesis(json: JsonObject, records: readonly StateRecord[]): Genesis {
  const config = readGenesisConfig(json);
  return { config, json, state: genesisState(config, records) };
}

/** The state: validators' stakes are locked, storage usage is counted anew, as nearcore does. */
function genesisState(config: GenesisConfig, records: readonly StateRecord[]): Trie {
  const stakes = new Map(config.validators.map(({ accountId, stake }) => [accountId, stake]));
  const accounts = new Map<string, Account>();
  const usage = new Map<string, bigint>();
  const use = (accountId: string, bytes: bigint): void => {
    usage.set(accountId, (usage.get(accountId) ?? 0n) + bytes);
  };
  let state: Trie = null;
  for (const record of records) {
    if (record.type === "globalContract") {
      state = trieSet(state, globalContractCodeKey(record.identifier), record.code);
      continue;
    }
    const { accountId } = record;
    switch (record.type) {
      case "account":
        accounts.set(accountId, record.account);
        use(accountId, ACCOUNT_STORAGE);
        if (record.account.contract.type !== "local") {
          use(accountId, contractStorage(record.account.contract, 0));
        }
        break;
      case "accessKey": {
        const row = encodeAccessKey(record.accessKey);
        state = trieSet(state, accessKeyKey(accountId, record.publicKey), row);
        use(accountId, accessKeyStorage(record.publicKey, record.accessKey));
        break;
      }
      case "gasKeyNonce": {
        const key = gasKeyNonceKey(accountId, record.publicKey, record.index);
        state = trieSet(state, key, encode(u64, record.nonce));
        break;
      }
      case "contract":
        state = trieSet(state, contractCodeKey(accountId), record.code);
        use(accountId, BigInt(record.code.length));
        break;
      case "data":
        state = trieSet(state, contractDataKey(accountId, record.key), record.value);
        use(accountId, dataStorage(record.key, record.value));
        break;
    }
  }
  for (const [accountId, account] of accounts) {
    const row = {
      ...account,
      locked: stakes.get(accountId) ?? account.locked,
      storageUsage: usage.get(accountId) ?? 0n,
    };
    state = trieSet(state, accountKey(accountId), encodeAccount(row));
  }
  return state;
}
