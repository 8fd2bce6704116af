/**
 * Random function bodies, valid by construction.
 * @module
 */
import { createBody, type Body, type GeneratedBody, type Leeway } from "./metering-body.ts";
import type { Module } from "./metering-module.ts";
import type { Random } from "./metering-random.ts";
import {
  accessMemory,
  arithmetic,
  bulk,
  calls,
  choose,
  tables,
  variables,
} from "./metering-statements.ts";

/** Generates one body of the function with this index. */
export function generateBody(
  random: Random,
  module: Module,
  self: number,
  leeway: Leeway,
): GeneratedBody {
  const b = createBody(random, module, self, leeway);
  while (b.budget.left > 0 && !(b.top().isPolymorphic && random.chance(0.1))) statement(b, 0);
  finish(b);
  b.emit("end");
  return { locals: b.locals, body: b.code };
}

function statement(b: Body, depth: number): void {
  const { random, stack, budget, top, emit, pop, apply, operand, need } = b;
  const roll = random.int(100);
  if (stack.length - top().height > 12 && random.chance(0.6)) {
    emit("drop");
    pop();
  } else if (roll < 30) arithmetic(b);
  else if (roll < 42) accessMemory(b);
  else if (roll < 46) bulk(b);
  else if (roll < 50) tables(b);
  else if (roll < 62) variables(b);
  else if (roll < 66) choose(b);
  else if (roll < 74) calls(b);
  else if (roll < 80) jump(b);
  else if (roll < 82) emit("nop");
  else if (roll < 84) {
    need(["funcref"]);
    emit("ref.is_null");
    apply({ params: ["funcref"], results: ["i32"] });
  } else if (roll < 86) {
    if (stack.length > top().height) {
      emit("drop");
      pop();
    }
  } else if (depth < 6 && budget.left > 0) open(b, random.pick(["block", "loop", "if"]), depth);
  else operand(random.pick(b.types));
}

function statements(b: Body, depth: number, count: number): void {
  const { random, budget, top } = b;
  for (let index = 0; index < count && budget.left > 0; index++) {
    if (top().isPolymorphic && random.chance(0.3)) return;
    statement(b, depth);
  }
}

function jump(b: Body): void {
  const {
    random,
    results,
    frames,
    top,
    emit,
    popAll,
    apply,
    constant,
    operand,
    need,
    labelOf,
    cut,
  } = b;
  const op = random.pick([
    "br",
    "br_if",
    "br_if",
    "br_if",
    "br_table",
    "return",
    "unreachable",
    "br_if",
    "br_table",
  ]);
  if (op === "unreachable" && !top().isPolymorphic && random.chance(0.9)) return;
  if ((op === "return" || op === "br") && frames.length === 1 && random.chance(0.8)) return;
  // Backwards without a condition is without an end.
  const depths = frames
    .map((_, depth) => depth)
    .filter(
      (depth) =>
        frames[frames.length - 1 - depth]?.op !== "loop" ||
        random.chance(op === "br" ? 0.03 : 0.3) ||
        top().isPolymorphic,
    );
  if (op === "unreachable") {
    emit(op);
    return cut();
  }
  if (op === "return") {
    need(results);
    emit(op);
    return cut();
  }
  if (depths.length === 0) return;
  const depth = random.pick(depths);
  const type = labelOf(depth);
  const values = type === null ? [] : [type];
  if (op === "br") {
    need(values);
    emit(op, { index: depth });
    return cut();
  }
  if (op === "br_if") {
    need([...values, "i32"], 0.5);
    emit(op, { index: depth });
    popAll(["i32"]);
    return apply({ params: values, results: values });
  }
  const targets = depths.filter((each) => labelOf(each) === type);
  need(values);
  operand("i32");
  if (random.chance(0.8)) {
    constant("i32", 3);
    emit("i32.and");
    popAll(["i32"]);
  }
  emit(op, {
    labels: Array.from({ length: 1 + random.int(random.chance(0.05) ? 40 : 5) }, () =>
      random.pick(targets),
    ),
  });
  return cut();
}

function open(b: Body, op: "block" | "loop" | "if", depth: number): void {
  const {
    random,
    declared,
    locals,
    counters,
    stack,
    frames,
    top,
    emit,
    popAll,
    pushAll,
    constant,
    need,
  } = b;
  const result = random.chance(0.4) ? random.pick(b.types) : null;
  const isCounted = op === "loop" && random.chance(0.9);
  const counter = declared.length;
  if (isCounted) {
    locals.push("i32");
    declared.push("i32");
    counters.push(counter);
    constant("i32", 1 + random.int(6));
    emit("local.set", { index: counter });
    popAll(["i32"]);
  }
  if (op === "if") {
    need(["i32"]);
    popAll(["i32"]);
  }
  emit(op, { type: result });
  frames.push({ op, result, height: stack.length, isPolymorphic: false });
  statements(b, depth + 1, 1 + random.int(10));
  if (isCounted && random.chance(0.9)) {
    emit("local.get", { index: counter });
    pushAll(["i32"]);
    constant("i32", 1);
    emit("i32.sub");
    popAll(["i32"]);
    emit("local.tee", { index: counter });
    emit("br_if", { index: 0 });
    popAll(["i32"]);
    if (random.chance(0.3)) statements(b, depth + 1, 3);
  }
  finish(b);
  if (op === "if" && (result !== null || random.chance(0.5))) {
    emit("else");
    frames[frames.length - 1] = {
      op: "else",
      result,
      height: top().height,
      isPolymorphic: false,
    };
    stack.length = top().height;
    statements(b, depth + 1, 1 + random.int(10));
    finish(b);
  }
  emit("end");
  stack.length = top().height;
  frames.pop();
  if (result !== null) pushAll([result]);
}

/** Leaves on the stack exactly what the frame results in. */
function finish(b: Body): void {
  const { random, stack, top, emit, pop, doesMatch, operand, need, cut } = b;
  const frame = top();
  const results = frame.result === null ? [] : [frame.result];
  const isRight = (): boolean =>
    stack.length <= frame.height + results.length && doesMatch(results);
  if (!isRight() && frame.op !== "loop" && random.chance(0.3)) {
    need(results, 1);
    emit("br", { index: 0 });
    return cut();
  }
  while (!isRight() && stack.length > frame.height) {
    emit("drop");
    pop();
  }
  if (!doesMatch(results)) for (const type of results) operand(type);
}
