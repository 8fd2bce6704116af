/**
 * What the chain itself says was paid: read block by block, from a node that does not fail.
 * @module
 */
import {
  block,
  blockEffects,
  chunk,
  isRpcError,
  type Transport,
  tx,
  viewAccount,
} from "@yoctonear/rpc";
import { member } from "./transaction-in.ts";

/** A payment on the chain. */
export interface Payment {
  readonly hash: string;
  readonly signerId: string;
  readonly receiverId: string;
  /** yoctoNEAR */
  readonly amount: bigint;
}

/**
 * Lists the transfers in the chain's blocks.
 * @param transport - a healthy node
 * @param from - height of the first block to read
 */
export async function listPayments(transport: Transport, from: bigint): Promise<Payment[]> {
  const head = (await block(transport)).header.height;
  const payments: Payment[] = [];
  for (let height = from; height <= head; height += 1n) {
    for (const chunkHash of await chunksAt(transport, height)) {
      const { transactions } = await chunk(transport, { chunkId: chunkHash });
      payments.push(...transactions.flatMap(paymentsIn));
    }
  }
  return payments;
}

/** Blocks in which nothing changed are left out: a header is signed when it is first asked for. */
async function chunksAt(transport: Transport, blockId: bigint): Promise<readonly string[]> {
  try {
    const { changes } = await blockEffects(transport, { block: { blockId } });
    if (changes.length === 0) return [];
    const { header, chunks } = await block(transport, { block: { blockId } });
    return chunks
      .filter((each) => each.height_included === header.height)
      .map((each) => each.chunk_hash);
  } catch (error) {
    // A height that was skipped.
    if (isRpcError(error, "UNKNOWN_BLOCK")) return [];
    throw error;
  }
}

function paymentsIn(transaction: {
  readonly hash: string;
  readonly signer_id: string;
  readonly receiver_id: string;
  readonly actions: readonly unknown[];
}): Payment[] {
  const { hash, signer_id: signerId, receiver_id: receiverId, actions } = transaction;
  return actions.flatMap((action) => {
    const deposit = member(action, "Transfer", "deposit");
    return typeof deposit === "string"
      ? [{ hash, signerId, receiverId, amount: BigInt(deposit) }]
      : [];
  });
}

/** yoctoNEAR that a transaction burnt, all its receipts included. @throws {Error} where it did not succeed */
export async function feeOf(transport: Transport, payment: Payment): Promise<bigint> {
  const { hash: txHash, signerId: senderAccountId } = payment;
  const answer = await tx(transport, { txHash, senderAccountId, waitUntil: "FINAL" });
  if (member(answer.status, "SuccessValue") === undefined) {
    throw new Error(`expected ${txHash} to have succeeded, got ${JSON.stringify(answer.status)}`);
  }
  const outcomes = [answer.transaction_outcome, ...(answer.receipts_outcome ?? [])];
  return outcomes.reduce((sum, each) => sum + BigInt(each?.outcome.tokens_burnt ?? 0), 0n);
}

/** yoctoNEAR that an account has. */
export async function balanceOf(transport: Transport, accountId: string): Promise<bigint> {
  return BigInt((await viewAccount(transport, { accountId })).amount);
}
