import { prepareContract } from "@yoctonear/wasm";
import { loadProbeContract } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assembleModule } from "./metering-assemble.ts";
import { readCharges, type Charge, type Charges } from "./metering-charges.ts";
import { decodeModule } from "./metering-decode.ts";
import { encodeModule } from "./metering-encode.ts";
import { CALLED, signature, TYPES, type Fact } from "./metering-facts.ts";
import { BRANCHES } from "./metering-facts-branches.ts";
import { LOOPS } from "./metering-facts-loops.ts";
import type { FunctionBody, Module } from "./metering-module.ts";
import { gasPoints, OP } from "./metering-points.ts";
import { frameSize, operandSize } from "./metering-stack.ts";

const test = suite("wasm: what functions pay, and where");

/** Constant cost of an instruction that also costs by its count. */
const AGGREGATE = { constant: 32n * OP, linear: OP };

/** By the letter of the rules. */
function reference(module: Module, body: FunctionBody): Charges {
  const charges = gasPoints(body.body).map(({ offset, constant, linear }) => ({
    at: body.body.findIndex(({ at }) => at === offset),
    constant,
    linear,
  }));
  return { stack: frameSize(module, body) + operandSize(module, body), charges };
}

/** What a snapshot says, in nearcore's costs: blocks cost nothing, aggregates also by their count. */
function expected({ body }: Fact): Charge[] {
  const charges: { at: number; count: number; linear: bigint }[] = [];
  const frames: boolean[] = [];
  let isDead = false;
  for (const [at, text] of [...body.split(";"), "end"].entries()) {
    const [, count, op = ""] = /^\s*(?:\[(\d+)\])?\s*(\S*)/.exec(text) ?? [];
    const isAggregate = op === "memory.fill";
    if (count !== undefined) charges.push({ at, count: Number(count), linear: 0n });
    if (isAggregate) Object.assign(charges.at(-1) ?? {}, { count: 32, linear: OP });
    const charge = charges.at(-1);
    if (op === "block" && !isDead && charge !== undefined) charge.count -= 1;
    if (op === "block" || op === "loop" || op === "if") frames.push(isDead);
    if (op === "else") isDead = frames.at(-1) ?? false;
    if (op === "end") isDead = frames.pop() ?? false;
    if (/^(br|br_table|return|unreachable)$/.test(op)) isDead = true;
  }
  return charges
    .filter(({ count }) => count > 0)
    .map(({ at, count, linear }) => ({ at, constant: BigInt(count) * OP, linear }));
}

for (const [file, facts] of Object.entries({ ...BRANCHES, ...LOOPS })) {
  test(`as finite-wasm's own snapshots of ${file} tell`, () => {
    const all = [...CALLED, ...facts];
    const sources = all.map(({ type, locals = [], body }) => ({
      type: signature(type),
      locals,
      body: body.replaceAll(/\[\d+\]/g, ""),
    }));
    const bytes = encodeModule(assembleModule(sources, { types: TYPES }));
    const module = decodeModule(bytes);
    const metered = readCharges(module, prepareContract(bytes).bytes);
    for (const [index, fact] of all.entries()) {
      const body = module.functions[index];
      if (body === undefined) throw new TypeError("expected as many functions as facts");
      const want = { stack: frameSize(module, body) + fact.operands, charges: expected(fact) };
      assert.equal(reference(module, body), want, fact.body);
      assert.equal(metered[index], want, fact.body);
    }
  });
}

test("every function of the probe contract, as the slow analysis finds it", async () => {
  const bytes = await loadProbeContract();
  const module = decodeModule(bytes);
  const metered = readCharges(module, prepareContract(bytes).bytes);
  for (const [index, body] of module.functions.entries()) {
    assert.equal(metered[index], reference(module, body), `function ${index}`);
  }
});

test("an aggregate pays by its count alone at its place", () => {
  const bytes = encodeModule(
    assembleModule([{ body: "i32.const 0; i32.const 0; i32.const 9; memory.fill; nop" }]),
  );
  const [charges] = readCharges(decodeModule(bytes), prepareContract(bytes).bytes);
  assert.equal(charges?.charges, [
    { at: 0, constant: 3n * OP, linear: 0n },
    { at: 3, ...AGGREGATE },
    { at: 4, constant: OP, linear: 0n },
  ]);
});

test.run();
