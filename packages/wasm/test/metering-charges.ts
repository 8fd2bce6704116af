/**
 * Reads back from a metered module what its functions pay and where, and proves on the way that the rest of their code is the original.
 * @module
 */
import { decodeModule } from "./metering-decode.ts";
import {
  present,
  typeOf,
  type FunctionBody,
  type Instruction,
  type Module,
} from "./metering-module.ts";
import { OP } from "./metering-points.ts";
import { frameSize } from "./metering-stack.ts";

/** What a function pays before an instruction. */
export interface Charge {
  /** Index of the instruction. */
  readonly at: number;
  readonly constant: bigint;
  readonly linear: bigint;
}

/** What a metered function does besides its own code. */
export interface Charges {
  /** Bytes that it takes of the stack. */
  readonly stack: number;
  /** Without that for the frame. */
  readonly charges: readonly Charge[];
}

/** Reads the charges of every function; throws where one is more than its original and charges. */
export function readCharges(module: Module, metered: Uint8Array): readonly Charges[] {
  const functions = decodeModule(metered).functions;
  return module.functions.map((body, index) =>
    readFunction(module, body, present(functions[index])),
  );
}

function readFunction(module: Module, original: FunctionBody, metered: FunctionBody): Charges {
  const locals = typeOf(module, original.type).params.length + original.locals.length;
  const reader = createReader(metered.body, locals, module.globals.length);
  const stack = reader.stackCheck();
  const entry = reader.charge();
  if (entry === null) throw new TypeError("expected a charge for the frame");
  const charges: Charge[] = [];
  // The frame and a first point at the first instruction are paid together.
  const first = entry.constant - BigInt(Math.ceil(frameSize(module, original) / 8)) * OP;
  if (first !== 0n) charges.push({ at: 0, constant: first, linear: 0n });
  for (const [at, instruction] of original.body.entries()) {
    while (reader.skip()) continue;
    for (let next = reader.charge(); next !== null; next = reader.charge()) {
      charges.push({ at, ...next });
      while (reader.skip()) continue;
    }
    const found = show(reader.take());
    if (found !== show(instruction))
      throw new TypeError(`expected ${show(instruction)}, got ${found}`);
  }
  return { stack, charges };
}

interface Reader {
  /** The next instruction. */
  take(): Instruction;
  /** Steps over code that shows a counter or the index of a call, takes a counter, or makes a NaN canonical. @returns whether there was any */
  skip(): boolean;
  charge(): { constant: bigint; linear: bigint } | null;
  stackCheck(): number;
}

/** Locals from `locals` on and globals from `gas` on are not the original's. */
function createReader(code: readonly Instruction[], locals: number, gas: number): Reader {
  let position = 0;
  const isNext = (...pattern: readonly string[]): boolean =>
    pattern.every((op, offset) => {
      const { op: found, index = 0 } = code[position + offset] ?? { op: "" };
      if (found !== op) return false;
      return op.startsWith("local") ? index >= locals : !op.startsWith("global") || index >= gas;
    });
  const skipAny = (...patterns: readonly (readonly string[])[]): boolean => {
    const found = patterns.find((pattern) => isNext(...pattern));
    position += found?.length ?? 0;
    return found !== undefined;
  };
  const constant = (): bigint => BigInt.asIntN(64, present(code[position++]?.bits));
  const skipTrap = (): void => {
    while (code[position++]?.op !== "unreachable") continue;
    position += 1;
  };
  const canonical = (type: string): readonly string[] => [
    "local.tee",
    `${type}.const`,
    "local.get",
    "local.get",
    `${type}.eq`,
    "select",
  ];
  return {
    take: () => present(code[position++]),
    skip: () =>
      skipAny(
        ["global.get", "local.set"],
        ["local.get", "global.set"],
        ["global.set", "global.get"],
        canonical("f32"),
        canonical("f64"),
      ),
    charge() {
      const hasCount = isNext("local.tee", "local.get", "i64.const", "i64.sub");
      if (hasCount) position += 1;
      else if (
        !isNext("local.get", "i64.const", "i64.sub") &&
        !isNext("global.get", "i64.const", "i64.sub")
      )
        return null;
      position += 1;
      const cost = constant();
      position += 1;
      let linear = 0n;
      if (hasCount) {
        position += 2;
        linear = constant();
        position += 2;
      }
      skipTrap();
      return { constant: cost, linear };
    },
    stackCheck() {
      position += 1;
      const size = Number(constant());
      skipTrap();
      return size;
    },
  };
}

/** An instruction as text, without its place. */
function show({ op, index, bits, labels, type, offset, align }: Instruction): string {
  return [op, index, bits, labels?.join(), type, offset, align].join(" ");
}
