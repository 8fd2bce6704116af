/**
 * Following a transaction of which hash or bytes are known, wherever it was signed.
 * @module
 */
import { assertAccountId } from "@yoctonear/primitives";
import type { RpcTransactionResponse, Transport } from "@yoctonear/rpc";
import { decodeSignedTransaction } from "@yoctonear/transactions";
import { within } from "./deadline.ts";
import {
  assertSendOptions,
  DEFAULT_POLL_INTERVAL,
  DEFAULT_WAIT,
  reaches,
  WAIT_OPTIONS,
  type WaitOptions,
} from "./options.ts";
import { type Outcome, readOutcome } from "../outcome/outcome.ts";
import { sendSigned } from "./send.ts";
import { ask, outcomeOf } from "./settle.ts";
import { TransactionError } from "../errors/transaction-error.ts";

/**
 * Waits for a transaction by its hash, until it has come as far as wanted: a node that does not know it, or cannot be
 * reached, is asked again. Nothing is sent.
 * @param transport - reaches the network
 * @param hash - base58
 * @param signerId - who signed it (never the receiver)
 * @param options - level to wait for, time, signal
 * @throws {TransactionError} `failed` or `rejected`; `unknown_outcome`, with its hash, when time is up: it may not even
 *   exist
 * @example
 * ```ts
 * import { signingAccount, transfer, waitFor } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { hash } = await transfer(alice, "bob.near", "1 NEAR", { wait: "INCLUDED" });
 * (await waitFor(chain.transport, hash, "alice.near", { wait: "FINAL" })).level; // "FINAL"
 * ```
 */
export async function waitFor(
  transport: Transport,
  hash: string,
  signerId: string,
  options: WaitOptions = {},
): Promise<Outcome> {
  assertSendOptions(options, WAIT_OPTIONS);
  assertAccountId(signerId, "signer id");
  const { wait = DEFAULT_WAIT, pollInterval = DEFAULT_POLL_INTERVAL } = options;
  const response = await within(options, async ({ signal, race, pause }) => {
    let lastError: unknown;
    let known: RpcTransactionResponse | undefined;
    while (!signal.aborted) {
      try {
        known = await race(ask(transport, { hash, signerId }, wait, signal));
        if (reaches(known.final_execution_status, wait)) return known;
      } catch (error) {
        lastError = error;
      }
      await pause(pollInterval);
    }
    const level = known === undefined ? "not seen yet" : `seen at ${known.final_execution_status}`;
    throw new TransactionError(
      "unknown_outcome",
      `transaction ${hash} was ${level}: ${String(signal.reason)}`,
      {
        hash,
        signerId,
        cause: lastError ?? signal.reason,
        resume: (again) => waitFor(transport, hash, signerId, { wait, pollInterval, ...again }),
      },
    );
  });
  return outcomeOf({ hash, signerId, response }, readOutcome);
}

/**
 * Sends the bytes of a signed transaction again, e.g. those of a `TransactionError` that were stored, and waits for it.
 * Any number of times, with the same effect.
 * @param transport - reaches the network
 * @param bytes - the signed transaction (borsh)
 * @param options - level to wait for, time, signal
 * @throws {BorshError} for bytes that are no signed transaction
 * @throws {TransactionError} when it did not end well; it carries the hash
 * @example
 * ```ts
 * import { resend, signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const error = await transfer(alice, "bob.near", "1 NEAR").catch((caught) => caught);
 * error.code; // "failed"
 * const again = await resend(chain.transport, error.signedTransaction).catch((caught) => caught);
 * again.hash === error.hash; // true
 * ```
 */
export async function resend(
  transport: Transport,
  bytes: Uint8Array,
  options?: WaitOptions,
): Promise<Outcome> {
  return sendSigned(transport, decodeSignedTransaction(bytes), options);
}
