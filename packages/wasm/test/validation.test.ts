// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { INSTRUCTIONS, MEMORY_INSTRUCTIONS, TYPE_CODES, VALUES } from "./instructions.ts";
import {
  assemble,
  type Bytes,
  moduleOf,
  name,
  NO_TYPE,
  refusalOf,
  sized,
  vector,
} from "./samples.ts";

/** A module whose only function has this code, beside all that instructions may name. */
const moduleFor = (code: Bytes, { results = "", memory = true, table = true } = {}): Uint8Array =>
  moduleOf(
    [1, vector([[0x60, 0, vector(Array.from(results, (letter) => [TYPE_CODES[letter] ?? 0]))]])],
    [3, [1, 0]],
    ...(table ? [[4, vector([[0x70, 0, 10]])] as const] : []),
    ...(memory ? [[5, vector([[0, 1]])] as const] : []),
    [7, vector([[name("main"), 0, 0]])],
    [9, vector([[1, 0, 0]])],
    [12, [1]],
    [10, vector([sized([0, code, 0x0b])])],
    [11, vector([[1, 0]])],
  );

const pushed = (letters: string): Bytes => Array.from(letters, (letter) => VALUES[letter] ?? []);
const isValid = (bytes: Uint8Array): boolean => {
  const refusal = refusalOf(bytes);
  if (refusal !== "" && refusal !== "Deserialization") throw new Error(`unexpected ${refusal}`);
  return refusal === "";
};

const types = suite("wasm: operands of every instruction");

for (const { title, code, takes, gives } of INSTRUCTIONS) {
  types(`${title} takes ${takes || "nothing"} and gives ${gives || "nothing"}`, () => {
    assert.ok(isValid(moduleFor([pushed(takes), code], { results: gives })));
    // Code that is never reached may take anything, and gives the same.
    assert.ok(isValid(moduleFor([0x00, code], { results: gives })));
    for (const other of "iIfFr") {
      if (other !== gives)
        assert.not(isValid(moduleFor([pushed(takes), code], { results: other })), other);
      for (let index = 0; index < takes.length; index += 1) {
        if (other === takes[index]) continue;
        const wrong = takes.slice(0, index) + other + takes.slice(index + 1);
        assert.not(isValid(moduleFor([pushed(wrong), code], { results: gives })), wrong);
        assert.not(
          isValid(moduleFor([0x00, pushed(wrong.slice(index)), code], { results: gives })),
          wrong,
        );
      }
    }
    if (takes !== "") {
      assert.not(
        isValid(moduleFor([pushed(takes.slice(1)), code], { results: gives })),
        "one less",
      );
      // Operands from outside of a block are not its own.
      assert.not(
        isValid(moduleFor([pushed(takes), 0x02, 0x40, code, 0x00, 0x0b, 0x00])),
        "outside",
      );
    }
    assert.not(isValid(moduleFor([pushed(`i${takes}`), code], { results: gives })), "one more");
  });
}

const needs = suite("wasm: what instructions name must exist");

needs("memory", () => {
  for (const { code, takes, title } of INSTRUCTIONS) {
    const usesMemory =
      MEMORY_INSTRUCTIONS.some((other) => other.title === title) ||
      ["0x3f", "0x40", "0xfc 0x8", "0xfc 0xa", "0xfc 0xb"].includes(title);
    assert.is(
      isValid(moduleFor([pushed(takes), code, 0x00], { memory: false })),
      !usesMemory,
      title,
    );
  }
});

needs("tables", () => {
  const users = ["0xfc 0xc", "0xfc 0xe", "0xfc 0xf", "0xfc 0x10", "0xfc 0x11", "0x25", "0x26"];
  for (const { code, takes, title } of INSTRUCTIONS) {
    assert.is(
      isValid(moduleFor([pushed(takes), code, 0x00], { table: false })),
      !users.includes(title),
      title,
    );
  }
  assert.not(isValid(moduleFor([VALUES["i"] ?? [], 0x11, 0, 0], { table: false })));
});

