/**
 * Watches a transport for the transactions that go through it, and tells what each did: who signed
 * what, hash, gas, fee, the signer's balance before and after, the receipts of what ran contracts.
 * @module
 */
import { formatGas, formatNear, isNearError } from "yoctonear";
import { describeFailure, transactionTrace } from "yoctonear/account";
import { block, isRpcError, type Transport, viewAccount } from "yoctonear/rpc";
import {
  type Action,
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
  const seen = new Map<string, Seen>();
  return {
    wrap: (transport) => {
      watched = transport;
      const watching: Transport = async (request, options) => {
        const note = noteOf(request.params);
        if (note !== undefined) seen.set(note.hash, note);
        try {
          return await transport(request, options);
        } catch (error) {
          if (note !== undefined && isRpcError(error, "INVALID_TRANSACTION")) {
            note.refusal = describeFailure(error.data).description;
          }
          throw error;
        }
      };
      return Object.defineProperty(watching, "scope", { get: () => transport.scope ?? transport });
    },
    report: async () => {
      const notes = [...seen.values()];
      seen.clear();
      const reports: string[] = [];
      for (const note of notes) {
        if (watched !== undefined) reports.push(await tell(watched, note));
      }
      return reports;
    },
  };
}

/** A transaction that went through, and what was said in refusing it. */
interface Seen {
  readonly hash: string;
  readonly transaction: Transaction;
  refusal: string | undefined;
}

function noteOf(params: unknown): Seen | undefined {
  if (typeof params !== "object" || params === null || !("signed_tx_base64" in params)) {
    return undefined;
  }
  const base64 = String(params.signed_tx_base64);
  const bytes = Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
  const { transaction } = decodeSignedTransaction(bytes);
  return { hash: transactionHash(transaction), transaction, refusal: undefined };
}

async function tell(transport: Transport, { hash, transaction, refusal }: Seen): Promise<string> {
  const who = [...summarizeTransaction(transaction), `hash ${hash}`];
  const { signerId } = transaction;
  if (refusal !== undefined) return [...who, `not included: ${refusal}`].join("\n");
  const outcome = await transactionTrace(transport, hash, signerId, { wait: "FINAL" });
  const { gasBurnt, tokensBurnt, failure, response } = outcome;
  const outcomes = [response.transaction_outcome, ...(response.receipts_outcome ?? [])];
  const hashes = new Set(outcomes.flatMap((outcome) => outcome?.block_hash ?? []));
  const blocks = await Promise.all(
    [...hashes].map((blockId) => block(transport, { block: { blockId } })),
  );
  // Receipts come in the order of who made whom, not of time.
  const headers = blocks.map(({ header }) => header).sort((a, b) => Number(a.height - b.height));
  const amounts = await Promise.all(
    [headers[0]?.prev_hash, headers.at(-1)?.hash].map((blockHash = "") =>
      balanceAt(transport, signerId, blockHash),
    ),
  );
  return [
    ...who,
    `gas ${formatGas(gasBurnt)}   fee ${formatNear(tokensBurnt)}`,
    `${signerId}: ${amounts.join(" → ")}`,
    ...(failure === undefined ? [] : [`failed: ${failure.description}`]),
    ...(runsContract(transaction.actions) ? [outcome.tree()] : []),
  ].join("\n");
}

function runsContract(actions: readonly Action[]): boolean {
  return actions.some((action) =>
    "delegateAction" in action
      ? runsContract(action.delegateAction.actions)
      : action.type === "functionCall",
  );
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
