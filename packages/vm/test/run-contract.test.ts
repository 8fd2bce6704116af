// Compiles WebAssembly at run time, which workerd forbids.
import { encodeUtf8, isNearError } from "@yoctonear/base";
import { field, integer, list, loadVectors, text } from "@yoctonear/vectors";
import {
  functionCallErrorJson,
  runContract,
  type RunRequest,
  VM_CONFIG,
  type VmContext,
  type VmOutcome,
} from "@yoctonear/vm";
import { prepareContract } from "@yoctonear/wasm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assemble, padTo } from "./assemble.ts";
import { MemoryExternal } from "./memory-external.ts";
import { testContext } from "./test-context.ts";

const test = suite("vm: runContract");
const vectors = await loadVectors("runtime");

const LOADING_BASE = 35_445_963n;
const LOADING_BYTE = 1_089_295n;
const OPERATION = 822_756n;

interface Run extends Partial<Omit<RunRequest, "context">> {
  readonly context?: Partial<VmContext>;
}

function run(code: Uint8Array | null, { context, ...options }: Run = {}): VmOutcome {
  return runContract({
    code,
    method: "main",
    context: testContext(context),
    external: new MemoryExternal(),
    ...options,
  });
}

function loadingFee(code: Uint8Array): bigint {
  return LOADING_BASE + LOADING_BYTE * BigInt(code.length);
}

test("the profile of a trivial contract is that of nearcore's snapshot", async () => {
  const entries = list(vectors, "trivial_contract_gas_profile", "receipts", 0);
  const bytes = entries.find((entry) => text(entry, 1) === "CONTRACT_LOADING_BYTES");
  const wat = text(vectors, "trivial_contract_gas_profile", "wat");
  const length = Number(integer(bytes ?? null, 2) / LOADING_BYTE);
  const outcome = run(padTo(await assemble(wat), length));
  assert.equal(
    outcome.profile.map(({ category, cost, gas }) => [category, cost, String(gas)]),
    entries,
  );
  console.log("trivial_contract_gas_profile: 1 of 1 run, exact");
});

test("used_gas tells what nearcore's sanity check says between its calls", async () => {
  const expected = field(vectors, "used_gas_differences", "expected");
  const wat = text(vectors, "used_gas_differences", "wat");
  // The assembler wants parentheses around a folded call.
  const code = await assemble(wat.replace(/\scall \$env.used_gas\)/, " (call $env.used_gas))"));
  const { returned, error } = run(code);
  assert.is(error, null);
  if (returned.type !== "value") throw new Error("expected a value");
  const view = new DataView(returned.value.slice().buffer);
  const [a, b, c, d] = [0, 8, 16, 24].map((at) => view.getBigUint64(at, true));
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error();
  assert.is(b - a, integer(expected, "used_1 - used_0"));
  assert.is(c - b, integer(expected, "used_2 - used_1"));
  assert.ok(d - c > BigInt(text(expected, "used_3 - used_2").slice(2)));
  console.log("used_gas_differences: 3 of 3 run, exact");
});

test("no contract: CodeDoesNotExist, without gas", () => {
  const outcome = run(null);
  assert.equal(outcome.error, { type: "codeDoesNotExist", accountId: "alice.near" });
  assert.is(outcome.gasBurnt, 0n);
});

test("too little gas for loading pays for bytes first", async () => {
  const code = await assemble(`(module (func (export "main")))`);
  const outcome = run(code, { context: { prepaidGas: 30_000_000n } });
  assert.is(outcome.error?.type, "hostError");
  assert.equal(outcome.profile, [
    { category: "WASM_HOST_COST", cost: "CONTRACT_LOADING_BYTES", gas: 30_000_000n },
  ]);
});

test("a loading fee beyond the limit of a view is still a lack of prepaid gas", async () => {
  const code = await assemble(`(module (func (export "main")))`);
  const outcome = run(code, { context: { prepaidGas: 1n, isView: true } });
  assert.equal(outcome.error, { type: "hostError", error: { name: "GasExceeded", fields: {} } });
});

