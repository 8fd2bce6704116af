/**
 * What the chain itself says was paid: read block by block, from a node that does not fail.
 * @module
 */
import {
  changes,
  isRpcError,
  type RpcTransactionResponse,
  status,
  type Transport,
  tx,
  viewAccount,
} from "@yoctonear/rpc";
import { member } from "./transaction-in.ts";

/** A payment on the chain. */
export interface Payment {
  readonly hash: string;
  readonly receiverId: string;
  /** yoctoNEAR */
  readonly amount: bigint;
  /** yoctoNEAR that its transaction burnt, all its receipts included */
  readonly fee: bigint;
}

/**
 * Lists the transfers of an account: every transaction because of which its balance changed, whoever sent it.
 * Headers are not read: a node in memory signs each when it is first asked for.
 * @param transport - a healthy node
 * @param signerId - who paid
 * @param from - height of the first block to read
 * @throws {Error} for a transaction that failed
 */
export async function listPayments(
  transport: Transport,
  signerId: string,
  from: bigint,
): Promise<Payment[]> {
  const head = (await status(transport)).sync_info.latest_block_height;
  const payments: Payment[] = [];
  for (let height = from; height <= head; height += 1n) {
    for (const txHash of await transactionsAt(transport, signerId, height)) {
      const question = { txHash, senderAccountId: signerId, waitUntil: "FINAL" } as const;
      payments.push(...paymentsIn(txHash, await tx(transport, question)));
    }
  }
  return payments;
}

async function transactionsAt(
  transport: Transport,
  signerId: string,
  blockId: bigint,
): Promise<readonly string[]> {
  try {
    const params = { changesType: "account_changes", accountIds: [signerId] } as const;
    const found = await changes(transport, { ...params, block: { blockId } });
    return found.changes.flatMap(({ cause }) =>
      cause.type === "transaction_processing" ? [cause.tx_hash] : [],
    );
  } catch (error) {
    // A height that was skipped.
    if (isRpcError(error, "UNKNOWN_BLOCK")) return [];
    throw error;
  }
}

function paymentsIn(hash: string, answer: RpcTransactionResponse): Payment[] {
  const outcomes = [answer.transaction_outcome, ...(answer.receipts_outcome ?? [])];
  const fee = outcomes.reduce((sum, each) => sum + BigInt(each?.outcome.tokens_burnt ?? 0), 0n);
  const receiverId = String(answer.transaction?.receiver_id);
  const actions: readonly unknown[] = answer.transaction?.actions ?? [];
  return actions.flatMap((action) => {
    const deposit = member(action, "Transfer", "deposit");
    if (typeof deposit !== "string") return [];
    if (member(answer.status, "SuccessValue") !== undefined) {
      return [{ hash, receiverId, amount: BigInt(deposit), fee }];
    }
    throw new Error(`expected ${hash} to have succeeded, got ${JSON.stringify(answer.status)}`);
  });
}

/** yoctoNEAR that an account has. */
export async function balanceOf(transport: Transport, accountId: string): Promise<bigint> {
  return BigInt((await viewAccount(transport, { accountId })).amount);
}
