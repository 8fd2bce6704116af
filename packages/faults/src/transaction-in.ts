/**
 * The transaction that a request is about.
 * @module
 */
import { decodeBase64 } from "@yoctonear/base";
import type { RpcRequest } from "@yoctonear/rpc";
import {
  decodeSignedTransaction,
  type Transaction,
  transactionHash,
} from "@yoctonear/transactions";

/** The member of a value, where it is an object that has one. */
export function member(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
}

/** Decodes the signed transaction in a request; undefined where there is none. */
export function transactionIn({ params }: RpcRequest): Transaction | undefined {
  const text =
    member(params, "signed_tx_base64") ?? (isOne(params) ? member(params, 0) : undefined);
  if (typeof text !== "string") return undefined;
  return decodeSignedTransaction(decodeBase64(text)).transaction;
}

/** Hash of the transaction that a request sends or asks for; undefined where there is none. */
export function hashIn(request: RpcRequest): string | undefined {
  const hash = member(request.params, "tx_hash") ?? member(request.params, 0);
  const transaction = transactionIn(request);
  if (transaction !== undefined) return transactionHash(transaction);
  return typeof hash === "string" ? hash : undefined;
}

/** The nonce of a transaction of any version. */
export function nonceOf({ nonce }: Transaction): bigint {
  return typeof nonce === "bigint" ? nonce : nonce.nonce;
}

function isOne(params: unknown): boolean {
  return Array.isArray(params) && params.length === 1;
}
