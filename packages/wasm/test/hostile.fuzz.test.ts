// Compiles WebAssembly at run time, which workerd forbids.
import { PrepareError, prepareContract } from "@yoctonear/wasm";
import { loadProbeContract } from "@yoctonear/vectors";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { INSTRUCTIONS } from "./instructions.ts";
import {
  assemble,
  type Bytes,
  bytesOf,
  HEADER,
  moduleOf,
  moduleWithCode,
  NO_TYPE,
  refusalOf,
  repeated,
  sized,
  u32,
  vector,
} from "./samples.ts";

const test = suite("wasm: hostile input");

/** Whatever is prepared, the engine takes; whatever is not, is refused by name. */
const check = (bytes: Uint8Array): boolean => {
  let prepared: Uint8Array<ArrayBuffer>;
  try {
    prepared = prepareContract(bytes).bytes;
  } catch (error) {
    if (error instanceof PrepareError) return false;
    throw error;
  }
  // Throws an error that tells where it is not valid.
  return new WebAssembly.Module(prepared) instanceof WebAssembly.Module;
};

const MIXED = `(module (type $t (func (param i32 i64) (result i32)))
  (import "env" "a" (func $a (param i32) (result i64))) (table 5 20 funcref) (memory 1 10)
  (global $g (mut i32) (i32.const 5)) (global $h (mut funcref) (ref.func $main))
  (export "main" (func $main)) (export "m" (memory 0)) (start $s) (elem (i32.const 0) $a $main)
  (elem declare func $x) (elem funcref (ref.null func) (ref.func $x)) (data (i32.const 8) "abc") (data "passive")
  (func $s) (func $main (local i32 f64 f32)
    (block (loop (br_if 1 (local.get 0)) (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br 0)))
    (if (local.get 0) (then (drop (call $a (i32.const 3)))) (else (return)))
    (local.set 1 (f64.div (f64.mul (local.get 1) (f64.const 2)) (f64.sqrt (local.get 1))))
    (f64.store (i32.const 0) (local.get 1)) (f32.store (i32.const 4) (f32.demote_f64 (local.get 1)))
    (memory.copy (i32.const 0) (i32.const 4) (i32.const 8)) (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 3))
    (table.init 2 (i32.const 0) (i32.const 0) (i32.const 1)) (drop (table.grow (ref.null func) (i32.const 1)))
    (drop (memory.grow (i32.const 1))) (global.set $h (select (result funcref) (ref.func $x) (global.get $h) (i32.const 0)))
    (drop (call_indirect (type $t) (i32.const 1) (i64.const 2) (i32.const 3))) (unreachable))
  (func $x (type $t) (block (result i32) (block (block (br_table 0 1 0 (local.get 0))) (br 2 (i32.const 1)))
    (i32.trunc_sat_f32_u (f32.const 1)) (drop) (i32.div_u (local.get 0) (i32.const 7)))))`;

test("any bytes are prepared or refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      check(bytes);
      check(bytesOf([HEADER, bytes]));
    }),
  );
});

test("any code of a function is prepared or refused", () => {
  const instruction = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...INSTRUCTIONS).map(({ code }) => [...code]) },
    fc.array(fc.nat(255), { maxLength: 3 }),
    fc.constantFrom(
      [0x02, 0x40],
      [0x03, 0x7f],
      [0x04, 0x40],
      [0x05],
      [0x0b],
      [0x0c, 0],
      [0x0d, 0],
      [0x0f],
      [0x00],
      [0x1a],
    ),
  );
  fc.assert(
    fc.property(fc.array(instruction, { maxLength: 40 }), (instructions) => {
      const body = sized([[1, 3, 0x7f], instructions, 0x0b]);
      check(
        moduleOf(
          [1, vector([NO_TYPE])],
          [3, [1, 0]],
          [4, [1, 0x70, 0, 9]],
          [5, [1, 0, 1]],
          [9, [1, 1, 0, 1, 0]],
          [12, [1]],
          [10, vector([body])],
          [11, [1, 1, 0]],
        ),
      );
    }),
  );
});

