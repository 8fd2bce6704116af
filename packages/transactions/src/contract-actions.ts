/**
 * Builders of the actions on contracts. They check what they are given and return plain objects.
 * @module
 */
import { showValue } from "@yoctonear/base";
import {
  assertAccountId,
  formatHash,
  type GasInput,
  type NearInput,
  parseGas,
  parseHash,
  parseNear,
} from "@yoctonear/primitives";
import { encodeArguments, type FunctionArguments } from "./arguments.ts";
import type { ContractIdentifier } from "./global-contract.ts";
import type {
  DeployContract,
  DeployGlobalContract,
  DeterministicStateInit,
  FunctionCall,
  UseGlobalContract,
} from "./non-delegate-action.ts";

/** What a function call takes with it. */
export interface FunctionCallOptions {
  /** Gas attached; what is not used comes back. By default 30 Tgas. */
  readonly gas?: GasInput | undefined;
  /** NEAR attached. By default none. */
  readonly deposit?: NearInput | undefined;
}

/** A global contract: by the hash of its code, base58, or by the account that deployed it. */
export type GlobalContractReference = { readonly hash: string } | { readonly account: string };

const DEFAULT_GAS = 30_000_000_000_000n;

/**
 * Calls a method of the receiver's contract.
 * @param methodName - at most 256 bytes
 * @param args - bytes, or a value for JSON; see {@link encodeArguments}
 * @param options - gas (30 Tgas) and deposit (none)
 * @throws {TypeError} for arguments that JSON would spoil, e.g. a bigint, and for misspelt options
 * @throws {ParseError} `invalid_amount`
 * @example
 * ```ts
 * import { functionCall } from "@yoctonear/transactions";
 * functionCall("vote", { id: 1 }, { gas: "10 Tgas", deposit: "0.1 NEAR" }).gas; // 10000000000000n
 * functionCall("increment").args; // the bytes of {}
 * ```
 */
export function functionCall(
  methodName: string,
  args?: FunctionArguments,
  options: FunctionCallOptions = {},
): FunctionCall {
  if (typeof methodName !== "string" || methodName === "") {
    throw new TypeError(`expected methodName as text, got ${showValue(methodName)}`);
  }
  const { gas = DEFAULT_GAS, deposit = 0n, ...rest } = options;
  for (const name of Object.keys(rest)) throw new TypeError(`unknown option ${name}`);
  return {
    type: "functionCall",
    methodName,
    args: encodeArguments(args),
    gas: parseGas(gas),
    deposit: parseNear(deposit),
  };
}

/**
 * Puts a contract on the receiver; empty code takes it away.
 * @param code - WebAssembly, not copied
 * @throws {TypeError} when it is no Uint8Array
 * @example
 * ```ts
 * import { deployContract } from "@yoctonear/transactions";
 * deployContract(Uint8Array.of(0, 97, 115, 109)).type; // "deployContract"
 * ```
 */
export function deployContract(code: Uint8Array): DeployContract {
  return { type: "deployContract", code: checkCode(code) };
}

/**
 * Publishes a contract for every account to use, and burns its storage price.
 * @param code - WebAssembly, not copied
 * @param options - `by`: whether others refer to it by its hash, for ever the same code, or by the
 *   receiver's account, which may replace it
 * @throws {TypeError} when the code is no Uint8Array, or `by` neither "hash" nor "account"
 * @example
 * ```ts
 * import { deployGlobalContract } from "@yoctonear/transactions";
 * deployGlobalContract(Uint8Array.of(0, 97, 115, 109), { by: "hash" }).deployMode; // "codeHash"
 * ```
 */
export function deployGlobalContract(
  code: Uint8Array,
  options: { readonly by: "hash" | "account" },
): DeployGlobalContract {
  const { by } = options;
  if (by !== "hash" && by !== "account") {
    throw new TypeError(`expected by to be "hash" or "account", got ${showValue(by)}`);
  }
  const deployMode = by === "hash" ? "codeHash" : "accountId";
  return { type: "deployGlobalContract", code: checkCode(code), deployMode };
}

/**
 * Puts a global contract on the receiver.
 * @param contract - `{ hash }` or `{ account }`
 * @throws {ParseError} `invalid_hash`, `invalid_account_id`
 * @example
 * ```ts
 * import { useGlobalContract } from "@yoctonear/transactions";
 * useGlobalContract({ account: "ft.near" }).contractIdentifier; // { type: "accountId", accountId: "ft.near" }
 * ```
 */
export function useGlobalContract(contract: GlobalContractReference): UseGlobalContract {
  return { type: "useGlobalContract", contractIdentifier: toContractIdentifier(contract) };
}

/**
 * Brings a deterministic account (NEP-616) to life. The receiver of the transaction must be the id
 * that follows from the state init: `deterministicAccountId(encode(deterministicStateInitCodec, …))`.
 * @param init - `code`: the global contract it uses; `data`: the entries of its storage
 * @param options - `deposit`: NEAR for its storage, by default none
 * @throws {ParseError} `invalid_hash`, `invalid_account_id`, `invalid_amount`
 * @throws {TypeError} when the data is no Map
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { deterministicAccountId } from "@yoctonear/primitives";
 * import { deterministicStateInit, deterministicStateInitCodec } from "@yoctonear/transactions";
 * const { stateInit } = deterministicStateInit({ code: { account: "ft.near" } });
 * deterministicAccountId(encode(deterministicStateInitCodec, stateInit)); // "0s69284a5453e7be5632b28b6a01baecf6c12c156d"
 * ```
 */
export function deterministicStateInit(
  init: {
    readonly code: GlobalContractReference;
    readonly data?: ReadonlyMap<Uint8Array, Uint8Array> | undefined;
  },
  options: { readonly deposit?: NearInput | undefined } = {},
): DeterministicStateInit {
  const { code, data = new Map<Uint8Array, Uint8Array>() } = init;
  if (!(data instanceof Map)) {
    throw new TypeError(`expected data as a Map of bytes, got ${showValue(data)}`);
  }
  const { deposit = 0n } = options;
  return {
    type: "deterministicStateInit",
    stateInit: { type: "v1", code: toContractIdentifier(code), data },
    deposit: parseNear(deposit),
  };
}

/** Reads a reference as an identifier. */
export function toContractIdentifier(contract: GlobalContractReference): ContractIdentifier {
  const given = typeof contract === "object" ? Object.keys(contract ?? {}) : [];
  if (given.includes("hash") === given.includes("account")) {
    throw new TypeError("expected a global contract as { hash } or { account }");
  }
  if ("hash" in contract) {
    return { type: "codeHash", hash: formatHash(parseHash(contract.hash, "code hash")) };
  }
  assertAccountId(contract.account, "account id of a global contract");
  return { type: "accountId", accountId: contract.account };
}

function checkCode(code: Uint8Array): Uint8Array {
  if (code instanceof Uint8Array) return code;
  throw new TypeError(`expected code as a Uint8Array, got ${showValue(code)}`);
}
