/**
 * Putting contracts on accounts: their own code, or a global contract that many share (NEP-591).
 * @module
 */
import { NearError, showValue } from "@yoctonear/base";
import { formatHash, sha256 } from "@yoctonear/primitives";
import {
  type Action,
  deployContract,
  deployGlobalContract,
  type FunctionCall,
  type GlobalContractReference,
  useGlobalContract,
} from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import type { SendOptions } from "./sender/options.ts";
import type { Outcome } from "./outcome/outcome.ts";
import { send } from "./sender/send.ts";

/** How a contract comes onto an account. */
export interface DeployOptions extends SendOptions {
  /** `functionCall("new", { … })`, called in the same transaction: both happen, or neither. */
  readonly init?: FunctionCall | undefined;
}

/** How a global contract is published. */
export interface DeployGlobalOptions extends SendOptions {
  /** Whether others name it by its hash, for ever the same code, or by the account, which may replace it. */
  readonly by: "hash" | "account";
}

/**
 * Deploys a contract on the account, in place of the one it has; its storage stays.
 * @param account - who gets the contract, and pays
 * @param code - WebAssembly, at most 1.5 MB in a transaction
 * @param options - `init`, and those of sending
 * @throws {NearError} `not_wasm` for bytes that do not begin as WebAssembly does
 * @throws {LimitError} `ContractSizeExceeded`, `TransactionSizeExceeded`
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { deploy, signingAccount, view } from "@yoctonear/account";
 * import { decodeBase64 } from "@yoctonear/base";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { functionCall } from "@yoctonear/transactions";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * // A contract whose one method returns "hello"
 * const code = decodeBase64("AGFzbQEAAAABCQJgAn5+AGAAAAIUAQNlbnYMdmFsdWVfcmV0dXJuAAADAgEBBQMBAAEHCQEFZ3JlZXQAAQoKAQgAQgdCABAACwsNAQBBAAsHImhlbGxvIg==");
 * await deploy(alice, code, { init: functionCall("greet") });
 * await view(transport, "alice.near", "greet"); // "hello"
 * ```
 */
export async function deploy<O extends Outcome>(
  account: SigningAccountRef<O>,
  code: Uint8Array,
  { init, ...options }: DeployOptions = {},
): Promise<O> {
  return put(account, deployContract(wasm(code)), init, options);
}

/**
 * Publishes a contract for every account to use. Its price, 10 times that of storage, is burnt. On
 * other shards it can be used some blocks later.
 * @param account - who publishes, and pays
 * @param code - WebAssembly, at most 1.5 MB in a transaction
 * @param options - `by`, and those of sending
 * @throws {NearError} `not_wasm` for bytes that do not begin as WebAssembly does
 * @throws {LimitError} `ContractSizeExceeded`, `TransactionSizeExceeded`
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { codeHash, deployGlobal, signingAccount, useGlobal } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const bob = signingAccount(chain.transport, "bob.near", chain.signer("bob.near"));
 * const code = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
 * await deployGlobal(alice, code, { by: "hash" });
 * await useGlobal(bob, { hash: codeHash(code) });
 * ```
 */
export async function deployGlobal<O extends Outcome>(
  account: SigningAccountRef<O>,
  code: Uint8Array,
  { by, ...options }: DeployGlobalOptions,
): Promise<O> {
  return put(account, deployGlobalContract(wasm(code), { by }), undefined, options);
}

/**
 * Puts a global contract on the account, in place of the one it has; its storage stays.
 * @param account - who gets the contract, and pays
 * @param contract - `{ hash }`, or `{ account }` for whatever that account publishes
 * @param options - `init`, and those of sending
 * @throws {ParseError} `invalid_hash`, `invalid_account_id`
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { contractOf, deployGlobal, signingAccount, useGlobal } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * await deployGlobal(alice, Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0), { by: "account" });
 * await useGlobal(alice, { account: "alice.near" });
 * await contractOf(alice); // { type: "globalAccountId", accountId: "alice.near" }
 * ```
 */
export async function useGlobal<O extends Outcome>(
  account: SigningAccountRef<O>,
  contract: GlobalContractReference,
  { init, ...options }: DeployOptions = {},
): Promise<O> {
  return put(account, useGlobalContract(contract), init, options);
}

/**
 * Computes by which hash a contract is known: SHA-256 of its code, base58.
 * @example
 * ```ts
 * import { codeHash } from "@yoctonear/account";
 * codeHash(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // "AwLEfgaHQguPVVLGUV9Sf5QKGrMMMr2N6MVSjBj9dJAh"
 * ```
 */
export function codeHash(code: Uint8Array): string {
  return formatHash(sha256(code));
}

function put<O extends Outcome>(
  account: SigningAccountRef<O>,
  action: Action,
  init: FunctionCall | undefined,
  options: SendOptions,
): Promise<O> {
  return send(account, account.accountId, init ? [action, init] : [action], options);
}

/** Refuses what is no WebAssembly of version 1: a node takes anything, and every call would fail. */
function wasm(code: Uint8Array): Uint8Array {
  // Not bytes at all: the builder says so.
  if (!(code instanceof Uint8Array)) return code;
  if (code.subarray(0, 8).join() === "0,97,115,109,1,0,0,0") return code;
  throw new NearError("not_wasm", `expected WebAssembly, got other bytes: ${showValue(code)}`);
}
