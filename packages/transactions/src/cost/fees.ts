/**
 * Gas of sending and executing actions (`runtime/runtime/src/config.rs`, `core/parameters/src/cost.rs`).
 * A delegate's send fee holds those of its inner actions; its exec fee does not, they are prepaid apart.
 * @module
 */
import { decode } from "@yoctonear/borsh";
import { accountKind } from "@yoctonear/primitives";
import type { Action } from "../action.ts";
import type { ContractIdentifier } from "../global-contract.ts";
import { universalStateInitCodec } from "../universal-state-init.ts";
import {
  ACTION_FEES,
  DEFAULT_PROTOCOL_VERSION,
  type Fee,
  UNIVERSAL_ACCOUNTS_VERSION,
  UNIVERSAL_STATE_INIT_FEES,
} from "./action-fees.ts";

/** When a fee is charged: at sending, to oneself or not, or at executing. */
export type FeeStep = keyof Fee;

/** Borsh size of the balance and nonce count of a gas key. */
const GAS_KEY_INFO_LENGTH = 18n;
/** Borsh size of the smallest gas key. */
const MIN_GAS_KEY_LENGTH = 27n;
/** A nonce row's index and value. */
const NONCE_ROW_LENGTH = 2n + 8n;
/** The two column bytes in the trie key of an access key. */
const ACCESS_KEY_COLUMNS = 2n;
const HASH_LENGTH = 32n;
/** A tag, then an ed25519 key or the hash of an ML-DSA key. */
const HANDLE_LENGTH = 33n;
const SECP256K1_HANDLE_LENGTH = 65n;
/** Ids of accounts that a transfer makes have 42 or 64 characters. */
const MIN_IMPLICIT_LENGTH = 42;

/** The step of sending a receipt: cheaper where sender and receiver are the same. */
export function sendStep(senderId: string, receiverId: string): FeeStep {
  return senderId === receiverId ? "sendSir" : "sendNotSir";
}

/** Gas burnt when the actions are sent, inner actions of delegates included. */
export function sendFees(
  actions: readonly Action[],
  step: FeeStep,
  receiverId: string,
  protocolVersion: number = DEFAULT_PROTOCOL_VERSION,
): bigint {
  let gas = 0n;
  for (const action of actions) gas += sendFee(action, step, receiverId, protocolVersion);
  return gas;
}

/** Gas burnt when the action is executed. */
export function execFee(
  action: Action,
  receiverId: string,
  protocolVersion: number = DEFAULT_PROTOCOL_VERSION,
): bigint {
  return actionFee(action, "exec", receiverId, protocolVersion);
}

/** Gas of making the account, if any, that a transfer to this id makes: by the id's form alone. */
function implicitCreationFee(receiverId: string, step: FeeStep, protocolVersion: number): bigint {
  if (receiverId.length < MIN_IMPLICIT_LENGTH) return 0n;
  switch (accountKind(receiverId)) {
    case "near-implicit":
      return ACTION_FEES.createAccount[step] + ACTION_FEES.addFullAccessKey[step];
    case "eth-implicit":
    case "deterministic":
      return ACTION_FEES.createAccount[step];
    case "universal":
      return protocolVersion < UNIVERSAL_ACCOUNTS_VERSION ? 0n : ACTION_FEES.createAccount[step];
    default:
      return 0n;
  }
}

function sendFee(
  action: Action,
  step: FeeStep,
  receiverId: string,
  protocolVersion: number,
): bigint {
  if (action.type !== "delegate" && action.type !== "delegateV2") {
    return actionFee(action, step, receiverId, protocolVersion);
  }
  const { actions, receiverId: innerReceiverId } = action.delegateAction;
  return ACTION_FEES.delegate[step] + sendFees(actions, step, innerReceiverId, protocolVersion);
}

function actionFee(
  action: Action,
  step: FeeStep,
  receiverId: string,
  protocolVersion: number,
): bigint {
  switch (action.type) {
    case "createAccount":
      return ACTION_FEES.createAccount[step];
    case "deployContract":
      return (
        ACTION_FEES.deployContractBase[step] +
        size(action.code) * ACTION_FEES.deployContractByte[step]
      );
    case "functionCall": {
      const length = utf8Length(action.methodName) + size(action.args);
      return ACTION_FEES.functionCallBase[step] + length * ACTION_FEES.functionCallByte[step];
    }
    case "transfer":
      return ACTION_FEES.transfer[step] + implicitCreationFee(receiverId, step, protocolVersion);
    case "stake":
      return ACTION_FEES.stake[step];
    case "addKey":
      return addKeyFee(action, step, receiverId);
    case "deleteKey":
      return ACTION_FEES.deleteKey[step];
    case "deleteAccount":
      return ACTION_FEES.deleteAccount[step];
    case "delegate":
    case "delegateV2":
      return ACTION_FEES.delegate[step];
    case "deployGlobalContract":
      return (
        ACTION_FEES.deployGlobalContractBase[step] +
        size(action.code) * ACTION_FEES.deployGlobalContractByte[step]
      );
    case "useGlobalContract":
      return (
        ACTION_FEES.useGlobalContractBase[step] +
        identifierLength(action.contractIdentifier) * ACTION_FEES.useGlobalContractByte[step]
      );
    case "deterministicStateInit":
      return stateInitFee(action.stateInit.data, step);
    case "universalStateInit":
      return universalStateInitFee(action.stateInit, step);
    case "transferToGasKey":
    case "withdrawFromGasKey":
      return gasKeyTransferFee(action.publicKey, step, receiverId);
  }
}

