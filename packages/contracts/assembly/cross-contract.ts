/** Calls other contracts, and hears what became of it. */
import {
  accountIdOf,
  attachedDeposit,
  currentId,
  predecessorId,
  requirePrivate,
} from "./near/context";
import { promise_results_count } from "./near/env";
import { JsonValue, readArguments } from "./near/json-reader";
import { JsonObject, reply, replyFlag } from "./near/json-writer";
import { log } from "./near/log";
import { all, Batch, promiseResult, TGAS } from "./near/promise";
import { ZERO } from "./near/u128";

const GAS: u64 = 5 * TGAS;

/** `{ account_id, method, args? }`: returns `{ answer }`, or `{ failed: true }`. */
export function ask(): void {
  const args = readArguments();
  question(args, accountIdOf(args, "account_id"))
    .then(currentId())
    .call("on_answer", "{}", GAS)
    .reply();
}

export function on_answer(): void {
  requirePrivate("on_answer");
  const answer = promiseResult(0);
  log(answer === null ? "the other contract failed" : "the other contract answered");
  const result = new JsonObject();
  reply(
    (answer === null ? result.flag("failed", true) : result.raw("answer", json(answer))).toString(),
  );
}

/** `{ account_ids, method, args? }`: asks all of them at once; returns a list, with null where one failed. */
export function ask_all(): void {
  const args = readArguments();
  const accountIds = args.field("account_ids").items;
  const questions: Batch[] = [];
  for (let i = 0; i < accountIds.length; i++) questions.push(question(args, accountIds[i].text));
  all(questions).then(currentId()).call("on_answers", "{}", GAS).reply();
}

export function on_answers(): void {
  requirePrivate("on_answers");
  const count = promise_results_count();
  let answers = "";
  for (let index: u64 = 0; index < count; index++) {
    const answer = promiseResult(index);
    answers += (index == 0 ? "" : ",") + (answer === null ? "null" : json(answer));
  }
  reply(`[${answers}]`);
}

/** `{ account_id, method, args? }`: its result is that of the other contract, which gets the deposit. */
export function pass_on(): void {
  const args = readArguments();
  const rest = args.optional("args");
  Batch.to(accountIdOf(args, "account_id"))
    .call(args.field("method").text, rest === null ? "{}" : rest.raw, GAS, attachedDeposit())
    .reply();
}

/** `{ account_id, method, args? }`: does not wait. */
export function tell(): void {
  const args = readArguments();
  question(args, accountIdOf(args, "account_id"));
}

/** `{ account_id }`: sends the deposit on; returns whether it arrived, otherwise the caller has it back. */
export function pay(): void {
  const accountId = accountIdOf(readArguments(), "account_id");
  const payment = new JsonObject()
    .text("payer_id", predecessorId())
    .amount("amount", attachedDeposit());
  Batch.to(accountId)
    .transfer(attachedDeposit())
    .then(currentId())
    .call("on_paid", payment.toString(), GAS)
    .reply();
}

export function on_paid(): void {
  requirePrivate("on_paid");
  const args = readArguments();
  const hasArrived = promiseResult(0) !== null;
  if (!hasArrived) Batch.to(args.field("payer_id").text).transfer(args.field("amount").amount);
  replyFlag(hasArrived);
}

function question(args: JsonValue, accountId: string): Batch {
  const rest = args.optional("args");
  return Batch.to(accountId).call(
    args.field("method").text,
    rest === null ? "{}" : rest.raw,
    GAS,
    ZERO,
  );
}

/** A method may return nothing. */
function json(result: string): string {
  return result.length == 0 ? "null" : result;
}
