/**
 * Actions and transactions from the JSON in which the recordings show them, for comparison with what
 * the bytes decode to. It shares no code with the codecs.
 * @module
 */
import { decodeBase64, encodeBase58 } from "@yoctonear/base";
import type {
  AccessKeyPermission,
  Action,
  ContractIdentifier,
  NonDelegateAction,
  Transaction,
  TransactionNonce,
} from "@yoctonear/transactions";
import { field, has, integer, type Json, list, record, text } from "@yoctonear/vectors";

/** The transaction that a recorded `tx` object describes. */
export function toTransaction(tx: Json): Transaction {
  const common = {
    signerId: text(tx, "signer_id"),
    publicKey: text(tx, "public_key"),
    receiverId: text(tx, "receiver_id"),
    blockHash: text(tx, "block_hash"),
    actions: list(tx, "actions").map(toAction),
  };
  if (!has(tx, "version")) return { version: 0, ...common, nonce: BigInt(text(tx, "nonce")) };
  const strict = has(tx, "nonce_mode") && text(tx, "nonce_mode") === "Strict";
  return {
    version: 1,
    ...common,
    nonce: toNonce(field(tx, "nonce")),
    nonceMode: strict ? "strict" : "monotonic",
  };
}

function toAction(action: Json): Action {
  if (has(action, "Delegate")) {
    const signed = field(action, "Delegate");
    const inner = field(signed, "delegate_action");
    const nonce = integer(inner, "nonce");
    return {
      type: "delegate",
      delegateAction: { ...toDelegateParts(inner), nonce },
      signature: toSignature(field(signed, "signature")),
    };
  }
  if (has(action, "DelegateV2")) {
    const signed = field(action, "DelegateV2");
    const inner = field(signed, "delegate_action");
    const nonce = toNonce(field(inner, "nonce"));
    return {
      type: "delegateV2",
      delegateAction: { type: "v2", ...toDelegateParts(inner), nonce },
      signature: toSignature(field(signed, "signature")),
    };
  }
  return toNonDelegateAction(action);
}

function toDelegateParts(inner: Json): {
  senderId: string;
  receiverId: string;
  actions: NonDelegateAction[];
  maxBlockHeight: bigint;
  publicKey: string;
} {
  return {
    senderId: text(inner, "sender_id"),
    receiverId: text(inner, "receiver_id"),
    actions: list(inner, "actions").map(toNonDelegateAction),
    maxBlockHeight: integer(inner, "max_block_height"),
    publicKey: text(inner, "public_key"),
  };
}

function toNonDelegateAction(action: Json): NonDelegateAction {
  if (action === "CreateAccount") return { type: "createAccount" };
  const [[name, body] = ["", null]] = Object.entries(record(action));
  const publicKey = (): string => text(body, "public_key");
  const amount = (key: string): bigint => BigInt(text(body, key));
  const code = (): Uint8Array => decodeBase64(text(body, "code"));
  switch (name) {
    case "DeployContract":
      return { type: "deployContract", code: code() };
    case "FunctionCall":
      return {
        type: "functionCall",
        methodName: text(body, "method_name"),
        args: decodeBase64(text(body, "args")),
        gas: integer(body, "gas"),
        deposit: amount("deposit"),
      };
    case "Transfer":
      return { type: "transfer", deposit: amount("deposit") };
    case "Stake":
      return { type: "stake", stake: amount("stake"), publicKey: publicKey() };
    case "AddKey":
      return {
        type: "addKey",
        publicKey: publicKey(),
        accessKey: {
          nonce: integer(body, "access_key", "nonce"),
          permission: toPermission(field(body, "access_key", "permission")),
        },
      };
    case "DeleteKey":
      return { type: "deleteKey", publicKey: publicKey() };
    case "DeleteAccount":
      return { type: "deleteAccount", beneficiaryId: text(body, "beneficiary_id") };
    case "DeployGlobalContract":
      return { type: "deployGlobalContract", code: code(), deployMode: "codeHash" };
    case "DeployGlobalContractByAccountId":
      return { type: "deployGlobalContract", code: code(), deployMode: "accountId" };
    case "UseGlobalContract":
    case "UseGlobalContractByAccountId":
      return { type: "useGlobalContract", contractIdentifier: toIdentifier(body) };
    case "DeterministicStateInit": {
      const entries = Object.entries(record(body, "data"));
      return {
        type: "deterministicStateInit",
        stateInit: {
          type: "v1",
          code: toIdentifier(field(body, "code")),
          data: new Map(
            entries.map(([key, value]) => [decodeBase64(key), decodeBase64(text(value))]),
          ),
        },
        deposit: amount("deposit"),
      };
    }
    case "TransferToGasKey":
      return { type: "transferToGasKey", publicKey: publicKey(), deposit: amount("deposit") };
    case "WithdrawFromGasKey":
      return { type: "withdrawFromGasKey", publicKey: publicKey(), amount: amount("amount") };
  }
  throw new TypeError(`expected an action that the recordings have, got ${name}`);
}

function toPermission(permission: Json): AccessKeyPermission {
  if (permission === "FullAccess") return { type: "fullAccess" };
  if (has(permission, "GasKeyFullAccess")) {
    const gasKey = field(permission, "GasKeyFullAccess");
    return {
      type: "gasKeyFullAccess",
      balance: BigInt(text(gasKey, "balance")),
      numNonces: Number(integer(gasKey, "num_nonces")),
    };
  }
  const call = field(permission, "FunctionCall");
  const allowance = field(call, "allowance");
  return {
    type: "functionCall",
    allowance: allowance === null ? null : BigInt(text(allowance)),
    receiverId: text(call, "receiver_id"),
    methodNames: list(call, "method_names").map((name) => text(name)),
  };
}

function toIdentifier(body: Json): ContractIdentifier {
  return has(body, "code_hash")
    ? { type: "codeHash", hash: text(body, "code_hash") }
    : { type: "accountId", accountId: text(body, "account_id") };
}

function toNonce(nonce: Json): TransactionNonce {
  if (typeof nonce !== "object") return { type: "nonce", nonce: BigInt(String(nonce)) };
  return {
    type: "gasKeyNonce",
    nonce: BigInt(text(nonce, "nonce")),
    nonceIndex: Number(integer(nonce, "nonce_index")),
  };
}

/** A signature stands as the array of its borsh. */
function toSignature(bytes: Json): string {
  const [tag, ...rest] = list(bytes).map(Number);
  const types = ["ed25519", "secp256k1", "ml-dsa-65"];
  return `${types[tag ?? -1]}:${encodeBase58(Uint8Array.from(rest))}`;
}
