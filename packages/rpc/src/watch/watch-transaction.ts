/**
 * A transaction's way to its end.
 * @module
 */
import type { RpcTransactionResponse, TxExecutionStatus } from "../generated/types.ts";
import { tx } from "../methods/transaction.ts";
import { isRpcError } from "../rpc-error.ts";
import type { Transport } from "../transport.ts";
import { checkOptions } from "../transports/check-options.ts";
import { LEVELS } from "../transports/comparable.ts";
import { patienceOf, type WatchOptions } from "./watch-options.ts";

/** Which transaction, and how far. */
export interface WatchTransactionOptions extends WatchOptions {
  /** The last level to come; `FINAL` unless told. */
  readonly until?: TxExecutionStatus | undefined;
}

/**
 * Iterates over the levels that a transaction reaches, each with what is known of it then, and ends with
 * the level wanted. A level that is passed between two questions does not show. One that no node knows
 * is waited for; only the signal ends that. A node that is behind takes nothing back.
 * @param transaction - its hash in base58, and who signed it
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { watchTransaction } from "@yoctonear/rpc";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * const { hash: txHash } = await transfer(alice, "bob.near", "1 NEAR", { wait: "FINAL" });
 * const levels: string[] = [];
 * for await (const { final_execution_status } of watchTransaction(transport, { txHash, senderAccountId: "alice.near" })) {
 *   levels.push(final_execution_status);
 * }
 * levels; // ["FINAL"]
 * ```
 */
export async function* watchTransaction(
  transport: Transport,
  transaction: { readonly txHash: string; readonly senderAccountId: string },
  options: WatchTransactionOptions = {},
): AsyncGenerator<RpcTransactionResponse, void, undefined> {
  checkOptions("watchTransaction", options, {}, ["signal", "pollInterval", "clock", "until"]);
  const patience = patienceOf("watchTransaction", options);
  const { signal, until = "FINAL" } = options;
  if (!LEVELS.includes(until)) throw new TypeError("watchTransaction: expected a level");
  const { txHash, senderAccountId } = transaction;
  const question = { txHash, senderAccountId, waitUntil: "NONE" } as const;
  let reached = 0;
  for (;;) {
    const status = await patience.ask(() =>
      tx(transport, question, { signal }).catch((error: unknown) => {
        if (isRpcError(error, "UNKNOWN_TRANSACTION")) return null;
        throw error;
      }),
    );
    const level = status?.final_execution_status ?? "NONE";
    const rank = LEVELS.indexOf(level);
    if (status !== null && rank > reached) {
      reached = rank;
      yield status;
    }
    // The final block of a transaction says nothing of its execution.
    const isIncludedOnly = level === "INCLUDED_FINAL" && until === "EXECUTED_OPTIMISTIC";
    if (status !== null && rank >= LEVELS.indexOf(until) && !isIncludedOnly) return;
    await patience.pause();
  }
}