test("a view that runs on exceeds the limit", async () => {
  const code = await assemble(`(module (func (export "main") (loop (br 0))))`);
  const outcome = run(code, { context: { prepaidGas: 10n ** 10n, isView: true } });
  assert.equal(outcome.error, {
    type: "hostError",
    error: { name: "GasLimitExceeded", fields: {} },
  });
  assert.is(outcome.gasBurnt, 10n ** 10n);
});

test("an import of another type does not link", async () => {
  for (const type of [
    "(param i64)",
    "(param i32 i64)",
    "(param i64 i64) (result i64)",
    "(param i64 i64 i64)",
  ]) {
    const code = await assemble(
      `(module (import "env" "value_return" (func ${type})) (func (export "main")))`,
    );
    const outcome = run(code);
    assert.equal(outcome.error, { type: "linkError", message: "unknown or invalid import" });
    assert.is(outcome.gasBurnt, loadingFee(code));
  }
});

test("names of Object's own properties are no host functions", async () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    const code = await assemble(`(module (import "env" "${name}" (func)) (func (export "main")))`);
    assert.is(run(code).error?.type, "linkError", name);
  }
});

test("an unknown import goes before a missing method, and keeps the fee", async () => {
  const code = await assemble(`(module (import "env" "nothing" (func)))`);
  const outcome = run(code, { method: "missing" });
  assert.is(outcome.error?.type, "linkError");
  assert.is(outcome.gasBurnt, loadingFee(code));
});

test("a start function runs before the method, on a stack of its own", async () => {
  const code = await assemble(`(module
    (import "env" "log_utf8" (func $log (param i64 i64)))
    (memory 1) (data (i32.const 0) "start main")
    (func $start (call $log (i64.const 5) (i64.const 0)))
    (func (export "main") (call $log (i64.const 4) (i64.const 6)))
    (start $start))`);
  assert.equal(run(code).logs, ["start", "main"]);
});

test("logs before a failure stay", async () => {
  const code = await assemble(`(module
    (import "env" "log_utf8" (func $log (param i64 i64)))
    (memory 1) (data (i32.const 0) "seen")
    (func (export "main") (call $log (i64.const 4) (i64.const 0)) unreachable))`);
  const outcome = run(code);
  assert.equal(outcome.logs, ["seen"]);
  assert.equal(outcome.error, { type: "wasmTrap", trap: "Unreachable" });
});

const TRAPS: Readonly<Record<string, readonly [body: string, trap: string]>> = {
  unreachable: ["unreachable", "Unreachable"],
  "division by zero": ["(drop (i32.div_s (i32.const 1) (i32.const 0)))", "IllegalArithmetic"],
  "remainder of zero": ["(drop (i64.rem_u (i64.const 1) (i64.const 0)))", "IllegalArithmetic"],
  "division overflow": [
    "(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))",
    "IllegalArithmetic",
  ],
  "truncation of NaN": ["(drop (i32.trunc_f32_s (f32.const nan)))", "IllegalArithmetic"],
  "truncation of too much": ["(drop (i64.trunc_f64_u (f64.const 1e30)))", "IllegalArithmetic"],
  "load out of bounds": ["(drop (i32.load (i32.const -4)))", "MemoryOutOfBounds"],
  "store out of bounds": ["(i32.store (i32.const -4) (i32.const 1))", "MemoryOutOfBounds"],
  "fill out of bounds": [
    "(memory.fill (i32.const 67108863) (i32.const 0) (i32.const 2))",
    "MemoryOutOfBounds",
  ],
  "copy out of bounds": [
    "(memory.copy (i32.const 0) (i32.const 67108863) (i32.const 2))",
    "MemoryOutOfBounds",
  ],
  "init out of bounds": [
    "(memory.init $passive (i32.const 0) (i32.const 3) (i32.const 2))",
    "MemoryOutOfBounds",
  ],
  "table.get out of bounds": ["(drop (table.get (i32.const 9)))", "MemoryOutOfBounds"],
  "table.init out of bounds": [
    "(table.init $elements (i32.const 0) (i32.const 1) (i32.const 1))",
    "MemoryOutOfBounds",
  ],
  "indirect call out of range": ["(call_indirect (type $none) (i32.const 9))", "MemoryOutOfBounds"],
  "indirect call of nothing": ["(call_indirect (type $none) (i32.const 1))", "IndirectCallToNull"],
  "indirect call of nothing after one of something": [
    "(call_indirect (type $none) (i32.const 0)) (call_indirect (type $none) (i32.const 2))",
    "IndirectCallToNull",
  ],
  "indirect call of another signature after one of nothing that was not made": [
    `(if (i32.const 0) (then (call_indirect (type $none) (i32.const 1))))
     (drop (call_indirect (type $number) (i32.const 0)))`,
    "IncorrectCallIndirectSignature",
  ],
  "indirect call of another signature": [
    "(drop (call_indirect (type $number) (i32.const 0)))",
    "IncorrectCallIndirectSignature",
  ],
};

