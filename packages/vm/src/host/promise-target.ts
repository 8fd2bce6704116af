/**
 * What the functions that append actions to a promise share: the receipt, money, keys and names.
 * @module
 */
import { decode } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import { decodeStrictUtf8 } from "../host-arguments.ts";
import type { Host } from "../host.ts";
import { HostFailure } from "../host-error.ts";
import type { ReceiptDraft } from "../promises.ts";

/** The receipt to which an action is appended. */
export interface Target {
  readonly draft: ReceiptDraft;
  /** Whether its receiver is the contract itself (nearcore `sir`). */
  readonly isOwn: boolean;
}

/**
 * Finds the receipt of a promise.
 * @throws {HostFailure} InvalidPromiseIndex, CannotAppendActionToJointPromise
 */
export function targetOf(host: Host, promise: bigint): Target {
  const draft = host.promises.receipt(promise, "CannotAppendActionToJointPromise");
  return { draft, isOwn: draft.receiverId === host.context.currentAccountId };
}

/**
 * Takes an amount that a receipt carries away.
 * @throws {HostFailure} BalanceExceeded
 */
export function deductBalance(host: Host, amount: bigint): void {
  if (amount > host.balance) throw new HostFailure("BalanceExceeded");
  host.balance -= amount;
}

/** Takes the deposit of a call; a contract that has nothing is given the one yocto that proves a full access key. */
export function deductDeposit(host: Host, deposit: bigint): void {
  if (deposit === 1n && host.balance === 0n) host.promises.subsidized += 1n;
  else deductBalance(host, deposit);
}

/**
 * Reads a public key in borsh.
 * @throws {HostFailure} InvalidPublicKey
 */
export function parsePublicKey(bytes: Uint8Array): string {
  try {
    return decode(publicKeyCodec, bytes);
  } catch {
    throw new HostFailure("InvalidPublicKey");
  }
}

/**
 * Reads the name of a method.
 * @throws {HostFailure} InvalidMethodName
 */
export function parseMethodName(bytes: Uint8Array): string {
  const name = decodeStrictUtf8(bytes);
  if (name === null) throw new HostFailure("InvalidMethodName");
  return name;
}
