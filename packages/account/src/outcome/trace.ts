/**
 * What a transaction set going, as a tree: each receipt with the receipts that it made.
 * @module
 */
import type { ActionView, ExecutionOutcomeView, RpcTransactionResponse } from "@yoctonear/rpc";
import type { Failure } from "../errors/failure.ts";
import { readFailure, successValue } from "./outcome.ts";

/** A receipt, or at the root the transaction, and the receipts that it made. */
export interface ReceiptTrace {
  /** Id of the receipt, hash of the transaction; base58. */
  readonly id: string;
  /** Who made it: the signer, a contract, `system` for a refund; undefined where the node did not say. */
  readonly predecessorId: string | undefined;
  /** Where it is executed; undefined where the node did not say, and it is not executed yet. */
  readonly receiverId: string | undefined;
  /** What it does, as the node shows actions; undefined where it did not. */
  readonly actions: readonly ActionView[] | undefined;
  /** Whether it waited for the results of others, as callbacks do. */
  readonly isCallback: boolean;
  /** Gas, tokens burnt, gas profile, status, as the node shows them; undefined until it is executed. */
  readonly outcome: ExecutionOutcomeView | undefined;
  /** Block in which it was executed. */
  readonly blockHash: string | undefined;
  /** What it returned; undefined where it failed, or a receipt of its own gives its result. */
  readonly bytes: Uint8Array | undefined;
  /** Why it failed. */
  readonly failure: Failure | undefined;
  /** Those that it made, in the order in which it made them. */
  readonly receipts: readonly ReceiptTrace[];
}

/**
 * Reads the tree of receipts out of a node's answer. Only `EXPERIMENTAL_tx_status` tells all of it:
 * `near.trace` and {@link transactionTrace} ask for that. `send_tx` and `tx` tell of the outcomes and of
 * the first receipt's actions.
 * @param hash - of the transaction
 * @param response - the answer
 * @returns the transaction, with its first receipt under it
 * @example
 * ```ts
 * import { readTrace, signingAccount, transactionTrace, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { hash, response } = await transfer(alice, "bob.near", "1 NEAR");
 * readTrace(hash, response).receipts[0]?.receiverId; // "bob.near"
 * ```
 */
export function readTrace(hash: string, response: RpcTransactionResponse): ReceiptTrace {
  const { transaction, transaction_outcome, receipts_outcome } = response;
  const outcomes = new Map(
    [transaction_outcome, ...(receipts_outcome ?? [])].flatMap((entry) =>
      entry ? [[entry.id, entry]] : [],
    ),
  );
  const views = new Map((response.receipts ?? []).map((view) => [view.receipt_id, view]));
  const [first] = transaction_outcome?.outcome.receipt_ids ?? [];
  // Each once, also where an answer is spoilt and they made each other.
  const seen = new Set<string>();
  const trace = (id: string): ReceiptTrace => {
    seen.add(id);
    const { outcome, block_hash: blockHash } = outcomes.get(id) ?? {};
    const { receipt, predecessor_id, receiver_id } = views.get(id) ?? {};
    const action = receipt && "Action" in receipt ? receipt.Action : undefined;
    // The first receipt carries the transaction on, whether or not the node shows it.
    const carried = id === hash || id === first ? transaction : undefined;
    return {
      id,
      predecessorId: predecessor_id ?? carried?.signer_id,
      receiverId: receiver_id ?? carried?.receiver_id ?? outcome?.executor_id,
      actions: action?.actions ?? carried?.actions,
      isCallback: (action?.input_data_ids ?? []).length > 0,
      outcome,
      blockHash,
      bytes: successValue(outcome?.status),
      failure: readFailure(outcome?.status),
      receipts: (outcome?.receipt_ids ?? []).flatMap((made) =>
        seen.has(made) ? [] : [trace(made)],
      ),
    };
  };
  return trace(hash);
}
