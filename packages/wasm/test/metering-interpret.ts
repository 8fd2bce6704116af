/**
 * A plain interpreter of the WebAssembly that nearcore accepts, which pays for gas and stack on the way. It shares nothing with the
 * instrumenter: it reads the original bytes.
 * @module
 */
import { decodeModule } from "./metering-decode.ts";
import { present, signatureOfFunction, typeOf, type Module } from "./metering-module.ts";
import { num, runNumeric, Trap, type Value } from "./metering-numeric.ts";
import { OP } from "./metering-points.ts";
import { createSparseMemory, type SparseMemory } from "./metering-memory.ts";
import {
  access,
  evaluate,
  popThree,
  prepareFunction,
  value,
  reference,
  zeroOf,
  type Activation,
} from "./metering-frames.ts";

/** How a call ended. */
export type Ending = "return" | "gas" | "stack" | Trap["kind"];

/** A counter that ran out. */
class Exhaustion extends Error {
  readonly kind: "gas" | "stack";
  constructor(kind: "gas" | "stack") {
    super(kind);
    this.kind = kind;
  }
}

/** Called for an imported function with its gas counter up to date. */
export type HostCall = (name: string, args: readonly Value[], gas: Counter) => Value | undefined;

/** What is left; negative once it ran out, by what the failing step would have cost. */
interface Counter {
  left: bigint;
}

export interface Instance {
  readonly module: Module;
  readonly memory: SparseMemory;
  readonly gas: Counter;
  /** How many instructions ran. */
  readonly steps: () => number;
  /** Calls a function without parameters. */
  call(index: number): Ending;
}

/** Pages of every contract's memory. */
const MIN_PAGES = 1024;
const MAX_PAGES = 2048;
const MAX_TABLE = 10_000;

