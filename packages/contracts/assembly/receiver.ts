/** Receives tokens by `ft_transfer_call` and `nft_transfer_call`, and does with them what the message says. */
import { currentId, requirePrivate } from "./near/context";
import { readArguments } from "./near/json-reader";
import { JsonObject, reply, replyAmount, replyFlag } from "./near/json-writer";
import { log, panic } from "./near/log";
import { Batch, TGAS } from "./near/promise";
import { U128, ZERO } from "./near/u128";

/** `{ sender_id, amount, msg }`: `msg` is `keep`, `fail`, or how much to give back. */
export function ft_on_transfer(): void {
  const args = readArguments();
  const message = args.field("msg").text;
  log(`${args.field("sender_id").text} sent ${args.field("amount").text}`);
  if (message == "fail") panic("the receiver fails as it was asked to");
  if (message == "keep") return replyAmount(ZERO);
  replyLater(`"${U128.parse(message).toString()}"`);
}

/** `{ sender_id, previous_owner_id, token_id, msg }`: `msg` is `keep`, `fail`, `return` or `return later`. */
export function nft_on_transfer(): void {
  const args = readArguments();
  const message = args.field("msg").text;
  log(`${args.field("sender_id").text} sent ${args.field("token_id").text}`);
  if (message == "fail") panic("the receiver fails as it was asked to");
  if (message == "return later") return replyLater("true");
  replyFlag(message != "keep");
}

/** `{ value }`: says it. */
export function say(): void {
  requirePrivate("say");
  reply(readArguments().field("value").raw);
}

/** The result comes from a promise of its own. */
function replyLater(value: string): void {
  Batch.to(currentId())
    .call("say", new JsonObject().raw("value", value).toString(), 2 * TGAS)
    .reply();
}
