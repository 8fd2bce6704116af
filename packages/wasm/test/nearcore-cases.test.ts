// Compiles WebAssembly at run time, which workerd forbids.
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
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  assemble,
  moduleOf,
  name,
  NO_TYPE,
  type RunOptions,
  refusalOf,
  repeated,
  run,
  sized,
  u32,
  vector,
} from "./samples.ts";

const test = suite("wasm: what nearcore's tests expect");

/** Gas of loading a contract, which the VM takes before. */
const LOADING_BASE = 35_445_963n;
const LOADING_BYTE = 1_089_295n;
/** The tests have no host, so these are not among what can be compared. */
const NEEDS_HOST = /\(import "env"/;
const LARGEST_GAS = 2n ** 63n - 1n;

const PREPARE_ERRORS: Readonly<Record<string, string>> = {
  "PrepareError: Error happened while deserializing the module.": "Deserialization",
  "PrepareError: Too many functions in contract.": "TooManyFunctions",
  "PrepareError: Too many locals declared in the contract.": "TooManyLocals",
  "PrepareError: Too many table elements declared in the contract.": "TooManyTableElements",
};

const casesOf = async (): Promise<readonly Json[]> =>
  list(await loadVectors("runtime"), "wasm_gas_cases", "cases");

const moduleOfCase = async (value: Json): Promise<Uint8Array | undefined> => {
  if (has(value, "generator")) return generate(field(value, "generator"));
  return field(value, "wat") === null ? undefined : assemble(text(value, "wat"));
};

const errorOf = (value: Json): string =>
  has(field(value, "expected"), "err") ? String(field(value, "expected", "err")) : "";

const generate = (generator: Json): Uint8Array => {
  switch (text(generator, "kind")) {
    case "LargeContract": {
      const imports = Number(integer(generator, "panic_imports"));
      const functions = Number(integer(generator, "functions"));
      const body = [1, u32(Number(integer(generator, "locals_per_function"))), 0x7e, 0x0b];
      const panic = [name("env"), name("panic"), 0, 0];
      return moduleOf(
        [1, vector([NO_TYPE])],
        ...(imports > 0 ? [[2, repeated(imports, panic)] as const] : []),
        [3, repeated(functions, [0])],
        [7, vector([[name("main"), 0, 0]])],
        [10, repeated(functions, sized(body))],
      );
    }
    case "nops": {
      const nops = new Uint8Array(Number(integer(generator, "count"))).fill(1);
      return moduleOf(
        [1, vector([NO_TYPE])],
        [3, [1, 0]],
        [7, vector([[name("main"), 0, 0]])],
        [10, vector([sized([0, nops, 0x0b])])],
      );
    }
    default:
      return moduleOf(
        [1, vector([NO_TYPE])],
        [3, [1, 0]],
        [6, repeated(Number(integer(generator, "count")), [0x7f, 0, 0x41, 0, 0x0b])],
        [7, vector([[name("main"), 0, 0]])],
        [10, vector([sized([0, 0x0b])])],
      );
  }
};

test("gas of the cases that need no host", async () => {
  const compared: string[] = [];
  for (const value of await casesOf()) {
    if (!has(value, "gas_excluding_loading")) continue;
    const module = await moduleOfCase(value);
    if (module === undefined || (has(value, "wat") && NEEDS_HOST.test(String(field(value, "wat")))))
      continue;
    const length = has(value, "wasm_len_charged")
      ? integer(value, "wasm_len_charged")
      : BigInt(module.length);
    const gas = BigInt(text(value, "prepaid_gas")) - LOADING_BASE - LOADING_BYTE * length;
    const options: RunOptions = {
      gas: gas < LARGEST_GAS ? gas : LARGEST_GAS,
      method: text(value, "method"),
    };
    const title = text(value, "test");
    assert.is(run(module, options).burnt, BigInt(text(value, "gas_excluding_loading")), title);
    compared.push(title);
  }
  assert.is(compared.length, 20);
});

test("errors of preparing", async () => {
  const compared: string[] = [];
  for (const value of await casesOf()) {
    const error = PREPARE_ERRORS[errorOf(value)];
    const module = await moduleOfCase(value);
    if (error === undefined || module === undefined) continue;
    assert.is(refusalOf(module), error, text(value, "test"));
    compared.push(error);
  }
  assert.ok(compared.length >= 8, `${compared.length} compared`);
});

test("a hundred thousand globals are prepared; whether they load is not told here", async () => {
  const { trap } = run(generate({ kind: "globals", count: 100_000 }));
  assert.is(trap, "");
});

test("gas runs out in the cases that say so", async () => {
  let compared = 0;
  for (const value of await casesOf()) {
    if (errorOf(value) !== "Exceeded the prepaid gas.") continue;
    const module = await moduleOfCase(value);
    if (module === undefined || NEEDS_HOST.test(String(field(value, "wat")))) continue;
    const gas =
      BigInt(text(value, "prepaid_gas")) - LOADING_BASE - LOADING_BYTE * BigInt(module.length);
    // With less than the loading costs no code runs.
    if (gas < 0n || text(value, "method") === "non_empty_non_existing") continue;
    assert.ok(run(module, { gas, method: text(value, "method") }).isOutOfGas, text(value, "test"));
    compared += 1;
  }
  assert.ok(compared >= 5, `${compared} compared`);
});

test("features that nearcore does not have", async () => {
  const modules = record(
    await loadVectors("runtime"),
    "wasm_gas_cases",
    "unsupported_features",
    "modules",
  );
  for (const [feature, wat] of Object.entries(modules)) {
    const source = String(wat);
    // One of them is nothing but a comment.
    if (source.startsWith("//")) continue;
    assert.is(refusalOf(await assemble(source)), "Deserialization", feature);
  }
});

test.run();
