/**
 * Questions to the contract of a token, and the check of its answers: money follows from them.
 * @module
 */
import { type ReadOptions, viewOutcome } from "@yoctonear/account";
import { showValue } from "@yoctonear/base";
import { assertAccountId } from "@yoctonear/primitives";
import { isRpcError, type Transport } from "@yoctonear/rpc";
import { TokenError } from "./token-error.ts";

/** What `connect` returned, an account, or anything with a transport. */
export interface Network {
  readonly transport: Transport;
}

/** A JSON object. */
export type JsonRecord = { readonly [field: string]: unknown };

/** Makes the error that says what was expected and what came. */
export type Refuse = (expected: string, got: unknown) => TokenError;

/** Asks a method, and reads the answer. */
export async function ask<T>(
  { transport }: Network,
  contractId: string,
  methodName: string,
  args: object,
  read: (answer: unknown, refuse: Refuse) => T,
  options?: ReadOptions,
): Promise<T> {
  assertAccountId(contractId, "contract id");
  const { value } = await viewOutcome(transport, contractId, methodName, args, options);
  return read(value, (expected, got) => {
    const message = `expected ${expected} from ${methodName}, got ${showValue(got)}`;
    return new TokenError("unexpected_answer", contractId, message);
  });
}

/** Tells whether the contract does not have the method; what a contract says in a panic ends in a quote. */
export function isMethodMissing(error: unknown): boolean {
  if (!isRpcError(error, "CONTRACT_EXECUTION_ERROR")) return false;
  const { vm_error: said }: { readonly vm_error: unknown } = error.data;
  if (isRecord(said)) return said["MethodResolveError"] === "MethodNotFound";
  return /\bMethodResolveError\(MethodNotFound\)+$/.test(String(said));
}

/** The integer that a text of digits says; undefined for anything else, and from 2^128 on. */
export function amountOf(value: unknown): bigint | undefined {
  // No integer of 128 bits has more than 39 digits.
  if (typeof value !== "string" || !/^\d{1,39}$/.test(value)) return undefined;
  const amount = BigInt(value);
  return amount >> 128n === 0n ? amount : undefined;
}

/** Reads an amount. */
export function readAmount(answer: unknown, refuse: Refuse): bigint {
  const amount = amountOf(answer);
  if (amount !== undefined) return amount;
  throw refuse("the text of an integer below 2^128", answer);
}

/** Reads a field that is an amount. */
export function readAmountField(record: JsonRecord, name: string, refuse: Refuse): bigint {
  const inField: Refuse = (expected, got) => refuse(`${name} as ${expected}`, got);
  return readAmount(record[name], inField);
}

/** Reads a field that is text. */
export function readTextField(record: JsonRecord, name: string, refuse: Refuse): string {
  const value = record[name];
  if (typeof value === "string") return value;
  throw refuse(`${name} as text`, value);
}

/** Reads a field that may be text, or not be there. */
export function readOptionalText(record: JsonRecord, name: string, refuse: Refuse): string | null {
  return record[name] == null ? null : readTextField(record, name, refuse);
}

/** Reads an object. */
export function readRecord(answer: unknown, refuse: Refuse): JsonRecord {
  if (isRecord(answer)) return answer;
  throw refuse("an object", answer);
}

/** Tells a JSON object from everything else, arrays too. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
