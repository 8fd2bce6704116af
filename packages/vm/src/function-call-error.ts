/**
 * How a call can fail (nearcore `FunctionCallError`), as data, as the JSON of an outcome, and as Rust's debug
 * text of view calls.
 * @module
 */
import type { PrepareErrorCode } from "@yoctonear/wasm";
import type { HostError } from "./host-error.ts";

/** Traps of WebAssembly under nearcore's names. */
export type WasmTrap =
  | "Unreachable"
  | "IncorrectCallIndirectSignature"
  | "MemoryOutOfBounds"
  | "IllegalArithmetic"
  | "IndirectCallToNull"
  | "StackOverflow";

/** How a call failed. */
export type FunctionCallError =
  | { readonly type: "codeDoesNotExist"; readonly accountId: string }
  | { readonly type: "prepareError"; readonly error: PrepareErrorCode }
  /** The engine refused a module that passed our checks. */
  | { readonly type: "compileError"; readonly message: string }
  | { readonly type: "linkError"; readonly message: string }
  | {
      readonly type: "methodResolveError";
      readonly error: "MethodEmptyName" | "MethodNotFound" | "MethodInvalidSignature";
    }
  | { readonly type: "wasmTrap"; readonly trap: WasmTrap }
  | { readonly type: "hostError"; readonly error: HostError };
