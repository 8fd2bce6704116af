/** Messages that anybody leaves; who pays 0.1 NEAR or more leaves a premium one. */
import { attachedDeposit, predecessorId } from "./near/context";
import { readArguments } from "./near/json-reader";
import { JsonObject, reply } from "./near/json-writer";
import { Page } from "./near/page";
import { readInteger, readText, writeInteger, writeText } from "./near/storage";
import { U128 } from "./near/u128";

const COUNT = "count";
const PREMIUM = U128.parse("100000000000000000000000");

/** `{ text }` */
export function add_message(): void {
  const text = readArguments().field("text").text;
  const message = new JsonObject()
    .flag("premium", !attachedDeposit().isBelow(PREMIUM))
    .text("sender", predecessorId())
    .text("text", text);
  const count = readInteger(COUNT);
  writeText(rowOf(count), message.toString());
  writeInteger(COUNT, count + 1);
}

/** `{ from_index?, limit? }`: the messages, oldest first. */
export function get_messages(): void {
  const page = new Page(readArguments(), readInteger(COUNT));
  let messages = "";
  for (let index = page.from; index < page.until; index++) {
    messages += (index == page.from ? "" : ",") + readText(rowOf(index))!;
  }
  reply(`[${messages}]`);
}

export function total_messages(): void {
  reply(readInteger(COUNT).toString());
}

function rowOf(index: i64): string {
  return `message ${index}`;
}
