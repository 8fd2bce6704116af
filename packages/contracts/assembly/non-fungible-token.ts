/**
 * Tokens one by one after NEP-171, with NEP-177 (metadata), NEP-181 (enumeration) and NEP-297 (events). Without
 * NEP-178: only the owner of a token moves it.
 */
import {
  accountIdOf,
  attachedDeposit,
  currentId,
  predecessorId,
  refuseDeposit,
  requireOneYocto,
  requirePrivate,
} from "./near/context";
import { prepaid_gas, storage_usage } from "./near/env";
import { JsonValue, readArguments } from "./near/json-reader";
import { JsonObject, quote, reply, replyFlag, replyText } from "./near/json-writer";
import { logEvent, panic } from "./near/log";
import { Page } from "./near/page";
import { Batch, promiseResult, TGAS } from "./near/promise";
import { BYTE_PRICE, has, readText, writeText } from "./near/storage";
import { TextSet } from "./near/text-set";
import { U128 } from "./near/u128";

const OWNER = "owner";
const METADATA = "metadata";
const METADATA_FIELDS = [
  "spec",
  "name",
  "symbol",
  "icon",
  "base_uri",
  "reference",
  "reference_hash",
];
const GAS_FOR_RESOLVE: u64 = 5 * TGAS;
/** What `nft_transfer_call` keeps for itself and its callback. */
const GAS_FOR_TRANSFER_CALL: u64 = 25 * TGAS + GAS_FOR_RESOLVE;

/** `{ owner_id, metadata }` */
function init(): void {
  refuseDeposit("new");
  if (has(OWNER)) panic("The contract has already been initialized");
  const args = readArguments();
  const metadata = args.field("metadata");
  if (metadata.field("spec").text != "nft-1.0.0") panic("expected the spec nft-1.0.0");
  metadata.field("name").text;
  metadata.field("symbol").text;
  writeText(OWNER, accountIdOf(args, "owner_id"));
  writeText(METADATA, new JsonObject().copy(METADATA_FIELDS, metadata).toString());
}
export { init as new };

/** `{ token_id, token_owner_id, token_metadata }`: by the owner of the contract, who pays for the rows. */
export function nft_mint(): void {
  const minterId = predecessorId();
  if (minterId != readText(OWNER)!) panic("Only the owner mints");
  const args = readArguments();
  const tokenId = args.field("token_id").text;
  const ownerId = accountIdOf(args, "token_owner_id");
  if (ownerOf(tokenId) !== null) panic("token_id must be unique");
  const before = storage_usage();
  writeText(ownerRow(tokenId), ownerId);
  writeText(metadataRow(tokenId), args.field("token_metadata").raw);
  tokens().add(tokenId);
  tokensOf(ownerId).add(tokenId);

  const price = U128.product(storage_usage() - before, BYTE_PRICE);
  const deposit = attachedDeposit();
  if (deposit.isBelow(price)) panic(`Must attach ${price.toString()} yoctoNEAR to cover storage`);
  if (!deposit.equals(price)) Batch.to(minterId).transfer(deposit.minus(price));
  const data = new JsonObject().text("owner_id", ownerId).raw("token_ids", `[${quote(tokenId)}]`);
  logEvent("nep171", "1.0.0", "nft_mint", data.toString());
  reply(describe(tokenId));
}

// NEP-171

/** `{ receiver_id, token_id, memo? }` */
export function nft_transfer(): void {
  requireOneYocto();
  transfer(readArguments());
}

/** `{ receiver_id, token_id, memo?, msg }`: the receiver is told, and may give it back. */
export function nft_transfer_call(): void {
  requireOneYocto();
  if (prepaid_gas() <= GAS_FOR_TRANSFER_CALL) panic("More gas is required");
  const args = readArguments();
  const message = args.field("msg").text;
  transfer(args);

  const ownerId = predecessorId();
  const receiverId = args.field("receiver_id").text;
  const tokenId = args.field("token_id").text;
  const notice = new JsonObject()
    .text("sender_id", ownerId)
    .text("previous_owner_id", ownerId)
    .text("token_id", tokenId)
    .text("msg", message);
  const transferred = new JsonObject()
    .text("previous_owner_id", ownerId)
    .text("receiver_id", receiverId)
    .text("token_id", tokenId);
  Batch.to(receiverId)
    .call("nft_on_transfer", notice.toString(), prepaid_gas() - GAS_FOR_TRANSFER_CALL)
    .then(currentId())
    .call("nft_resolve_transfer", transferred.toString(), GAS_FOR_RESOLVE)
    .reply();
}

