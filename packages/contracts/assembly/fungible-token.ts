/** A fungible token after NEP-141, with NEP-145 (who pays for storage), NEP-148 (metadata) and NEP-297 (events). */
import {
  accountIdOf,
  attachedDeposit,
  checkedAccountId,
  currentId,
  predecessorId,
  refuseDeposit,
  requireOneYocto,
  requirePrivate,
} from "./near/context";
import { prepaid_gas } from "./near/env";
import { JsonValue, readArguments, returnedAmount } from "./near/json-reader";
import { JsonObject, reply, replyAmount, replyFlag } from "./near/json-writer";
import { log, logEvent, panic } from "./near/log";
import { Batch, promiseResult, TGAS } from "./near/promise";
import {
  BYTE_PRICE,
  has,
  readAmount,
  readText,
  remove,
  writeAmount,
  writeText,
} from "./near/storage";
import { least, ONE, U128, ZERO } from "./near/u128";

const METADATA = "metadata";
const METADATA_FIELDS = [
  "spec",
  "name",
  "symbol",
  "icon",
  "reference",
  "reference_hash",
  "decimals",
];
const SUPPLY = "supply";
/** The row of an account with the longest id: key `b:…`, 16 bytes of balance, 40 of the row itself. */
const LONGEST_ROW: u64 = 2 + 64 + 16 + 40;
const GAS_FOR_RESOLVE: u64 = 5 * TGAS;
/** What `ft_transfer_call` keeps for itself and its callback. */
const GAS_FOR_TRANSFER_CALL: u64 = 25 * TGAS + GAS_FOR_RESOLVE;

/** `{ owner_id, total_supply, metadata }` */
function init(): void {
  refuseDeposit("new");
  if (has(METADATA)) panic("The contract has already been initialized");
  const args = readArguments();
  const ownerId = accountIdOf(args, "owner_id");
  const supply = args.field("total_supply").amount;
  writeText(METADATA, metadataOf(args.field("metadata")));
  writeAmount(SUPPLY, supply);
  writeAmount(rowOf(ownerId), supply);
  const memo = new JsonObject().text("owner_id", ownerId).amount("amount", supply);
  logEvent("nep141", "1.0.0", "ft_mint", memo.text("memo", "new tokens are minted").toString());
}
export { init as new };

// NEP-141

/** `{ receiver_id, amount, memo? }` */
export function ft_transfer(): void {
  requireOneYocto();
  transfer(readArguments());
}

/** `{ receiver_id, amount, memo?, msg }`: the receiver is told, and what it does not use comes back. */
export function ft_transfer_call(): void {
  requireOneYocto();
  if (prepaid_gas() <= GAS_FOR_TRANSFER_CALL) panic("More gas is required");
  const args = readArguments();
  const message = args.field("msg").text;
  transfer(args);

  const senderId = predecessorId();
  const receiverId = args.field("receiver_id").text;
  const amount = args.field("amount").amount;
  const notice = new JsonObject()
    .text("sender_id", senderId)
    .amount("amount", amount)
    .text("msg", message);
  const transferred = new JsonObject()
    .text("sender_id", senderId)
    .text("receiver_id", receiverId)
    .amount("amount", amount);
  Batch.to(receiverId)
    .call("ft_on_transfer", notice.toString(), prepaid_gas() - GAS_FOR_TRANSFER_CALL)
    .then(currentId())
    .call("ft_resolve_transfer", transferred.toString(), GAS_FOR_RESOLVE)
    .reply();
}

/** The callback of `ft_transfer_call`: returns how much was used. */
export function ft_resolve_transfer(): void {
  requirePrivate("ft_resolve_transfer");
  const args = readArguments();
  const senderId = args.field("sender_id").text;
  const receiverId = args.field("receiver_id").text;
  const amount = args.field("amount").amount;

  const returned = returnedAmount(promiseResult(0));
  const unused = returned === null ? amount : least(amount, returned);
  const left = balanceOf(receiverId);
  // The receiver may have spent it meanwhile, or gone.
  const refund = left === null ? ZERO : least(left, unused);
  if (refund.isZero) return replyAmount(amount);

  writeAmount(rowOf(receiverId), left!.minus(refund));
  const balance = balanceOf(senderId);
  if (balance === null) {
    log("The account of the sender was deleted");
    burn(receiverId, refund, "refund");
    return replyAmount(amount);
  }
  writeAmount(rowOf(senderId), balance.plus(refund));
  logTransfer(receiverId, senderId, refund, "refund");
  replyAmount(amount.minus(refund));
}

export function ft_total_supply(): void {
  replyAmount(readAmount(SUPPLY)!);
}

/** `{ account_id }` */
export function ft_balance_of(): void {
  const balance = balanceOf(accountIdOf(readArguments(), "account_id"));
  replyAmount(balance === null ? ZERO : balance);
}

// NEP-148

