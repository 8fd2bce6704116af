// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assemble, memoryOf, run } from "./samples.ts";

const test = suite("wasm: bits of NaN");

/** A NaN of neither canonical sign nor bits. */
const ODD = { f32: "-nan:0x612345", f64: "-nan:0xc123456789abc" } as const;
const ODD_BITS = { f32: 0xffe12345n, f64: 0xfffc123456789abcn } as const;
const CANONICAL = { f32: 0x7fc00000n, f64: 0x7ff8000000000000n } as const;

type Float = keyof typeof ODD;

/** The bits that code stores at 0. */
const bitsOf = async (type: Float, value: string, before = "", fields = ""): Promise<bigint> => {
  const wat = `(module (memory 1) ${fields} (func (export "main") (local ${type} ${type} i32)
    ${before} (${type}.store (i32.const 0) ${value})))`;
  const { instance, trap } = run(await assemble(wat));
  assert.is(trap, "");
  const view = new DataView(memoryOf(instance).buffer);
  return type === "f32" ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true);
};

for (const type of ["f32", "f64"] as const) {
  const odd = `(${type}.const ${ODD[type]})`;

  for (const operation of ["add", "sub", "mul", "div", "min", "max"]) {
    test(`${type}.${operation} gives the canonical NaN`, async () => {
      const one = `(${type}.const 1)`;
      assert.is(await bitsOf(type, `(${type}.${operation} ${odd} ${one})`), CANONICAL[type]);
      assert.is(await bitsOf(type, `(${type}.${operation} ${one} ${odd})`), CANONICAL[type]);
    });
  }

  for (const operation of ["sqrt", "ceil", "floor", "trunc", "nearest"]) {
    test(`${type}.${operation} gives the canonical NaN`, async () => {
      assert.is(await bitsOf(type, `(${type}.${operation} ${odd})`), CANONICAL[type]);
    });
  }

  test(`${type}: a NaN that arithmetic makes is the canonical one`, async () => {
    assert.is(
      await bitsOf(type, `(${type}.div (${type}.const 0) (${type}.const 0))`),
      CANONICAL[type],
    );
    assert.is(await bitsOf(type, `(${type}.sqrt (${type}.const -1))`), CANONICAL[type]);
    assert.is(
      await bitsOf(type, `(${type}.sub (${type}.const inf) (${type}.const inf))`),
      CANONICAL[type],
    );
  });

  test(`${type}: abs, neg, copysign, select, constants and variables keep bits`, async () => {
    const sign = type === "f32" ? 1n << 31n : 1n << 63n;
    assert.is(await bitsOf(type, odd), ODD_BITS[type]);
    assert.is(await bitsOf(type, `(${type}.neg ${odd})`), ODD_BITS[type] ^ sign);
    assert.is(await bitsOf(type, `(${type}.abs ${odd})`), ODD_BITS[type] ^ sign);
    assert.is(
      await bitsOf(type, `(${type}.copysign ${odd} (${type}.const 1))`),
      ODD_BITS[type] ^ sign,
    );
    assert.is(await bitsOf(type, `(select ${odd} ${odd} (i32.const 1))`), ODD_BITS[type]);
    assert.is(await bitsOf(type, "(local.get 0)", `(local.set 0 ${odd})`), ODD_BITS[type]);
    assert.is(await bitsOf(type, `(local.tee 0 ${odd})`), ODD_BITS[type]);
    const global = `(global $g (mut ${type}) ${odd})`;
    assert.is(await bitsOf(type, "(global.get $g)", "", global), ODD_BITS[type]);
  });

  const made = `(${type}.div (${type}.const 0) (${type}.const 0))`;
  const WAYS: Readonly<Record<string, readonly [value: string, before?: string, fields?: string]>> =
    {
      "through a local": ["(local.get 0)", `(local.set 0 ${made})`],
      "through local.tee": [`(local.tee 0 ${made})`],
      "through a local that local.tee set": ["(local.get 0)", `(drop (local.tee 0 ${made}))`],
      "through two locals": ["(local.get 1)", `(local.set 0 ${made}) (local.set 1 (local.get 0))`],
      "through one local twice set": ["(local.get 1)", `(local.set 1 (local.tee 0 ${made}))`],
      "through a global": [
        "(global.get $g)",
        `(global.set $g ${made})`,
        `(global $g (mut ${type}) (${type}.const 0))`,
      ],
      "through a call": [
        `(call $f ${made})`,
        "",
        `(func $f (param ${type}) (result ${type}) (local.get 0))`,
      ],
      "through a result": ["(call $f)", "", `(func $f (result ${type}) ${made})`],
      "through a block": [`(block (result ${type}) ${made})`],
      "through a branch": [`(block (result ${type}) (br 0 ${made}))`],
      "through a conditional branch": [`(block (result ${type}) (br_if 0 ${made} (i32.const 1)))`],
      "through br_table": [`(block (result ${type}) (br_table 0 0 ${made} (i32.const 0)))`],
      "through select": [`(select ${made} (${type}.const 1) (i32.const 1))`],
      "through the lower operand of select": [`(select (${type}.const 1) ${made} (i32.const 0))`],
      "through condition and result": [
        `(if (result ${type}) (i32.const 1) (then ${made}) (else (${type}.const 1)))`,
      ],
      "in a loop": [
        "(local.get 0)",
        `(loop (local.set 0 (${type}.mul (local.get 0) ${made}))
         (br_if 0 (i32.lt_u (local.tee 2 (i32.add (local.get 2) (i32.const 1))) (i32.const 3))))`,
      ],
      "around a loop": [
        "(local.get 1)",
        `(loop (local.set 1 (local.get 0)) (local.set 0 (${type}.add (local.get 0) ${made}))
         (br_if 0 (i32.lt_u (local.tee 2 (i32.add (local.get 2) (i32.const 1))) (i32.const 3))))`,
      ],
    };
  for (const [way, [value, before, fields]] of Object.entries(WAYS)) {
    test(`${type}: the canonical NaN comes ${way}`, async () => {
      assert.is(await bitsOf(type, value, before, fields), CANONICAL[type]);
    });
  }

  test(`${type}: bits of an operation are seen by reinterpreting, neg and copysign`, async () => {
    const integer = type === "f32" ? "i32" : "i64";
    const reinterpreted = `(${type}.reinterpret_${integer} (${integer}.reinterpret_${type} ${made}))`;
    assert.is(await bitsOf(type, reinterpreted), CANONICAL[type]);
    const sign = type === "f32" ? 1n << 31n : 1n << 63n;
    assert.is(await bitsOf(type, `(${type}.neg ${made})`), CANONICAL[type] | sign);
    const one = `(${type}.const 1)`;
    assert.is(
      await bitsOf(type, `(${type}.copysign ${one} ${made})`),
      type === "f32" ? 0x3f800000n : 0x3ff0000000000000n,
    );
  });
}

test("conversions between the two types give the canonical NaN", async () => {
  assert.is(await bitsOf("f32", `(f32.demote_f64 (f64.const ${ODD.f64}))`), CANONICAL.f32);
  assert.is(await bitsOf("f64", `(f64.promote_f32 (f32.const ${ODD.f32}))`), CANONICAL.f64);
});

test("numbers are as they are", async () => {
  assert.is(await bitsOf("f64", "(f64.add (f64.const 1) (f64.const 0.5))"), 0x3ff8000000000000n);
  assert.is(await bitsOf("f64", "(f64.mul (f64.const -0) (f64.const 1))"), 0x8000000000000000n);
  assert.is(await bitsOf("f32", "(f32.div (f32.const -1) (f32.const 0))"), 0xff800000n);
});

test.run();
