/**
 * The transactions of a chunk (`runtime/runtime/src/lib.rs` `process_transactions`): each is charged and
 * becomes a receipt, or leaves a failed outcome.
 * @module
 */
import type { SignedTransaction, Transaction } from "@yoctonear/transactions";
import type { Receipt } from "../chain/receipt.ts";
import { signedTransactionHash } from "../chain/transaction-bytes.ts";
import { type ChunkRun, recordOutcome } from "./chunk-run.ts";
import type { Json } from "./json.ts";
import { receiptId } from "./receipt-id.ts";
import { checkTransactionForm, type Verdict, verifyTransaction } from "./verifier.ts";

/** Processes the transactions in order; their signatures have been checked. */
export function processTransactions(
  run: ChunkRun,
  transactions: readonly SignedTransaction[],
): void {
  const seen = new Set<string>();
  for (const signed of transactions) {
    const hash = signedTransactionHash(signed);
    if (seen.has(hash)) run.skippedTransactions.push(hash);
    else processTransaction(run, signed, hash);
    seen.add(hash);
  }
}

function processTransaction(run: ChunkRun, signed: SignedTransaction, hash: string): void {
  const { transaction } = signed;
  const { gasPrice, height, protocolVersion } = run.context;
  const formError = run.context.isExpired(transaction.blockHash)
    ? "Expired"
    : checkTransactionForm(signed, protocolVersion);
  if (formError !== null) return recordFailure(run, transaction, hash, formError, 0n, 0n);
  const verdict = verifyTransaction(run.state, transaction, {
    gasPrice,
    height,
    protocolVersion,
  });
  if (verdict.type === "rejected") {
    return recordFailure(run, transaction, hash, verdict.error, 0n, 0n);
  }
  charge(run, transaction, verdict);
  run.state.commit({ type: "transactionProcessing", txHash: hash });
  const { cost, error } = verdict;
  run.compute += cost.burntGas;
  if (error !== null) {
    // The deposit cannot be paid, but a gas key has paid for the attempt.
    return recordFailure(run, transaction, hash, error, cost.burntGas, cost.burntAmount);
  }
  const receipt = createReceipt(run, transaction, hash, cost.receiptGasPrice);
  run.createdReceipts.push(receipt);
  run.receiptParents.push(hash);
  const isLocal = receipt.receiverId === receipt.predecessorId;
  (isLocal ? run.localReceipts : run.outgoingReceipts).push(receipt);
  recordOutcome(run, {
    id: hash,
    logs: [],
    receiptIds: [receipt.receiptId],
    gasBurnt: cost.burntGas,
    tokensBurnt: cost.burntAmount,
    executorId: transaction.signerId,
    status: { type: "successReceiptId", receiptId: receipt.receiptId },
    metadata: { version: 1 },
  });
}

function charge(
  { state }: ChunkRun,
  { signerId, publicKey }: Transaction,
  { account, accessKey, lane }: Exclude<Verdict, { readonly type: "rejected" }>,
): void {
  const id = { accountId: signerId, publicKey };
  state.accounts.set(signerId, account);
  if (accessKey !== null) state.accessKeys.set(id, accessKey);
  if (lane !== null) state.gasKeyNonces.set({ ...id, index: lane.index }, lane.nonce);
}

function createReceipt(
  { context }: ChunkRun,
  { signerId, publicKey, receiverId, actions }: Transaction,
  hash: string,
  gasPrice: bigint,
): Receipt {
  return {
    predecessorId: signerId,
    receiverId,
    receiptId: receiptId(hash, context.height, 0),
    body: {
      type: "action",
      signerId,
      signerPublicKey: publicKey,
      gasPrice,
      outputDataReceivers: [],
      inputDataIds: [],
      actions,
      refundTo: null,
    },
  };
}

function recordFailure(
  run: ChunkRun,
  { signerId }: Transaction,
  hash: string,
  error: Json,
  gasBurnt: bigint,
  tokensBurnt: bigint,
): void {
  recordOutcome(run, {
    id: hash,
    logs: [],
    receiptIds: [],
    gasBurnt,
    tokensBurnt,
    executorId: signerId,
    status: { type: "failure", error: { InvalidTxError: error } },
    metadata: { version: 1 },
  });
}
