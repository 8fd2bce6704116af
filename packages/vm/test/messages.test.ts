import { concatBytes, decodeHex, encodeUtf8 } from "@yoctonear/base";
import { has, integer, type Json, list, loadVectors, record, text } from "@yoctonear/vectors";
import { ACTION_FEES } from "@yoctonear/transactions/cost";
import { EXT_COSTS } from "@yoctonear/vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { call, type DirectHost, directHost, failureOf } from "./direct-call.ts";

const cases = list(await loadVectors("runtime"), "log_costs", "cases");
const test = suite("vm: logs, results, panics");

const MAX_U64 = 2n ** 64n - 1n;

for (const [index, vector] of cases.entries()) {
  const name = text(vector, "call");
  test(`${index} ${name}`, () => {
    const limits = {
      ...(has(vector, "max_total_log_length")
        ? { maxTotalLogLength: Number(integer(vector, "max_total_log_length")) }
        : {}),
      ...(name.startsWith("4 x") ? { maxNumberLogs: 3 } : {}),
    };
    const direct = directHost({}, limits);
    const bytes = decodeHex(text(vector, "memory_hex"));
    direct.host.memory.write(0n, bytes);
    const length = name.includes("NUL") ? MAX_U64 : BigInt(bytes.length);
    const log = (): unknown =>
      call(direct, name.includes("utf16") ? "log_utf16" : "log_utf8", length, 0n);
    if (name.startsWith("4 x")) for (let i = 0; i < 3; i += 1) log();
    checkResult(text(vector, "result"), log);
    checkCosts(direct, vector);
  });
}

function checkResult(expected: string, log: () => unknown): void {
  if (expected === "ok") {
    log();
    return;
  }
  const { name, fields } = failureOf(log);
  const shown = Object.entries(fields).map(([key, value]) => ` ${key} ${value}`);
  assert.is(name + shown.join(""), expected.replace("4th: ", ""));
}

function checkCosts({ host }: DirectHost, vector: Json): void {
  const burnt = new Map(host.gas.profile.map(({ cost, gas }) => [cost.toLowerCase(), gas]));
  const expected = Object.entries(record(vector, "costs")).map(([name, count]) => {
    const unit = Object.entries(EXT_COSTS).find(([own]) => snakeCase(own) === name)?.[1].gas ?? 0;
    return [name, BigInt(unit) * BigInt(String(count))] as const;
  });
  assert.equal(burnt, new Map(expected.sort(([a], [b]) => (a < b ? -1 : 1))));
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

test("all log vectors run", () => {
  console.log(`log_costs: ${cases.length} of ${cases.length} run, all exact`);
});

test("the text of a log is exactly its bytes, also a byte order mark", () => {
  const direct = directHost();
  const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61);
  direct.host.memory.write(0n, bytes);
  call(direct, "log_utf8", 4n, 0n);
  assert.equal(direct.host.logs.messages, ["\ufeffa"]);
});

test("a log that grows in UTF-8 counts twice in the error, as in nearcore's", () => {
  const direct = directHost({}, { maxTotalLogLength: 4 });
  direct.host.memory.write(0n, Uint8Array.of(0x20, 0x08, 0x20, 0x08));
  const error = failureOf(() => call(direct, "log_utf16", 4n, 0n));
  assert.equal(error, { name: "TotalLogLengthExceeded", fields: { length: 12n, limit: 4n } });
});

test("abort tells message, file, line and column, and logs them", () => {
  const direct = directHost();
  const string = (content: string): Uint8Array => {
    const units = Uint16Array.from(content, (unit) => unit.charCodeAt(0));
    return concatBytes(Uint8Array.of(units.byteLength, 0, 0, 0), new Uint8Array(units.buffer));
  };
  direct.host.memory.write(0n, string("oh"));
  direct.host.memory.write(100n, string("a.ts"));
  const error = failureOf(() => call(direct, "abort", 4n, 104n, 12n, 0xffff_ffffn));
  const message = `oh, filename: "a.ts" line: 12 col: 4294967295`;
  assert.equal(error, { name: "GuestPanic", fields: { panic_msg: message } });
  assert.equal(direct.host.logs.messages, [`ABORT: ${message}`]);
});

test("abort needs room for lengths before its strings", () => {
  assert.is(failureOf(() => call(directHost(), "abort", 3n, 100n, 0n, 0n)).name, "BadUTF16");
});

test("a result pays for its way to each receiver", () => {
  const direct = directHost({ outputDataReceivers: ["alice.near", "bob.near"] });
  direct.host.memory.write(0n, encodeUtf8("result"));
  call(direct, "value_return", 6n, 0n);
  const fee = ACTION_FEES.newDataReceiptByte;
  const line = direct.host.gas.profile.find(({ cost }) => cost === "NEW_DATA_RECEIPT_BYTE");
  assert.is(line?.gas, 6n * (fee.sendSir + fee.exec + fee.sendNotSir + fee.exec));
  assert.equal(direct.host.returned, { type: "value", value: encodeUtf8("result") });
});

test("a panic without words says that it is explicit", () => {
  const error = failureOf(() => call(directHost(), "panic"));
  assert.equal(error, { name: "GuestPanic", fields: { panic_msg: "explicit guest panic" } });
});

test("the sandbox's debug log is free", () => {
  const direct = directHost();
  call(direct, "sandbox_debug_log", 5n, 0n);
  assert.is(direct.host.gas.burnt, 0n);
  assert.is(
    failureOf(() => call(direct, "sandbox_debug_log", 5n, 65_535n)).name,
    "MemoryAccessViolation",
  );
});

test.run();