needs("alignments are natural at most", () => {
  for (const { code, takes, title } of MEMORY_INSTRUCTIONS) {
    const [opcode = 0, alignment = 0] = code;
    for (let tried = 0; tried < 8; tried += 1) {
      assert.is(
        isValid(moduleFor([pushed(takes), opcode, tried, 0, 0x00])),
        tried <= alignment,
        title,
      );
    }
    // The bit that names another memory, for those who may have many.
    assert.not(isValid(moduleFor([pushed(takes), opcode, 0x40 | alignment, 0, 0, 0x00])), title);
  }
});

needs("memory.size and memory.grow have a byte of zero, others indices that are numbers", () => {
  const i = VALUES["i"] ?? [];
  assert.not(isValid(moduleFor([0x3f, 1, 0x00])));
  assert.not(isValid(moduleFor([0x3f, 0x80, 0, 0x00])));
  assert.not(isValid(moduleFor([i, 0x40, 0x80, 0, 0x00])));
  assert.ok(isValid(moduleFor([i, i, i, 0xfc, 0x0b, 0x80, 0, 0x00])));
  assert.ok(isValid(moduleFor([0xfc, 0x10, 0x80, 0x00, 0x00])));
  assert.ok(isValid(moduleFor([i, 0x11, 0x00, 0x80, 0x00])));
  assert.not(isValid(moduleFor([0xfc, 0x10, 1, 0x00])));
});

const OPCODES_OF_OTHERS = [
  0x06, 0x07, 0x08, 0x09, 0x0a, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1d, 0x1e, 0x1f,
  0x27, 0xc5, 0xcf, 0xd3, 0xd4, 0xd5, 0xd6, 0xe0, 0xfa, 0xfb, 0xfd, 0xfe, 0xff,
];
needs("instructions of other features are refused", () => {
  for (const opcode of OPCODES_OF_OTHERS) {
    assert.not(isValid(moduleFor([0x00, opcode, 0, 0, 0, 0, 0])), `0x${opcode.toString(16)}`);
  }
  for (let number = 18; number < 40; number += 1) {
    assert.not(isValid(moduleFor([0x00, 0xfc, number, 0, 0])), `0xfc ${number}`);
  }
  assert.not(isValid(moduleFor([0x00, 0xfc, 0x80, 0x02, 0, 0])));
});

needs("numbers after 0xfc may be longer than need be", () => {
  assert.ok(isValid(moduleFor([0x00, 0xfc, 0x80, 0x00], { results: "i" })));
  assert.not(isValid(moduleFor([0x00, 0xfc, 0x80, 0x80, 0x80, 0x80, 0x10], { results: "i" })));
});

const control = suite("wasm: control, variables, references");

const VALID: Readonly<Record<string, string>> = {
  "a block with a result": "(func (result i32) (block (result i32) (i32.const 1)))",
  "a branch takes a result along": "(func (result i32) (block (result i32) (br 0 (i32.const 1))))",
  "operands below those of a branch are dropped":
    "(func (result i32) (i64.const 1) (br 0 (i32.const 1)))",
  "a loop takes nothing along": "(func (loop (br 0)))",
  "br_if leaves its operand": "(func (result i32) (br_if 0 (i32.const 1) (i32.const 2)))",
  "br_table to labels of one type":
    "(func (result i32) (block (result i32) (br_table 0 1 0 (i32.const 1) (i32.const 0))))",
  "br_table that is not reached, to labels of different types":
    "(func (result i32) (block (result i64) (unreachable) (br_table 0 1 (i32.const 0))) (drop) (i32.const 1))",
  "return in the middle": "(func (result i64) (i32.const 3) (return (i64.const 1)))",
  "if without else": "(func (if (i32.const 1) (then (nop))))",
  "if with else":
    "(func (result f32) (if (result f32) (i32.const 1) (then (f32.const 1)) (else (f32.const 2))))",
  "select of numbers that are not reached": "(func (result i32) (unreachable) (select))",
  "select of one number that is not reached":
    "(func (result i64) (unreachable) (i64.const 1) (i32.const 1) (select))",
  "select of references by type":
    "(func (drop (select (result funcref) (ref.null func) (ref.null func) (i32.const 1))))",
  "drop of anything": "(func (unreachable) (drop) (drop (f64.const 1)) (drop (ref.null func)))",
  "is_null of what is not reached": "(func (unreachable) (drop (ref.is_null)))",
  "a recursive call":
    "(func $f (param i32 i64) (result f32) (call $f (i32.const 1) (i64.const 1)))",
  call_indirect:
    "(type $t (func (param i64) (result f64))) (table 1 funcref) (func (drop (call_indirect (type $t) (i64.const 1) (i32.const 0))))",
  "a mutable global": "(global $g (mut i64) (i64.const 1)) (func (global.set $g (global.get $g)))",
  "a reference to a declared function": "(elem declare func $f) (func $f (drop (ref.func $f)))",
  "a reference to an exported function": '(func $f (export "f") (drop (ref.func $f)))',
  "a reference to a function in a global":
    "(global funcref (ref.func $f)) (func $f (drop (ref.func $f)))",
  "all forms of element segments": `(table 5 funcref) (func $f)
    (elem (i32.const 0) $f) (elem func $f) (elem (table 0) (i32.const 0) func $f) (elem declare func $f)
    (elem (table 0) (i32.const 0) funcref (ref.func $f)) (elem funcref (ref.null func) (ref.func $f))
    (elem declare funcref (ref.func $f))`,
  "operands that are left where code is not reached": "(func (unreachable) (i32.const 1) (br 0))",
};

