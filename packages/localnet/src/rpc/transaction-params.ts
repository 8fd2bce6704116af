/**
 * Reads signed transactions, transaction ids and wait levels from parameters, with nearcore's errors.
 * Source: nearcore chain/jsonrpc/src/api/transactions.rs, core/primitives/src/views.rs.
 * @module
 */
import { decodeBase64, decodeUtf8, isNearError } from "@yoctonear/base";
import { BorshError } from "@yoctonear/borsh";
import { parseSignature } from "@yoctonear/keys";
import { isAccountId } from "@yoctonear/primitives";
import { decodeSignedTransaction, type SignedTransaction } from "@yoctonear/transactions";
import { parseFailure } from "./rpc-failure.ts";
import {
  type Fields,
  fieldsOf,
  isFields,
  isHash,
  isList,
  readAccountId,
  readHash,
  readString,
  refuse,
  required,
  unexpected,
} from "./serde.ts";
import { hashOf } from "../chain/hash.ts";
import { keepTransactionBytes } from "../chain/transaction-bytes.ts";
import { readVariant } from "./block-reference.ts";
import { accountIdFault, base64Fault } from "./serde-text.ts";

/** Until when a call waits, from the least to the most. */
export const WAIT_LEVELS = [
  "NONE",
  "INCLUDED",
  "EXECUTED_OPTIMISTIC",
  "INCLUDED_FINAL",
  "EXECUTED",
  "FINAL",
] as const;

/** Until when a call waits, and how far a transaction has come. */
export type WaitLevel = (typeof WAIT_LEVELS)[number];

/** A signed transaction that came in. */
export interface ReceivedTransaction {
  readonly signed: SignedTransaction;
  /** base58 */
  readonly hash: string;
  /** Length of its borsh. */
  readonly size: number;
}

/** A transaction to send. */
export interface SendRequest {
  readonly transaction: ReceivedTransaction;
  readonly waitUntil: WaitLevel;
}

/** A transaction to look for. */
export interface StatusRequest {
  readonly hash: string;
  /** Set where the caller gave the whole transaction. */
  readonly transaction: ReceivedTransaction | null;
  readonly waitUntil: WaitLevel;
}

const DEFAULT_LEVEL: WaitLevel = "EXECUTED_OPTIMISTIC";

/** Reads the parameters of `send_tx` and the two broadcasts. */
export function readSendRequest(params: unknown): SendRequest {
  if (isList(params) && params.length === 1) {
    return { transaction: readSigned(params[0]), waitUntil: DEFAULT_LEVEL };
  }
  const fields = fieldsOf(params, "RpcSendTransactionRequest", ["signed_tx_base64", "wait_until"]);
  const transaction = readSigned(required(fields, "signed_tx_base64"));
  return { transaction, waitUntil: readWaitUntil(fields) };
}

/** Reads the parameters of `tx` and `EXPERIMENTAL_tx_status`. */
export function readStatusRequest(params: unknown): StatusRequest {
  if (isList(params) && params.length === 1) {
    const transaction = readSigned(params[0]);
    return { hash: transaction.hash, transaction, waitUntil: DEFAULT_LEVEL };
  }
  if (isList(params) && params.length === 2) {
    const hash = readHash(params[0]);
    readAccountId(params[1]);
    return { hash, transaction: null, waitUntil: DEFAULT_LEVEL };
  }
  if (!isFields(params)) {
    refuse(`invalid type: ${unexpected(params)}, expected struct RpcTransactionStatusRequest`);
  }
  const waitUntil = readWaitUntil(params);
  const { tx_hash: hash, sender_account_id: sender, signed_tx_base64: text } = params;
  const transaction = typeof text === "string" ? signedOrNull(text) : null;
  if (transaction !== null) return { hash: transaction.hash, transaction, waitUntil };
  if (isHash(hash) && isAccountId(sender)) return { hash, transaction: null, waitUntil };
  refuse("data did not match any variant of untagged enum TransactionInfo");
}

function readWaitUntil(fields: Fields): WaitLevel {
  const value = fields["wait_until"];
  return value === undefined ? DEFAULT_LEVEL : readVariant(value, WAIT_LEVELS);
}

function signedOrNull(text: string): ReceivedTransaction | null {
  try {
    return receive(decodeBase64(text));
  } catch (error) {
    if (isNearError(error)) return null;
    throw error;
  }
}

function readSigned(value: unknown): ReceivedTransaction {
  const text = readString(value);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = decodeBase64(text);
  } catch {
    refuse(`the value could not decoded from base64 due to: ${base64Fault(text)}`);
  }
  try {
    return receive(bytes);
  } catch (error) {
    if (!(error instanceof BorshError)) throw error;
    throw parseFailure(
      `Failed parsing args: the value could not decoded from borsh due to: ${borshFault(error, bytes)}`,
    );
  }
}

function receive(bytes: Uint8Array): ReceivedTransaction {
  const signed = decodeSignedTransaction(bytes);
  // Hashed as it came, since encoding it anew costs more: the signature is a tag and its bytes, at the end.
  const end = bytes.length - 1 - signatureLength(signed.signature);
  const hash = hashOf(bytes.subarray(0, end));
  keepTransactionBytes(signed, bytes, hash);
  return { signed, hash, size: bytes.length };
}

function signatureLength(signature: string): number {
  // Most are of this kind, and parsing one costs more than hashing the transaction.
  return signature.startsWith("ed25519:") ? 64 : parseSignature(signature).bytes.length;
}

function borshFault(error: BorshError, bytes: Uint8Array): string {
  if (error.code === "unexpected_end") return "Unexpected length of input";
  if (error.code === "trailing_bytes") return "Not all bytes read";
  if (isNearError(error.cause, "invalid_account_id")) {
    return accountIdFault(stringAt(bytes, error.offset));
  }
  return error.reason;
}

/** The borsh string that starts at an offset. */
function stringAt(bytes: Uint8Array, offset: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const start = offset + 4;
  return decodeUtf8(bytes.slice(start, start + view.getUint32(offset, true)));
}
