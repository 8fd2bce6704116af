/**
 * Rows of the state as records, and those as genesis.json spells them: the other way round from
 * `state-record-json.ts`. Source: nearcore core/primitives/src/state_record.rs, `from_raw_key_value`.
 * @module
 */
import { decodeUtf8, encodeBase64 } from "@yoctonear/base";
import { decode, u64 } from "@yoctonear/borsh";
import { publicKeyHandleCodec } from "@yoctonear/keys";
import { contractIdentifierCodec } from "@yoctonear/transactions";
import { ZERO_HASH } from "../chain/hash.ts";
import { rawPermissionJson } from "../rpc/access-key-view.ts";
import { type Json, u128Json, u64Json } from "../runtime/json.ts";
import { accessKeyCodec } from "./access-key.ts";
import { type Account, accountCodec } from "./account.ts";
import type { StateRecord } from "./state-record.ts";

const ACCOUNT = 0;
const CONTRACT_CODE = 1;
const ACCESS_KEY = 2;
const CONTRACT_DATA = 9;
const GLOBAL_CONTRACT_CODE = 18;
const COMMA = 0x2c;
const SECP256K1_TAG = 1;
const SECP256K1_HANDLE = 65;
const OTHER_HANDLE = 33;
const U16 = 2;

/** Reads a row, or gives `null` for one that no record stands for: of what is on its way, and of the chain itself. */
export function recordOfRow(key: Uint8Array, value: Uint8Array): StateRecord | null {
  const rest = key.subarray(1);
  switch (key[0]) {
    case ACCOUNT:
      return { type: "account", accountId: decodeUtf8(rest), account: decode(accountCodec, value) };
    case CONTRACT_CODE:
      return { type: "contract", accountId: decodeUtf8(rest), code: value };
    case ACCESS_KEY:
      return accessKeyRecord(rest, value);
    case CONTRACT_DATA: {
      const end = rest.indexOf(COMMA);
      const accountId = decodeUtf8(rest.subarray(0, end));
      return { type: "data", accountId, key: rest.subarray(end + 1), value };
    }
    case GLOBAL_CONTRACT_CODE: {
      const identifier = decode(contractIdentifierCodec, rest);
      return { type: "globalContract", identifier, code: value };
    }
    default:
      return null;
  }
}

/** Behind the account id stand the column again, the key's handle, and in a nonce's row its index. */
function accessKeyRecord(rest: Uint8Array, value: Uint8Array): StateRecord {
  const end = rest.indexOf(ACCESS_KEY);
  const accountId = decodeUtf8(rest.subarray(0, end));
  const name = rest.subarray(end + 1);
  const length = name[0] === SECP256K1_TAG ? SECP256K1_HANDLE : OTHER_HANDLE;
  const publicKey = decode(publicKeyHandleCodec, name.subarray(0, length));
  if (name.length < length + U16) {
    return { type: "accessKey", accountId, publicKey, accessKey: decode(accessKeyCodec, value) };
  }
  const index = (name[length] ?? 0) + (name[length + 1] ?? 0) * 256;
  return { type: "gasKeyNonce", accountId, publicKey, index, nonce: decode(u64, value) };
}

/** Spells a record as genesis.json does, its fields in nearcore's order. */
export function stateRecordJson(record: StateRecord): { readonly [key: string]: Json } {
  if (record.type === "globalContract") {
    const code = encodeBase64(record.code);
    const { identifier } = record;
    if (identifier.type === "codeHash") return { GlobalContract: { code } };
    return { GlobalContract: { account_id: identifier.accountId, code } };
  }
  const { accountId } = record;
  switch (record.type) {
    case "account":
      return { Account: { account_id: accountId, account: accountJson(record.account) } };
    case "contract":
      return { Contract: { account_id: accountId, code: encodeBase64(record.code) } };
    case "accessKey": {
      const { nonce, permission } = record.accessKey;
      const accessKey = { nonce: u64Json(nonce), permission: rawPermissionJson(permission) };
      return {
        AccessKey: { account_id: accountId, public_key: record.publicKey, access_key: accessKey },
      };
    }
    case "gasKeyNonce": {
      const { publicKey, index, nonce } = record;
      const place = { account_id: accountId, public_key: publicKey, index };
      return { GasKeyNonce: { ...place, nonce: u64Json(nonce) } };
    }
    case "data": {
      const row = { data_key: encodeBase64(record.key), value: encodeBase64(record.value) };
      return { Data: { account_id: accountId, ...row } };
    }
  }
}

function accountJson(account: Account): { readonly [key: string]: Json } {
  const { contract, version } = account;
  const json: { [key: string]: Json } = {
    amount: u128Json(account.amount),
    locked: u128Json(account.locked),
    code_hash: contract.type === "local" ? contract.hash : ZERO_HASH,
    storage_usage: u64Json(account.storageUsage),
    version: version === 2 ? "V2" : "V1",
  };
  if (contract.type === "global") json["global_contract_hash"] = contract.hash;
  if (contract.type === "globalByAccount") json["global_contract_account_id"] = contract.accountId;
  return json;
}
