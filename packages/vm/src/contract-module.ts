/**
 * Contracts ready to run: metered, compiled, and kept, since both take far longer than most calls.
 * @module
 */
import { NearError } from "@yoctonear/base";
import { formatHash, sha256 } from "@yoctonear/primitives";
import {
  type FunctionImport,
  type FunctionSignature,
  prepareContract,
  PrepareError,
  type PreparedContract,
} from "@yoctonear/wasm";
import type { FunctionCallError } from "./function-call-error.ts";
import type { HostFunction } from "./host.ts";
import { HOST_FUNCTIONS, LATER_HOST_FUNCTIONS } from "./host-functions.ts";
import { shareMemory } from "./shared-memory.ts";

/** A contract that can be run. */
export interface ContractModule {
  readonly module: WebAssembly.Module;
  readonly functions: ReadonlyMap<string, FunctionSignature>;
  readonly hasStart: boolean;
  /** `null` where it imports what is not there. */
  readonly imports: ReadonlyMap<string, HostFunction> | null;
  /** Protocol version from which on all that it imports is there; 0 unless it imports what is new. */
  readonly since: number;
  /** Locals that its functions declare. */
  readonly localCount: number;
}

/** A contract, or why it cannot be run: that is kept as well. */
export type LoadedContract = ContractModule | { readonly failure: FunctionCallError };

/** Modules by the base58 hash of their contract's code. */
export type CompiledModules = ReadonlyMap<string, WebAssembly.Module>;

// Compiled code of a contract takes about ten times its length.
const MAX_KEPT = 128;
/** Of nearcore's engine, for what an instance keeps besides its memory. */
const MAX_INSTANCE_SIZE = 1_048_576;

/**
 * Returns a contract ready to run.
 * @throws {NearError} `wasm_forbidden` where this runtime does not compile
 */
export function loadContract(
  code: Uint8Array,
  codeHash: string | undefined,
  compiled: CompiledModules | undefined,
): LoadedContract {
  const { byCode, byHash } = kept();
  const known = byCode.get(code);
  if (known !== undefined) return known;
  const hash = codeHash ?? formatHash(sha256(code));
  const loaded = byHash.get(hash) ?? load(code, compiled?.get(hash));
  byCode.set(code, loaded);
  byHash.delete(hash);
  byHash.set(hash, loaded);
  for (const oldest of byHash.keys()) {
    if (byHash.size <= MAX_KEPT) break;
    byHash.delete(oldest);
  }
  return loaded;
}

interface Kept {
  /** By the bytes themselves: a chain hands out the same array again. */
  readonly byCode: WeakMap<Uint8Array, LoadedContract>;
  /** The last used at the end. */
  readonly byHash: Map<string, LoadedContract>;
}

const KEPT: { current?: Kept } = {};

function kept(): Kept {
  return (KEPT.current ??= { byCode: new WeakMap(), byHash: new Map() });
}

function load(code: Uint8Array, compiled: WebAssembly.Module | undefined): LoadedContract {
  const prepared = prepare(code);
  if ("failure" in prepared) return prepared;
  const { functions, hasStart, imports, instanceSize, localCount } = prepared;
  if (instanceSize > MAX_INSTANCE_SIZE) {
    const message = `expected an instance of at most ${MAX_INSTANCE_SIZE} bytes, got ${instanceSize}`;
    return { failure: { type: "loadingError", message } };
  }
  const module = compiled ?? compile(shareMemory(prepared));
  if (!(module instanceof WebAssembly.Module)) return module;
  return { module, functions, hasStart, ...link(imports), localCount };
}

function prepare(code: Uint8Array): PreparedContract | { readonly failure: FunctionCallError } {
  try {
    return prepareContract(code);
  } catch (error) {
    if (!(error instanceof PrepareError)) throw error;
    return { failure: { type: "prepareError", error: error.code } };
  }
}

function compile(
  bytes: Uint8Array<ArrayBuffer>,
): WebAssembly.Module | { readonly failure: FunctionCallError } {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (/disallowed|embedder|security policy|csp|eval/i.test(error.message)) {
      throw new NearError(
        "wasm_forbidden",
        "expected a runtime that compiles WebAssembly; where it is forbidden, compile " +
          "`prepareContract(code).bytes` ahead and pass the module by the code's hash as `modules`",
        { cause: error },
      );
    }
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    return { failure: { type: "compileError", message: error.message } };
  }
}

function link(imports: readonly FunctionImport[]): Pick<ContractModule, "imports" | "since"> {
  const linked = new Map<string, HostFunction>();
  let since = 0;
  for (const { name, signature } of imports) {
    const later = LATER_HOST_FUNCTIONS.get(name);
    const found = HOST_FUNCTIONS.get(name) ?? later?.called;
    if (found === undefined || !hasSignature(found, signature)) return { imports: null, since };
    since = Math.max(since, later?.since ?? 0);
    linked.set(name, found);
  }
  return { imports: linked, since };
}

function hasSignature(
  { params, type, result }: HostFunction,
  signature: FunctionSignature,
): boolean {
  return (
    signature.params.length === params &&
    signature.params.every((param) => param === type) &&
    signature.results.length === (result === null ? 0 : 1) &&
    signature.results.every((own) => own === result)
  );
}
