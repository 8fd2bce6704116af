import { field, has, list, loadRecording, text } from "@yoctonear/vectors";
import {
  type FunctionCallError,
  functionCallErrorDebug,
  functionCallErrorJson,
} from "@yoctonear/vm";
import { hostErrorText } from "#vm/host-error-text";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("vm: how a call fails");

const panic = (message: string): FunctionCallError => ({
  type: "hostError",
  error: { name: "GuestPanic", fields: { panic_msg: message } },
});

test("views tell of errors as the recorded node did, in both forms", async () => {
  let checked = 0;
  for (const entry of list(await loadRecording("probe"))) {
    if (!has(entry, "query") || !has(field(entry, "query", "result"), "error")) continue;
    const untyped = text(entry, "query", "result", "error");
    const typed = field(entry, "typed", "error");
    const error = errorOf(untyped);
    const prefix = "wasm execution failed with error: ";
    assert.is(prefix + functionCallErrorDebug(error, "untyped"), untyped);
    assert.equal(functionCallErrorJson(error), field(typed, "cause", "info", "vm_error"));
    const data = `Function call returned an error: ${functionCallErrorDebug(error, "typed")}`;
    assert.is(data, text(typed, "data"));
    checked += 1;
  }
  assert.is(checked, 6);
});

/** The error that a recorded text shows. */
function errorOf(shown: string): FunctionCallError {
  const [, name = "", field = "", value = ""] =
    /HostError\((\w+) \{ (\w+): "(.*)" \}\)$/.exec(shown) ?? [];
  return { type: "hostError", error: { name, fields: { [field]: value } } };
}

test("each form of each error", () => {
  const cases: readonly (readonly [FunctionCallError, unknown, string, string])[] = [
    [
      { type: "codeDoesNotExist", accountId: "alice.near" },
      { CompilationError: { CodeDoesNotExist: { account_id: "alice.near" } } },
      `CompilationError(CodeDoesNotExist { account_id: "alice.near" })`,
      `CompilationError(CodeDoesNotExist { account_id: AccountId("alice.near") })`,
    ],
    [
      { type: "prepareError", error: "Memory" },
      { CompilationError: { PrepareError: "Memory" } },
      "CompilationError(PrepareError(Memory))",
      "CompilationError(PrepareError(Memory))",
    ],
    [
      { type: "compileError", message: "bad" },
      { CompilationError: { WasmerCompileError: { msg: "bad" } } },
      `CompilationError(WasmtimeCompileError { msg: "bad" })`,
      `CompilationError(WasmerCompileError { msg: "bad" })`,
    ],
    [
      { type: "methodResolveError", error: "MethodNotFound" },
      { MethodResolveError: "MethodNotFound" },
      "MethodResolveError(MethodNotFound)",
      "MethodResolveError(MethodNotFound)",
    ],
    [
      { type: "linkError", message: "unknown or invalid import" },
      { ExecutionError: "Link Error: unknown or invalid import" },
      `LinkError { msg: "unknown or invalid import" }`,
      `ExecutionError("Link Error: unknown or invalid import")`,
    ],
    [
      { type: "wasmTrap", trap: "IndirectCallToNull" },
      { ExecutionError: "WebAssembly trap: Indirect call to null." },
      "WasmTrap(IndirectCallToNull)",
      `ExecutionError("WebAssembly trap: Indirect call to null.")`,
    ],
    [
      { type: "hostError", error: { name: "NumberOfLogsExceeded", fields: { limit: 100n } } },
      { ExecutionError: "The number of logs will exceed the limit 100" },
      "HostError(NumberOfLogsExceeded { limit: 100 })",
      `ExecutionError("The number of logs will exceed the limit 100")`,
    ],
    [
      { type: "hostError", error: { name: "GasExceeded", fields: {} } },
      { ExecutionError: "Exceeded the prepaid gas." },
      "HostError(GasExceeded)",
      `ExecutionError("Exceeded the prepaid gas.")`,
    ],
  ];
  for (const [error, json, untyped, typed] of cases) {
    assert.equal(functionCallErrorJson(error), json);
    assert.is(functionCallErrorDebug(error, "untyped"), untyped);
    assert.is(functionCallErrorDebug(error, "typed"), typed);
  }
});

test("text is quoted as Rust does", () => {
  const shown = functionCallErrorDebug(
    panic(`"\\\n\r\t\0\u{1}\u{7f} é'\u{301}\u{200b}\u{a0}😀`),
    "untyped",
  );
  const quoted = `"\\"\\\\\\n\\r\\t\\0\\u{1}\\u{7f} é'\\u{301}\\u{200b}\\u{a0}😀"`;
  assert.is(shown, `HostError(GuestPanic { panic_msg: ${quoted} })`);
});

test("an unknown host error has no text", () => {
  assert.throws(() => hostErrorText({ name: "Nonsense", fields: {} }), RangeError);
});

test.run();