/** The callback of `nft_transfer_call`: returns whether the receiver kept it. */
export function nft_resolve_transfer(): void {
  requirePrivate("nft_resolve_transfer");
  const args = readArguments();
  const tokenId = args.field("token_id").text;
  const receiverId = args.field("receiver_id").text;
  const result = promiseResult(0);
  const isKept = result !== null && result.trim() == "false";
  const ownerId = ownerOf(tokenId);
  // The receiver may have passed it on meanwhile: then it stays where it is.
  if (isKept || ownerId === null || ownerId != receiverId) return replyFlag(true);
  move(tokenId, receiverId, args.field("previous_owner_id").text, null);
  replyFlag(false);
}

/** `{ token_id }`: the token, or null. */
export function nft_token(): void {
  const tokenId = readArguments().field("token_id").text;
  reply(ownerOf(tokenId) === null ? "null" : describe(tokenId));
}

// NEP-177

export function nft_metadata(): void {
  reply(readText(METADATA)!);
}

// NEP-181

export function nft_total_supply(): void {
  replyText(tokens().size.toString());
}

/** `{ from_index?, limit? }` */
export function nft_tokens(): void {
  list(tokens(), readArguments());
}

/** `{ account_id }` */
export function nft_supply_for_owner(): void {
  replyText(tokensOf(accountIdOf(readArguments(), "account_id")).size.toString());
}

/** `{ account_id, from_index?, limit? }` */
export function nft_tokens_for_owner(): void {
  const args = readArguments();
  list(tokensOf(accountIdOf(args, "account_id")), args);
}

function ownerRow(tokenId: string): string {
  return `o:${tokenId}`;
}

function metadataRow(tokenId: string): string {
  return `m:${tokenId}`;
}

function ownerOf(tokenId: string): string | null {
  return readText(ownerRow(tokenId));
}

function tokens(): TextSet {
  return new TextSet("t");
}

function tokensOf(accountId: string): TextSet {
  return new TextSet(`a:${accountId}`);
}

function transfer(args: JsonValue): void {
  const receiverId = accountIdOf(args, "receiver_id");
  const tokenId = args.field("token_id").text;
  const memo = args.optional("memo");
  const ownerId = ownerOf(tokenId);
  if (ownerId === null) panic("Token not found");
  if (ownerId! != predecessorId()) panic("Unauthorized");
  if (ownerId! == receiverId) panic("Current and next owner must differ");
  move(tokenId, ownerId!, receiverId, memo === null ? null : memo.text);
}

function move(tokenId: string, oldOwnerId: string, newOwnerId: string, memo: string | null): void {
  tokensOf(oldOwnerId).remove(tokenId);
  tokensOf(newOwnerId).add(tokenId);
  writeText(ownerRow(tokenId), newOwnerId);
  const data = new JsonObject()
    .text("old_owner_id", oldOwnerId)
    .text("new_owner_id", newOwnerId)
    .raw("token_ids", `[${quote(tokenId)}]`);
  if (memo !== null) data.text("memo", memo);
  logEvent("nep171", "1.0.0", "nft_transfer", data.toString());
}

function describe(tokenId: string): string {
  return new JsonObject()
    .text("token_id", tokenId)
    .text("owner_id", ownerOf(tokenId)!)
    .raw("metadata", readText(metadataRow(tokenId))!)
    .toString();
}

function list(set: TextSet, args: JsonValue): void {
  const page = new Page(args, set.size);
  let found = "";
  for (let index = page.from; index < page.until; index++) {
    found += (index == page.from ? "" : ",") + describe(set.at(index));
  }
  reply(`[${found}]`);
}
