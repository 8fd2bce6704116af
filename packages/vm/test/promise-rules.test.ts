import { concatBytes, encodeUtf8 } from "@yoctonear/base";
import { encode, u64 } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import { ACTION_FEES } from "@yoctonear/transactions/cost";
import { field, integer, list, loadVectors, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Argument, createTestHost, REGISTER, type TestHost } from "./promise-host.ts";

const test = suite("vm: rules of promises");

const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";
const KEY_BYTES = encode(publicKeyCodec, KEY);
const NONE = 2n ** 64n - 1n;
const NO_AMOUNT = { amount: 0n };

/** A host with gas enough for anything, and a promise of bob.near. */
function hostWithPromise(options: Parameters<typeof createTestHost>[0] = {}): TestHost {
  const context = { prepaidGas: 1_000_000_000_000_000n, ...options.context };
  const host = createTestHost({ ...options, context });
  host.call("promise_batch_create", "bob.near");
  return host;
}

/** Bytes of promise indices: passed by their pointer. */
function indices(test: TestHost, ...promises: readonly bigint[]): readonly [bigint, bigint] {
  const pointer = 60_000n;
  const bytes = concatBytes(...promises.map((promise) => encode(u64, promise)));
  test.host.memory.write(pointer, bytes);
  return [pointer, BigInt(promises.length)];
}

test("a promise waits for all that a joint promise is of, once for each", () => {
  const host = hostWithPromise();
  host.call("promise_batch_create", "carol.near");
  assert.is(host.call("promise_and", ...indices(host, 0n, 1n, 0n)), 2n);
  assert.is(host.call("promise_and", ...indices(host, 2n, 1n)), 3n);
  assert.is(host.call("promise_batch_then", 3n, "alice.near"), 4n);
  const [bob, carol, alice] = host.host.promises.receipts;
  assert.is(bob?.outputDataReceivers.length, 2);
  assert.is(carol?.outputDataReceivers.length, 2);
  assert.is(alice?.inputDataIds.length, 4);
  assert.equal(
    [0, 2].map((i) => alice?.inputDataIds[i]),
    bob?.outputDataReceivers.map(({ dataId }) => dataId),
  );
});

test("a joint promise can neither act, nor be returned, nor have refunds", () => {
  const host = hostWithPromise();
  host.call("promise_and", ...indices(host, 0n));
  assert.is(
    host.fail("promise_batch_action_create_account", 1n),
    "CannotAppendActionToJointPromise",
  );
  assert.is(host.fail("promise_return", 1n), "CannotReturnJointPromise");
  assert.is(
    host.fail("promise_set_refund_to", 1n, "carol.near"),
    "CannotSetRefundToOnJointPromise",
  );
});

test("joins and promises are limited", () => {
  const host = hostWithPromise();
  const many = Array.from({ length: 128 }, () => 0n);
  assert.is(host.call("promise_and", ...indices(host, ...many)), 1n);
  assert.is(
    host.fail("promise_and", ...indices(host, 0n, 1n)),
    "NumberInputDataDependenciesExceeded",
  );
  for (let made = 2; made < 1024; made++) host.call("promise_and", 0n, 0n);
  assert.is(host.fail("promise_and", 0n, 0n), "NumberPromisesExceeded");
});

test("more promises than have bytes are an overflow", () => {
  const host = hostWithPromise();
  assert.is(host.fail("promise_and", 0n, 2n ** 61n), "IntegerOverflow");
});

test("results of promises: success, failure, none", () => {
  const host = hostWithPromise({ context: { promiseResults: [encodeUtf8("data"), null] } });
  assert.is(host.call("promise_results_count"), 2n);
  assert.is(host.call("promise_result", 0n, 5n), 1n);
  assert.equal(host.host.registers.get(5n), encodeUtf8("data"));
  assert.is(host.call("promise_result", 1n, 6n), 2n);
  assert.is(host.host.registers.get(6n), undefined);
  assert.is(host.fail("promise_result", 2n, 5n), "InvalidPromiseResultIndex");
});

test("a returned promise is a receipt by its place, whatever else was promised", () => {
  const host = hostWithPromise();
  host.call("promise_and", ...indices(host, 0n));
  host.call("promise_batch_then", 1n, "alice.near");
  host.call("promise_return", 2n);
  assert.equal(host.host.returned, { type: "receiptIndex", index: 1 });
});

