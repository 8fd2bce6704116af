// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assembleModule, type Source } from "./metering-assemble.ts";
import { compareMetered, comparePlain, emptyTally } from "./metering-check.ts";
import { encodeModule } from "./metering-encode.ts";
import type { Module } from "./metering-module.ts";
import { OP } from "./metering-points.ts";
import { createRandom } from "./metering-random.ts";
import { runMetered } from "./metering-run.ts";
import { STACK_BUDGET } from "./metering-stack.ts";

const test = suite("wasm: metering of hand-made cases");

const AGGREGATE = 32n * OP;
const I64: Source["type"] = { params: [], results: ["i64"] };

/** Prices counted by hand; an entry of a function with a frame of 64 bytes is 8 of them. */
interface Case {
  readonly total: number | bigint;
  readonly ending: string;
  readonly functions: readonly (string | Source)[];
  readonly members?: Partial<Module>;
}

const CASES: Readonly<Record<string, Case>> = {
  "an empty function": { total: 8, ending: "return", functions: [""] },
  "a function of nothing but unreachable": {
    total: 9,
    ending: "unreachable",
    functions: ["unreachable"],
  },
  "code behind unreachable": {
    total: 10,
    ending: "unreachable",
    functions: ["nop; unreachable; i32.const 1; drop; nop; block; end"],
  },
  "instructions that end in a trap pay for it too": {
    total: 11,
    ending: "arithmetic",
    functions: ["i32.const 1; i32.const 0; i32.div_s; drop; nop; nop"],
  },
  "a condition that holds": {
    total: 11,
    ending: "return",
    functions: ["i32.const 1; if; nop; else; nop; nop; end"],
  },
  "a condition that fails": {
    total: 12,
    ending: "return",
    functions: ["i32.const 0; if; nop; else; nop; nop; end"],
  },
  "a condition that fails, without else": {
    total: 11,
    ending: "return",
    functions: ["i32.const 0; if; nop; end; nop"],
  },
  "else after a branch": {
    total: 13,
    ending: "return",
    functions: ["block; i32.const 0; if; br 1; else; nop; end; nop; nop; end"],
  },
  "else after unreachable": {
    total: 13,
    ending: "return",
    functions: ["i32.const 0; if; unreachable; nop; else; nop; nop; end; nop"],
  },
  "an if in code that cannot be reached": {
    total: 10,
    ending: "return",
    functions: ["block; br 0; i32.const 0; if; nop; else; nop; end; nop; end; nop"],
  },
  "a loop that runs three times": {
    total: 9 + 2 + 3 * 6,
    ending: "return",
    functions: [
      {
        locals: ["i32", "i32"],
        body: "i32.const 3; local.set 0; loop; local.get 0; i32.const 1; i32.sub; local.tee 0; br_if 0; end",
      },
    ],
  },
  "a loop nobody branches to": { total: 11, ending: "return", functions: ["nop; loop; nop; end"] },
  "a branch to a loop from code that cannot be reached": {
    total: 12,
    ending: "return",
    functions: ["nop; loop; nop; return; br 0; end; nop"],
  },
  "a loop in code that cannot be reached, with a branch to it": {
    total: 11,
    ending: "return",
    functions: ["nop; block; br 0; loop; nop; br 0; end; nop; end; nop"],
  },
  "a loop after unreachable, with a branch to it": {
    total: 9,
    ending: "unreachable",
    functions: ["unreachable; loop; nop; br 0; end; nop"],
  },
  "br_table to a block, a loop and the function": {
    total: 9 + 2 + 3 * 6 + 2 + 1,
    ending: "return",
    functions: [
      {
        locals: ["i32", "i32"],
        body: "i32.const 3; local.set 0; loop; block; local.get 0; i32.const 1; i32.sub; local.tee 0; br_table 0 1 1 2; end; nop; nop; end; nop",
      },
    ],
  },
  "branches that carry a value over others": {
    total: 15,
    ending: "return",
    functions: [
      "i32.const 7; block i64; i32.const 1; f64.const 0; i64.const 5; br 0; end; drop; drop",
    ],
  },
  call: { total: 8 + 1 + 1 + 8 + 1 + 1, ending: "return", functions: ["nop; call 1; nop", "nop"] },
  "a start function, then the method": {
    total: 8 + 1 + 8 + 2,
    ending: "return",
    functions: ["nop; nop", "nop"],
    members: { start: 1 },
  },
  "recursion until the stack is used up": {
    total: 4096 * 9,
    ending: "stack",
    functions: ["call 0"],
  },
  "a start function gives back the stack before the method": {
    total: 8 + 1 + 8 + 4096 * 9,
    ending: "stack",
    functions: ["call 0", "call 2", ""],
    members: { start: 1 },
  },
  "a function gives back the stack however it is left": {
    total: 9 + 2 + 5000 * (9 + 9 + 9 + 10),
    ending: "return",
    functions: [
      {
        locals: ["i32"],
        body: "i32.const 5000; local.set 0; loop; call 1; call 2; call 3; local.get 0; i32.const 1; i32.sub; local.tee 0; br_if 0; end",
      },
      "return",
      "br 0",
      "i32.const 1; br_if 0; nop",
    ],
  },
  "recursion with locals": {
    total: Math.floor(262_144 / 76) * (10 + 1),
    ending: "stack",
    functions: [{ locals: ["i32", "f64"], body: "call 0" }],
  },
  "call_indirect leaves its index": {
    total: Math.floor(262_144 / 72) * 10,
    ending: "stack",
    functions: ["i32.const 0; call_indirect 0; i32.const 0; call_indirect 0"],
  },
  "clz leaves the index of call_indirect where an i64 stands": {
    total: Math.floor(262_144 / (64 + 12)) * (8 + 3),
    ending: "stack",
    functions: [
      { body: "i64.const 1; i32.const 0; call_indirect 0; i64.clz; drop; i32.const 0; drop" },
    ],
  },
  "tee leaves the index of call_indirect where an i64 stands": {
    total: Math.floor(262_144 / (72 + 16)) * (9 + 3),
    ending: "stack",
    functions: [
      {
        locals: ["i64"],
        body: "i64.const 1; i32.const 0; call_indirect 0; local.tee 0; i32.const 0; drop; drop",
      },
    ],
  },
  "a conversion takes the index of call_indirect": {
    total: Math.floor(262_144 / (64 + 24)) * (8 + 3),
    ending: "stack",
    functions: [
      {
        body: "i64.const 1; i32.const 0; call_indirect 0; f64.convert_i64_s; f64.const 0; f64.add; drop",
      },
    ],
  },
  "an index out of the table": {
    total: 10,
    ending: "bounds",
    functions: ["i32.const 9; call_indirect 0"],
  },
  "a null entry": { total: 10, ending: "indirect", functions: ["i32.const 1; call_indirect 0"] },
  "another signature": {
    total: 10,
    ending: "indirect",
    functions: ["i32.const 1; call_indirect 0", { type: I64, body: "i64.const 1" }],
  },
  "memory.fill between others": {
    total: OP * (8n + 1n + 3n + 7n + 1n) + AGGREGATE,
    ending: "return",
    functions: ["nop; i32.const 0; i32.const 1; i32.const 7; memory.fill; nop"],
  },
  "two aggregates, the count of one from the other": {
    total: OP * (8n + 1n + 2n + 1n + 1n + 1n + 1n) + 2n * AGGREGATE,
    ending: "return",
    functions: ["i32.const 2; memory.grow; drop; i32.const 1; memory.grow; drop"],
  },
  "an aggregate right after a loop begins": {
    total: OP * (8n + 1n + 1n + 1n + 0n + 1n + 1n) + AGGREGATE,
    ending: "return",
    functions: ["i32.const 0; block; loop; i32.const 0; memory.grow; drop; end; end; drop"],
  },
  "memory.init out of its segment pays": {
    total: OP * (8n + 3n + 9n) + AGGREGATE,
    ending: "bounds",
    functions: ["i32.const 0; i32.const 0; i32.const 9; memory.init 0"],
  },
  "growing beyond the limit gives -1 and pays": {
    total: OP * (8n + 1n + 1025n + 3n) + AGGREGATE,
    ending: "return",
    functions: ["i32.const 1025; memory.grow; i32.const -1; i32.eq; if; else; unreachable; end"],
  },
  "a table beyond 10,000 elements": {
    total: OP * (8n + 2n + 9_999n + 3n) + AGGREGATE,
    ending: "return",
    functions: [
      "ref.null; i32.const 9999; table.grow 0; i32.const -1; i32.eq; if; else; unreachable; end",
    ],
  },
  "an aggregate in code that cannot be reached": {
    total: 10,
    ending: "return",
    functions: ["block; br 0; i32.const 0; memory.grow; drop; end; nop"],
  },
  "drops of segments": { total: 10, ending: "return", functions: ["data.drop 0; elem.drop 0"] },
  "host calls see what is left": {
    total: 8 + 8,
    ending: "return",
    functions: ["i32.const 1; call 0; nop; i32.const 2; nop; nop; call 0; nop"],
    members: { imports: [{ name: "note", type: 1 }], types: [{ params: ["i32"], results: [] }] },
  },
};

for (const [name, { total, ending, functions, members }] of Object.entries(CASES)) {
  test(name, () => {
    const sources = functions.map((each): Source =>
      typeof each === "string" ? { body: each } : each,
    );
    const module = assembleModule(sources, members);
    const bytes = encodeModule(module);
    const price = typeof total === "bigint" ? total : BigInt(total) * OP;
    const { trace } = runMetered(bytes, { gas: price, stack: STACK_BUDGET });
    assert.equal([trace.ending, trace.gas.at(-1)], [ending, 0n]);
    const effort = { size: 0, gas: price, limits: 0 };
    assert.is(comparePlain(bytes, module, effort), null);
    // Each limit says where the points are: what is paid at once, before what.
    const steps = price > 1000n * OP ? 12n : price / OP;
    for (let step = 7n; step <= steps; step++) {
      const limited = { ...effort, gas: step * OP };
      assert.is(compareMetered(bytes, limited, createRandom(1), emptyTally()), null);
    }
  });
}

test.run();
