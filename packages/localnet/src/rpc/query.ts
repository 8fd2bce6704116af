/**
 * Answers questions about the state at one block.
 * Source: nearcore runtime/runtime/src/state_viewer/mod.rs.
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import { decode } from "@yoctonear/borsh";
import { sha256, formatHash } from "@yoctonear/primitives";
import type { ContractIdentifier } from "@yoctonear/transactions";
import type { Json } from "../runtime/json.ts";
import { type AccessKey, decodeAccessKey } from "../state/access-key.ts";
import { type Account, accountCodec } from "../state/account.ts";
import {
  accessKeyKey,
  accountKey,
  contractCodeKey,
  globalContractCodeKey,
} from "../state/trie-key.ts";
import { trieGet } from "../state/trie.ts";
import { accessKeyView } from "./access-key-view.ts";
import { accountView } from "./account-view.ts";
import { gasKeyNonces, listAccessKeys } from "./access-key-rows.ts";
import {
  noContractCode,
  noGlobalContractCode,
  type StateAt,
  unknownAccessKey,
  unknownAccount,
  unknownGasKey,
} from "./query-failure.ts";
import type { QueryRequest } from "./query-params.ts";
import { callFunction } from "./view-call.ts";
import { viewState } from "./view-state.ts";

/** Answers a query; the block is added by the caller. */
export function answerQuery(
  view: StateAt,
  request: QueryRequest,
): { readonly [key: string]: Json } {
  switch (request.type) {
    case "view_account":
      return accountView(needAccount(view, request.accountId));
    case "view_code":
      return codeView(accountCode(view, request.accountId));
    case "view_state":
      return viewState(view, needAccount(view, request.accountId), request);
    case "view_access_key":
      return accessKeyView(needAccessKey(view, request.accountId, request.publicKey));
    case "view_access_key_list":
      return { keys: listAccessKeys(view.state, request.accountId) };
    case "view_gas_key_nonces":
      return { nonces: needGasKeyNonces(view, request.accountId, request.publicKey) };
    case "call_function":
      return callFunction(view, needAccount(view, request.accountId), request);
    case "view_global_contract_code":
      return codeView(globalCode(view, { type: "codeHash", hash: request.codeHash }));
    case "view_global_contract_code_by_account_id":
      return codeView(globalCode(view, { type: "accountId", accountId: request.accountId }));
  }
}

/** Reads an account, or fails as nearcore does. */
function needAccount(view: StateAt, accountId: string): Account {
  const row = trieGet(view.state, accountKey(accountId));
  if (row === undefined) throw unknownAccount(accountId, view.at);
  return decode(accountCodec, row);
}

function needAccessKey(view: StateAt, accountId: string, publicKey: string): AccessKey {
  const row = trieGet(view.state, accessKeyKey(accountId, publicKey));
  if (row === undefined) throw unknownAccessKey(publicKey, view.at);
  return decodeAccessKey(row);
}

function needGasKeyNonces(view: StateAt, accountId: string, publicKey: string): readonly Json[] {
  const nonces = gasKeyNonces(view.state, accountId, publicKey);
  if (nonces === null) throw unknownGasKey(publicKey, view.at);
  return nonces;
}

function accountCode(view: StateAt, accountId: string): Uint8Array {
  const { contract } = needAccount(view, accountId);
  if (contract.type === "global")
    return globalCode(view, { type: "codeHash", hash: contract.hash });
  if (contract.type === "globalByAccount") {
    return globalCode(view, { type: "accountId", accountId: contract.accountId });
  }
  const code =
    contract.type === "none" ? undefined : trieGet(view.state, contractCodeKey(accountId));
  if (code === undefined) throw noContractCode(accountId, view.at);
  return code;
}

function globalCode(view: StateAt, id: ContractIdentifier): Uint8Array {
  const code = trieGet(view.state, globalContractCodeKey(id));
  if (code === undefined) throw noGlobalContractCode(id, view.at);
  return code;
}

function codeView(code: Uint8Array): { readonly [key: string]: Json } {
  return { code_base64: encodeBase64(code), hash: formatHash(sha256(code)) };
}
