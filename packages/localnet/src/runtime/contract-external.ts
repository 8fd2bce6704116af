/**
 * The chain as a contract sees it while it runs (`runtime/runtime/src/ext.rs`): rows of its data with the
 * trie nodes met on the way to them, yields, validators.
 * @module
 */
import type { External, NodeCount } from "@yoctonear/vm";
import { formatHashBytes, hashBytes } from "../chain/hash.ts";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import type { Row } from "../state/state-table.ts";
import type { DataId, StateUpdate } from "../state/state-update.ts";
import type { ChunkNodes } from "../state/trie-nodes.ts";
import { derivedHash } from "./receipt-id.ts";
import { hasYield, yieldDataId } from "./yields.ts";

/** What a contract may reach. */
export interface ContractSurroundings {
  readonly accountId: string;
  readonly state: StateUpdate;
  readonly nodes: ChunkNodes;
  readonly validators: readonly ValidatorStake[];
  readonly height: number;
  /** Hash of the action that calls it, of which data ids are made. */
  readonly actionHash: string;
}

const NO_NODES: NodeCount = { touched: 0, cached: 0 };

/** The chain around one call. */
export function createExternal(surroundings: ContractSurroundings): External {
  const { accountId, state, nodes, validators, height, actionHash } = surroundings;
  const { data } = state;
  let lastKey: Uint8Array | undefined;
  let lastRow: Row<DataId, Uint8Array> | undefined;
  // A host function asks several times about one key.
  const rowOf = (key: Uint8Array): Row<DataId, Uint8Array> => {
    if (lastRow === undefined || key !== lastKey) lastRow = data.row({ accountId, key });
    lastKey = key;
    return lastRow;
  };
  let dataIds = 0n;
  return {
    storageGet: (key) => data.read(rowOf(key)),
    storageSet: (key, value) => data.write(rowOf(key), value),
    storageRemove: (key) => data.write(rowOf(key), null),
    noteRead: (key) => {
      const row = rowOf(key);
      if (!data.isWritten(row)) nodes.noteRead(row.key);
    },
    touchNodes: (key) => {
      const row = rowOf(key);
      return nodes.touchNodes(row.key, data.isWritten(row));
    },
    touchValue: (key) => {
      const row = rowOf(key);
      return data.isWritten(row) ? NO_NODES : nodes.touchValue(row.key);
    },
    validatorStake: (validatorId) =>
      validators.find((validator) => validator.accountId === validatorId)?.stake ?? 0n,
    validatorTotalStake: () => validators.reduce((sum, { stake }) => sum + stake, 0n),
    generateDataId: () => hashBytes(derivedHash(actionHash, height, dataIds++)),
    hasYield: (dataId) => hasYield(state, accountId, formatHashBytes(dataId)),
    yieldDataId: (yieldId) => yieldDataId(state, accountId, formatHashBytes(yieldId)),
  };
}
