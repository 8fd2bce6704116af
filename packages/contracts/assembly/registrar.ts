/** Creates accounts below its own for anybody, as the accounts `near` and `testnet` do. */
import { attachedDeposit, currentId, predecessorId, requirePrivate } from "./near/context";
import { isAccountId } from "./near/account-id";
import { parsePublicKey } from "./near/base58";
import { readArguments } from "./near/json-reader";
import { JsonObject, replyFlag } from "./near/json-writer";
import { panic } from "./near/log";
import { Batch, promiseResult, TGAS } from "./near/promise";

/** `{ new_account_id, new_public_key }`: gives it the deposit; returns whether it is made, otherwise the money goes back. */
export function create_account(): void {
  const args = readArguments();
  const accountId = args.field("new_account_id").text;
  const publicKey = parsePublicKey(args.field("new_public_key").text);
  const amount = attachedDeposit();
  if (!isAccountId(accountId)) panic("Invalid account id");
  const payment = new JsonObject()
    .text("predecessor_account_id", predecessorId())
    .amount("amount", amount);
  Batch.to(accountId)
    .createAccount()
    .addFullAccessKey(publicKey)
    .transfer(amount)
    .then(currentId())
    .call("on_account_created", payment.toString(), 10 * TGAS)
    .reply();
}

export function on_account_created(): void {
  requirePrivate("on_account_created");
  const args = readArguments();
  const isCreated = promiseResult(0) !== null;
  if (!isCreated) {
    Batch.to(args.field("predecessor_account_id").text).transfer(args.field("amount").amount);
  }
  replyFlag(isCreated);
}
