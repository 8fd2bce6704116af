/**
 * Actions as nearcore's RPC shows them (`ActionView` of `core/primitives/src/views.rs`), and as its
 * serde writes them inside a delegate action.
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import { sha256 } from "@yoctonear/primitives";
import type { Action, ContractIdentifier } from "@yoctonear/transactions";
import { type Json, u128Json, u64Json } from "../runtime/json.ts";
import { accessKeyView, rawPermissionJson } from "./access-key-view.ts";

type DelegateAction = Extract<Action, { readonly type: "delegate" }>["delegateAction"];
type DelegateActionV2 = Extract<Action, { readonly type: "delegateV2" }>["delegateAction"];
type StateInit = Extract<Action, { readonly type: "deterministicStateInit" }>["stateInit"];

/** Shows an action as RPC does: deployed code as the base64 of its hash. */
export function actionView(action: Action): Json {
  switch (action.type) {
    case "createAccount":
      return "CreateAccount";
    case "deployContract":
      return { DeployContract: { code: encodeBase64(sha256(action.code)) } };
    case "addKey":
      return {
        AddKey: { public_key: action.publicKey, access_key: accessKeyView(action.accessKey) },
      };
    case "deployGlobalContract": {
      const code = encodeBase64(sha256(action.code));
      return action.deployMode === "codeHash"
        ? { DeployGlobalContract: { code } }
        : { DeployGlobalContractByAccountId: { code } };
    }
    case "useGlobalContract": {
      const id = action.contractIdentifier;
      return id.type === "codeHash"
        ? { UseGlobalContract: { code_hash: id.hash } }
        : { UseGlobalContractByAccountId: { account_id: id.accountId } };
    }
    case "deterministicStateInit":
      return {
        DeterministicStateInit: {
          code: contractIdentifierView(action.stateInit.code),
          data: stateInitData(action.stateInit),
          deposit: u128Json(action.deposit),
        },
      };
    default:
      return sameInBothForms(action);
  }
}

/** Shows a contract identifier as RPC does: `{hash}` or `{account_id}`. */
export function contractIdentifierView(id: ContractIdentifier): { readonly [key: string]: Json } {
  return id.type === "codeHash" ? { hash: id.hash } : { account_id: id.accountId };
}

function rawActionJson(action: Action): Json {
  switch (action.type) {
    case "createAccount":
      return { CreateAccount: {} };
    case "deployContract":
      return { DeployContract: { code: encodeBase64(action.code) } };
    case "addKey":
      return {
        AddKey: {
          public_key: action.publicKey,
          access_key: {
            nonce: u64Json(action.accessKey.nonce),
            permission: rawPermissionJson(action.accessKey.permission),
          },
        },
      };
    case "deployGlobalContract":
      return {
        DeployGlobalContract: {
          code: encodeBase64(action.code),
          deploy_mode: action.deployMode === "codeHash" ? "CodeHash" : "AccountId",
        },
      };
    case "useGlobalContract":
      return {
        UseGlobalContract: { contract_identifier: rawIdentifier(action.contractIdentifier) },
      };
    case "deterministicStateInit":
      return {
        DeterministicStateInit: {
          state_init: {
            V1: {
              code: rawIdentifier(action.stateInit.code),
              data: stateInitData(action.stateInit),
            },
          },
          deposit: u128Json(action.deposit),
        },
      };
    default:
      return sameInBothForms(action);
  }
}

type PlainAction = Exclude<
  Action,
  {
    readonly type:
      | "createAccount"
      | "deployContract"
      | "addKey"
      | "deployGlobalContract"
      | "useGlobalContract"
      | "deterministicStateInit";
  }
>;

function sameInBothForms(action: PlainAction): Json {
  switch (action.type) {
    case "functionCall":
      return {
        FunctionCall: {
          method_name: action.methodName,
          args: encodeBase64(action.args),
          gas: u64Json(action.gas),
          deposit: u128Json(action.deposit),
        },
      };
    case "transfer":
      return { Transfer: { deposit: u128Json(action.deposit) } };
    case "stake":
      return { Stake: { stake: u128Json(action.stake), public_key: action.publicKey } };
    case "deleteKey":
      return { DeleteKey: { public_key: action.publicKey } };
    case "deleteAccount":
      return { DeleteAccount: { beneficiary_id: action.beneficiaryId } };
    case "delegate":
      return {
        Delegate: {
          delegate_action: delegateActionJson(action.delegateAction),
          signature: action.signature,
        },
      };
    case "delegateV2":
      return {
        DelegateV2: {
          delegate_action: { V2: delegateActionV2Json(action.delegateAction) },
          signature: action.signature,
        },
      };
    case "universalStateInit":
      return {
        UniversalStateInit: {
          state_init: encodeBase64(action.stateInit),
          deposit: u128Json(action.deposit),
        },
      };
    case "transferToGasKey":
      return {
        TransferToGasKey: { public_key: action.publicKey, deposit: u128Json(action.deposit) },
      };
    case "withdrawFromGasKey":
      return {
        WithdrawFromGasKey: { public_key: action.publicKey, amount: u128Json(action.amount) },
      };
  }
}

function delegateActionJson(delegate: DelegateAction): Json {
  return {
    sender_id: delegate.senderId,
    receiver_id: delegate.receiverId,
    actions: delegate.actions.map(rawActionJson),
    nonce: u64Json(delegate.nonce),
    max_block_height: u64Json(delegate.maxBlockHeight),
    public_key: delegate.publicKey,
  };
}

function delegateActionV2Json(delegate: DelegateActionV2): Json {
  const { nonce } = delegate;
  return {
    sender_id: delegate.senderId,
    receiver_id: delegate.receiverId,
    actions: delegate.actions.map(rawActionJson),
    nonce:
      nonce.type === "nonce"
        ? { Nonce: { nonce: u64Json(nonce.nonce) } }
        : { GasKeyNonce: { nonce: u64Json(nonce.nonce), nonce_index: nonce.nonceIndex } },
    max_block_height: u64Json(delegate.maxBlockHeight),
    public_key: delegate.publicKey,
  };
}

function rawIdentifier(id: ContractIdentifier): Json {
  return id.type === "codeHash" ? { CodeHash: id.hash } : { AccountId: id.accountId };
}

function stateInitData(stateInit: StateInit): Json {
  const entries: (readonly [string, string])[] = [];
  for (const [key, value] of stateInit.data) {
    entries.push([encodeBase64(key), encodeBase64(value)]);
  }
  return Object.fromEntries(entries);
}
