/**
 * What the RPC methods know of the chain and may ask it to do.
 * @module
 */
import type { Block, Chunk } from "../chain/block.ts";
import type { EpochInfo } from "../chain/epoch-election.ts";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import type { CompiledModules, VmConfig } from "@yoctonear/vm";
import type { Json } from "../runtime/json.ts";
import type { StateRecord } from "../state/state-record.ts";
import type { ReceivedTransaction } from "./transaction-params.ts";
import type { TransactionSource } from "./transaction-status.ts";

/** A running node. */
export interface Node extends TransactionSource {
  readonly genesis: GenesisFacts;
  /** Contracts compiled beforehand. */
  readonly modules?: CompiledModules | undefined;
  /** Numbers by which contracts run. */
  readonly vmConfig: VmConfig;
  head(): Block;
  /** The last block that a quorum has approved. */
  nearFinal(): Block;
  final(): Block;
  /** The oldest block after which all are kept: the genesis, unless old ones are dropped. */
  earliest(): Block;
  blockByHash(hash: string): Block | undefined;
  blockByHeight(height: bigint): Block | undefined;
  /** A block by its number; the genesis has number 1. */
  blockByOrdinal(ordinal: number): Block | undefined;
  /** The last block of an epoch so far. */
  lastBlockOf(epochId: string): Block | null;
  /** Who produces blocks in an epoch, in the order of their approvals. */
  blockProducers(epoch: EpochInfo): readonly ValidatorStake[];
  /** The same for the epoch after that of a block. */
  nextProducers(hash: string): readonly ValidatorStake[];
  /** A block that was here and is not kept any more. */
  pruned(id: bigint | string): { readonly height: number; readonly hash: string } | undefined;
  /** Id of the transaction or receipt that a receipt comes from. */
  receiptParent(id: string): string | undefined;
  chunkByHash(hash: string): { readonly chunk: Chunk; readonly block: Block } | undefined;
  /** Checks a transaction and puts it into the pool; gives nearcore's `InvalidTxError`, or `null`. */
  submit(transaction: ReceivedTransaction): Promise<Json | null>;
  /** Checks a transaction again that is not yet in a block; `null` while it may still come in. */
  recheck(transaction: ReceivedTransaction): Json | null;
  /** Waits until `ask` gives something or throws; asked after each block. */
  wait<T>(ask: () => T | null, signal: AbortSignal | undefined): Promise<T>;
  /** Writes records at the end of the next block; done when that block is. */
  patchState(records: readonly StateRecord[]): Promise<void>;
  fastForward(heights: bigint): Promise<void>;
  /** Validators as the `validators` method shows them; fails where there is no answer. */
  validators(epoch: EpochQuestion): Json;
  /** Facts about the current epoch. */
  epoch(): { readonly id: string; readonly startHeight: number; readonly length: number };
  /** Seconds since the node started. */
  uptime(): number;
}

/** Which epoch the `validators` method asks for. */
export type EpochQuestion =
  | { readonly type: "latest" }
  | { readonly type: "epochId"; readonly epochId: string }
  | { readonly type: "block"; readonly block: Block };

/** What is known from the start. */
export interface GenesisFacts {
  readonly hash: string;
  readonly height: number;
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly chainId: string;
  readonly protocolVersion: number;
  /** The configuration as it stands in genesis.json, without the records. */
  readonly config: { readonly [key: string]: Json };
  readonly validatorId: string;
  readonly validatorKey: string;
}
