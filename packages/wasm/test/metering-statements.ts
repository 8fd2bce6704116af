/**
 * Random statements without control flow.
 * @module
 */
import { isRisky, type Body } from "./metering-body.ts";
import { specialConstant } from "./metering-constants.ts";
import { signatureOfFunction, typeOf, type Module, type Signature } from "./metering-module.ts";

export function arithmetic(b: Body): void {
  const { random, numeric, emit, apply, need } = b;
  const { name, signature } = random.pick(numeric);
  if (signature === null) return;
  if (isRisky(name) && random.chance(0.93)) safely(b, name, signature);
  else need(signature.params);
  emit(name);
  apply(signature);
}

/** Operands that do not trap. */
function safely(b: Body, name: string, { params: [type] }: Signature): void {
  const { random, emit, popAll, apply, constant, operand } = b;
  if (type === "i32" || type === "i64") {
    operand(type);
    constant(type, 1 + random.int(100));
  } else if (type === "f32" || type === "f64") {
    operand("i32");
    constant("i32", 0xffff);
    emit("i32.and");
    popAll(["i32"]);
    emit(`${type}.convert_i32_s`);
    apply({ params: ["i32"], results: [type] });
    if (name.startsWith("i32") && random.chance(0.3)) {
      emit(`${type}.abs`);
    }
  }
}

export function accessMemory(b: Body): void {
  const { random, module, accesses, emit, apply, operand, bounded } = b;
  const { name, signature } = random.pick(accesses);
  if (module.memory === undefined || signature === null) return;
  bounded(0x4000, 0.97);
  for (const type of signature.params.slice(1)) operand(type);
  const natural = naturalAlignment(name);
  const offset = random.chance(0.02)
    ? Number(BigInt.asUintN(32, specialConstant(random, "i32")))
    : random.int(random.chance(0.1) ? 300_000 : 64);
  emit(name, { align: random.int(natural + 1), offset });
  apply(signature);
}

export function bulk(b: Body): void {
  const { random, module, emit, popAll, pushAll, bounded } = b;
  const segment = module.data.length > 0 ? random.int(module.data.length) : undefined;
  const op = random.pick([
    "memory.size",
    "memory.grow",
    "memory.fill",
    "memory.copy",
    "memory.init",
    "data.drop",
  ]);
  if (module.memory === undefined && op !== "data.drop") return;
  if (op === "memory.size") {
    emit(op);
    pushAll(["i32"]);
  } else if (op === "memory.grow") {
    bounded(random.chance(0.1) ? 2048 : 4);
    emit(op);
  } else if (op === "data.drop") {
    if (segment !== undefined) emit(op, { index: segment });
  } else {
    if (op === "memory.init" && segment === undefined) return;
    const length = op === "memory.init" ? (module.data[segment ?? 0]?.bytes.length ?? 0) + 1 : 64;
    bounded(0x4000);
    bounded(op === "memory.copy" ? 0x4000 : length);
    bounded(random.chance(0.1) ? 5000 : length);
    emit(op, op === "memory.init" ? { index: segment ?? 0 } : {});
    popAll(["i32", "i32", "i32"]);
  }
}

export function tables(b: Body): void {
  const { random, module, emit, popAll, pushAll, apply, operand, bounded } = b;
  if (module.table === undefined) return;
  const size = Math.max(1, module.table.min);
  const segment = module.elements.length > 0 ? random.int(module.elements.length) : undefined;
  const op = random.pick([
    "table.get",
    "table.set",
    "table.size",
    "table.grow",
    "table.fill",
    "table.copy",
    "table.init",
    "elem.drop",
  ]);
  if (op === "table.size") {
    emit(op, { index: 0 });
    pushAll(["i32"]);
  } else if (op === "table.get") {
    bounded(size);
    emit(op, { index: 0 });
    apply({ params: ["i32"], results: ["funcref"] });
  } else if (op === "table.set") {
    bounded(size);
    operand("funcref");
    emit(op, { index: 0 });
    popAll(["i32", "funcref"]);
  } else if (op === "table.grow") {
    operand("funcref");
    bounded(random.chance(0.1) ? 12_000 : 3);
    emit(op, { index: 0 });
    apply({ params: ["funcref", "i32"], results: ["i32"] });
  } else if (op === "table.fill") {
    bounded(size);
    operand("funcref");
    bounded(2);
    emit(op, { index: 0 });
    popAll(["i32", "funcref", "i32"]);
  } else if (op === "elem.drop") {
    if (segment !== undefined) emit(op, { index: segment });
  } else {
    if (op === "table.init" && segment === undefined) return;
    bounded(size);
    bounded(op === "table.init" ? 3 : size);
    bounded(3);
    emit(op, op === "table.init" ? { index: segment ?? 0 } : {});
    popAll(["i32", "i32", "i32"]);
  }
}

