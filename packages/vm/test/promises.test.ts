import { encodeUtf8 } from "@yoctonear/base";
import { field, integer, list, loadVectors, text } from "@yoctonear/vectors";
import { Promises } from "#vm/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Argument,
  costName,
  createTestHost,
  readFees,
  REGISTER,
  type TestHost,
} from "./promise-host.ts";

const vectors = await loadVectors("runtime");
const fees = readFees(field(vectors, "vm_logic_test_fees", "fees"));
const testConfig = { fees };
const KEY = new Uint8Array(33);
const HASH = new Uint8Array(32);
const CODE = new Uint8Array(26);

const used = suite("vm: gas of promises in nearcore's tests");

/** What each test of nearcore calls after its promise_create. */
const CALLS: Readonly<Record<string, readonly [string, ...Argument[]]>> = {
  test_promise_batch_action_create_account: ["promise_batch_action_create_account"],
  test_promise_batch_action_deploy_contract: ["promise_batch_action_deploy_contract", "sample"],
  test_promise_batch_action_deploy_global_contract: [
    "promise_batch_action_deploy_global_contract",
    "sample",
  ],
  test_promise_batch_action_transfer: ["promise_batch_action_transfer", { amount: 110n }],
  test_promise_batch_action_stake: ["promise_batch_action_stake", { amount: 110n }, KEY],
  test_promise_batch_action_add_key_with_function_call: [
    "promise_batch_action_add_key_with_function_call",
    KEY,
    1n,
    { amount: 999n },
    "sam",
    "foo,bar",
  ],
};

for (const vector of list(vectors, "host_call_used_gas", "cases")) {
  const name = text(vector, "test");
  used(`host_call_used_gas: ${name}`, () => {
    const test = createTestHost({ config: testConfig });
    const [method, ...args] = CALLS[name] ?? [""];
    if (method === "") initState(test);
    else {
      const call = ["promise_create", { amount: 0n }, 0n] as const;
      test.call(call[0], "rick.test", "promise_create", "args", call[1], call[2]);
      assert.is(test.fail(method, 123n, ...args), "InvalidPromiseIndex");
      test.call("promise_and", indices([0n]), 1n);
      assert.is(test.fail(method, 1n, ...args), "CannotAppendActionToJointPromise");
      test.call(method, 0n, ...args);
      if (method === "promise_batch_action_transfer") {
        assert.is(test.fail(method, 0n, { amount: 1n }), "BalanceExceeded");
      }
    }
    // There the contract asks for the gas, which costs the base.
    test.host.gas.payBase("base");
    assert.is(test.host.gas.used, integer(vector, "used_gas"));
  });
}

/** Bytes of promise indices, passed by their pointer alone. */
function indices(promises: readonly bigint[]): { readonly amount: bigint } {
  return { amount: promises.reduceRight((sum, promise) => (sum << 64n) | promise, 0n) };
}

function initState(test: TestHost): void {
  test.call("promise_batch_create", "rick.test");
  for (const [register, content] of ["key2", "value2"].entries()) {
    const bytes = encodeUtf8(content);
    test.host.gas.payBase("writeRegisterBase");
    test.host.gas.payPer("writeRegisterByte", bytes.length);
    test.host.registers.set(BigInt(register), bytes);
  }
  const init = "promise_batch_action_state_init_by_account_id";
  assert.is(test.call(init, 0n, "global.near", { amount: 110n }), 0n);
  test.call("set_state_init_data_entry", 0n, 0n, "key", "value");
  test.call("set_state_init_data_entry", 0n, 0n, REGISTER, 0n, REGISTER, 1n);
}

used.run();

const exhausted = suite("vm: gas of promises that runs out");