test("deposits come out of the balance, but for the yocto of who has nothing", () => {
  const host = hostWithPromise({ context: { accountBalance: 0n, attachedDeposit: 2n } });
  const call = (deposit: bigint): readonly Argument[] => [0n, "m", "", { amount: deposit }, 1n];
  const name = "promise_batch_action_function_call";
  host.call(name, ...call(2n));
  assert.is(host.host.balance, 0n);
  assert.is(host.fail(name, ...call(2n)), "BalanceExceeded");
  host.call(name, ...call(1n));
  assert.is(host.host.promises.subsidized, 1n);
  assert.is(host.fail("promise_batch_action_transfer", 0n, { amount: 1n }), "BalanceExceeded");
});

test("names and keys are looked at when all is paid", () => {
  const host = hostWithPromise();
  const { gas } = host.host;
  const before = gas.used;
  assert.is(host.fail("promise_batch_action_delete_key", 0n, Uint8Array.of(9)), "InvalidPublicKey");
  const { sendNotSir, exec } = ACTION_FEES.deleteKey;
  assert.ok(gas.used - before > sendNotSir + exec);
  const call = [0n, Uint8Array.of(0xff), "", NO_AMOUNT, 1n] as const;
  assert.is(host.fail("promise_batch_action_function_call", ...call), "InvalidMethodName");
  const empty = [0n, "", "", NO_AMOUNT, 1n] as const;
  assert.is(host.fail("promise_batch_action_function_call", ...empty), "EmptyMethodName");
});

const ADD_KEY = "promise_batch_action_add_key_with_function_call";

/** Arguments that add a key with these names. */
function keyWith(names: string): readonly Argument[] {
  return [0n, KEY_BYTES, 7n, NO_AMOUNT, "carol.near", names];
}

test("keys that call functions: names by comma, as in the vectors method_name_lists", async () => {
  const lists = field(await loadVectors("runtime"), "ids", "method_name_lists");
  for (const vector of list(lists, "cases")) {
    const [host, names] = [hostWithPromise(), text(vector, 0)];
    if (field(vector, 1) === "EmptyMethodName") {
      assert.is(host.fail(ADD_KEY, ...keyWith(names)), "EmptyMethodName", names);
      continue;
    }
    host.call(ADD_KEY, ...keyWith(names));
    const action = host.host.promises.receipts[0]?.actions[0];
    assert.ok(action?.type === "addKey" && action.accessKey.permission.type === "functionCall");
    assert.equal(action.accessKey.permission.methodNames, list(vector, 1), names);
  }
  for (const vector of list(lists, "charged_bytes")) {
    const burnt = (names: string): bigint => {
      const { host, call } = hostWithPromise();
      call(ADD_KEY, ...keyWith(names));
      const line = host.gas.profile.find(({ cost }) => cost === "ADD_FUNCTION_CALL_KEY_BYTE");
      return line?.gas ?? 0n;
    };
    const fee = ACTION_FEES.addFunctionCallKeyByte.sendNotSir;
    assert.is(burnt(text(vector, 0)), integer(vector, 1) * fee);
  }
});

test("keys that call functions: no allowance is 0", () => {
  const host = hostWithPromise();
  host.call(ADD_KEY, ...keyWith("one,two"));
  host.call(ADD_KEY, ...keyWith(""));
  const permission = { type: "functionCall", allowance: null, receiverId: "carol.near" } as const;
  const key = { type: "addKey", publicKey: KEY } as const;
  assert.equal(host.host.promises.receipts[0]?.actions, [
    {
      ...key,
      accessKey: { nonce: 7n, permission: { ...permission, methodNames: ["one", "two"] } },
    },
    { ...key, accessKey: { nonce: 7n, permission: { ...permission, methodNames: [] } } },
  ]);
});

test("state inits: entries by promise and place, each key once", () => {
  const host = hostWithPromise();
  host.call("promise_batch_action_create_account", 0n);
  const init = "promise_batch_action_state_init";
  assert.is(host.fail(init, 0n, new Uint8Array(31), NO_AMOUNT), "ContractCodeHashMalformed");
  assert.is(host.call(init, 0n, new Uint8Array(32), NO_AMOUNT), 1n);
  const entry = "set_state_init_data_entry";
  host.call(entry, 0n, 1n, "key", "value");
  assert.is(host.fail(entry, 0n, 1n, "key", "other"), "DataEntryAlreadyExists");
  assert.is(host.fail(entry, 0n, 0n, "key", "value"), "InvalidActionIndex");
  assert.is(host.fail(entry, 0n, 2n, "key", "value"), "InvalidActionIndex");
  assert.is(host.fail(entry, 5n, 1n, "key", "value"), "InvalidPromiseIndex");
  const [, action] = host.host.promises.receipts[0]?.actions ?? [];
  const data = action?.type === "deterministicStateInit" ? action.stateInit.data : new Map();
  assert.equal([...data], [[encodeUtf8("key"), encodeUtf8("value")]]);
});

