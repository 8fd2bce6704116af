/** The next version of the counter: it also counts how often it was changed. */
import { refuseDeposit } from "./near/context";
import { readArguments } from "./near/json-reader";
import { JsonObject, reply } from "./near/json-writer";
import { panic } from "./near/log";
import { has, readInteger, writeInteger } from "./near/storage";

const VALUE = "value";
const CHANGES = "changes";

/** Brings the state of the first version; in the transaction that deploys, as `new` was. */
export function migrate(): void {
  refuseDeposit("migrate");
  if (has(CHANGES)) panic("The state has already been migrated");
  writeInteger(CHANGES, 0);
}

/** `{ by? }` */
export function increment(): void {
  refuseDeposit("increment");
  const by = readArguments().optional("by");
  writeInteger(VALUE, readInteger(VALUE) + (by === null ? 1 : by.integer));
  writeInteger(CHANGES, readInteger(CHANGES) + 1);
}

/** Returns `{ value, changes }`. */
export function get(): void {
  const state = new JsonObject()
    .raw("value", readInteger(VALUE).toString())
    .raw("changes", readInteger(CHANGES).toString());
  reply(state.toString());
}
