/**
 * Calling and viewing contracts.
 * @module
 */
import { decodeUtf8, encodeBase64 } from "@yoctonear/base";
import { callFunction, parseJson, type Transport } from "@yoctonear/rpc";
import {
  encodeArguments,
  type FunctionArguments,
  functionCall,
  type FunctionCallOptions,
} from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import type { SendOptions } from "./sender/options.ts";
import type { Outcome } from "./outcome/outcome.ts";
import type { ReadOptions } from "./reads.ts";
import { send } from "./sender/send.ts";

/** What a call takes with it, and how long to wait for it. */
export type CallContractOptions = SendOptions & FunctionCallOptions;

/**
 * Calls a method of a contract as one transaction.
 * @param account - who calls and pays
 * @param contractId - whose contract
 * @param methodName - at most 256 bytes
 * @param args - bytes, or a value for JSON
 * @param options - gas (30 Tgas), deposit (none), and those of sending
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { call, deploy, signingAccount } from "@yoctonear/account";
 * import { decodeBase64 } from "@yoctonear/base";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * // A contract whose one method returns "hello"
 * await deploy(alice, decodeBase64("AGFzbQEAAAABCQJgAn5+AGAAAAIUAQNlbnYMdmFsdWVfcmV0dXJuAAADAgEBBQMBAAEHCQEFZ3JlZXQAAQoKAQgAQgdCABAACwsNAQBBAAsHImhlbGxvIg=="));
 * const outcome = await call(alice, "alice.near", "greet", {}, { gas: "10 Tgas" });
 * outcome.value; // "hello"
 * outcome.gasBurnt < 10n ** 13n; // true
 * ```
 */
export async function call<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  methodName: string,
  args?: FunctionArguments,
  { gas, deposit, ...options }: CallContractOptions = {},
): Promise<O> {
  return send(account, contractId, [functionCall(methodName, args, { gas, deposit })], options);
}

/**
 * Asks a method of a contract; free, changes nothing.
 * @param transport - reaches the network
 * @param contractId - whose contract
 * @param methodName - the method
 * @param args - bytes, or a value for JSON
 * @param options - `block` to read at
 * @returns the result, parsed as JSON without loss; undefined where the method returned nothing
 * @throws {RpcError} `CONTRACT_EXECUTION_ERROR` when the method failed; `panicOf` tells what it said
 * @throws {SyntaxError} when the result is not JSON; take {@link viewOutcome} for bytes
 * @example
 * ```ts
 * import { view } from "@yoctonear/account";
 * import type { Transport } from "@yoctonear/rpc";
 * // A node that answers any view call with the bytes of `{"count":7}`
 * const result = [...new TextEncoder().encode('{"count":7}')];
 * const transport: Transport = async () => ({ result, logs: [], block_height: 1, block_hash: "1".repeat(32) });
 * await view(transport, "counter.near", "get", {}); // { count: 7 }
 * ```
 */
export async function view(
  transport: Transport,
  contractId: string,
  methodName: string,
  args?: FunctionArguments,
  { block, ...options }: ReadOptions = {},
): Promise<unknown> {
  const argsBase64 = encodeBase64(encodeArguments(args));
  const request = { accountId: contractId, methodName, argsBase64, block };
  const { result } = await callFunction(transport, request, options);
  return result.length === 0 ? undefined : parseJson(decodeUtf8(Uint8Array.from(result)));
}
