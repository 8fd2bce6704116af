// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assemble, EMPTY_FUNCTION, OP, type RunOptions, run } from "./samples.ts";

const test = suite("wasm: gas and stack");

const main = (code: string, locals = ""): string => `(func (export "main") ${locals} ${code})`;
/** Gas beyond that of an empty function, in instructions. */
const costOf = async (fields: string, options: RunOptions = {}): Promise<number> =>
  Number((run(await assemble(`(module ${fields})`), options).burnt - EMPTY_FUNCTION) / OP);

const COSTS: Readonly<Record<string, readonly [fields: string, cost: number]>> = {
  "pure instructions cost one each": [main("nop nop (drop (i32.const 1))"), 4],
  "block, end and else cost nothing": [main("(block nop) (block (block))"), 1],
  "a condition costs one, and the half that runs": [
    main("(if (i32.const 1) (then nop nop) (else nop nop nop nop))"),
    4,
  ],
  "a loop costs one each time around": [
    main(
      `(loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 10))))`,
      "(local i32)",
    ),
    1 + 10 * 9,
  ],
  "memory.grow costs by the page": [
    "(memory 1)" + main("(drop (memory.grow (i32.const 7)))"),
    32 + 7 + 2,
  ],
  "a memory.grow that fails costs the same": [
    "(memory 1)" + main("(drop (memory.grow (i32.const 5000)))"),
    32 + 5_000 + 2,
  ],
  "memory.fill costs by the byte": [
    "(memory 1)" + main("(memory.fill (i32.const 0) (i32.const 7) (i32.const 100))"),
    32 + 100 + 3,
  ],
  "memory.copy costs by the byte": [
    "(memory 1)" + main("(memory.copy (i32.const 0) (i32.const 7) (i32.const 100))"),
    32 + 100 + 3,
  ],
  "memory.init costs by the byte": [
    `(memory 1) (data "abcdef")${main("(memory.init 0 (i32.const 0) (i32.const 1) (i32.const 5)) (data.drop 0)")}`,
    32 + 5 + 4,
  ],
  "table.grow costs by the element": [
    "(table 1 funcref)" + main("(drop (table.grow (ref.null func) (i32.const 9)))"),
    32 + 9 + 3,
  ],
  "table.fill costs by the element": [
    "(table 9 funcref)" + main("(table.fill (i32.const 0) (ref.null func) (i32.const 9))"),
    32 + 9 + 3,
  ],
  "table.copy costs by the element": [
    "(table 9 funcref)" + main("(table.copy (i32.const 0) (i32.const 1) (i32.const 8))"),
    32 + 8 + 3,
  ],
  "table.init costs by the element": [
    `(table 9 funcref) (elem func 0 0 0)${main("(table.init 0 (i32.const 0) (i32.const 0) (i32.const 3)) (elem.drop 0)")}`,
    32 + 3 + 4,
  ],
  "an aggregate right after a call": [
    `(memory 1) (func $count (result i32) (i32.const 3)) ${main("(drop (memory.grow (call $count)))")}`,
    1 + 8 + 1 + 32 + 3 + 1,
  ],
  "entering costs by the size of the frame": [main("", "(local i32 i64 i32)"), 2],
  "parameters count as locals": [
    `(func $f (param i64 i64)) ${main("(call $f (i64.const 1) (i64.const 2))")}`,
    3 + 10,
  ],
  "what is not reached costs nothing": [main("(br 0) (nop) (unreachable)"), 1],
  "a call at the very end": [`(func $f) ${main("(call $f)")}`, 1 + 8],
  "a call right before a loop": [
    `(func $f) ${main("(call $f) (loop (br_if 0 (i32.const 0)))")}`,
    1 + 8 + 3,
  ],
  "calls in both halves of a condition": [
    `(func $f) (func $g nop) ${main("(if (i32.const 0) (then (call $f)) (else (call $g))) nop")}`,
    2 + 1 + 9 + 1,
  ],
};

for (const [title, [fields, cost]] of Object.entries(COSTS)) {
  test(title, async () => {
    assert.is(await costOf(fields), cost);
    // One gas less than all of it, and it runs out.
    const gas = EMPTY_FUNCTION + OP * BigInt(cost);
    const bytes = await assemble(`(module ${fields})`);
    const exact = run(bytes, { gas });
    assert.is(exact.trap, "");
    assert.is(exact.burnt, gas);
    assert.ok(run(bytes, { gas: gas - 1n }).isOutOfGas);
  });
}

const TRAPS: Readonly<Record<string, readonly [fields: string, cost: number]>> = {
  unreachable: [main("nop unreachable nop"), 2],
  "a division": [main("(drop (i32.div_u (i32.const 1) (i32.const 0))) nop"), 3],
  "a remainder": [main("(drop (i64.rem_s (i64.const 1) (i64.const 0))) nop"), 3],
  "a truncation": [main("(drop (i32.trunc_f32_s (f32.const nan))) nop"), 2],
  "a load": ["(memory 1)" + main("nop (drop (i32.load (i32.const -1))) nop"), 3],
  "a store": ["(memory 1)" + main("(i64.store (i32.const -1) (i64.const 1)) nop"), 3],
  "the second of two loads": [
    "(memory 1)" +
      main("(drop (i32.load (i32.const 0))) (drop (i32.load8_u (i32.const -1))) nop nop"),
    5,
  ],
  "memory.copy": [
    "(memory 1)" + main("(memory.copy (i32.const -1) (i32.const 0) (i32.const 5)) nop"),
    32 + 5 + 3,
  ],
  "table.get": ["(table 1 funcref)" + main("(drop (table.get (i32.const 5))) nop"), 2],
  call_indirect: [
    "(table 1 funcref) (type $t (func))" + main("(call_indirect (type $t) (i32.const 0)) nop"),
    2,
  ],
  "in a callee": [`(func $f nop unreachable) ${main("nop (call $f) nop nop")}`, 2 + 8 + 2],
  "after a callee": [`(func $f nop) ${main("(call $f) nop unreachable")}`, 1 + 9 + 2],
  "after a loop": [main("(loop (br_if 0 (i32.const 0))) (unreachable)"), 4],
};

