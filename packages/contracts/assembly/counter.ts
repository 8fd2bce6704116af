/** A number that anybody may change. */
import { refuseDeposit } from "./near/context";
import { readArguments } from "./near/json-reader";
import { reply } from "./near/json-writer";
import { log, panic } from "./near/log";
import { has, readInteger, writeInteger } from "./near/storage";

const VALUE = "value";

/** `{ value? }`: once, in the transaction that deploys. */
function init(): void {
  refuseDeposit("new");
  if (has(VALUE)) panic("The contract has already been initialized");
  const value = readArguments().optional("value");
  writeInteger(VALUE, value === null ? 0 : value.integer);
}
export { init as new };

/** `{ by? }`: adds 1, or as much as told. */
export function increment(): void {
  refuseDeposit("increment");
  change(step());
}

export function decrement(): void {
  refuseDeposit("decrement");
  change(-step());
}

export function reset(): void {
  refuseDeposit("reset");
  writeInteger(VALUE, 0);
  log("Reset counter to zero");
}

export function get(): void {
  reply(readInteger(VALUE).toString());
}

function step(): i64 {
  const by = readArguments().optional("by");
  return by === null ? 1 : by.integer;
}

function change(by: i64): void {
  const before = readInteger(VALUE);
  const after = before + by;
  if (by > 0 != after > before && by != 0) panic("The counter is full");
  writeInteger(VALUE, after);
  log(`Changed number to ${after}`);
  reply(after.toString());
}
