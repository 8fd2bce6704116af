/**
 * The chain around a call (nearcore `External`): the state that it reads and writes. Nothing here costs gas:
 * the host functions charge.
 * @module
 */

/** Trie nodes met, for which storage costs: those for the first time in this chunk, and those met again. */
export interface NodeCount {
  readonly touched: number;
  readonly cached: number;
}

/** The chain around a call. */
export interface External {
  /** Value of a row of the contract's data, or `null`. */
  storageGet(key: Uint8Array): Uint8Array | null;
  storageSet(key: Uint8Array, value: Uint8Array): void;
  storageRemove(key: Uint8Array): void;
  /** Takes note that storage_read found and paid for this row: its value is known to the chunk from then on. */
  noteRead(key: Uint8Array): void;
  /** Walks to a row that is to be written or removed, and counts the nodes; nothing where the chunk wrote it before. */
  touchNodes(key: Uint8Array): NodeCount;
  /** Counts the value of a row that exists and is to be replaced or removed; follows `touchNodes`. */
  touchValue(key: Uint8Array): NodeCount;
  /** Stake of a validator in this epoch, yoctoNEAR; 0 for anybody else. */
  validatorStake(accountId: string): bigint;
  validatorTotalStake(): bigint;
  /** The next data id of this action, 32 bytes. */
  generateDataId(): Uint8Array;
  /** Whether a yield of this account waits for the data id, also one made in this receipt before this call. */
  hasYield(dataId: Uint8Array): boolean;
  /** Data id of the pending yield that this account made under an id of its own, or `null`. */
  yieldDataId(yieldId: Uint8Array): Uint8Array | null;
}
