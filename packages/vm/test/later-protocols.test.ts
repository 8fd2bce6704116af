// Compiles WebAssembly at run time, which workerd forbids.
import { encodeHex, encodeUtf8 } from "@yoctonear/base";
import { universalAccountId } from "@yoctonear/primitives";
import { universalStateInit } from "@yoctonear/transactions";
import {
  runContract,
  VM_CONFIG,
  type VmConfig,
  type VmContext,
  type VmOutcome,
} from "@yoctonear/vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assemble, globals, largeContract } from "./assemble.ts";
import { MemoryExternal } from "./memory-external.ts";
import { testContext } from "./test-context.ts";

const test = suite("vm: protocols 87 and 88");

const { stateInit } = universalStateInit({
  accessKeys: ["ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp"],
});

const CONFIG_87: VmConfig = {
  ...VM_CONFIG,
  protocolVersion: 87,
  verifyMlDsa: (message, signature) => message[0] === signature[0],
};

const CONFIG_88: VmConfig = { ...CONFIG_87, protocolVersion: 88 };

interface Run {
  readonly config?: VmConfig;
  readonly context?: Partial<VmContext>;
}

function run(code: Uint8Array, { config = CONFIG_87, context }: Run = {}): VmOutcome {
  return runContract({
    code,
    method: "main",
    context: testContext(context),
    external: new MemoryExternal(),
    config,
  });
}

/** A contract whose `main` does this, with these bytes at the start of its memory. */
function contract(imports: string, body: string, data: Uint8Array): Promise<Uint8Array> {
  const text = [...data].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  return assemble(`(module ${imports}
    (import "env" "value_return" (func $return (param i64 i64)))
    (import "env" "promise_batch_create" (func $batch (param i64 i64) (result i64)))
    (memory 1) (data (i32.const 0) "${text}")
    (func (export "main") ${body}))`);
}

const REGISTER = "(i64.const -1) (i64.const 5)";

function returned({ returned: value, error }: VmOutcome): Uint8Array {
  assert.is(error, null);
  if (value.type !== "value") throw new Error("expected a value");
  return value.value;
}

function gasOf({ profile }: VmOutcome, cost: string): bigint | undefined {
  return profile.find((entry) => entry.cost === cost)?.gas;
}

test("SHA3 of FIPS 202, and what it costs", async () => {
  const known = [
    [
      "sha3_256",
      "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
      [5_879_491_275n, 21_471_105n],
    ],
    [
      "sha3_384",
      "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
      [5_811_388_236n, 36_649_701n],
    ],
    [
      "sha3_512",
      "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
      [5_811_388_236n, 36_649_701n],
    ],
  ] as const;
  for (const [name, hash, [base, byte]] of known) {
    const code = await contract(
      `(import "env" "${name}" (func $hash (param i64 i64 i64)))`,
      `(call $hash (i64.const 3) (i64.const 0) (i64.const 5)) (call $return ${REGISTER})`,
      encodeUtf8("abc"),
    );
    const outcome = run(code);
    assert.is(encodeHex(returned(outcome)), hash, name);
    assert.is(gasOf(outcome, `${name.toUpperCase()}_BASE`), base, name);
    assert.is(gasOf(outcome, `${name.toUpperCase()}_BYTE`), 3n * byte, name);
  }
});

test("functions are not there before their protocol version", async () => {
  const functions = [
    ["sha3_256", "(param i64 i64 i64)", 87],
    ["sha3_384", "(param i64 i64 i64)", 87],
    ["sha3_512", "(param i64 i64 i64)", 87],
    ["ml_dsa_verify", "(param i64 i64 i64 i64 i64 i64) (result i64)", 87],
    ["universal_state_init_to_account_id", "(param i64 i64 i64) (result i64)", 88],
    ["promise_batch_action_universal_state_init", "(param i64 i64 i64 i64)", 88],
  ] as const;
  const missing = { type: "linkError", message: "unknown or invalid import" } as const;
  for (const [name, type, since] of functions) {
    const code = await assemble(
      `(module (import "env" "${name}" (func ${type})) (func (export "main")))`,
    );
    for (const config of [VM_CONFIG, CONFIG_87, CONFIG_88]) {
      const isThere = config.protocolVersion >= since;
      assert.equal(run(code, { config }).error, isThere ? null : missing, name);
    }
  }
});

test("ml_dsa_verify returns 1 and 0, and fails on wrong lengths", async () => {
  const verify = async (signature: number, key: number, data: string): Promise<VmOutcome> =>
    run(
      await contract(
        `(import "env" "ml_dsa_verify" (func $verify (param i64 i64 i64 i64 i64 i64) (result i64)))`,
        `(i64.store (i32.const 60000)
           (call $verify (i64.const ${signature}) (i64.const 0) (i64.const 32) (i64.const 1)
             (i64.const ${key}) (i64.const 0)))
         (call $return (i64.const 1) (i64.const 60000))`,
        encodeUtf8(data),
      ),
    );
  const valid = await verify(3309, 1952, "aa");
  assert.equal([...returned(valid)], [1]);
  assert.is(gasOf(valid, "ML_DSA_VERIFY_BASE"), 540_000_000_000n);
  assert.is(gasOf(valid, "ML_DSA_VERIFY_BYTE"), 32n * 11_000_000n);
  assert.equal([...returned(await verify(3309, 1952, "ab"))], [0]);
  for (const [signature, key, msg] of [
    [3308, 1952, "invalid signature length: expected the input of 3309 bytes, but 3308 was given"],
    [3310, 1952, "invalid signature length: expected the input of 3309 bytes, but 3310 was given"],
    [3309, 1951, "invalid key length: expected the input of 1952 bytes, but 1951 was given"],
    [3309, 1953, "invalid key length: expected the input of 1952 bytes, but 1953 was given"],
  ] as const) {
    const { error } = await verify(signature, key, "aa");
    const fields = { msg };
    assert.equal(error, { type: "hostError", error: { name: "MlDsaVerifyInvalidInput", fields } });
  }
});

