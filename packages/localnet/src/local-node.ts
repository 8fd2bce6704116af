/**
 * The node behind a localnet: the chain, its pool and clock, and those who wait.
 * @module
 */
import { decodeBase58, encodeBase58 } from "@yoctonear/base";
import { type BlockSigner, createBlockSigner } from "./chain/block-signer.ts";
import { type Chain, createChain } from "./chain/chain.ts";
import { DEFAULT_VALIDATOR_KEY, testKeySeed } from "./chain/default-genesis.ts";
import { blockProducers } from "./chain/epoch.ts";
import { producerId } from "./chain/epoch-reward.ts";
import type { Genesis } from "./chain/genesis.ts";
import { dumpGenesis } from "./chain/state-dump.ts";
import { createRealClock, createVirtualClock } from "./clock.ts";
import { fastForwardPlans } from "./fast-forward.ts";
import { metricsPage } from "./metrics.ts";
import type { LocalnetOptions } from "./options.ts";
import { createProducer, type Producer, type ProducerState } from "./producer.ts";
import { findValidators, lastBlockOf } from "./rpc/find-validators.ts";
import type { GenesisFacts, Node } from "./rpc/node.ts";
import { internalFailure, timeoutFailure } from "./rpc/rpc-failure.ts";
import { readJsonObject } from "./rpc/serde.ts";
import { createWaiters } from "./waiters.ts";

/** A chain at one time; only the chain that it was taken of can go back to it. */
export interface Snapshot {
  /** Of the newest block. */
  readonly height: number;
  /** Of the newest block, base58. */
  readonly hash: string;
}

/** The node, with what only this process may ask of it. */
export interface LocalNode extends Node {
  produceBlocks(count: number): Promise<void>;
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): Promise<void>;
  /** Lets nanoseconds pass. */
  advanceTime(nanoseconds: bigint): void;
  /** Another object after each restore. */
  scope(): object;
  /** The state as a genesis. */
  dumpState(): object;
  /** Text of the page of metrics. */
  metrics(): string;
  stop(): void;
}

const POLLING_TIMEOUT = 10_000;
const SEED_LENGTH = 32;
const SHORTEST_EPOCH = 4;
const NANOSECONDS = 1_000_000_000n;

/** Starts a node. */
export async function createLocalNode(
  genesis: Genesis,
  options: LocalnetOptions,
): Promise<LocalNode> {
  const clock =
    options.clock === "real" ? createRealClock() : createVirtualClock(genesis.config.genesisTime);
  const signer = await createSigner(genesis, options.validatorKey);
  const { modules, keepBlocks } = options;
  const chain = await createChain({ genesis, signer, now: clock.now, modules, keepBlocks });
  const waiters = createWaiters();
  const mode = options.blocks ?? "instant";
  const producer = createProducer({
    chain,
    clock,
    waiters,
    mode,
    gapWait: mode === "instant" ? (options.nonceGapWait ?? 0) : 0,
    finalityDelay: options.finalityDelay ?? 0,
  });
  const timeout = options.pollingTimeout ?? POLLING_TIMEOUT;
  return {
    ...reader(chain, keepBlocks),
    ...timeMachine(chain, producer),
    modules,
    submit: producer.submit,
    recheck: producer.recheck,
    wait: (ask, signal) => {
      const end = waiters.wait(ask, { timeout, timeoutError: timeoutFailure, signal });
      producer.wake();
      return end;
    },
    patchState: (patch) => producer.produceBlocks([{ patch }]),
    fastForward: (heights) => fastForward(chain, producer, heights),
    produceBlocks: (count) => producer.produceBlocks(Array.from({ length: count }, () => ({}))),
    advanceTime: clock.advance,
    dumpState: () => dumpGenesis(chain.genesis, chain.head()),
    stop: producer.stop,
  };
}

/** Unless told, blocks are signed with the test key of whoever is the first validator of the genesis. */
function createSigner({ config }: Genesis, secretKey: string | undefined): Promise<BlockSigner> {
  const validator = producerId(config);
  const key = config.validators[0]?.publicKey;
  if (secretKey !== undefined) return createBlockSigner(seedOf(secretKey, key), key);
  return createBlockSigner(testKeySeed(validator), key === DEFAULT_VALIDATOR_KEY ? key : undefined);
}

