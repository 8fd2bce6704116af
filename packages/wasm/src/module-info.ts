/**
 * What the sections declare: all that function bodies refer to.
 * @module
 */
import { PARSER_MAX_TYPE_SIZE } from "./limits.ts";
import type { FunctionImport, FunctionSignature } from "./prepared-contract.ts";
import { invalid } from "./refuse.ts";

/** Type of a function, as the binary format numbers types. */
export interface FunctionType {
  readonly params: Uint8Array;
  /** Bytes that nearcore counts for the parameters in a frame. */
  readonly paramsSize: number;
  /** `NO_RESULT` where there is none. */
  readonly result: number;
  readonly signature: FunctionSignature;
  /** As the parser counts it. */
  readonly size: number;
}

/** Sizes of a table or memory. */
export interface Limits {
  readonly minimum: number;
  readonly maximum: number;
}

/** Declarations of a module, filled section by section. */
export class ModuleInfo {
  readonly types: FunctionType[] = [];
  readonly imports: FunctionImport[] = [];
  /** Index of each function's type; imported functions come first. */
  readonly functions: number[] = [];
  readonly tables: Limits[] = [];
  memories = 0;
  /** Types of the globals, and whether they can be set. */
  readonly globals: number[] = [];
  readonly mutable: boolean[] = [];
  elementSegments = 0;
  /** Data segments as announced; none may be named where they are not. */
  dataCount: number | undefined;
  dataSegments = 0;
  /** Functions that `ref.func` may name. */
  readonly referenced: Set<number> = new Set();
  /** Functions by the names under which they are exported. */
  readonly exported: Map<string, number> = new Map();
  start: number | undefined;
  #typeSize = 1;

  /** The type with this index. */
  typeAt(index: number): FunctionType {
    return this.types[index] ?? invalid(`expected a type below ${this.types.length}, got ${index}`);
  }

  /** The type of the function with this index. */
  typeOfFunction(index: number): FunctionType {
    const type = this.functions[index];
    return type === undefined
      ? invalid(`expected a function below ${this.functions.length}, got ${index}`)
      : this.typeAt(type);
  }

  /** The type of the global with this index. */
  globalAt(index: number): number {
    return (
      this.globals[index] ?? invalid(`expected a global below ${this.globals.length}, got ${index}`)
    );
  }

  /** Notes that `ref.func` may name the function. */
  refer(index: number): void {
    this.typeOfFunction(index);
    this.referenced.add(index);
  }

  /** Adds up the sizes of the types of what is imported and exported. Source: wasmparser `TypeInfo`. */
  addTypeSize(size: number): void {
    this.#typeSize += size;
    if (this.#typeSize >= PARSER_MAX_TYPE_SIZE) {
      invalid("expected smaller types of what is imported and exported");
    }
  }

  /** Checks that there is a table with this index. */
  checkTable(index: number): void {
    if (index >= this.tables.length) {
      invalid(`expected a table below ${this.tables.length}, got ${index}`);
    }
  }

  /** Checks that there is a memory with this index. */
  checkMemory(index: number): void {
    if (index >= this.memories) {
      invalid(`expected a memory below ${this.memories}, got ${index}`);
    }
  }

  /** Checks that there is an element segment with this index. */
  checkElementSegment(index: number): void {
    if (index >= this.elementSegments) {
      invalid(`expected an element segment below ${this.elementSegments}, got ${index}`);
    }
  }

  /** Checks that a data segment with this index was announced. */
  checkDataSegment(index: number): void {
    if (index >= (this.dataCount ?? 0)) {
      invalid(`expected a data segment that the data count section announced, got ${index}`);
    }
  }
}