test("universal_state_init_to_account_id tells the id of canonical bytes alone", async () => {
  const [first, second] = [Uint8Array.of(1), Uint8Array.of(2)];
  const data = new Map([
    [first, first],
    [second, second],
  ]);
  const sorted = universalStateInit({ data }).stateInit;
  // The two entries change places.
  const unsorted = sorted.slice();
  unsorted.set(sorted.subarray(6, 16), 16);
  unsorted.set(sorted.subarray(16, 26), 6);
  const cases = [
    [stateInit, 0],
    [sorted, 0],
    [unsorted, 2],
    [encodeUtf8("no state init"), 1],
    [Uint8Array.of(...stateInit, 0), 1],
    [new Uint8Array(), 1],
  ] as const;
  for (const [bytes, status] of cases) {
    const code = await contract(
      `(import "env" "universal_state_init_to_account_id" (func $id (param i64 i64 i64) (result i64)))
       (import "env" "write_register" (func $write (param i64 i64 i64)))`,
      `(call $write (i64.const 5) (i64.const 0) (i64.const 0))
       (i64.store (i32.const 60000) (call $id (i64.const ${bytes.length}) (i64.const 0) (i64.const 5)))
       (if (i32.eqz (i32.load (i32.const 60000)))
         (then (call $return ${REGISTER}))
         (else (call $return (i64.const 1) (i64.const 60000))))`,
      bytes,
    );
    const outcome = run(code, { config: CONFIG_88 });
    const expected = status === 0 ? encodeUtf8(universalAccountId(bytes)) : Uint8Array.of(status);
    assert.equal(returned(outcome), expected);
    assert.is(gasOf(outcome, "UNIVERSAL_STATE_INIT_TO_ACCOUNT_ID_BASE"), 8_900_000_000n);
    const byBytes = bytes.length === 0 ? undefined : 83_100_000n * BigInt(bytes.length);
    assert.is(gasOf(outcome, "UNIVERSAL_STATE_INIT_TO_ACCOUNT_ID_BYTE"), byBytes);
  }
});

const BATCH_INIT = `(import "env" "promise_batch_action_universal_state_init"
  (func $init (param i64 i64 i64 i64)))`;

function sendInit(bytes: Uint8Array): Promise<Uint8Array> {
  const receiver = encodeUtf8(universalAccountId(bytes));
  const data = Uint8Array.from([...receiver, 7, ...Array.from({ length: 15 }, () => 0), ...bytes]);
  const at = receiver.length;
  return contract(
    BATCH_INIT,
    `(call $init (call $batch (i64.const ${at}) (i64.const 0))
       (i64.const ${bytes.length}) (i64.const ${at + 16}) (i64.const ${at}))`,
    data,
  );
}

test("promise_batch_action_universal_state_init sends the bytes with the deposit", async () => {
  const outcome = run(await sendInit(stateInit), {
    config: CONFIG_88,
    context: { accountBalance: 100n },
  });
  assert.is(outcome.error, null);
  assert.equal(
    outcome.receipts.map(({ receiverId, actions }) => [receiverId, actions]),
    [[universalAccountId(stateInit), [{ type: "universalStateInit", stateInit, deposit: 7n }]]],
  );
  const view = run(await sendInit(stateInit), { config: CONFIG_88, context: { isView: true } });
  assert.is(view.error?.type, "hostError");
  const length = BigInt(stateInit.length);
  assert.is(gasOf(outcome, "UNIVERSAL_STATE_INIT_BASE"), 500_000_000_000n);
  assert.is(gasOf(outcome, "UNIVERSAL_STATE_INIT_BYTE"), 78_000_000n * length);
  assert.is(gasOf(outcome, "UNIVERSAL_STATE_INIT_ENTRY"), undefined);
  assert.is(gasOf(outcome, "ADD_FULL_ACCESS_KEY"), 101_765_125_000n);
});

test("bytes that are no state init are paid for as the most that they could hold", async () => {
  const odd = new Uint8Array(100).fill(255);
  const context = { accountBalance: 100n };
  const outcome = run(await sendInit(odd), { config: CONFIG_88, context });
  assert.is(outcome.error, null);
  // (100 - 6) / 8 and (100 - 10) / 33, rounded up.
  assert.is(gasOf(outcome, "UNIVERSAL_STATE_INIT_ENTRY"), 12n * 3_100_000_000n);
  assert.is(gasOf(outcome, "ADD_FULL_ACCESS_KEY"), 3n * 101_765_125_000n);
});

test("code that cannot be loaded costs at 87 what loading costs", () => {
  // An instance of more bytes than nearcore keeps.
  const code = globals(70_000);
  const before = run(code, { config: VM_CONFIG });
  const after = run(code);
  assert.is(before.error?.type, "loadingError");
  assert.equal(after.error, before.error);
  assert.is(before.gasBurnt, 0n);
  assert.is(after.gasBurnt, 35_445_963n + 1_089_295n * BigInt(code.length));
});

test("at 87 each local needs two bytes of code", () => {
  const code = largeContract({ functions: 1, localsPerFunction: 100, panicImports: 0 });
  assert.is(run(code, { config: VM_CONFIG }).error, null);
  assert.equal(run(code).error, { type: "prepareError", error: "TooManyLocals" });
});

test.run();
