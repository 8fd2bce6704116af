/**
 * How a call can fail (nearcore `FunctionCallError`), as data, as the JSON of an outcome, and as Rust's debug
 * text of view calls.
 * @module
 */
import type { PrepareErrorCode } from "@yoctonear/wasm";
import type { HostError } from "./host-error.ts";
import { hostErrorText } from "./host-error-text.ts";
import { debugString, debugStruct } from "./rust-debug.ts";

/** Traps of WebAssembly under nearcore's names. */
export type WasmTrap =
  | "Unreachable"
  | "IncorrectCallIndirectSignature"
  | "MemoryOutOfBounds"
  | "IllegalArithmetic"
  | "IndirectCallToNull"
  | "StackOverflow";

/** Why the method of a call cannot be run. */
export type MethodResolveError = "MethodEmptyName" | "MethodNotFound" | "MethodInvalidSignature";

/** How a call failed. */
export type FunctionCallError =
  | { readonly type: "codeDoesNotExist"; readonly accountId: string }
  | { readonly type: "prepareError"; readonly error: PrepareErrorCode }
  /** The engine refused a module that passed our checks. */
  | { readonly type: "compileError"; readonly message: string }
  /** An instance would be too large. */
  | { readonly type: "loadingError"; readonly message: string }
  | { readonly type: "linkError"; readonly message: string }
  | { readonly type: "methodResolveError"; readonly error: MethodResolveError }
  | { readonly type: "wasmTrap"; readonly trap: WasmTrap }
  | { readonly type: "hostError"; readonly error: HostError };

/** What an outcome shows under `FunctionCallError`. */
export type FunctionCallErrorJson =
  | { readonly ExecutionError: string }
  | { readonly MethodResolveError: MethodResolveError }
  | {
      readonly CompilationError:
        | { readonly CodeDoesNotExist: { readonly account_id: string } }
        | { readonly PrepareError: PrepareErrorCode }
        | { readonly WasmerCompileError: { readonly msg: string } };
    };

const TRAP_TEXTS: Readonly<Record<WasmTrap, string>> = {
  Unreachable: "An `unreachable` opcode was executed.",
  IncorrectCallIndirectSignature: "Call indirect incorrect signature trap.",
  MemoryOutOfBounds: "Memory out of bounds trap.",
  IllegalArithmetic: "An arithmetic exception, e.g. divided by zero.",
  IndirectCallToNull: "Indirect call to null.",
  StackOverflow: "Stack overflow.",
};

/**
 * Returns what an outcome shows of a failed call, under `FunctionCallError`.
 * Source: nearcore runtime/runtime/src/conversions.rs.
 * @param error - how a call failed
 * @example
 * ```ts
 * import { functionCallErrorJson } from "@yoctonear/vm";
 * functionCallErrorJson({ type: "wasmTrap", trap: "Unreachable" }); // { ExecutionError: "WebAssembly trap: An `unreachable` opcode was executed." }
 * ```
 */
export function functionCallErrorJson(error: FunctionCallError): FunctionCallErrorJson {
  switch (error.type) {
    case "codeDoesNotExist":
      return { CompilationError: { CodeDoesNotExist: { account_id: error.accountId } } };
    case "prepareError":
      return { CompilationError: { PrepareError: error.error } };
    case "compileError":
      return { CompilationError: { WasmerCompileError: { msg: error.message } } };
    case "methodResolveError":
      return { MethodResolveError: error.error };
    case "loadingError":
      return { ExecutionError: `Loading Error: ${error.message}` };
    case "linkError":
      return { ExecutionError: `Link Error: ${error.message}` };
    case "wasmTrap":
      return { ExecutionError: `WebAssembly trap: ${TRAP_TEXTS[error.trap]}` };
    case "hostError":
      return { ExecutionError: hostErrorText(error.error) };
  }
}

/**
 * Returns a failed call as Rust's debug text, as view calls tell of it: `query` with the machine's own error
 * (`untyped`), `EXPERIMENTAL_call_function` with that of outcomes (`typed`).
 * @param error - how a call failed
 * @param form - which of both
 * @example
 * ```ts
 * import { functionCallErrorDebug } from "@yoctonear/vm";
 * functionCallErrorDebug({ type: "wasmTrap", trap: "Unreachable" }, "untyped"); // "WasmTrap(Unreachable)"
 * ```
 */
export function functionCallErrorDebug(
  error: FunctionCallError,
  form: "untyped" | "typed",
): string {
  const isTyped = form === "typed";
  switch (error.type) {
    case "codeDoesNotExist":
      return isTyped
        ? `CompilationError(CodeDoesNotExist { account_id: AccountId("${error.accountId}") })`
        : `CompilationError(${debugStruct("CodeDoesNotExist", { account_id: error.accountId })})`;
    case "prepareError":
      return `CompilationError(PrepareError(${error.error}))`;
    case "compileError": {
      const name = isTyped ? "WasmerCompileError" : "WasmtimeCompileError";
      return `CompilationError(${debugStruct(name, { msg: error.message })})`;
    }
    case "methodResolveError":
      return `MethodResolveError(${error.error})`;
    case "loadingError":
      if (isTyped) return executionError(error);
      return debugStruct("LoadingError", { msg: error.message });
    case "linkError":
      if (isTyped) return executionError(error);
      return debugStruct("LinkError", { msg: error.message });
    case "wasmTrap":
      return isTyped ? executionError(error) : `WasmTrap(${error.trap})`;
    case "hostError":
      if (isTyped) return executionError(error);
      return `HostError(${debugStruct(error.error.name, error.error.fields)})`;
  }
}

function executionError(error: FunctionCallError): string {
  const json = functionCallErrorJson(error);
  return "ExecutionError" in json ? `ExecutionError(${debugString(json.ExecutionError)})` : "";
}
