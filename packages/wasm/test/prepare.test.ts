// Compiles WebAssembly at run time, which workerd forbids.
import { equalBytes } from "@yoctonear/base";
import { loadProbeContract } from "@yoctonear/vectors";
import { FUNCTION_PREFIX, prepareContract, STACK_BUDGET } from "@yoctonear/wasm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  assemble,
  bytesOf,
  globalOf,
  HEADER,
  memoryOf,
  moduleOf,
  name,
  NO_TYPE,
  refusalOf,
  run,
  sized,
  vector,
} from "./samples.ts";

const test = suite("wasm: prepareContract");

const exportsOf = (bytes: Uint8Array): WebAssembly.ModuleExportDescriptor[] =>
  WebAssembly.Module.exports(new WebAssembly.Module(prepareContract(bytes).bytes));

test("a module of nothing gets a memory and counters", () => {
  assert.equal(exportsOf(bytesOf([HEADER])), [
    { name: "memory", kind: "memory" },
    { name: "remaining_gas", kind: "global" },
    { name: "remaining_stack", kind: "global" },
  ]);
});

test("tells imports and exported functions with their types", async () => {
  const wat = `(module
    (import "env" "log" (func $log (param i64 i32) (result i64)))
    (import "env" "panic" (func $panic))
    (global $g (export "g") i32 (i32.const 1))
    (table (export "t") 1 funcref)
    (memory (export "m") 1)
    (func $f (export "f") (param f32 f64 funcref) (result i32) i32.const 0)
    (export "again" (func $f)) (export "raw" (func $panic)))`;
  const contract = prepareContract(await assemble(wat));
  assert.equal(contract.imports, [
    { name: "log", signature: { params: ["i64", "i32"], results: ["i64"] } },
    { name: "panic", signature: { params: [], results: [] } },
  ]);
  const f = { params: ["f32", "f64", "funcref"], results: ["i32"] };
  assert.equal(
    [...contract.functions],
    [
      ["f", f],
      ["again", f],
      ["raw", { params: [], results: [] }],
    ],
  );
  assert.is(contract.hasStart, false);
});

test("functions are exported under prefixed names, so that no name of theirs is taken", async () => {
  const wat = `(module (func (export "memory")) (func (export "remaining_gas")) (func (export "start"))
    (func (export "remaining_stack")) (func (export "")) (memory (export "mem") 1))`;
  const names = exportsOf(await assemble(wat)).map((entry) => entry.name);
  assert.equal(names, [
    ...["memory", "remaining_gas", "start", "remaining_stack", ""].map((n) => FUNCTION_PREFIX + n),
    "memory",
    "remaining_gas",
    "remaining_stack",
  ]);
});

for (const memory of ["", "(memory 0 0)", "(memory 1)", "(memory 2048 2048)", "(memory 65536)"]) {
  test(`the memory has 1024 to 2048 pages, whatever is declared: ${memory}`, async () => {
    const { instance } = run(await assemble(`(module ${memory} (func (export "main")))`));
    const { buffer } = memoryOf(instance);
    assert.is(buffer.byteLength, 1024 * 65_536);
    const memoryObject = memoryOf(instance);
    assert.is(memoryObject.grow(1024), 1024);
    assert.throws(() => memoryObject.grow(1), RangeError);
  });
}

test("instructions of memory need a memory that the contract declares", async () => {
  assert.is(refusalOf(await assemble("(module (func (drop (memory.size))))")), "Deserialization");
});

test("custom sections are dropped, wherever they are", () => {
  const custom = [0, [name("name"), 1, 2, 3]] as const;
  const sections = [
    [1, vector([NO_TYPE])],
    [3, [1, 0]],
    [10, vector([sized([0, 0x0b])])],
  ] as const;
  const plain = prepareContract(moduleOf(...sections)).bytes;
  const [types, functions, code] = sections;
  const decorated = moduleOf(custom, types, custom, custom, functions, custom, code, custom);
  assert.ok(equalBytes(prepareContract(decorated).bytes, plain));
});

test("a start function runs when it is called, and not before", async () => {
  const wat = `(module (memory 1) (func $s (i32.store (i32.const 0) (i32.const 7))) (start $s)
    (func (export "main") (i32.store8 (i32.const 1) (i32.const 8))))`;
  const bytes = await assemble(wat);
  const contract = prepareContract(bytes);
  assert.is(contract.hasStart, true);
  const untouched = new WebAssembly.Instance(new WebAssembly.Module(contract.bytes));
  assert.is(new Uint8Array(memoryOf(untouched).buffer)[0], 0);
  const { instance } = run(bytes);
  assert.equal(new Uint8Array(memoryOf(instance).buffer).slice(0, 2), Uint8Array.of(7, 8));
});

test("the counters begin with no gas and the whole stack", () => {
  const { bytes } = prepareContract(bytesOf([HEADER]));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  assert.is(globalOf(instance, "remaining_gas").value, 0n);
  assert.is(globalOf(instance, "remaining_stack").value, STACK_BUDGET);
});

test("globals, tables and segments keep what they hold", async () => {
  const wat = `(module (memory 1) (table 3 funcref) (global $a (mut i64) (i64.const -5))
    (global $b f32 (f32.const 1.5)) (global $c funcref (ref.func $nine)) (global $d (mut f64) (f64.const 2))
    (type $r (func (result i32))) (func $eight (result i32) i32.const 8) (func $nine (result i32) i32.const 9)
    (elem (i32.const 1) $eight $nine) (data (i32.const 4) "\\2a")
    (func (export "main")
      (table.set (i32.const 0) (global.get $c))
      (i32.store (i32.const 0) (call_indirect (type $r) (i32.const 0)))
      (i32.store (i32.const 8) (call_indirect (type $r) (i32.const 1)))
      (i64.store (i32.const 16) (global.get $a)) (f32.store (i32.const 24) (global.get $b))
      (f64.store (i32.const 32) (global.get $d))))`;
  const { instance, trap } = run(await assemble(wat));
  assert.is(trap, "");
  const view = new DataView(memoryOf(instance).buffer);
  const found = [view.getInt32(0, true), view.getUint8(4), view.getInt32(8, true)];
  assert.equal(found, [9, 42, 8]);
  assert.is(view.getBigInt64(16, true), -5n);
  assert.equal([view.getFloat32(24, true), view.getFloat64(32, true)], [1.5, 2]);
});

test("the probe contract", async () => {
  const contract = prepareContract(await loadProbeContract());
  assert.is(contract.imports.length, 89);
  assert.ok(contract.functions.has("run"));
  assert.ok(WebAssembly.validate(contract.bytes));
});

test.run();
