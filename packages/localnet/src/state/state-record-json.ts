/**
 * Reads state records from JSON, as genesis.json and `sandbox_patch_state` spell them. The code of a global
 * contract, for which nearcore has no record, is `{"GlobalContract": {"code": "…"}}` by its hash, or with an
 * `account_id` by that account.
 * Source: nearcore core/primitives/src/state_record.rs.
 * @module
 */
import { decodeBase64 } from "@yoctonear/base";
import { assertAccountId } from "@yoctonear/primitives";
import { hashOf } from "../chain/hash.ts";
import {
  countField,
  integerField,
  isJsonObject,
  objectField,
  textField,
} from "../chain/json-field.ts";
import type { JsonObject } from "../chain/json-field.ts";
import type { AccessKey, AccessKeyPermission } from "./access-key.ts";
import {
  type Account,
  type AccountContract,
  createUninitialized,
  localContract,
} from "./account.ts";
import type { StateRecord } from "./state-record.ts";
import { publicKeyHandle } from "./trie-key.ts";

/**
 * Reads one record.
 * @throws {TypeError} for a record of an unknown kind or shape
 * @throws {ParseError} `invalid_account_id`, `invalid_key`
 */
export function readStateRecord(record: unknown): StateRecord {
  const [[kind, value] = ["", undefined]] = isJsonObject(record) ? Object.entries(record) : [];
  if (!isJsonObject(value)) throw unknownKind(kind);
  if (kind === "GlobalContract") return readGlobalContract(value);
  const accountId = textField(value, "account_id");
  assertAccountId(accountId, "account_id");
  switch (kind) {
    case "Account":
      return { type: "account", accountId, account: readAccount(objectField(value, "account")) };
    case "AccessKey":
      return {
        type: "accessKey",
        accountId,
        publicKey: readKey(value),
        accessKey: readAccessKey(objectField(value, "access_key")),
      };
    case "GasKeyNonce":
      return {
        type: "gasKeyNonce",
        accountId,
        publicKey: readKey(value),
        index: countField(value, "index"),
        nonce: integerField(value, "nonce"),
      };
    case "Contract":
      return { type: "contract", accountId, code: decodeBase64(textField(value, "code")) };
    case "Data":
      return {
        type: "data",
        accountId,
        key: decodeBase64(textField(value, "data_key")),
        value: decodeBase64(textField(value, "value")),
      };
    default:
      throw unknownKind(kind);
  }
}

function readGlobalContract(value: JsonObject): StateRecord {
  const code = decodeBase64(textField(value, "code"));
  if (value["account_id"] === undefined) {
    return { type: "globalContract", identifier: { type: "codeHash", hash: hashOf(code) }, code };
  }
  const accountId = textField(value, "account_id");
  assertAccountId(accountId, "account_id");
  return { type: "globalContract", identifier: { type: "accountId", accountId }, code };
}

function readKey(value: JsonObject): string {
  const publicKey = textField(value, "public_key");
  // It reads keys and handles alike, with nearcore's strictness.
  publicKeyHandle(publicKey);
  return publicKey;
}

function readAccount(account: JsonObject): Account {
  const version = account["version"] === "V2" ? 2 : 1;
  if (account["state"] === "uninitialized") {
    return createUninitialized(
      integerField(account, "amount"),
      integerField(account, "storage_usage"),
      integerField(account, "bootstrap_nonce"),
    );
  }
  return {
    amount: integerField(account, "amount"),
    locked: integerField(account, "locked"),
    storageUsage: integerField(account, "storage_usage"),
    contract: readContract(account, version),
    version,
  };
}

// The first version of the row knows no global contracts: such fields are ignored there.
function readContract(account: JsonObject, version: 1 | 2): AccountContract {
  if (version === 2 && typeof account["global_contract_hash"] === "string") {
    return { type: "global", hash: account["global_contract_hash"] };
  }
  if (version === 2 && typeof account["global_contract_account_id"] === "string") {
    return { type: "globalByAccount", accountId: account["global_contract_account_id"] };
  }
  return localContract(textField(account, "code_hash"));
}

function readAccessKey(accessKey: JsonObject): AccessKey {
  return {
    nonce: integerField(accessKey, "nonce"),
    permission: readPermission(accessKey["permission"]),
  };
}

function readPermission(permission: unknown): AccessKeyPermission {
  if (permission === "FullAccess") return { type: "fullAccess" };
  const [[kind, value] = ["", undefined]] = isJsonObject(permission)
    ? Object.entries(permission)
    : [];
  if (kind === "FunctionCall" && isJsonObject(value)) {
    return { type: "functionCall", ...readCall(value) };
  }
  if (kind === "GasKeyFullAccess" && isJsonObject(value)) {
    return { type: "gasKeyFullAccess", ...readGasKey(value) };
  }
  const parts: readonly unknown[] = Array.isArray(value) ? value : [];
  if (kind === "GasKeyFunctionCall") {
    const [gasKey, call] = parts;
    if (isJsonObject(gasKey) && isJsonObject(call)) {
      return { type: "gasKeyFunctionCall", ...readGasKey(gasKey), ...readCall(call) };
    }
  }
  throw new TypeError(`expected a permission that nearcore knows, got ${kind || "another value"}`);
}

function readGasKey(value: JsonObject): { readonly balance: bigint; readonly numNonces: number } {
  return { balance: integerField(value, "balance"), numNonces: countField(value, "num_nonces") };
}

function readCall(value: JsonObject): {
  readonly allowance: bigint | null;
  readonly receiverId: string;
  readonly methodNames: readonly string[];
} {
  const names = value["method_names"];
  return {
    allowance: value["allowance"] == null ? null : integerField(value, "allowance"),
    receiverId: textField(value, "receiver_id"),
    methodNames: Array.isArray(names) ? names.map(String) : [],
  };
}

function unknownKind(kind: string): TypeError {
  return new TypeError(
    `expected a record of kind Account, AccessKey, GasKeyNonce, Contract, GlobalContract or Data, got ${kind || "none"}`,
  );
}
