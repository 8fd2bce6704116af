/**
 * The least chain around a call: rows of data in memory, no trie, one validator.
 * @module
 */
import { encodeHex } from "@yoctonear/base";
import type { External, NodeCount } from "@yoctonear/vm";

const NO_NODES: NodeCount = { touched: 0, cached: 0 };

/** Rows of data in memory; `nodes` is what a walk to a row counts, `value` what its value does. */
export class MemoryExternal implements External {
  readonly rows: Map<string, Uint8Array> = new Map();
  readonly reads: string[] = [];
  nodes: NodeCount = NO_NODES;
  value: NodeCount = NO_NODES;
  #dataIds = 0;

  storageGet(key: Uint8Array): Uint8Array | null {
    return this.rows.get(encodeHex(key)) ?? null;
  }

  storageSet(key: Uint8Array, value: Uint8Array): void {
    this.rows.set(encodeHex(key), value);
  }

  storageRemove(key: Uint8Array): void {
    this.rows.delete(encodeHex(key));
  }

  noteRead(key: Uint8Array): void {
    this.reads.push(encodeHex(key));
  }

  touchNodes(): NodeCount {
    return this.nodes;
  }

  touchValue(): NodeCount {
    return this.value;
  }

  validatorStake(accountId: string): bigint {
    return accountId === "validator.near" ? 5n : 0n;
  }

  validatorTotalStake(): bigint {
    return 5n;
  }

  generateDataId(): Uint8Array {
    this.#dataIds += 1;
    return new Uint8Array(32).fill(this.#dataIds);
  }

  hasYield(): boolean {
    return false;
  }

  yieldDataId(): Uint8Array | null {
    return null;
  }
}