test("bytes of a real module changed at random", async () => {
  const modules = [await assemble(MIXED), await loadProbeContract()];
  const change = fc.tuple(fc.nat(), fc.nat(255));
  let accepted = 0;
  fc.assert(
    fc.property(fc.nat(1), fc.array(change, { minLength: 1, maxLength: 4 }), (which, changes) => {
      const bytes = new Uint8Array(modules[which] ?? []);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      if (check(bytes)) accepted += 1;
    }),
    { numRuns: 300 },
  );
  assert.ok(accepted > 0);
});

test("a real module that ends too early", async () => {
  const mixed = await assemble(MIXED);
  assert.ok(check(mixed));
  for (let length = 0; length < mixed.length; length += 1) check(mixed.subarray(0, length));
  const probe = await loadProbeContract();
  for (let length = 0; length < probe.length; length += 97) check(probe.subarray(0, length));
});

const HUGE = u32(0xffff_ffff);

test("vectors that claim four billion items in a few bytes are refused at once", () => {
  for (let id = 1; id <= 12; id += 1) {
    const refusal = refusalOf(moduleOf([id, HUGE]));
    const expected = { 1: "TooManyTypes", 10: "TooManyFunctions" }[id] ?? "Deserialization";
    assert.is(refusal, expected, `section ${id}`);
    assert.is(refusalOf(bytesOf([HEADER, id, HUGE, 1, 2, 3])), "Deserialization");
  }
  const refused: readonly Uint8Array[] = [
    moduleOf([1, [1, 0x60, HUGE]]),
    moduleOf([2, [1, HUGE]]),
    moduleOf([9, [1, 1, 0, HUGE]]),
    moduleOf([11, [1, 1, HUGE]]),
    moduleWithCode([], { locals: HUGE }),
    moduleWithCode([0x41, 0, 0x0e, HUGE]),
    moduleWithCode([0x1c, HUGE]),
    moduleOf([0, HUGE]),
  ];
  for (const bytes of refused) assert.is(refusalOf(bytes), "Deserialization");
  assert.is(refusalOf(moduleWithCode([], { locals: [1, HUGE, 0x7f] })), "TooManyLocals");
});

test("the deepest nesting that fits into a body", () => {
  const depth = 65_000;
  const nest = (...opening: readonly number[]): Bytes => [
    repeated(depth, opening).slice(1),
    repeated(depth, [0x0b]).slice(1),
  ];
  assert.is(refusalOf(moduleWithCode(nest(0x02, 0x40))), "TooManyBlocksPerFunction");
  assert.is(refusalOf(moduleWithCode(nest(0x03, 0x40))), "TooManyBlocksPerFunction");
  assert.is(refusalOf(moduleWithCode(repeated(depth, [0x02, 0x40]).slice(1))), "Deserialization");
});

test("as many groups of locals as fit, of none and of one", () => {
  const groups = (count: number, size: number): Bytes => repeated(count, [size, 0x7f]);
  assert.ok(check(moduleWithCode([], { locals: groups(90_000, 0) })));
  assert.ok(check(moduleWithCode([], { locals: groups(50_000, 1) })));
  assert.is(refusalOf(moduleWithCode([], { locals: groups(50_001, 1) })), "Deserialization");
});

test("code that grows the most", () => {
  const roots: Bytes = [
    0x44,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    repeated(90_000, [0x9f, 0x9a]).slice(1),
    0x1a,
  ];
  assert.ok(check(moduleWithCode(roots)));
  const divisions: Bytes = [0x41, 1, repeated(60_000, [0x41, 1, 0x6d]).slice(1), 0x1a];
  assert.ok(check(moduleWithCode(divisions)));
});

test.run();