for (const [name, [body, trap]] of Object.entries(TRAPS)) {
  test(`trap: ${name}`, async () => {
    const code = await assemble(`(module
      (type $none (func)) (type $number (func (result i32)))
      (memory 1) (data $passive "abc")
      (table 3 funcref) (elem (i32.const 0) $f) (elem $elements func $f)
      (func $f)
      (func (export "main") ${body}))`);
    const outcome = run(code);
    assert.equal(outcome.error, { type: "wasmTrap", trap });
    assert.ok(outcome.gasBurnt > loadingFee(code));
  });
}

test("a data segment out of bounds traps with only the loading fee burnt", async () => {
  const code = await assemble(
    `(module (memory 1025) (data (i32.const 67108863) "ab") (func (export "main")))`,
  );
  const outcome = run(code);
  assert.equal(outcome.error, { type: "wasmTrap", trap: "MemoryOutOfBounds" });
  assert.is(outcome.gasBurnt, loadingFee(code));
});

test("memory has 1024 pages, grows to 2048, and host functions see what it grew to", async () => {
  const code = await assemble(`(module
    (import "env" "value_return" (func $return (param i64 i64)))
    (memory 1)
    (func (export "main")
      (i32.store (i32.const 0) (memory.size))
      (i32.store (i32.const 4) (memory.grow (i32.const 1024)))
      (i32.store (i32.const 8) (memory.grow (i32.const 1)))
      (memory.copy (i32.const 134217716) (i32.const 0) (i32.const 12))
      (call $return (i64.const 12) (i64.const 134217716))))`);
  const { returned } = run(code);
  if (returned.type !== "value") throw new Error("expected a value");
  const view = new DataView(returned.value.slice().buffer);
  assert.is(view.getInt32(0, true), 1024);
  assert.is(view.getInt32(4, true), 1024);
  assert.is(view.getInt32(8, true), -1);
});

test("each call has an instance of its own", async () => {
  const code = await assemble(`(module
    (import "env" "value_return" (func $return (param i64 i64)))
    (memory 1) (global $count (mut i32) (i32.const 0))
    (func (export "main")
      (global.set $count (i32.add (global.get $count) (i32.const 1)))
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (global.get $count)))
      (call $return (i64.const 4) (i64.const 0))))`);
  const first = run(code);
  assert.equal(run(code), first);
  assert.equal(run(code.slice()), first);
});

test("recursion ends at nearcore's stack height, gas for what ran", async () => {
  const code = await assemble(`(module (func $f (export "main") (call $f)))`);
  const outcome = run(code);
  assert.equal(outcome.error, {
    type: "hostError",
    error: { name: "MemoryAccessViolation", fields: {} },
  });
  assert.is(outcome.gasBurnt, loadingFee(code) + 4096n * 9n * OPERATION);
});

test("the deepest stack of locals that nearcore allows fits", async () => {
  // 63 frames of 4096 bytes: locals take twice their accounted size on some engines.
  const locals = Array.from({ length: 1000 }, () => "i32").join(" ");
  const code = await assemble(`(module
    (func $f (param i32) (local ${locals})
      (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "main") (call $f (i32.const 60))))`);
  assert.is(run(code).error, null);
});

test("what the chain around throws is not the contract's failure", async () => {
  const code = await assemble(`(module
    (import "env" "storage_has_key" (func $has (param i64 i64) (result i64)))
    (func (export "main") (drop (call $has (i64.const 1) (i64.const 0)))))`);
  const external = new MemoryExternal();
  external.storageGet = () => {
    throw new TypeError("the chain is broken");
  };
  assert.throws(() => run(code, { external }), /the chain is broken/);
});

