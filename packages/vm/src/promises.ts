/**
 * Promises of a call (nearcore `VMLogic::promises` and `ReceiptManager`): the receipts that it makes, who
 * waits for whom, and how unused gas is shared among them. Nothing here costs gas: the host functions charge.
 * @module
 */
import { encodeHex } from "@yoctonear/base";
import type { Action } from "@yoctonear/transactions";
import type { External } from "./external.ts";
import { HostFailure } from "./host-error.ts";
import type { VmConfig } from "./vm-config.ts";
import type { VmActionReceipt, VmResume } from "./vm-receipt.ts";

/** A receipt under construction; its place in the list of receipts is its number. */
export interface ReceiptDraft {
  readonly type: VmActionReceipt["type"];
  readonly receiverId: string;
  refundTo: string | null;
  readonly inputDataIds: Uint8Array[];
  readonly outputDataReceivers: { readonly dataId: Uint8Array; readonly receiverId: string }[];
  readonly actions: Action[];
  readonly yieldId: Uint8Array | null;
}

/** A promise of a yield. */
export interface YieldPromise {
  readonly promise: bigint;
  readonly draft: ReceiptDraft;
  /** Names the data that it waits for. */
  readonly dataId: Uint8Array;
}

/** A share of the unused gas that a function call asked for. */
interface GasShare {
  readonly draft: ReceiptDraft;
  /** Place of the call among the draft's actions. */
  readonly place: number;
  readonly weight: bigint;
}

/** Data of a state init under construction: the keys in it as text, since bytes compare by identity. */
interface StateInitDraft {
  readonly keys: Set<string>;
  readonly data: Map<Uint8Array, Uint8Array>;
}

/** Promises of one call. A promise is a receipt, or several joined: then a list of their numbers. */
export class Promises {
  /** yoctoNEAR attached for contracts that have none: nobody paid it. */
  subsidized = 0n;
  readonly #limits: VmConfig["limits"];
  readonly #external: External;
  readonly #promises: (number | readonly number[])[] = [];
  readonly #drafts: ReceiptDraft[] = [];
  readonly #resumes: VmResume[] = [];
  readonly #shares: GasShare[] = [];
  readonly #stateInits = new Map<Action, StateInitDraft>();

  constructor({ limits }: VmConfig, external: External) {
    this.#limits = limits;
    this.#external = external;
  }

  /** The receipts made so far, in order. */
  get receipts(): readonly VmActionReceipt[] {
    return this.#drafts;
  }

  /** The data sent to yields so far, in order. */
  get resumes(): readonly VmResume[] {
    return this.#resumes;
  }

  /**
   * Number of the receipt that a promise is.
   * @param jointError - name of the error for a joint promise
   * @throws {HostFailure} InvalidPromiseIndex, or the error given
   */
  receiptIndex(promise: bigint, jointError: string): number {
    const found = this.#promise(promise);
    if (typeof found === "number") return found;
    throw new HostFailure(jointError);
  }

  /**
   * The receipt that a promise is.
   * @throws {HostFailure} as {@link Promises.receiptIndex}
   */
  receipt(promise: bigint, jointError: string): ReceiptDraft {
    return this.#draft(this.receiptIndex(promise, jointError));
  }

