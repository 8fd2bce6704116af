/** Who calls, what was attached, and the usual guards. */
import { pointerTo, registerText } from "./bytes";
import { attached_deposit, current_account_id, predecessor_account_id } from "./env";
import { isAccountId } from "./account-id";
import { JsonValue } from "./json-reader";
import { panic } from "./log";
import { ONE, U128 } from "./u128";

/** The account of this contract. */
export function currentId(): string {
  current_account_id(0);
  return registerText(0);
}

/** The account that calls: a user, or another contract. */
export function predecessorId(): string {
  predecessor_account_id(0);
  return registerText(0);
}

export function attachedDeposit(): U128 {
  const bytes = new ArrayBuffer(16);
  attached_deposit(pointerTo(bytes));
  return U128.load(bytes);
}

/** An argument that is an account's id. */
export function accountIdOf(args: JsonValue, name: string): string {
  return checkedAccountId(args.field(name).text);
}

export function checkedAccountId(accountId: string): string {
  if (!isAccountId(accountId)) panic(`invalid account id ${accountId}`);
  return accountId;
}

/** For methods that would keep money sent by mistake. */
export function refuseDeposit(method: string): void {
  if (!attachedDeposit().isZero) panic(`Method ${method} doesn't accept deposit`);
}

/** One yoctoNEAR needs a full-access key: a wallet asks its user. */
export function requireOneYocto(): void {
  if (!attachedDeposit().equals(ONE)) panic("Requires attached deposit of exactly 1 yoctoNEAR");
}

/** For callbacks: only this contract may call them. */
export function requirePrivate(method: string): void {
  if (predecessorId() != currentId()) panic(`Method ${method} is private`);
}
