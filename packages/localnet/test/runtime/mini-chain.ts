/**
 * The least chain that runs the runtime: blocks of one chunk each, one after another.
 * @module
 */
import type { SignedTransaction } from "@yoctonear/transactions";
import type { ExecutionOutcome } from "#localnet/chain/outcome";
import type { Receipt } from "#localnet/chain/receipt";
import { applyChunk } from "#localnet/runtime/apply-chunk";
import type { ValidatorStake } from "#localnet/chain/validator-stake";
import { type ApplyContext, type ApplyResult, NO_CONGESTION } from "#localnet/runtime/context";
import type { Trie } from "#localnet/state/trie";

/** Minimum stake of the recorded genesis. */
const MINIMUM_STAKE = 800128020483277324371899504n;

/** The validator of the recorded genesis. */
export const VALIDATORS: readonly ValidatorStake[] = [
  {
    accountId: "test.near",
    publicKey: "ed25519:BAWv6mEy7XfDHSxETqwu9JW3TXoZaagncBF85ixDU4Nj",
    stake: 50_000_000_000_000_000_000_000_000_000_000n,
  },
];

/** What a chain has done so far. */
export interface MiniChain {
  state: Trie;
  height: number;
  incoming: readonly Receipt[];
  readonly outcomes: Map<string, ExecutionOutcome>;
  readonly receipts: Map<string, Receipt>;
  /** yoctoNEAR burnt. */
  burnt: bigint;
  readonly protocolVersion: number;
}

/** A chain at its genesis. */
export function createMiniChain(state: Trie, protocolVersion = 86): MiniChain {
  return {
    state,
    height: 0,
    incoming: [],
    outcomes: new Map(),
    receipts: new Map(),
    burnt: 0n,
    protocolVersion,
  };
}

/** A context as the recorded chain had it, at a height. */
function contextAt(height: number, options: Partial<ApplyContext> = {}): ApplyContext {
  return {
    height,
    timestamp: BigInt(height) * 1_000_000_000n,
    gasPrice: 100_000_000n,
    gasLimit: 1_000_000_000_000_000n,
    randomValue: "11111111111111111111111111111111",
    prevBlockHash: "11111111111111111111111111111111",
    chainId: "localnet",
    protocolVersion: 86,
    epochHeight: 1n,
    hasNewChunk: true,
    isExpired: () => false,
    minimumStake: MINIMUM_STAKE,
    validators: VALIDATORS,
    validatorUpdate: null,
    statePatch: [],
    congestion: NO_CONGESTION,
    ...options,
  };
}

/** Produces the next block. */
export function produceBlock(
  chain: MiniChain,
  transactions: readonly SignedTransaction[],
  options: Partial<ApplyContext> = {},
): ApplyResult {
  chain.height += 1;
  const { protocolVersion } = chain;
  const context = contextAt(chain.height, { protocolVersion, ...options });
  const result = applyChunk(chain.state, context, transactions, chain.incoming);
  chain.state = result.state;
  chain.incoming = result.outgoingReceipts;
  chain.burnt += result.balanceBurnt;
  for (const outcome of result.outcomes) chain.outcomes.set(outcome.id, outcome);
  for (const receipt of result.createdReceipts) chain.receipts.set(receipt.receiptId, receipt);
  return result;
}

/** Produces blocks until no receipt is on its way. */
export function settle(chain: MiniChain, options: Partial<ApplyContext> = {}): void {
  while (chain.incoming.length > 0) produceBlock(chain, [], options);
}