/** The seed in a secret key, which ends with the bytes of its public key. */
function seedOf(secretKey: string, publicKey: string | undefined): Uint8Array {
  const [type, text = ""] = secretKey.split(":");
  const bytes = type === "ed25519" ? decodeBase58(text) : new Uint8Array(0);
  const isOwn = `ed25519:${encodeBase58(bytes.subarray(SEED_LENGTH))}` === publicKey;
  if (bytes.length === 2 * SEED_LENGTH && isOwn) return bytes.subarray(0, SEED_LENGTH);
  throw new TypeError(
    "expected validatorKey to be the ed25519 key of the genesis's first validator",
  );
}

function reader(
  chain: Chain,
  keepBlocks: number | undefined,
): Omit<
  LocalNode,
  | "submit"
  | "recheck"
  | "wait"
  | "patchState"
  | "fastForward"
  | "produceBlocks"
  | "advanceTime"
  | "dumpState"
  | "stop"
  | "snapshot"
  | "restore"
  | "scope"
> {
  const genesis = genesisFacts(chain);
  return {
    genesis,
    vmConfig: chain.vmConfig,
    head: chain.head,
    nearFinal: chain.nearlyFinalBlock,
    final: chain.finalBlock,
    earliest: () => {
      const last = chain.head().header.blockOrdinal;
      const kept =
        keepBlocks === undefined ? undefined : chain.blockByOrdinal(last - keepBlocks + 1);
      return kept ?? chain.genesisBlock;
    },
    blockByHash: chain.blockByHash,
    blockByHeight: (height) => chain.blockByHeight(Number(height)),
    blockByOrdinal: chain.blockByOrdinal,
    lastBlockOf: (epochId) => lastBlockOf(chain, epochId),
    blockProducers: (epoch) => blockProducers(epoch, chain.genesis.config),
    nextProducers: (hash) => {
      const block = chain.blockByHash(hash);
      return block === undefined ? [] : blockProducers(block.epoch.next, chain.genesis.config);
    },
    pruned: (id) => chain.pruned(typeof id === "bigint" ? Number(id) : id),
    chunkByHash: chain.chunk,
    transaction: (hash) => chain.transaction(hash)?.signed,
    outcome: chain.outcome,
    receipt: chain.receipt,
    receiptParent: chain.receiptParent,
    isFinal: (hash) => {
      const height = chain.blockByHash(hash)?.header.height;
      return height !== undefined && height <= chain.finalBlock().header.height;
    },
    validators: (question) => findValidators(chain, question),
    epoch: () => {
      const { epochId, firstHeight } = chain.head().epoch;
      const length = chain.genesis.config.epochLength;
      return { id: epochId, startHeight: firstHeight, length };
    },
    uptime: () => Number((chain.head().header.timestamp - genesis.time) / NANOSECONDS),
    metrics: () => metricsPage(chain),
  };
}

function genesisFacts({ genesis, genesisBlock }: Chain): GenesisFacts {
  const { config, json } = genesis;
  return {
    hash: genesisBlock.header.hash,
    height: genesisBlock.header.height,
    time: config.genesisTime,
    chainId: config.chainId,
    protocolVersion: config.protocolVersion,
    config: readJsonObject(json),
    validatorId: producerId(config),
    validatorKey: config.validators[0]?.publicKey ?? "",
  };
}

function timeMachine(
  chain: Chain,
  producer: Producer,
): Pick<LocalNode, "snapshot" | "restore" | "scope"> {
  const states = new WeakMap<Snapshot, ProducerState>();
  let scope = {};
  return {
    snapshot: () => {
      const { height, hash } = chain.head().header;
      const snapshot = Object.freeze({ height, hash });
      states.set(snapshot, producer.save());
      return snapshot;
    },
    restore: async (snapshot) => {
      const state = states.get(snapshot);
      if (state === undefined) throw new TypeError("expected a snapshot of this very chain");
      await producer.load(state);
      scope = {};
    },
    scope: () => scope,
  };
}

async function fastForward(chain: Chain, producer: Producer, heights: bigint): Promise<void> {
  const { epochLength } = chain.genesis.config;
  if (epochLength < SHORTEST_EPOCH) {
    const message = "Unsupported: fast_forward with an epoch length of 3 or less";
    throw internalFailure(message, { name: "INTERNAL_ERROR", info: { error_message: message } });
  }
  const headHeight = (): number => chain.head().header.height;
  await producer.produceBlocks(fastForwardPlans(headHeight, Number(heights), epochLength));
}
