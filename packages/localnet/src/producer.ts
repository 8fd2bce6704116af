/**
 * Makes the blocks: takes transactions in, in the order in which they came, and puts them into blocks
 * at once, at an interval, or when asked. Everything that changes the chain goes through here, one
 * after another.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import type { SignedTransaction } from "@yoctonear/transactions";
import type { Chain } from "./chain/chain.ts";
import type { ChainSnapshot } from "./chain/chain-index.ts";
import type { Clock } from "./clock.ts";
import { createPool, isBehindGap, type Pool } from "./pool.ts";
import type { BlockMode } from "./options.ts";
import type { ReceivedTransaction } from "./rpc/transaction-params.ts";
import type { Json } from "./runtime/json.ts";
import { verifySignatures } from "./runtime/signature.ts";
import { checkTransaction } from "./runtime/verifier.ts";
import type { StateRecord } from "./state/state-record.ts";
import { StateUpdate } from "./state/state-update.ts";
import type { Waiters } from "./waiters.ts";

/** Makes blocks. */
export interface Producer {
  /** Checks a transaction, then lets it wait for a block; gives nearcore's `InvalidTxError` or `null`. */
  submit(transaction: ReceivedTransaction): Promise<Json | null>;
  /** Checks a transaction again that is in no block; `null` while it may come in. */
  recheck(transaction: ReceivedTransaction): Json | null;
  /** Makes blocks, whatever waits, and in instant mode all that must follow. */
  produceBlocks(heights: Iterable<BlockPlan>): Promise<void>;
  /** Takes note of somebody who waits, perhaps for blocks that are put off. */
  wake(): void;
  /** Everything as it is. */
  save(): ProducerState;
  /** Goes back to that, once the block in the making is done. */
  load(state: ProducerState): Promise<void>;
  /** Ends the interval. */
  stop(): void;
}

/** What a block is to be besides its transactions. */
export interface BlockPlan {
  /** The one after the head's unless given. */
  readonly height?: number | undefined;
  /** Records written at its end. */
  readonly patch?: readonly StateRecord[] | undefined;
}

/** What a producer works on. */
export interface ProducerParts {
  readonly chain: Chain;
  readonly clock: Clock;
  readonly waiters: Waiters;
  readonly mode: BlockMode;
  /** Milliseconds for which a transaction waits for those before it. */
  readonly gapWait: number;
  /** Milliseconds for which blocks are put off that only make others final. */
  readonly finalityDelay: number;
}

/** Chain, pool, and how much of it is final. */
export interface ProducerState {
  readonly chain: ChainSnapshot;
  readonly waiting: readonly ReceivedTransaction[];
  readonly lastActive: number;
  /** Nanoseconds that were let pass. */
  readonly ahead: bigint;
}

interface Arrival {
  readonly transaction: ReceivedTransaction;
  readonly isSigned: Promise<boolean>;
  readonly resolve: (error: Json | null) => void;
  readonly reject: (reason: unknown) => void;
}

/** Turns of gathering after which a block is made all the same. */
const MAX_TURNS = 16;
/** After so many blocks a transaction is final: who waited for it need not wait for the burst's end. */
const BLOCKS_HELD = 6;