export function ft_metadata(): void {
  reply(readText(METADATA)!);
}

// NEP-145

/** `{ account_id?, registration_only? }`: pays for the row of an account, once; the rest goes back. */
export function storage_deposit(): void {
  const payerId = predecessorId();
  const other = readArguments().optional("account_id");
  const accountId = other === null ? payerId : checkedAccountId(other.text);
  const deposit = attachedDeposit();
  const price = rowPrice();
  if (balanceOf(accountId) !== null) {
    log("The account is already registered, refunding the deposit");
    if (!deposit.isZero) Batch.to(payerId).transfer(deposit);
  } else {
    if (deposit.isBelow(price)) {
      panic("The attached deposit is less than the minimum storage balance");
    }
    writeAmount(rowOf(accountId), ZERO);
    if (!deposit.equals(price)) Batch.to(payerId).transfer(deposit.minus(price));
  }
  reply(storageBalance());
}

/** `{ amount? }`: nothing can be withdrawn, since only what the row costs is kept. */
export function storage_withdraw(): void {
  requireOneYocto();
  const amount = readArguments().optional("amount");
  balanceOrPanic(predecessorId());
  if (amount !== null && !amount.amount.isZero) {
    panic("The amount is greater than the available storage balance");
  }
  reply(storageBalance());
}

/** `{ force? }`: gives up the row, and its price comes back; tokens left are burnt by force only. */
export function storage_unregister(): void {
  requireOneYocto();
  const force = readArguments().optional("force");
  const accountId = predecessorId();
  const balance = balanceOf(accountId);
  if (balance === null) {
    log(`The account ${accountId} is not registered`);
    return replyFlag(false);
  }
  if (!balance.isZero && (force === null || !force.flag)) {
    panic("Can't unregister the account with the positive balance without force");
  }
  remove(rowOf(accountId));
  if (!balance.isZero) burn(accountId, balance, "storage unregistered");
  Batch.to(accountId).transfer(rowPrice().plus(ONE));
  replyFlag(true);
}

/** `{ account_id }` */
export function storage_balance_of(): void {
  const accountId = accountIdOf(readArguments(), "account_id");
  reply(balanceOf(accountId) === null ? "null" : storageBalance());
}

export function storage_balance_bounds(): void {
  reply(new JsonObject().amount("min", rowPrice()).amount("max", rowPrice()).toString());
}

function rowOf(accountId: string): string {
  return `b:${accountId}`;
}

/** Null where the account is not registered. */
function balanceOf(accountId: string): U128 | null {
  return readAmount(rowOf(accountId));
}

function balanceOrPanic(accountId: string): U128 {
  const balance = balanceOf(accountId);
  if (balance === null) panic(`The account ${accountId} is not registered`);
  return balance!;
}

function transfer(args: JsonValue): void {
  const senderId = predecessorId();
  const receiverId = accountIdOf(args, "receiver_id");
  const amount = args.field("amount").amount;
  const memo = args.optional("memo");
  if (senderId == receiverId) panic("Sender and receiver should be different");
  if (amount.isZero) panic("The amount should be a positive number");
  const balance = balanceOrPanic(senderId);
  if (balance.isBelow(amount)) panic("The account doesn't have enough balance");
  writeAmount(rowOf(senderId), balance.minus(amount));
  writeAmount(rowOf(receiverId), balanceOrPanic(receiverId).plus(amount));
  logTransfer(senderId, receiverId, amount, memo === null ? null : memo.text);
}

function burn(ownerId: string, amount: U128, memo: string): void {
  writeAmount(SUPPLY, readAmount(SUPPLY)!.minus(amount));
  const data = new JsonObject().text("owner_id", ownerId).amount("amount", amount);
  logEvent("nep141", "1.0.0", "ft_burn", data.text("memo", memo).toString());
}

function logTransfer(
  oldOwnerId: string,
  newOwnerId: string,
  amount: U128,
  memo: string | null,
): void {
  const data = new JsonObject()
    .text("old_owner_id", oldOwnerId)
    .text("new_owner_id", newOwnerId)
    .amount("amount", amount);
  if (memo !== null) data.text("memo", memo);
  logEvent("nep141", "1.0.0", "ft_transfer", data.toString());
}

function metadataOf(metadata: JsonValue): string {
  if (metadata.field("spec").text != "ft-1.0.0") panic("expected the spec ft-1.0.0");
  if ((metadata.optional("reference") === null) != (metadata.optional("reference_hash") === null)) {
    panic("expected reference and reference_hash together");
  }
  metadata.field("name").text;
  metadata.field("symbol").text;
  metadata.field("decimals").integer;
  return new JsonObject().copy(METADATA_FIELDS, metadata).toString();
}

function rowPrice(): U128 {
  return U128.product(LONGEST_ROW, BYTE_PRICE);
}

function storageBalance(): string {
  return new JsonObject().amount("total", rowPrice()).amount("available", ZERO).toString();
}
