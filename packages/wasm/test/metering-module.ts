/**
 * A module as plain data, for the generator, the encoder, the decoder and the interpreter.
 * @module
 */
import type { Type } from "./metering-opcodes.ts";

/** One instruction; which members count is the opcode's matter. */
export interface Instruction {
  readonly op: string;
  /** Local, global, function, label, type or segment. */
  readonly index?: number;
  /** Bits of a constant. */
  readonly bits?: bigint;
  /** Of `br_table`; the last one is the default. */
  readonly labels?: readonly number[];
  /** Result of a block, type of a typed select. */
  readonly type?: Type | null;
  /** Of a memory access: static offset, logarithm of the alignment. */
  readonly offset?: number;
  readonly align?: number;
  /** Where it stands in its module; only decoded ones know. */
  readonly at?: number;
}

export interface Signature {
  readonly params: readonly Type[];
  readonly results: readonly Type[];
}

export interface FunctionBody {
  /** Index of its type. */
  readonly type: number;
  readonly locals: readonly Type[];
  /** Ends with an `end`. */
  readonly body: readonly Instruction[];
}

export interface Limits {
  readonly min: number;
  readonly max?: number | undefined;
}

export interface Global {
  readonly type: Type;
  readonly isMutable: boolean;
  readonly init: Instruction;
}

export type Mode =
  | { readonly type: "active"; readonly offset: number }
  | { readonly type: "passive" }
  | { readonly type: "declarative" };

export interface Module {
  readonly types: readonly Signature[];
  /** Functions of the module `env`. */
  readonly imports: readonly { readonly name: string; readonly type: number }[];
  readonly functions: readonly FunctionBody[];
  readonly table?: Limits | undefined;
  readonly memory?: Limits | undefined;
  readonly globals: readonly Global[];
  readonly exports: readonly {
    readonly name: string;
    readonly kind: "function" | "table" | "memory" | "global";
    readonly index: number;
  }[];
  readonly start?: number | undefined;
  /** Null items are null references. */
  readonly elements: readonly { readonly mode: Mode; readonly items: readonly (number | null)[] }[];
  readonly data: readonly { readonly mode: Mode; readonly bytes: Uint8Array }[];
}

/** The signature of a function, imported or defined. */
export function signatureOfFunction(module: Module, index: number): Signature {
  const imported = module.imports[index]?.type;
  return typeOf(module, imported ?? module.functions[index - module.imports.length]?.type ?? -1);
}

/** A type by its index. */
export function typeOf(module: Module, index: number): Signature {
  return present(module.types[index]);
}

/** What must be there. */
export function present<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new TypeError("expected a value, got none");
  return value;
}