export function variables(b: Body): void {
  const { random, module, declared, emit, popAll, apply, writable, need } = b;
  const locals = declared.flatMap((_, index) => (writable(index) ? [index] : []));
  const globals = module.globals.flatMap(({ isMutable }, index) => (isMutable ? [index] : []));
  if (globals.length > 0 && random.chance(0.3)) {
    const index = random.pick(globals);
    const type = module.globals[index]?.type ?? "i32";
    need([type], 0.8);
    emit("global.set", { index });
    popAll([type]);
  } else if (locals.length > 0) {
    const index = random.pick(locals);
    const type = declared[index] ?? "i32";
    need([type], 0.8);
    if (random.chance(0.5)) {
      emit("local.set", { index });
      popAll([type]);
    } else {
      emit("local.tee", { index });
      apply({ params: [type], results: [type] });
    }
  }
}

export function choose(b: Body): void {
  const { random, types, stack, emit, pop, apply, need } = b;
  const isTyped = random.chance(0.5);
  const type = isTyped
    ? random.pick(types)
    : random.pick(types.filter((each) => each !== "funcref"));
  need([type, type, "i32"]);
  if (isTyped) {
    emit("select_typed", { type });
    apply({ params: [type, type, "i32"], results: [type] });
    return;
  }
  emit("select");
  pop();
  const second = pop();
  const first = pop();
  stack.push(first === "unknown" ? second : first);
}

export function calls(b: Body): void {
  const { random, module, self, top, emit, popAll, apply, constant, operand, need } = b;
  if (random.chance(0.75)) {
    const count = module.imports.length + module.functions.length;
    const isForward = random.chance(0.97) && !top().isPolymorphic;
    const first = isForward ? Math.max(self + 1, module.imports.length) : 0;
    const candidates = Array.from({ length: count }, (_, index) => index).filter(
      (index) => index >= first || index < module.imports.length,
    );
    if (candidates.length === 0) return;
    const index = random.pick(candidates);
    const signature = signatureOfFunction(module, index);
    need(signature.params);
    emit("call", { index });
    return apply(signature);
  }
  if (module.table === undefined) return;
  const entries = module.elements.flatMap(({ mode, items }) =>
    mode.type === "active" ? items.map((item, offset) => ({ at: mode.offset + offset, item })) : [],
  );
  const safe = entries.filter(
    ({ item }) => item !== null && (item > self || item < module.imports.length),
  );
  const entry = safe.length > 0 && random.chance(0.9) ? random.pick(safe) : undefined;
  if (entry === undefined && random.chance(0.8)) return;
  const type = typeIndexOf(module, entry?.item ?? 0) ?? random.int(module.types.length);
  const signature = typeOf(module, type);
  need(signature.params);
  if (entry === undefined) operand("i32");
  else constant("i32", entry.at);
  emit("call_indirect", { index: type });
  popAll(["i32"]);
  apply(signature);
}

function naturalAlignment(name: string): number {
  const [, width = "", narrow] = /^.(32|64)\.(?:load|store)(\d+)?/.exec(name) ?? [];
  return Math.log2(Number(narrow ?? width) / 8);
}

function typeIndexOf(module: Module, index: number): number | undefined {
  return module.imports[index]?.type ?? module.functions[index - module.imports.length]?.type;
}
