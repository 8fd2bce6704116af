/** Makes accounts below its own, each with the contract that was stored here. */
import { attachedDeposit, currentId, predecessorId, requirePrivate } from "./near/context";
import { lengthOf, pointerTo, REGISTER, utf8 } from "./near/bytes";
import { input, storage_read, storage_write } from "./near/env";
import { readArguments } from "./near/json-reader";
import { JsonObject, replyFlag } from "./near/json-writer";
import { panic } from "./near/log";
import { Batch, promiseResult, TGAS } from "./near/promise";

const CODE = "code";
/** The code goes from register to row and back: it is never in this contract's memory. */
const CODE_REGISTER: u64 = 1;
const GAS_FOR_INIT: u64 = 10 * TGAS;
const GAS_FOR_CALLBACK: u64 = 10 * TGAS;

/** The arguments are the code as it is. Only the account itself stores it. */
export function store(): void {
  requirePrivate("store");
  const key = utf8(CODE);
  input(CODE_REGISTER);
  storage_write(lengthOf(key), pointerTo(key), REGISTER, CODE_REGISTER, 0);
}

/** `{ name, args? }`: makes `name.factory`, calls its `new` with `args` where they are given; returns whether it is there. */
export function create(): void {
  const args = readArguments();
  const initial = args.optional("args");
  const amount = attachedDeposit();
  const key = utf8(CODE);
  if (storage_read(lengthOf(key), pointerTo(key), CODE_REGISTER) == 0) panic("No code is stored");
  const child = Batch.to(`${args.field("name").text}.${currentId()}`)
    .createAccount()
    .transfer(amount)
    .deployFromRegister(CODE_REGISTER);
  if (initial !== null) child.call("new", initial.raw, GAS_FOR_INIT);
  const payment = new JsonObject().text("payer_id", predecessorId()).amount("amount", amount);
  child.then(currentId()).call("on_created", payment.toString(), GAS_FOR_CALLBACK).reply();
}

export function on_created(): void {
  requirePrivate("on_created");
  const args = readArguments();
  const isCreated = promiseResult(0) !== null;
  if (!isCreated) Batch.to(args.field("payer_id").text).transfer(args.field("amount").amount);
  replyFlag(isCreated);
}