function addKeyFee(
  { publicKey, accessKey: { permission } }: Extract<Action, { type: "addKey" }>,
  step: FeeStep,
  receiverId: string,
): bigint {
  const names = "methodNames" in permission ? permission.methodNames : null;
  let gas =
    names === null ? ACTION_FEES.addFullAccessKey[step] : ACTION_FEES.addFunctionCallKeyBase[step];
  for (const name of names ?? []) {
    // Each name is charged with the byte that ends it.
    gas += (utf8Length(name) + 1n) * ACTION_FEES.addFunctionCallKeyByte[step];
  }
  if (!("numNonces" in permission)) return gas;
  if (step !== "exec") return gas + GAS_KEY_INFO_LENGTH * ACTION_FEES.gasKeyByte[step];
  const rowLength = accessKeyRowLength(receiverId, publicKey) + NONCE_ROW_LENGTH;
  const lanes = BigInt(permission.numNonces);
  return (
    gas + lanes * (ACTION_FEES.gasKeyNonceWriteBase.exec + rowLength * ACTION_FEES.gasKeyByte.exec)
  );
}

function gasKeyTransferFee(publicKey: string, step: FeeStep, receiverId: string): bigint {
  const length =
    step === "exec"
      ? accessKeyRowLength(receiverId, publicKey) + MIN_GAS_KEY_LENGTH
      : keyHandleLength(publicKey);
  return ACTION_FEES.gasKeyTransferBase[step] + length * ACTION_FEES.gasKeyByte[step];
}

function stateInitFee(data: ReadonlyMap<Uint8Array, Uint8Array>, step: FeeStep): bigint {
  let length = 0n;
  for (const [key, value] of data) length += size(key) + size(value);
  return (
    ACTION_FEES.deterministicStateInitBase[step] +
    BigInt(data.size) * ACTION_FEES.deterministicStateInitEntry[step] +
    length * ACTION_FEES.deterministicStateInitByte[step]
  );
}

/** By the length of the bytes, and by what they decode to; bytes that do not are refused before they cost. */
function universalStateInitFee(stateInit: Uint8Array, step: FeeStep): bigint {
  const { entries, keys } = universalStateInitCounts(stateInit);
  return (
    UNIVERSAL_STATE_INIT_FEES.base[step] +
    BigInt(entries) * UNIVERSAL_STATE_INIT_FEES.entry[step] +
    size(stateInit) * UNIVERSAL_STATE_INIT_FEES.byte[step] +
    BigInt(keys) * ACTION_FEES.addFullAccessKey[step]
  );
}

/** How many storage entries and keys a universal state init has; none where the bytes are no state init. */
export function universalStateInitCounts(stateInit: Uint8Array): {
  readonly entries: number;
  readonly keys: number;
} {
  try {
    const { data, accessKeys } = decode(universalStateInitCodec, stateInit);
    return { entries: data.size, keys: accessKeys.length };
  } catch {
    return { entries: 0, keys: 0 };
  }
}

/** Bytes of a key's handle inside a trie key: ML-DSA keys stand there as a hash. */
export function keyHandleLength(publicKey: string): bigint {
  return publicKey.startsWith("secp256k1:") ? SECP256K1_HANDLE_LENGTH : HANDLE_LENGTH;
}

/** Length of the trie key of an access key. */
export function accessKeyRowLength(accountId: string, publicKey: string): bigint {
  return ACCESS_KEY_COLUMNS + BigInt(accountId.length) + keyHandleLength(publicKey);
}

function identifierLength(id: ContractIdentifier): bigint {
  return id.type === "codeHash" ? HASH_LENGTH : BigInt(id.accountId.length);
}

function size(bytes: Uint8Array): bigint {
  return BigInt(bytes.length);
}

function utf8Length(text: string): bigint {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A surrogate pair has two units and four bytes.
    if (unit > 0x7f) length += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return BigInt(length);
}
