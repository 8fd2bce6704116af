/**
 * Outcomes that show their receipts: those of `connect`'s accounts. Apart from the others, since they
 * bring the text of the tree along.
 * @module
 */
import { assertAccountId } from "@yoctonear/primitives";
import { experimentalTxStatus, type RpcTransactionResponse, type Transport } from "@yoctonear/rpc";
import { assertSendOptions, type StatusOptions } from "../sender/options.ts";
import { type Outcome, readOutcome } from "./outcome.ts";
import { type ReceiptTrace, readTrace } from "./trace.ts";
import { formatTrace } from "./trace-text.ts";

/** What a transaction did, and the tree of its receipts. */
export interface TracedOutcome extends Outcome {
  /** The tree of receipts as text for a person; see {@link formatTrace}. */
  readonly tree: () => string;
  /** The tree of receipts as data; see {@link readTrace}. */
  readonly trace: () => ReceiptTrace;
}

/**
 * Reads the answer of a node as {@link readOutcome} does, with the tree of its receipts.
 * @param hash - of the transaction
 * @param response - the answer
 * @example
 * ```ts
 * import { readTracedOutcome, signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { hash, response } = await transfer(alice, "bob.near", "1 NEAR");
 * readTracedOutcome(hash, response).trace().receipts.length; // 1
 * ```
 */
export function readTracedOutcome(hash: string, response: RpcTransactionResponse): TracedOutcome {
  const trace = (): ReceiptTrace => readTrace(hash, response);
  // Assigned to the outcome, since a copy would lose its getter.
  return Object.assign(readOutcome(hash, response), { trace, tree: () => formatTrace(trace()) });
}

/**
 * Asks for a transaction with all its receipts, for its tree.
 * @param transport - reaches the network
 * @param hash - base58
 * @param signerId - who signed it (never the receiver)
 * @param options - `wait`: level for which the node waits some seconds; refunds are executed at `FINAL`
 * @throws {RpcError} `UNKNOWN_TRANSACTION`, `TIMEOUT_ERROR`
 * @example
 * ```ts
 * import { signingAccount, transactionTrace, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { hash } = await transfer(alice, "bob.near", "1 NEAR");
 * const outcome = await transactionTrace(chain.transport, hash, "alice.near");
 * outcome.tree().split("\n")[1]; // "   0.223  └─ bob.near: transfer 1 NEAR"
 * ```
 */
export async function transactionTrace(
  transport: Transport,
  hash: string,
  signerId: string,
  options: StatusOptions = {},
): Promise<TracedOutcome> {
  assertSendOptions(options);
  assertAccountId(signerId, "signer id");
  const { wait: waitUntil = "EXECUTED_OPTIMISTIC", signal } = options;
  const question = { txHash: hash, senderAccountId: signerId, waitUntil };
  return readTracedOutcome(hash, await experimentalTxStatus(transport, question, { signal }));
}
