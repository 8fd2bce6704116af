/** Answers later: a call waits until somebody brings the answer, or until the protocol's time is up. */
import { refuseDeposit, requirePrivate } from "./near/context";
import { lengthOf, pointerTo, registerBytes, utf8 } from "./near/bytes";
import { promise_return, promise_yield_create, promise_yield_resume } from "./near/env";
import { readArguments } from "./near/json-reader";
import { JsonObject, quote, reply, replyFlag } from "./near/json-writer";
import { log } from "./near/log";
import { promiseResult, TGAS } from "./near/promise";
import { read, readInteger, remove, write, writeInteger } from "./near/storage";

const COUNT = "count";
const GAS_FOR_ANSWER: u64 = 10 * TGAS;

/** `{ question }`: logs the request's id, and returns `{ question, answer }` once it is there, null where nobody answered. */
export function ask(): void {
  refuseDeposit("ask");
  const id = readInteger(COUNT);
  const args = new JsonObject()
    .raw("id", id.toString())
    .text("question", readArguments().field("question").text);
  const method = utf8("on_answer");
  const bytes = utf8(args.toString());
  const promise = promise_yield_create(
    lengthOf(method),
    pointerTo(method),
    lengthOf(bytes),
    pointerTo(bytes),
    GAS_FOR_ANSWER,
    0,
    0,
  );
  write(rowOf(id), registerBytes(0));
  writeInteger(COUNT, id + 1);
  log(`request ${id}`);
  promise_return(promise);
}

/** `{ id, answer }`: by anybody; returns whether somebody still waited for it. */
export function answer(): void {
  refuseDeposit("answer");
  const args = readArguments();
  const token = read(rowOf(args.field("id").integer));
  if (token === null) return replyFlag(false);
  const payload = utf8(args.field("answer").text);
  const isTaken = promise_yield_resume(
    lengthOf(token),
    pointerTo(token),
    lengthOf(payload),
    pointerTo(payload),
  );
  replyFlag(isTaken == 1);
}

export function on_answer(): void {
  requirePrivate("on_answer");
  const args = readArguments();
  const given = promiseResult(0);
  remove(rowOf(args.field("id").integer));
  if (given === null) log("nobody answered");
  reply(
    new JsonObject()
      .copy(["question"], args)
      .raw("answer", given === null ? "null" : quote(given))
      .toString(),
  );
}

function rowOf(id: i64): string {
  return `request ${id}`;
}