test("gas keys: fees by the length that is told, nonces of 16 bits", () => {
  const host = hostWithPromise();
  const { gas } = host.host;
  const add = "promise_batch_action_add_gas_key_with_full_access";
  assert.is(host.fail(add, 0n, KEY_BYTES, 65_536n), "IntegerOverflow");
  const before = gas.profile.find(({ cost }) => cost === "GAS_KEY_BYTE");
  assert.is(before, undefined);
  host.call(add, 0n, KEY_BYTES, 3n);
  host.call("promise_batch_action_transfer_to_gas_key", 0n, KEY_BYTES, { amount: 5n });
  const profile = new Map(gas.profile.map(({ cost, gas: burnt }) => [cost, burnt]));
  const { sendNotSir } = ACTION_FEES.gasKeyByte;
  assert.is(profile.get("GAS_KEY_BYTE"), (18n + 33n) * sendNotSir);
  assert.is(profile.get("GAS_KEY_TRANSFER_BASE"), ACTION_FEES.gasKeyTransferBase.sendNotSir);
  assert.is(profile.get("GAS_KEY_NONCE_WRITE_BASE"), undefined);
  assert.is(host.host.balance, 105n);
  host.host.registers.set(1n, KEY_BYTES);
  assert.is(host.fail(add, 0n, REGISTER, 1n, 3n), "IntegerOverflow");
});

test("yields: resumed by data id or by an id of their own", () => {
  const id = new Uint8Array(32).fill(7);
  const host = hostWithPromise();
  assert.is(host.call("promise_yield_create", "m", "", 5n, 0n, 3n), 1n);
  const dataId = host.host.registers.get(3n) ?? new Uint8Array();
  assert.is(host.call("promise_yield_create_with_id", "m", "", NO_AMOUNT, 5n, 0n, id), 2n);
  assert.is(host.call("promise_yield_create_with_id", "m", "", NO_AMOUNT, 5n, 0n, id), NONE);
  assert.is(host.call("promise_yield_resume", dataId, "data"), 1n);
  assert.is(host.call("promise_yield_resume", id, "data"), 0n);
  assert.is(host.call("promise_yield_resume_with_yield_id", id, "data"), 1n);
  assert.is(host.call("promise_yield_resume_with_yield_id", dataId, "data"), 0n);
  assert.is(host.fail("promise_yield_resume", "short", "data"), "DataIdMalformed");
  assert.is(host.fail("promise_yield_resume_with_yield_id", "short", "data"), "YieldIdMalformed");
  const long = new Uint8Array(1025);
  assert.is(host.fail("promise_yield_resume", dataId, long), "YieldPayloadLength");
  const made = host.host.promises.receipts.map(({ type, yieldId }) => [type, yieldId]);
  assert.equal(made, [
    ["action", null],
    ["promiseYield", null],
    ["promiseYield", id],
  ]);
  assert.is(host.host.promises.resumes.length, 2);
});

test("yields of before the call are the chain's", () => {
  const id = new Uint8Array(32).fill(7);
  const dataId = new Uint8Array(32).fill(8);
  const host = hostWithPromise({
    external: {
      hasYield: (asked) => asked[0] === 8,
      yieldDataId: (asked) => (asked[0] === 7 ? dataId : null),
    },
  });
  assert.is(host.call("promise_yield_resume", dataId, "data"), 1n);
  assert.is(host.call("promise_yield_resume_with_yield_id", id, "data"), 1n);
  assert.is(host.call("promise_yield_create_with_id", "m", "", NO_AMOUNT, 5n, 0n, id), NONE);
});

test("views are refused by name, creating promises under that of its batch", () => {
  const host = createTestHost({ context: { isView: true } });
  const refused = (name: string, ...args: readonly Argument[]): unknown => {
    try {
      host.call(name, ...args);
    } catch (error) {
      return error instanceof Error && "error" in error ? error.error : error;
    }
    return null;
  };
  const named = (name: string): unknown => ({
    name: "ProhibitedInView",
    fields: { method_name: name },
  });
  const call = ["m", "", NO_AMOUNT, 1n] as const;
  assert.equal(refused("promise_create", "bob.near", ...call), named("promise_batch_create"));
  assert.equal(refused("promise_then", 0n, "bob.near", ...call), named("promise_batch_then"));
  assert.equal(
    refused("promise_batch_action_function_call_weight", 0n, ...call, 1n),
    named("promise_batch_action_function_call"),
  );
  assert.equal(refused("promise_results_count"), named("promise_results_count"));
  assert.equal(
    refused("promise_yield_resume", new Uint8Array(32), ""),
    named("promise_yield_resume"),
  );
});

test.run();