/** Makes the producer. */
export function createProducer(parts: ProducerParts): Producer {
  const { chain, clock, waiters, mode, gapWait, finalityDelay } = parts;
  let pool: Pool = createPool();
  let arrivals: Arrival[] = [];
  /** Height of the last block in which something happened. */
  let lastActive = 0;
  let tail: Promise<unknown> = Promise.resolve();
  let isScheduled = false;
  let finalityTimer: ReturnType<typeof setTimeout> | undefined;
  let gapTimer: ReturnType<typeof setTimeout> | undefined;
  const verdicts = new Map<string, boolean>();

  /** Runs a task when those before it are done. */
  const inTurn = <T>(task: () => T | Promise<T>): Promise<T> => {
    const run = tail.then(task);
    tail = run.catch(() => undefined);
    return run;
  };

  let rows = new StateUpdate(null);
  /** The head's state: rows that are asked for again and again are read once. */
  const headState = (): StateUpdate => {
    const { state } = chain.head();
    if (rows.base !== state) rows = new StateUpdate(state);
    return rows;
  };

  const check = ({ signed }: ReceivedTransaction, isSigned: boolean): Json | null => {
    const { header } = chain.head();
    if (chain.isExpired(signed.transaction.blockHash)) return "Expired";
    const { protocolVersion } = chain.genesis.config;
    const options = { gasPrice: header.nextGasPrice, height: null, isSigned, protocolVersion };
    const error = checkTransaction(headState(), signed, options);
    return error !== null && isBehindGap(signed.transaction, error) ? null : error;
  };

  const admit = (transaction: ReceivedTransaction, isSigned: boolean): Json | null => {
    if (pool.has(transaction.hash)) return null;
    const error = check(transaction, isSigned);
    // The same bytes again: no error, and nothing to do.
    if (isUsedNonce(error) && chain.transaction(transaction.hash) !== undefined) return null;
    if (error === null) pool.add(transaction);
    return error;
  };

  /** Takes in what has come, until nothing more comes while signatures are checked. */
  const admitAll = async (): Promise<void> => {
    for (let turn = 0; arrivals.length > 0 && turn < MAX_TURNS; turn += 1) {
      const batch = arrivals;
      arrivals = [];
      for (const { transaction, isSigned, resolve, reject } of batch) {
        try {
          resolve(admit(transaction, await isSigned));
        } catch (error) {
          reject(error);
        }
      }
    }
  };

  /** Takes what goes into the next block out of a pool. */
  const take = (from: Pool, height: number): ReturnType<Pool["take"]> =>
    from.take({
      state: headState(),
      height,
      gasPrice: chain.head().header.nextGasPrice,
      protocolVersion: chain.genesis.config.protocolVersion,
      isExpired: (blockHash) => chain.isExpired(blockHash, height),
      gapsBefore: gapWait > 0 ? Date.now() - gapWait : undefined,
    });

  const make = async (
    transactions: readonly SignedTransaction[],
    { height, patch = [] }: BlockPlan & { readonly height: number },
    isWanted?: Promise<boolean>,
  ): Promise<boolean> => {
    const { header } = chain.head();
    clock.tick(header.timestamp, height - header.height);
    const { result } = await chain.produce(transactions, { height, patch, verdicts, isWanted });
    return transactions.length + patch.length + result.outcomes.length > 0;
  };

  /** Makes one block, unless it would be empty and nobody wants an empty one. */
  const produce = async (plan: BlockPlan | null): Promise<"made" | "early" | "idle"> => {
    const height = plan?.height ?? chain.head().header.height + 1;
    const { transactions, isTooEarly, isHeld } = take(pool, height);
    if (isHeld) gapTimer ??= setTimeout(afterGap, gapWait);
    const isMade = plan !== null || transactions.length > 0;
    if (isMade) {
      const isActive = await make(transactions, { ...plan, height });
      // After a jump the last final block is far behind, too old for transactions to name it.
      if (isActive || plan?.height !== undefined) lastActive = height;
    }
    waiters.notify(chain.head().header.height);
    if (isMade) return "made";
    return isTooEarly ? "early" : "idle";
  };

  /**
   * Makes the block of a lone transaction while its signature is still checked; tells whether it did. Where the signature is
   * wrong, or another transaction has come meanwhile, the block is let go, and all is as if it had never been tried.
   */
  const produceAhead = async (): Promise<boolean> => {
    const [arrival] = arrivals;
    const isLone = arrivals.length === 1 && pool.size() + waiters.count() === 0;
    if (arrival === undefined || !isLone) return false;
    const { transaction, isSigned, resolve } = arrival;
    if (hasDelegate(transaction) || check(transaction, true) !== null) return false;
    const height = chain.head().header.height + 1;
    const lone = createPool();
    lone.add(transaction);
    const { transactions } = take(lone, height);
    if (transactions.length === 0) return false;
    const isWanted = isSigned.then(
      (isValid) => {
        if (!isValid || arrivals.length > 1) return false;
        arrivals = [];
        // Before the block is there: who sent it begins to wait right now.
        resolve(null);
        return true;
      },
      () => false,
    );
    const before = clock.ahead();
    const making = make(transactions, { height }, isWanted);
    const taken = before - clock.ahead();
    try {
      await making;
    } catch (error) {
      if (!isNearError(error, "not_wanted")) throw error;
      clock.setAhead(clock.ahead() + taken);
      return false;
    }
    lastActive = height;
    waiters.notify(height);
    return true;
  };

  const isDone = (): boolean => chain.isSettled() && chain.finalBlock().header.height >= lastActive;

  /** Makes blocks until all is done and final or, where that is put off, until nobody waits for more. */
  const burst = async (isPutOff: boolean): Promise<void> => {
    for (;;) {
      if (!(await produceAhead())) {
        await admitAll();
        const isEnough = isPutOff && waiters.count() === 0;
        let made = await produce(isEnough || isDone() ? null : {});
        // Heights must pass before these can come in, or expire; they do if somebody waits for it.
        if (made === "early" && waiters.count() > 0) made = await produce({});
        if (made !== "made") break;
      }
      waiters.release(chain.head().header.height - BLOCKS_HELD);
    }
    verdicts.clear();
    waiters.release();
    if (!isDone()) finalityTimer ??= setTimeout(finalize, finalityDelay);
  };

  const finalize = (): void => {
    finalityTimer = undefined;
    inTurn(() => burst(false)).catch(fail);
  };

  /** A defect must not leave anybody waiting. */
  const fail = (error: unknown): void => {
    for (const { reject } of arrivals) reject(error);
    arrivals = [];
    waiters.abort(error);
  };

  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    const run = inTurn(async () => {
      isScheduled = false;
      await (mode === "instant" ? burst(finalityDelay > 0) : admitAll());
    });
    run.catch(fail);
  };

  /** Those that were waited for have not come. */
  const afterGap = (): void => {
    gapTimer = undefined;
    schedule();
  };

  const produceBlocks = (plans: Iterable<BlockPlan>): Promise<void> =>
    inTurn(async () => {
      let isChange = false;
      for (const plan of plans) {
        isChange ||= plan.patch !== undefined || plan.height !== undefined;
        await admitAll();
        await produce(plan);
        if (mode !== "instant") waiters.release();
      }
      // What is patched, or behind skipped heights, is final at once: transactions name a final block, which must not be old.
      if (mode === "instant") await burst(finalityDelay > 0 && !isChange);
    });

  let isTicking = false;
  /** A block that takes longer than the interval leaves the next one out. */
  const tick = (): void => {
    if (isTicking) return;
    isTicking = true;
    produceBlocks([{}])
      .catch(fail)
      .finally(() => {
        isTicking = false;
      });
  };
  const timer = typeof mode === "object" ? setInterval(tick, mode.interval) : undefined;

  return {
    submit: (transaction) =>
      new Promise((resolve, reject) => {
        const isSigned = verifySignatures(transaction.signed, verdicts);
        // It is awaited later, after those before it.
        isSigned.catch(() => undefined);
        arrivals.push({ transaction, isSigned, resolve, reject });
        schedule();
      }),
    recheck: (transaction) => (pool.has(transaction.hash) ? null : check(transaction, true)),
    produceBlocks,
    wake: () => {
      if (mode === "instant" && finalityDelay > 0 && !isDone()) schedule();
    },
    save: () => ({
      chain: chain.snapshot(),
      waiting: pool.list(),
      lastActive,
      ahead: clock.ahead(),
    }),
    load: (state) =>
      inTurn(() => {
        chain.restore(state.chain);
        pool = createPool(state.waiting);
        ({ lastActive } = state);
        clock.setAhead(state.ahead);
      }),
    stop: () => {
      clearInterval(timer);
      clearTimeout(gapTimer);
      clearTimeout(finalityTimer);
    },
  };
}

/** The verdicts on delegates must be there before their block is made. */
function hasDelegate({ signed }: ReceivedTransaction): boolean {
  return signed.transaction.actions.some(
    ({ type }) => type === "delegate" || type === "delegateV2",
  );
}

function isUsedNonce(error: Json | null): boolean {
  return typeof error === "object" && error !== null && "InvalidNonce" in error;
}