  /**
   * The receipts of a promise, several where it is joint.
   * @throws {HostFailure} InvalidPromiseIndex
   */
  awaited(promise: bigint): readonly ReceiptDraft[] {
    const found = this.#promise(promise);
    return (typeof found === "number" ? [found] : found).map((index) => this.#draft(index));
  }

  /**
   * Makes a promise of a new receipt.
   * @param awaited - receipts whose results it waits for
   * @throws {HostFailure} NumberPromisesExceeded
   */
  create(receiverId: string, awaited: readonly ReceiptDraft[]): bigint {
    const inputDataIds = awaited.map(({ outputDataReceivers }) => {
      const dataId = this.#external.generateDataId();
      outputDataReceivers.push({ dataId, receiverId });
      return dataId;
    });
    return this.#addDraft(createDraft("action", receiverId, inputDataIds, null));
  }

  /**
   * Makes a promise that waits for data of this account itself.
   * @param yieldId - the contract's own id of it, if any
   * @throws {HostFailure} NumberPromisesExceeded
   */
  createYield(receiverId: string, yieldId: Uint8Array | null): YieldPromise {
    const dataId = this.#external.generateDataId();
    const draft = createDraft("promiseYield", receiverId, [dataId], yieldId);
    return { promise: this.#addDraft(draft), draft, dataId };
  }

  /**
   * Makes a promise of all that others wait for.
   * @throws {HostFailure} InvalidPromiseIndex, NumberInputDataDependenciesExceeded, NumberPromisesExceeded
   */
  join(promises: readonly bigint[]): bigint {
    const limit = this.#limits.maxNumberInputDataDependencies;
    const joined: number[] = [];
    for (const promise of promises) {
      const found = this.#promise(promise);
      if (typeof found === "number") joined.push(found);
      else joined.push(...found);
      // Before the next one, or few promises could make a list without bounds.
      if (joined.length > limit) {
        throw new HostFailure("NumberInputDataDependenciesExceeded", {
          number_of_input_data_dependencies: BigInt(joined.length),
          limit: BigInt(limit),
        });
      }
    }
    return this.#add(joined);
  }

  /** Adds a call of a function that gets a share of the unused gas by its weight. */
  addFunctionCall(
    draft: ReceiptDraft,
    action: Extract<Action, { readonly type: "functionCall" }>,
    weight: bigint,
  ): void {
    if (weight > 0n) this.#shares.push({ draft, place: draft.actions.length, weight });
    draft.actions.push(action);
  }

  /** Adds a state init without data; returns its place among the receipt's actions. */
  addStateInit(
    draft: ReceiptDraft,
    code: Extract<Action, { readonly type: "deterministicStateInit" }>["stateInit"]["code"],
    deposit: bigint,
  ): bigint {
    const data = new Map<Uint8Array, Uint8Array>();
    const stateInit = { type: "v1", code, data } as const;
    const action: Action = { type: "deterministicStateInit", stateInit, deposit };
    this.#stateInits.set(action, { keys: new Set(), data });
    return BigInt(draft.actions.push(action) - 1);
  }

  /**
   * Adds an entry to the data of a state init.
   * @throws {HostFailure} InvalidActionIndex, DataEntryAlreadyExists
   */
  addStateInitEntry(receipt: number, place: bigint, key: Uint8Array, value: Uint8Array): void {
    const { actions } = this.#draft(receipt);
    const action = place < BigInt(actions.length) ? actions[Number(place)] : undefined;
    const stateInit = action === undefined ? undefined : this.#stateInits.get(action);
    if (stateInit === undefined) {
      throw new HostFailure("InvalidActionIndex", {
        receipt_index: BigInt(receipt),
        action_index: place,
      });
    }
    const name = encodeHex(key);
    if (stateInit.keys.has(name)) throw new HostFailure("DataEntryAlreadyExists");
    stateInit.keys.add(name);
    stateInit.data.set(key, value);
  }

  /** Data id of the pending yield that was made under an id, also before this call, or `null`. */
  yieldDataId(yieldId: Uint8Array): Uint8Array | null {
    const name = encodeHex(yieldId);
    const own = this.#drafts.find(
      (draft) => draft.yieldId !== null && encodeHex(draft.yieldId) === name,
    );
    return own?.inputDataIds[0] ?? this.#external.yieldDataId(yieldId);
  }

  /** Sends data to a yield, also one made before this call; tells whether there is one. */
  resume(dataId: Uint8Array, data: Uint8Array): boolean {
    const name = encodeHex(dataId);
    const isOwn = this.#drafts.some(
      ({ type, inputDataIds: [own] }) =>
        type === "promiseYield" && own !== undefined && encodeHex(own) === name,
    );
    if (!isOwn && !this.#external.hasYield(dataId)) return false;
    // Sent again, it has no effect; but nearcore makes the receipt.
    this.#resumes.push({ dataId, data });
    return true;
  }

  /**
   * Gives unused gas to the calls that asked for it, by weight; what cannot be divided goes to the last.
   * To be called once, when the call has ended well.
   * @returns gas given: all, or 0 where no call asked
   */
  distributeGas(unused: bigint): bigint {
    const total = this.#shares.reduce((sum, { weight }) => sum + weight, 0n);
    if (total === 0n) return 0n;
    let left = unused;
    for (const [i, { draft, place, weight }] of this.#shares.entries()) {
      const isLast = i === this.#shares.length - 1;
      const share = isLast ? left : (unused * weight) / total;
      left -= share;
      const call = draft.actions[place];
      if (call?.type === "functionCall") draft.actions[place] = { ...call, gas: call.gas + share };
    }
    return unused;
  }

  #promise(promise: bigint): number | readonly number[] {
    const found =
      promise < BigInt(this.#promises.length) ? this.#promises[Number(promise)] : undefined;
    if (found !== undefined) return found;
    throw new HostFailure("InvalidPromiseIndex", { promise_idx: promise });
  }

  #draft(index: number): ReceiptDraft {
    const draft = this.#drafts[index];
    if (draft !== undefined) return draft;
    throw new HostFailure("InvalidReceiptIndex", { receipt_index: BigInt(index) });
  }

  #addDraft(draft: ReceiptDraft): bigint {
    return this.#add(this.#drafts.push(draft) - 1);
  }

  #add(promise: number | readonly number[]): bigint {
    const count = this.#promises.push(promise);
    const limit = this.#limits.maxPromisesPerFunctionCallAction;
    if (count > limit) {
      throw new HostFailure("NumberPromisesExceeded", {
        number_of_promises: BigInt(count),
        limit: BigInt(limit),
      });
    }
    return BigInt(count - 1);
  }
}

function createDraft(
  type: ReceiptDraft["type"],
  receiverId: string,
  inputDataIds: Uint8Array[],
  yieldId: Uint8Array | null,
): ReceiptDraft {
  return {
    type,
    receiverId,
    refundTo: null,
    inputDataIds,
    outputDataReceivers: [],
    actions: [],
    yieldId,
  };
}