/** Decodes and links. @returns how instantiation ended where it trapped */
export function interpret(
  bytes: Uint8Array,
  budget: { readonly gas: bigint; readonly stack: number },
  host: HostCall,
): Instance | Trap["kind"] {
  const module = decodeModule(bytes);
  const functions = module.functions.map((body) => prepareFunction(module, body));
  const memory = createSparseMemory(MIN_PAGES, MAX_PAGES);
  const globals = module.globals.map(({ init }) => evaluate(init));
  const table: (number | null)[] = Array.from({ length: module.table?.min ?? 0 }, () => null);
  const maxTable = Math.min(module.table?.max ?? MAX_TABLE, MAX_TABLE);
  const elements: (readonly (number | null)[])[] = module.elements.map(({ items }) => items);
  const data: Uint8Array[] = module.data.map(({ bytes: content }) => content);
  const gas: Counter = { left: budget.gas };
  let stackLeft = budget.stack;
  let steps = 0;

  const pay = (cost: bigint): void => {
    gas.left -= cost;
    if (gas.left < 0n) throw new Exhaustion("gas");
  };
  const copyTable = (
    items: readonly (number | null)[],
    to: number,
    from: number,
    count: number,
  ): void => {
    if (from + count > items.length || to + count > table.length) throw new Trap("bounds");
    const taken = items.slice(from, from + count);
    for (const [offset, item] of taken.entries()) table[to + offset] = item;
  };
  const cell = (index: number): number | null => {
    const found = table[index];
    if (found === undefined) throw new Trap("bounds");
    return found;
  };

  try {
    for (const [index, { mode, items }] of module.elements.entries()) {
      if (mode.type === "active") copyTable(items, mode.offset, 0, items.length);
      if (mode.type !== "passive") elements[index] = [];
    }
    for (const [index, { mode, bytes: content }] of module.data.entries()) {
      if (mode.type !== "active") continue;
      memory.write(mode.offset, content);
      data[index] = new Uint8Array(0);
    }
  } catch (error) {
    if (error instanceof Trap) return error.kind;
    throw error;
  }

  const activations: Activation[] = [];
  const enter = (index: number, args: readonly Value[]): void => {
    const imported = module.imports[index];
    if (imported !== undefined) {
      const result = host(imported.name, args, gas);
      if (result !== undefined) activations.at(-1)?.stack.push(result);
      return;
    }
    const prepared = present(functions[index - module.imports.length]);
    stackLeft -= prepared.frame + prepared.operands;
    if (stackLeft < 0) throw new Exhaustion("stack");
    pay(BigInt(Math.ceil(prepared.frame / 8)) * OP);
    const values = prepared.locals.map((type, local): Value =>
      local < args.length ? (args[local] ?? null) : zeroOf(type),
    );
    activations.push({ prepared, values, stack: [], labels: [], pc: 0 });
  };
  const leave = ({ prepared: { frame, operands, results }, stack }: Activation): void => {
    stackLeft += frame + operands;
    activations.pop();
    if (results.length > 0) activations.at(-1)?.stack.push(...stack.slice(-results.length));
  };
  const step = (active: Activation): void => {
    const { stack, labels, values } = active;
    const { points, ends, elses } = active.prepared;
    const code = active.prepared.body.body;
    const pop = (): number => num(stack.pop());
    const popAddress = (): number => pop() >>> 0;
    /** @returns where to go on */
    const branch = (depth: number): number => {
      const label = labels[labels.length - 1 - depth];
      if (label === undefined) return code.length;
      const kept = label.arity === 0 ? [] : stack.slice(-label.arity);
      stack.length = label.height;
      stack.push(...kept);
      labels.length -= label.isLoop ? depth : depth + 1;
      return label.target;
    };
    const at = active.pc++;
    const instruction = present(code[at]);
    const { op, index: immediate = 0 } = instruction;
    steps++;
    for (const { constant, linear } of points.get(present(instruction.at)) ?? []) {
      pay(constant + (linear === 0n ? 0n : linear * BigInt(num(stack.at(-1)) >>> 0)));
    }
    if (op.includes(".const")) stack.push(evaluate(instruction));
    else if (!runNumeric(op, stack))
      switch (op) {
        case "unreachable":
          throw new Trap("unreachable");
        case "nop":
          break;
        case "block":
        case "loop":
        case "if": {
          const isTaken = op !== "if" || pop() !== 0;
          const end = present(ends[at]);
          const isLoop = op === "loop";
          const alternative = elses[at];
          if (!isTaken && alternative === undefined) {
            active.pc = end + 1;
            break;
          }
          labels.push({
            height: stack.length,
            arity: isLoop || instruction.type == null ? 0 : 1,
            target: isLoop ? at + 1 : end + 1,
            isLoop,
          });
          if (!isTaken) active.pc = present(alternative) + 1;
          break;
        }
        case "else":
          labels.pop();
          active.pc = present(ends[at]) + 1;
          break;
        case "end":
          labels.pop();
          break;
        case "br":
          active.pc = branch(immediate);
          break;
        case "br_if":
          if (pop() !== 0) active.pc = branch(immediate);
          break;
        case "br_table": {
          const depths = present(instruction.labels);
          active.pc = branch(present(depths[Math.min(popAddress(), depths.length - 1)]));
          break;
        }
        case "return":
          active.pc = code.length;
          break;
        case "call": {
          const { params } = signatureOfFunction(module, immediate);
          enter(immediate, stack.splice(stack.length - params.length));
          break;
        }
        case "call_indirect": {
          const callee = cell(popAddress());
          const expected = typeOf(module, immediate);
          if (callee === null) throw new Trap("indirect");
          const actual = signatureOfFunction(module, callee);
          if (
            `${actual.params.join()}:${actual.results.join()}` !==
            `${expected.params.join()}:${expected.results.join()}`
          )
            throw new Trap("indirect");
          enter(callee, stack.splice(stack.length - expected.params.length));
          break;
        }
        case "drop":
          stack.pop();
          break;
        case "select":
        case "select_typed": {
          const isFirst = pop() !== 0;
          const second = value(stack.pop());
          if (!isFirst) stack[stack.length - 1] = second;
          break;
        }
        case "local.get":
          stack.push(value(values[immediate]));
          break;
        case "local.set":
          values[immediate] = value(stack.pop());
          break;
        case "local.tee":
          values[immediate] = value(stack.at(-1));
          break;
        case "global.get":
          stack.push(value(globals[immediate]));
          break;
        case "global.set":
          globals[immediate] = value(stack.pop());
          break;
        case "memory.size":
          stack.push(memory.pages());
          break;
        case "memory.grow":
          stack.push(memory.grow(popAddress()));
          break;
        case "memory.fill": {
          const [to, byte, count] = popThree(stack);
          memory.fill(to, byte & 0xff, count);
          break;
        }
        case "memory.copy": {
          const [to, from, count] = popThree(stack);
          memory.copy(to, from, count);
          break;
        }
        case "memory.init": {
          const [to, from, count] = popThree(stack);
          const segment = present(data[immediate]);
          if (from + count > segment.length) throw new Trap("bounds");
          memory.write(to, segment.subarray(from, from + count));
          break;
        }
        case "data.drop":
          data[immediate] = new Uint8Array(0);
          break;
        case "elem.drop":
          elements[immediate] = [];
          break;
        case "table.get":
          stack.push(cell(popAddress()));
          break;
        case "table.set": {
          const item = reference(stack.pop());
          const to = popAddress();
          cell(to);
          table[to] = item;
          break;
        }
        case "table.size":
          stack.push(table.length);
          break;
        case "table.grow": {
          const count = popAddress();
          const item = reference(stack.pop());
          const size = table.length;
          const isPossible = size + count <= maxTable;
          if (isPossible) for (let left = count; left > 0; left--) table.push(item);
          stack.push(isPossible ? size : -1);
          break;
        }
        case "table.fill": {
          const count = popAddress();
          const item = reference(stack.pop());
          const to = popAddress();
          if (to + count > table.length) throw new Trap("bounds");
          table.fill(item, to, to + count);
          break;
        }
        case "table.copy": {
          const [to, from, count] = popThree(stack);
          copyTable(table, to, from, count);
          break;
        }
        case "table.init": {
          const [to, from, count] = popThree(stack);
          copyTable(present(elements[immediate]), to, from, count);
          break;
        }
        case "ref.null":
          stack.push(null);
          break;
        case "ref.is_null":
          stack.push(stack.pop() === null ? 1 : 0);
          break;
        case "ref.func":
          stack.push(immediate);
          break;
        default:
          access(memory, instruction, stack);
      }
  };
  const call = (index: number): Ending => {
    try {
      enter(index, []);
      for (let active = activations.at(-1); active !== undefined; active = activations.at(-1)) {
        if (active.pc < active.prepared.body.body.length) step(active);
        else leave(active);
      }
      return "return";
    } catch (error) {
      if (error instanceof Trap || error instanceof Exhaustion) return error.kind;
      throw error;
    }
  };
  return { module, memory, gas, steps: () => steps, call };
}