const INVALID: Readonly<Record<string, string>> = {
  "a block that leaves too much": "(func (block (i32.const 1)))",
  "a block that leaves too little": "(func (result i32) (block (result i32)))",
  "a block that leaves another type": "(func (drop (block (result i32) (i64.const 1))))",
  "too much where code is not reached": "(func (unreachable) (i32.const 1))",
  "a branch without its operand": "(func (result i32) (block (result i32) (br 0)))",
  "a branch with another type": "(func (result i32) (br 0 (i64.const 1)))",
  "a label that is not there": "(func (br 1))",
  "a label of br_if that is not there": "(func (br_if 1 (i32.const 1)))",
  "a label of br_table that is not there": "(func (br_table 0 1 0 (i32.const 1)))",
  "a default label that is not there": "(func (br_table 0 1 (i32.const 1)))",
  "br_if without a condition": "(func (br_if 0))",
  "br_if with another condition": "(func (br_if 0 (i64.const 1)))",
  "br_if that gives its label's type, reached or not":
    "(func (result i32) (unreachable) (br_if 0 (i32.const 1)) (i64.eqz))",
  "br_table to labels with and without a result":
    "(func (result i32) (block (br_table 0 1 (i32.const 1) (i32.const 0))) (i32.const 1))",
  "br_table to labels of different types":
    "(func (result i32) (block (result i64) (br_table 0 1 (i32.const 1) (i32.const 0))) (drop) (i32.const 1))",
  "a loop as if it took a result":
    "(func (result i32) (loop (result i32) (br 0 (i32.const 1)) (drop) (br_if 0) (i32.const 1) (i32.const 1)))",
  "if with a result and without else":
    "(func (result i32) (if (result i32) (i32.const 1) (then (i32.const 1))))",
  "if without a condition": "(func (if (then)))",
  "if with halves of different types":
    "(func (result i32) (if (result i32) (i32.const 1) (then (i32.const 1)) (else (i64.const 1))))",
  "return of another type": "(func (result i32) (return (f32.const 1)))",
  "select of different types": "(func (drop (select (i32.const 1) (i64.const 1) (i32.const 1))))",
  "select with another condition":
    "(func (drop (select (i32.const 1) (i32.const 1) (i64.const 1))))",
  "select of references without a type":
    "(func (drop (select (ref.null func) (ref.null func) (i32.const 1))))",
  "select of a type that is not theirs":
    "(func (drop (select (result i64) (i32.const 1) (i32.const 1) (i32.const 1))))",
  "a call with too little": "(func $f (param i32 i64) (call $f (i64.const 1)))",
  "a call with another type": "(func $f (param i32 i64) (call $f (i64.const 1) (i64.const 1)))",
  "a call of what is not there": "(func (call 1))",
  "call_indirect by another index":
    "(type $t (func)) (table 1 funcref) (func (call_indirect (type $t) (i64.const 0)))",
  "call_indirect of a type that is not there":
    "(table 1 funcref) (func (call_indirect (type 7) (i32.const 0)))",
  "a local that is not there": "(func (param i32) (drop (local.get 1)))",
  "a local of another type": "(func (param i32) (local.set 0 (i64.const 1)))",
  "a tee of another type": "(func (param i32) (drop (local.tee 0 (i64.const 1))))",
  "a global that is not there": "(func (drop (global.get 0)))",
  "a global that cannot be set": "(global i32 (i32.const 1)) (func (global.set 0 (i32.const 1)))",
  "a global of another type":
    "(global (mut i32) (i32.const 1)) (func (global.set 0 (i64.const 1)))",
  "a reference to a function that is not declared": "(func $f (drop (ref.func $f)))",
  "a reference to what is not there": "(func (drop (ref.func 7)))",
  "is_null of a number": "(func (drop (ref.is_null (i32.const 1))))",
  "a null of another kind": "(func (drop (ref.null extern)))",
  "a local of another kind of reference": "(func (local externref))",
  "a parameter of another kind of reference": "(func (param externref))",
  "a vector": "(func (local v128))",
  "a table of others": "(table 1 externref)",
  "two results": "(func (result i32 i32) (i32.const 1) (i32.const 1))",
  "a block with parameters": "(func (i32.const 1) (block (param i32) (drop)))",
  "two memories": "(memory 1) (memory 1)",
  "a memory with more pages than there are": "(memory 65537)",
  "a memory whose most is less than its least": "(memory 2 1)",
  "a table whose most is less than its least": "(table 2 1 funcref)",
  "an initial value of another type": "(global i32 (i64.const 1))",
  "an initial value that is computed": "(global i32 (i32.add (i32.const 1) (i32.const 1)))",
  "an initial value from another global": "(global i32 (i32.const 1)) (global i32 (global.get 0))",
  "no initial value": "(global i32)",
  "an element segment for no table": "(func $f) (elem (i32.const 0) $f)",
  "an element segment of what is not there": "(table 1 funcref) (elem (i32.const 0) 7)",
  "an element segment at another offset": "(table 1 funcref) (func $f) (elem (i64.const 0) $f)",
  "a data segment for no memory": '(data (i32.const 0) "a")',
  "a data segment at another offset": '(memory 1) (data (i64.const 0) "a")',
  "a data segment that is not there":
    "(memory 1) (func (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0)))",
  "a drop of a data segment that is not there": "(func (data.drop 0))",
  "a drop of an element segment that is not there": "(func (elem.drop 0))",
  "an export of what is not there": '(export "f" (func 0))',
  "an export of a memory that is not there": '(export "f" (memory 0))',
  "an export of a table that is not there": '(export "f" (table 0))',
  "an export of a global that is not there": '(export "f" (global 0))',
  "two exports of one name": '(func $f) (export "f" (func $f)) (export "f" (func $f))',
  "exports of one name and two kinds":
    '(memory 1) (func $f) (export "f" (func $f)) (export "f" (memory 0))',
  "a start function with a parameter": "(func $f (param i32)) (start $f)",
  "a start function with a result": "(func $f (result i32) (i32.const 1)) (start $f)",
  "a start function that is not there": "(start 0)",
  "an exception": "(tag (param i32))",
};

for (const [title, fields] of Object.entries(VALID)) {
  control(`accepts ${title}`, async () => {
    assert.is(refusalOf(await assemble(`(module ${fields})`)), "");
  });
}
for (const [title, fields] of Object.entries(INVALID)) {
  control(`refuses ${title}`, async () => {
    assert.is(refusalOf(await assemble(`(module ${fields})`)), "Deserialization");
  });
}

control("types, not all of which are of functions", () => {
  assert.is(refusalOf(moduleOf([1, vector([NO_TYPE])])), "");
  for (const form of [0x5e, 0x5f, 0x50, 0x4f, 0x4e, 0x00]) {
    assert.is(refusalOf(moduleOf([1, [1, form, 0, 0]])), "Deserialization");
  }
});

types.run();
needs.run();
control.run();
