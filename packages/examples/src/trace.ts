/**
 * Watches a transport for the transactions that go through it, and tells what each did: who signed
 * what, hash, gas, fee, the signer's balance before and after.
 * @module
 */
import { formatGas, formatNear, isNearError } from "yoctonear";
import { readOutcome } from "yoctonear/account";
import { block, experimentalTxStatus, type Transport, viewAccount } from "yoctonear/rpc";
import {
  decodeSignedTransaction,
  summarizeTransaction,
  type Transaction,
  transactionHash,
} from "yoctonear/transactions";

/** Transactions seen since the last report, and the transport to hand out instead. */
export interface Trace {
  readonly wrap: (transport: Transport) => Transport;
  /** Tells of each transaction, a text each; asks the chain for what became of it. */
  report(): Promise<readonly string[]>;
}

/** Starts to watch. */
export function createTrace(): Trace {
  let watched: Transport | undefined;
  const seen = new Map<string, Transaction>();
  return {
    wrap: (transport) => {
      watched = transport;
      const watching: Transport = (request, options) => {
        const bytes = signedBytes(request.params);
        if (bytes !== undefined) {
          const { transaction } = decodeSignedTransaction(bytes);
          seen.set(transactionHash(transaction), transaction);
        }
        return transport(request, options);
      };
      return transport.scope === undefined
        ? watching
        : Object.assign(watching, { scope: transport.scope });
    },
    report: async () => {
      const transactions = [...seen];
      seen.clear();
      const reports: string[] = [];
      for (const [hash, transaction] of transactions) {
        if (watched !== undefined) reports.push(await tell(watched, hash, transaction));
      }
      return reports;
    },
  };
}

async function tell(
  transport: Transport,
  txHash: string,
  transaction: Transaction,
): Promise<string> {
  const lines = [...summarizeTransaction(transaction)];
  try {
    const response = await experimentalTxStatus(transport, {
      txHash,
      senderAccountId: transaction.signerId,
      waitUntil: "FINAL",
    });
    const { gasBurnt, tokensBurnt, failure } = readOutcome(txHash, response);
    const first = response.transaction_outcome?.block_hash ?? "";
    const last = response.receipts_outcome?.at(-1)?.block_hash ?? first;
    const { prev_hash: before } = (await block(transport, { block: { blockId: first } })).header;
    const amounts = await Promise.all(
      [before, last].map((hash) => balanceAt(transport, transaction.signerId, hash)),
    );
    lines.push(
      `hash ${txHash}`,
      `gas ${formatGas(gasBurnt)}   fee ${formatNear(tokensBurnt)}`,
      `${transaction.signerId}: ${amounts.join(" → ")}`,
    );
    if (failure !== undefined) lines.push(`failed: ${failure.description}`);
  } catch (error) {
    if (!isNearError(error, "UNKNOWN_TRANSACTION") && !isNearError(error, "TIMEOUT_ERROR"))
      throw error;
    lines.push(`hash ${txHash}`, "not included");
  }
  return lines.join("\n");
}

async function balanceAt(transport: Transport, accountId: string, hash: string): Promise<string> {
  try {
    const view = await viewAccount(transport, { accountId, block: { blockId: hash } });
    return formatNear(BigInt(view.amount));
  } catch (error) {
    if (isNearError(error, "UNKNOWN_ACCOUNT")) return "no account";
    throw error;
  }
}

function signedBytes(params: unknown): Uint8Array | undefined {
  if (typeof params !== "object" || params === null || !("signed_tx_base64" in params))
    return undefined;
  return Uint8Array.from(atob(String(params.signed_tx_base64)), (unit) => unit.charCodeAt(0));
}