test("the stack of the engine itself, run out in a host function, ends the call clearly", async () => {
  const code = await assemble(`(module
    (import "env" "storage_has_key" (func $has (param i64 i64) (result i64)))
    (func (export "main") (drop (call $has (i64.const 1) (i64.const 0)))))`);
  const external = new MemoryExternal();
  const deeper = (): null => {
    deeper();
    return null;
  };
  external.storageGet = deeper;
  assert.equal(run(code, { external }).error, { type: "wasmTrap", trap: "StackOverflow" });
});

test("a module compiled ahead is run, and code is not compiled then", async () => {
  const code = await assemble(`(module (func (export "main")) (func (export "ahead") nop))`);
  const module = new WebAssembly.Module(prepareContract(code).bytes);
  const outcome = run(code, { codeHash: "ahead", modules: new Map([["ahead", module]]) });
  assert.is(outcome.error, null);
  assert.is(outcome.gasBurnt, loadingFee(code) + 8n * OPERATION);
});

test("a runtime that forbids compiling says what to do", async () => {
  const code = await assemble(`(module (func (export "main")) (func (export "forbidden")))`);
  const { Module } = WebAssembly;
  WebAssembly.Module = new Proxy(Module, {
    construct() {
      throw new WebAssembly.CompileError(
        "WebAssembly.Module(): Wasm code generation disallowed by embedder",
      );
    },
  });
  try {
    assert.throws(
      () => run(code),
      (error: unknown) => isNearError(error, "wasm_forbidden") && /`modules`/.test(error.message),
    );
  } finally {
    WebAssembly.Module = Module;
  }
  assert.is(run(code).error, null);
});

test("gas left over goes to the calls that asked for a share", async () => {
  const code = await assemble(`(module
    (import "env" "promise_create" (func $create (param i64 i64 i64 i64 i64 i64 i64 i64) (result i64)))
    (import "env" "promise_batch_create" (func $batch (param i64 i64) (result i64)))
    (import "env" "promise_batch_action_function_call_weight"
      (func $call (param i64 i64 i64 i64 i64 i64 i64 i64)))
    (memory 1) (data (i32.const 0) "bob.near")
    (func (export "main")
      (call $call (call $batch (i64.const 8) (i64.const 0))
        (i64.const 3) (i64.const 0) (i64.const 0) (i64.const 0) (i64.const 100) (i64.const 5) (i64.const 1))))`);
  const outcome = run(code);
  assert.is(outcome.error, null);
  assert.is(outcome.gasUsed, 100_000_000_000_000n);
  const [action] = outcome.receipts[0]?.actions ?? [];
  assert.is(action?.type, "functionCall");
  if (action?.type === "functionCall") assert.ok(action.gas > 90_000_000_000_000n);
});

test("a result of more than a limit fails with nearcore's text", async () => {
  const code = await assemble(`(module
    (import "env" "value_return" (func $return (param i64 i64)))
    (memory 1)
    (func (export "main") (call $return (i64.const 4194305) (i64.const 0))))`);
  const { error } = run(code);
  if (error === null) throw new Error("expected an error");
  assert.equal(functionCallErrorJson(error), {
    ExecutionError: "The length of a returned value 4194305 exceeds the limit 4194304",
  });
});

test("balance and storage usage after a call are what it left", async () => {
  const code = await assemble(`(module
    (import "env" "storage_write" (func $write (param i64 i64 i64 i64 i64) (result i64)))
    (memory 1) (data (i32.const 0) "keyvalue")
    (func (export "main")
      (drop (call $write (i64.const 3) (i64.const 0) (i64.const 5) (i64.const 3) (i64.const 0)))))`);
  const external = new MemoryExternal();
  const outcome = run(code, { external });
  assert.is(outcome.error, null);
  assert.is(outcome.storageUsage, 12n + 3n + 5n + VM_CONFIG.storageNumExtraBytesRecord);
  assert.is(outcome.balance, 4n);
  assert.equal(external.storageGet(encodeUtf8("key")), encodeUtf8("value"));
});

test.run();