for (const [title, [fields, cost]] of Object.entries(TRAPS)) {
  test(`a trap leaves the gas of what ran: ${title}`, async () => {
    const bytes = await assemble(`(module ${fields})`);
    const { burnt, trap, isOutOfGas } = run(bytes);
    assert.is.not(trap, "");
    assert.not(isOutOfGas);
    assert.is(Number((burnt - EMPTY_FUNCTION) / OP), cost);
  });
}

test("without gas for the entry nothing runs, and the failing cost shows", async () => {
  const bytes = await assemble(
    `(module ${main("nop nop nop (drop (i32.div_u (i32.const 1) (i32.const 1)))")})`,
  );
  // The entry fails, or the first point after it: each shows its own cost only.
  assert.is(run(bytes, { gas: EMPTY_FUNCTION - 1n }).burnt, EMPTY_FUNCTION);
  assert.is(run(bytes, { gas: EMPTY_FUNCTION }).burnt, EMPTY_FUNCTION + 6n * OP);
  assert.is(run(bytes, { gas: EMPTY_FUNCTION + 6n * OP - 1n }).burnt, EMPTY_FUNCTION + 6n * OP);
  assert.is(run(bytes, { gas: EMPTY_FUNCTION + 6n * OP }).burnt, EMPTY_FUNCTION + 7n * OP);
  assert.is(run(bytes, { gas: EMPTY_FUNCTION + 7n * OP }).trap, "");
});

test("an endless loop ends", async () => {
  const { burnt, isOutOfGas } = run(await assemble(`(module ${main("(loop (br 0))")})`), {
    gas: 10n ** 10n,
  });
  assert.ok(isOutOfGas);
  assert.ok(burnt - 10n ** 10n <= 2n * OP);
});

test("the host sees the gas of all that ran before it, and may change it", async () => {
  const wat = `(module (import "env" "look" (func $look))
    ${main("nop (call $look) (loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 3)))) (call $look) nop", "(local i32)")})`;
  const bytes = await assemble(wat);
  const seen: number[] = [];
  const { burnt } = run(bytes, {
    gas: 10n ** 12n,
    onCall: (left) => {
      seen.push(Number((10n ** 12n - BigInt(left.value) - EMPTY_FUNCTION) / OP));
      left.value -= 100n * OP;
    },
  });
  // A local, nop and call; then what the host took, three times around the loop, and a call.
  assert.equal(seen, [1 + 2, 3 + 100 + 3 * 9 + 1]);
  assert.is(Number((burnt - EMPTY_FUNCTION) / OP), 131 + 100 + 1);
});

test("gas that the host takes away is missed at once", async () => {
  const wat = `(module (import "env" "look" (func $look)) ${main("(call $look) nop")})`;
  const onCall = (left: WebAssembly.Global): void => void (left.value = OP - 1n);
  const { isOutOfGas } = run(await assemble(wat), { onCall });
  assert.ok(isOutOfGas);
});

test("recursion goes as deep as the stack allows, to the byte", async () => {
  // Each frame takes 64 bytes, and there are 262,144.
  const deep = await assemble('(module (func $f (export "main") (call $f)))');
  const { burnt, isOutOfStack } = run(deep);
  assert.ok(isOutOfStack);
  assert.is(burnt, 4_096n * (EMPTY_FUNCTION + OP));
  const counted = (limit: number): string => `(module (global $n (mut i32) (i32.const 0))
    (func $f (param i32) (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "main") (call $f (i32.const ${limit}))))`;
  // main: 64 + 4 of operands; each $f: 64 + 4 of its parameter + 8 of operands.
  const levels = Math.floor((262_144 - 68) / 76);
  assert.is(run(await assemble(counted(levels - 1))).trap, "");
  assert.ok(run(await assemble(counted(levels))).isOutOfStack);
});

test("functions give back their stack", async () => {
  const wat = `(module (func $leaf (local i64 i64 i64)) (func $inner (call $leaf) (call $leaf))
    ${main("(loop (call $inner) (call $leaf) (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 9000))))", "(local i32)")})`;
  assert.is(run(await assemble(wat)).trap, "");
});

test("call_indirect counts its table index as left behind", async () => {
  // 64 bytes, and the index of 4 that stays: 68 for each level instead of 64 for none at all.
  const wat = `(module (type $t (func)) (table 1 funcref) (elem (i32.const 0) $f)
    (func $f (export "main") (call_indirect (type $t) (i32.const 0)) (call_indirect (type $t) (i32.const 0))))`;
  const { burnt, isOutOfStack } = run(await assemble(wat));
  assert.ok(isOutOfStack);
  // The second index lies above the first: 72 bytes.
  const levels = BigInt(Math.floor(262_144 / 72));
  assert.is(burnt, levels * (EMPTY_FUNCTION + 2n * OP));
});

test.run();
