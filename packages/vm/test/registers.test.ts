import { encodeUtf8 } from "@yoctonear/base";
import { has, integer, list, loadVectors, record, text } from "@yoctonear/vectors";
import { readRegister, writeRegister } from "#vm/host-arguments";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { call, directHost, failureOf } from "./direct-call.ts";

const cases = list(await loadVectors("runtime"), "register_gas", "cases");
const test = suite("vm: registers");

const MAX_U64 = 2n ** 64n - 1n;
const LIMITS: Readonly<Record<string, string>> = {
  max_number_registers: "maxNumberRegisters",
  max_register_size: "maxRegisterSize",
  registers_memory_limit: "registersMemoryLimit",
};

for (const vector of cases) {
  test(text(vector, "test"), () => {
    const limits = has(vector, "limit")
      ? Object.entries(record(vector, "limit")).map(([name, limit]) => [
          LIMITS[name],
          Number(limit),
        ])
      : [];
    const { host } = directHost({}, Object.fromEntries(limits));
    for (const operation of list(vector, "ops")) {
      const [, register = "", content = "", end] = String(operation).split(" ");
      const bytes = encodeUtf8(content === "empty" ? "" : content);
      if (end === "ok") {
        writeRegister(host, BigInt(register), bytes);
        assert.equal(readRegister(host, BigInt(register)), bytes);
      } else {
        const error = failureOf(() => writeRegister(host, BigInt(register), bytes));
        assert.is(error.name, "MemoryAccessViolation");
      }
    }
    assert.is(host.gas.burnt, integer(vector, "gas"));
  });
}

test("all register vectors run", () => {
  console.log(`register_gas: ${cases.length} of ${cases.length} run, all exact`);
});

test("a register that is not there has the length 2^64 − 1 and costs nothing to miss", () => {
  const direct = directHost();
  assert.is(call(direct, "register_len", 7n), MAX_U64);
  const error = failureOf(() => call(direct, "read_register", 7n, 0n));
  assert.equal(error, { name: "InvalidRegisterId", fields: { register_id: 7n } });
  assert.is(direct.host.gas.burnt, 2n * 264_768_111n);
});

test("a register's number is any u64", () => {
  const direct = directHost();
  direct.host.memory.write(0n, Uint8Array.of(1, 2, 3));
  call(direct, "write_register", MAX_U64, 3n, 0n);
  assert.is(call(direct, "register_len", MAX_U64), 3n);
  call(direct, "read_register", MAX_U64, 10n);
  assert.equal(direct.host.memory.read(10n, 3n), Uint8Array.of(1, 2, 3));
});

test("memory out of bounds is charged before it is refused", () => {
  for (const [ptr, len] of [
    [65_536n, 1n],
    [65_535n, 2n],
    [MAX_U64, 1n],
    [2n ** 32n, 0n],
  ] as const) {
    const direct = directHost();
    const error = failureOf(() => call(direct, "write_register", 0n, len, ptr));
    assert.is(error.name, "MemoryAccessViolation");
    assert.is(direct.host.gas.burnt, 264_768_111n + 2_609_863_200n + len * 3_801_333n);
  }
});

test("no bytes at the end of memory are in bounds", () => {
  const direct = directHost();
  call(direct, "write_register", 0n, 0n, 65_536n);
  assert.is(call(direct, "register_len", 0n), 0n);
});

test.run();