/** What runs out of gas, by cost and how often the cost is charged. */
const EXHAUSTING: Readonly<Record<string, readonly (readonly [string, ...Argument[]])[]>> = {
  "new_action_receipt 1": [["promise_batch_create", "rick.test"]],
  "new_action_receipt 2": [
    ["promise_batch_create", "rick.test"],
    ["promise_batch_then", 0n, "rick.test"],
  ],
  "new_data_receipt_base 1": [
    ["promise_batch_create", "rick.test"],
    ["promise_batch_then", 0n, "rick.test"],
  ],
  "create_account 1": on("rick.test", "promise_batch_action_create_account"),
  "delete_account 1": on("bob.test", "promise_batch_action_delete_account", "alice.test"),
  "deploy_contract_base 1": on("rick.test", "promise_batch_action_deploy_contract", CODE),
  "deploy_global_contract_base 1": deployGlobal(),
  "deploy_global_contract_byte 26": deployGlobal(),
  "use_global_contract_base 1": useGlobal(),
  "use_global_contract_byte 32": useGlobal(),
  "use_global_contract_byte 10": on(
    "rick.test",
    "promise_batch_action_use_global_contract_by_account_id",
    "alice.near",
  ),
  "function_call_base 1": on(
    "rick.test",
    "promise_batch_action_function_call",
    "fn_with_len_14",
    CODE,
    { amount: 1n },
    1n,
  ),
  "transfer 1": on("alice.test", "promise_batch_action_transfer", { amount: 1n }),
  "stake 1": on("pool.test", "promise_batch_action_stake", { amount: 1n }, KEY),
  "add_full_access_key 1": on(
    "alice.test",
    "promise_batch_action_add_key_with_full_access",
    KEY,
    0n,
  ),
  "add_function_call_key_byte 7": on(
    "alice.test",
    "promise_batch_action_add_key_with_function_call",
    KEY,
    0n,
    { amount: 0n },
    "alice.test",
    "foo,bar",
  ),
  "delete_key 1": on("alice.test", "promise_batch_action_delete_key", KEY),
  "deterministic_state_init_base 1": stateInit(),
  "deterministic_state_init_byte 8": [
    ...stateInit(),
    ["set_state_init_data_entry", 0n, 0n, "key", "value"],
  ],
};

function on(
  receiverId: string,
  method: string,
  ...args: readonly Argument[]
): readonly (readonly [string, ...Argument[]])[] {
  return [
    ["promise_batch_create", receiverId],
    [method, 0n, ...args],
  ];
}

function deployGlobal(): ReturnType<typeof on> {
  return on("rick.test", "promise_batch_action_deploy_global_contract", CODE);
}

function useGlobal(): ReturnType<typeof on> {
  return on("rick.test", "promise_batch_action_use_global_contract", HASH);
}

function stateInit(): ReturnType<typeof on> {
  return on("rick.test", "promise_batch_action_state_init", HASH, { amount: 110n });
}

const PREPAID = 10_000_000_000_000n;

for (const vector of list(vectors, "action_out_of_gas", "cases")) {
  const cost = text(vector, "action_cost");
  const times = integer(vector, "times");
  const share = PREPAID / times + 1n;
  const calls = EXHAUSTING[`${cost} ${times}`] ?? [];

  exhausted(`action_out_of_gas: ${cost}, ${times} times: what is reserved`, () => {
    const fee = { sendSir: 1n, sendNotSir: 10n, exec: share };
    const { host, call, fail } = createTestHost({
      config: { fees: { ...fees, [costName(cost)]: fee }, maxGasBurnt: 10n * PREPAID },
      context: { prepaidGas: PREPAID },
    });
    for (const one of calls.slice(0, -1)) call(...one);
    assert.is(fail(...(calls.at(-1) ?? [""])), "GasExceeded");
    assert.is(host.gas.burnt, integer(vector, "burnt"));
    assert.is(host.gas.used, integer(vector, "used"));
  });

  exhausted(`action_out_of_gas: ${cost}, ${times} times: what is burnt`, () => {
    const fee = { sendSir: share, sendNotSir: share + 9n, exec: 1n };
    const { host, call, fail } = createTestHost({
      config: { fees: { ...fees, [costName(cost)]: fee }, maxGasBurnt: PREPAID },
      context: { prepaidGas: PREPAID },
    });
    for (const one of calls.slice(0, -1)) call(...one);
    assert.is(fail(...(calls.at(-1) ?? [""])), "GasLimitExceeded");
    assert.is(host.gas.burnt, PREPAID);
    assert.is(host.gas.used, PREPAID);
  });
}

exhausted.run();

const weights = suite("vm: unused gas by weight");

for (const [index, vector] of list(vectors, "gas_weights", "cases").entries()) {
  weights(`gas_weights: ${index}`, () => {
    const { host } = createTestHost();
    const promises = new Promises(host.config, host.external);
    const [draft] = promises.awaited(promises.create("bob.near", []));
    assert.ok(draft);
    const calls = list(vector);
    let unused = 10_000_000_000n;
    for (const call of calls) {
      const gas = integer(call, 0);
      unused -= gas;
      const args = new Uint8Array();
      const action = { type: "functionCall", methodName: "m", args, gas, deposit: 0n } as const;
      promises.addFunctionCall(draft, action, integer(call, 1));
    }
    promises.distributeGas(unused);
    assert.equal(
      draft.actions.map((action) => (action.type === "functionCall" ? action.gas : null)),
      calls.map((call) => integer(call, 2)),
    );
  });
}

weights("gives nothing where no call asked", () => {
  const { host } = createTestHost();
  assert.is(host.promises.distributeGas(10n), 0n);
});

weights.run();
