/**
 * Prepares, signs and sends with the signers at hand: each key's transactions one after another, the
 * next once the one before it is included.
 * @module
 */
import { NearError } from "@yoctonear/base";
import type { Signer } from "@yoctonear/keys";
import type { Transport } from "@yoctonear/rpc";
import { signTransaction } from "@yoctonear/transactions";
import { askAgain } from "./ask-again.ts";
import { type Deadline, within } from "./deadline.ts";
import type { Executed, Executor } from "./executor.ts";
import type { KeptJournal, Payment } from "./journal.ts";
import { buryNonce, inLane, type Lane, type Row, rowsOf } from "./lane.ts";
import { lanesOf } from "./network.ts";
import {
  DEFAULT_TIMEOUT,
  DEFAULT_WAIT,
  reaches,
  type SenderOptions,
  type WaitOptions,
} from "./options.ts";
import { inRow, prepareInLane } from "./prepare.ts";
import { nonceOf, type Sending, startSending } from "./sending.ts";
import { settle } from "./settle.ts";
import { TransactionError } from "../errors/transaction-error.ts";

const DEFAULT_QUEUE_LIMIT = 10_000;

/** Milliseconds for which the next one waits for one that nobody waited for. */
const UNSEEN_TIMEOUT = 10_000;

/**
 * Makes the executor of signers that are at hand.
 * @param transport - reaches the network
 * @param accountId - whose keys the signers have
 * @param signers - one or more; each transaction goes by the one with the fewest in flight
 * @param options - `journal`, `queueLimit`
 */
export function createSender(
  transport: Transport,
  accountId: string,
  signers: readonly Signer[],
  options: SenderOptions,
): Executor {
  const { journal, queueLimit = DEFAULT_QUEUE_LIMIT } = options;
  return {
    execute: async (request) => {
      const lanes = await lanesOf(transport, request);
      const payment = { transport, accountId, lanes, request };
      const rows = (): Row<Signer>[] =>
        signers.flatMap((signer) => rowsOf(lanes, accountId, signer, request.nonceIndex));
      const begin = (): Promise<Executed> =>
        inRow(rows, (row) => {
          if (row.lane.waiting >= queueLimit) {
            const message = `expected at most ${queueLimit} transactions in a lane, got another`;
            throw new NearError("queue_full", message);
          }
          return inLane(row.lane, request.signal, (release) =>
            within(request, (deadline) => send(payment, row, journal, release, deadline)),
          );
        });
      return journal === undefined ? begin() : journal.execute(payment, begin);
    },
  };
}

async function send(
  payment: Payment,
  { key: signer, lane, nonceIndex }: Row<Signer>,
  journal: KeptJournal | undefined,
  release: () => void,
  deadline: Deadline,
): Promise<Executed> {
  const { transport, accountId: signerId, request } = payment;
  const { publicKey } = signer;
  const { signal, race } = deadline;
  const wait = request.wait ?? DEFAULT_WAIT;
  await seeIncluded(transport, lane, request, deadline);
  const sign = async (): Promise<Sending> => {
    const parts = { ...request, nonceIndex, signerId, publicKey, signal };
    const transaction = await askAgain(deadline, request, () =>
      prepareInLane(transport, lane, parts),
    );
    try {
      const signed = startSending(await race(signTransaction(transaction, signer)), false);
      return (await journal?.write(signed, payment, deadline)) ?? signed;
    } catch (error) {
      // It is nowhere: a strict nonce has to be this one again.
      if (!(error instanceof TransactionError))
        buryNonce(lane, nonceOf({ signed: { transaction } }));
      throw error;
    }
  };
  const sending = await sign();
  const signAnew = async (): Promise<Sending> => {
    // Somebody else uses the key, or the chain has leapt: the newest block knows.
    lane.isOurs = false;
    lane.isShared = true;
    lane.recent = undefined;
    // Of two under one reference nobody would know which one counts.
    await sending.forget?.(true, deadline);
    return sign();
  };
  try {
    if (lane.waiting > 1 && reaches(wait, "INCLUDED")) {
      await settle(transport, sending, request, deadline, "INCLUDED", signAnew);
      release();
    }
    const response = await settle(transport, sending, request, deadline, wait, signAnew);
    if (!reaches(wait, "INCLUDED")) lane.unseen = sending;
    return { ...sending, response };
  } catch (error) {
    if (error instanceof TransactionError) {
      // Perhaps somebody else uses the key: the newest block knows.
      lane.isOurs = false;
      if (error.code !== "unknown_outcome") buryNonce(lane, nonceOf(sending));
    }
    throw error;
  }
}

/**
 * Sees a transaction included that nobody has waited for: the nonce of the next one would kill it.
 * @param lane - held by the caller
 */
export async function seeIncluded(
  transport: Transport,
  lane: Lane,
  options: WaitOptions,
  deadline: Deadline,
): Promise<void> {
  const { unseen } = lane;
  if (unseen === undefined) return;
  const { timeout = DEFAULT_TIMEOUT } = options;
  // What no node takes shall not hold up the key for as long as it could be valid.
  const limits = { timeout: Math.min(timeout / 2, UNSEEN_TIMEOUT), signal: deadline.signal };
  await within(limits, (own) => settle(transport, unseen, options, own, "INCLUDED")).catch(() =>
    deadline.signal.throwIfAborted(),
  );
  lane.unseen = undefined;
}
