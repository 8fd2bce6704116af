import { encodeUtf8 } from "@yoctonear/base";
import { integer, type Json, list, loadVectors, text } from "@yoctonear/vectors";
import { VM_CONFIG } from "@yoctonear/vm";
import { GasCounter } from "#vm/gas-counter";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { call, directHost, failureOf } from "./direct-call.ts";

const vectors = await loadVectors("runtime");
const scenarios = list(vectors, "gas_counter_scenarios", "cases");
const test = suite("vm: gas counter");

const MAX_U64 = 2n ** 64n - 1n;
const TERA = 10n ** 12n;
/** Operations that fit into 100 Tgas. */
const OPS_OF_100_TERA = (100n * TERA) / BigInt(VM_CONFIG.regularOpCost);

function counter(prepaidGas: bigint, maxGasBurnt: bigint, isView = false): GasCounter {
  return new GasCounter({ ...VM_CONFIG, maxGasBurnt }, { prepaidGas, isView });
}

function scenario(name: string): Json {
  const found = scenarios.find((one) => text(one, "test") === name);
  if (found === undefined) throw new RangeError(`expected a scenario ${name}`);
  return found;
}

function opcodes(gas: GasCounter, count: bigint): void {
  gas.payInstructions(count * BigInt(VM_CONFIG.regularOpCost));
}

for (const name of [
  "test_cant_burn_more_than_max_gas_burnt_gas",
  "test_cant_burn_more_than_prepaid_gas",
]) {
  test(`scenario ${name}`, () => {
    const vector = scenario(name);
    const gas = counter(integer(vector, "prepaid"), integer(vector, "max_gas_burnt"));
    failureOf(() => opcodes(gas, 3n * OPS_OF_100_TERA));
    assert.is(gas.burnt, integer(vector, "burnt"));
    assert.is(gas.used, integer(vector, "used"));
  });
}

for (const name of ["test_hit_prepaid_gas_limit", "test_hit_max_gas_burnt_limit"]) {
  test(`scenario ${name}`, () => {
    const vector = scenario(name);
    const gas = counter(integer(vector, "prepaid"), integer(vector, "max_gas_burnt"));
    // What promise_create takes along; its own fees are far below.
    gas.prepay(50n * TERA);
    failureOf(() => opcodes(gas, 2n * OPS_OF_100_TERA));
    assert.is(gas.burnt, integer(vector, "burnt"));
    const used = text(vector, "used");
    if (used.startsWith("> ")) assert.ok(gas.used > BigInt(used.slice(2)));
    else assert.is(gas.used, integer(vector, "used"));
  });
}

test("scenario test_overflowing_burn_gas_with_promises_gas", () => {
  const vector = scenario("test_overflowing_burn_gas_with_promises_gas");
  const host = directHost({ prepaidGas: 300n * TERA });
  const gas = new GasCounter(
    { ...VM_CONFIG, maxGasBurnt: 300n * TERA },
    { prepaidGas: 300n * TERA, isView: false },
  );
  const limited = { ...host, host: { ...host.host, gas } };
  host.host.memory.write(0n, encodeUtf8("rick.test"));
  host.host.memory.write(100n, new Uint8Array(16));
  call(limited, "promise_batch_create", 9n, 0n);
  gas.prepay(10n ** 13n);
  const length = (MAX_U64 - gas.used - 1n) / 3_801_333n;
  const error = failureOf(() =>
    call(limited, "promise_batch_action_function_call", 0n, length, 0n, 0n, 0n, 100n, 10_000n),
  );
  assert.is(error.name, text(vector, "error"));
  assert.is(gas.used, integer(vector, "used"));
});

test("all scenarios of nearcore's tests run", () => {
  console.log(`gas_counter_scenarios: ${scenarios.length} of ${scenarios.length} run, all exact`);
  assert.is(scenarios.length, 5);
});

test("a product beyond 64 bits burns nothing", () => {
  const gas = counter(300n * TERA, 300n * TERA);
  const error = failureOf(() => gas.payPer("readMemoryByte", MAX_U64));
  assert.is(error.name, "IntegerOverflow");
  assert.is(gas.burnt, 0n);
});

test("a sum beyond 64 bits burns nothing, one below burns all", () => {
  const gas = counter(300n * TERA, 300n * TERA);
  gas.payBase("base");
  const { burnt } = gas;
  assert.is(failureOf(() => gas.payInstructions(MAX_U64 - burnt + 1n)).name, "IntegerOverflow");
  assert.is(gas.burnt, burnt);
  assert.is(failureOf(() => gas.payInstructions(MAX_U64 - burnt)).name, "GasLimitExceeded");
  assert.is(gas.burnt, 300n * TERA);
});

test("reserving what does not fit into 64 bits changes nothing", () => {
  const gas = counter(300n * TERA, 300n * TERA);
  gas.prepay(1n);
  assert.is(failureOf(() => gas.prepay(MAX_U64)).name, "IntegerOverflow");
  assert.is(gas.used, 1n);
});

test("a failing reservation may leave burnt below prepaid, and used at it", () => {
  const gas = counter(100n * TERA, 300n * TERA);
  gas.payBase("base");
  assert.is(failureOf(() => gas.prepay(100n * TERA)).name, "GasExceeded");
  assert.is(gas.burnt, 264_768_111n);
  assert.is(gas.used, 100n * TERA);
});

test("a failing step enters the profile with what it burnt up to the limit", () => {
  const gas = counter(300_000_000n, 300n * TERA);
  gas.payBase("base");
  failureOf(() => gas.payAction("transfer", false));
  assert.equal(gas.profile, [
    { category: "ACTION_COST", cost: "TRANSFER", gas: 300_000_000n - 264_768_111n },
    { category: "WASM_HOST_COST", cost: "BASE", gas: 264_768_111n },
  ]);
});

test("a view burns up to its limit, and that is what it exceeds", () => {
  const gas = counter(10n * TERA, 300n * TERA, true);
  assert.is(failureOf(() => gas.payInstructions(11n * TERA)).name, "GasLimitExceeded");
  assert.is(gas.burnt, 10n * TERA);
});

test("compute is more than gas where disks are read", () => {
  const gas = counter(300n * TERA, 300n * TERA);
  gas.payBase("storageReadBase");
  gas.payPer("storageReadKeyByte", 3);
  gas.payBase("base");
  gas.payInstructions(7n);
  gas.payAction("transfer", false);
  assert.is(gas.compute, 159_000_000_000n + 30_000_000n + 264_768_111n + 7n + 115_123_062_500n);
});

test("a limit beyond 2^53 is refused: burnt gas is a number", () => {
  assert.throws(() => counter(2n ** 60n, 2n ** 60n), RangeError);
});

test.run();
