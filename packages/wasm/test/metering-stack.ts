/**
 * What a function takes of the stack budget, by the letter of the rules of finite-wasm 0.6.
 * @module
 */
import {
  present,
  signatureOfFunction,
  typeOf,
  type FunctionBody,
  type Module,
} from "./metering-module.ts";
import { opcodeNamed, type Type } from "./metering-opcodes.ts";

/** Bytes of all frames of a call. */
export const STACK_BUDGET = 262_144;

const SIZES: Readonly<Record<Type, number>> = { i32: 4, f32: 4, i64: 8, f64: 8, funcref: 8 };
const IN_PLACE =
  /\.(clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt)$|^(local\.tee|memory\.grow)$/;
const BINARY =
  /\.(add|sub|mul|div(_[su])?|rem_[su]|and|or|xor|shl|shr_[su]|rotl|rotr|min|max|copysign)$/;

/** Bytes of a frame without its operands. */
export function frameSize(module: Module, { type, locals }: FunctionBody): number {
  return [...typeOf(module, type).params, ...locals].reduce((sum, each) => sum + SIZES[each], 64);
}

/** Most bytes of operands at any moment. */
export function operandSize(module: Module, { type, body }: FunctionBody): number {
  const operands: number[] = [];
  const frames: { height: number; isPolymorphic: boolean; results: readonly Type[] }[] = [
    { height: 0, isPolymorphic: false, results: typeOf(module, type).results },
  ];
  let size = 0;
  let most = 0;
  const top = (): (typeof frames)[number] => present(frames.at(-1));
  const push = (types: readonly Type[]): void => {
    if (top().isPolymorphic) return;
    for (const each of types) {
      operands.push(SIZES[each]);
      size += SIZES[each];
      most = Math.max(most, size);
    }
  };
  const pop = (count: number): void => {
    if (top().isPolymorphic) return;
    for (let left = count; left > 0; left--) size -= present(operands.pop());
  };
  const shrink = (height: number): void => pop(Math.max(0, operands.length - height));
  const types = [
    ...typeOf(module, type).params,
    ...present(module.functions.find((each) => each.body === body)).locals,
  ];

  for (const instruction of body) {
    const { op, index = 0 } = instruction;
    const enter = (): void => {
      const results = instruction.type == null ? [] : [instruction.type];
      frames.push({ height: operands.length, isPolymorphic: top().isPolymorphic, results });
    };
    if (op === "block" || op === "loop") enter();
    else if (op === "if") {
      pop(1);
      enter();
    } else if (op === "else") {
      const frame = present(frames.pop());
      frames.push({ ...frame, isPolymorphic: top().isPolymorphic });
      shrink(frame.height);
    } else if (op === "end") {
      if (frames.length === 1) continue;
      const frame = present(frames.pop());
      shrink(frame.height);
      push(frame.results);
    } else if (op === "br" || op === "br_table" || op === "return" || op === "unreachable")
      top().isPolymorphic = true;
    else if (op === "br_if" || op === "drop" || op === "local.set" || op === "global.set") pop(1);
    else if (op === "select" || op === "select_typed") pop(2);
    else if (op === "call" || op === "call_indirect") {
      const signature = op === "call" ? signatureOfFunction(module, index) : typeOf(module, index);
      pop(signature.params.length);
      push(signature.results);
    } else if (op === "local.get") push([present(types[index])]);
    else if (op === "global.get") push([present(module.globals[index]).type]);
    else if (IN_PLACE.test(op)) continue;
    else if (BINARY.test(op)) pop(1);
    else {
      const { params, results } = present(opcodeNamed(op).signature);
      pop(params.length);
      push(results);
    }
  }
  return most;
}
