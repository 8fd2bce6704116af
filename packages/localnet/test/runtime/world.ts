/**
 * A small chain with a few accounts, for tests of single rules.
 * @module
 */
import type { Action, SignedTransaction, Transaction } from "@yoctonear/transactions";
import type { ExecutionOutcome } from "#localnet/chain/outcome";
import type { ApplyContext } from "#localnet/runtime/context";
import type { Json } from "#localnet/runtime/json";
import type { AccessKey } from "#localnet/state/access-key";
import { type Account, createAccount, NO_CONTRACT } from "#localnet/state/account";
import { accessKeyIds } from "#localnet/state/account-rows";
import { StateUpdate } from "#localnet/state/state-update";
import { trieEntries } from "#localnet/state/trie";
import { createMiniChain, type MiniChain, produceBlock, settle } from "./mini-chain.ts";

/** The key of every account at the start. */
export const WORLD_KEY = "ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847";

const NEAR = 10n ** 24n;
const NO_SIGNATURE = `ed25519:${"1".repeat(64)}`;
const NO_BLOCK = "11111111111111111111111111111111";

/** A chain and what it looks like. */
export interface World {
  readonly chain: MiniChain;
  account(accountId: string): Account | null;
  /** yoctoNEAR that can be spent. */
  balance(accountId: string): bigint;
  key(accountId: string, publicKey: string): AccessKey | null;
  keyCount(accountId: string): number;
}

/** What came of a transaction. */
export interface Ran {
  /** Of the transaction, then of all its receipts in the order of execution. */
  readonly outcomes: readonly ExecutionOutcome[];
  /** The first error among them. */
  readonly error: Json;
}

/** A chain with accounts of a thousand NEAR each. */
export function worldOf(
  accountIds: readonly string[] = ["alice.near", "bob.near", "carol.near", "account"],
  protocolVersion = 86,
): World {
  const state = new StateUpdate(null);
  for (const accountId of accountIds) {
    state.accounts.set(accountId, createAccount(1000n * NEAR, 182n, NO_CONTRACT));
    const id = { accountId, publicKey: WORLD_KEY };
    state.accessKeys.set(id, { nonce: 0n, permission: { type: "fullAccess" } });
  }
  state.commit({ type: "statePatch" });
  const chain = createMiniChain(state.finish(), protocolVersion);
  chain.height = 10;
  const account = (accountId: string): Account | null =>
    new StateUpdate(chain.state).accounts.get(accountId);
  return {
    chain,
    account,
    balance: (accountId) => account(accountId)?.amount ?? 0n,
    key: (accountId, publicKey) =>
      new StateUpdate(chain.state).accessKeys.get({ accountId, publicKey }),
    keyCount: (accountId) => accessKeyIds(new StateUpdate(chain.state), accountId).length,
  };
}

/** Sends a transaction with the signer's next nonce and runs all that follows. */
export function run(
  world: World,
  signerId: string,
  receiverId: string,
  actions: readonly Action[],
  options: Partial<ApplyContext> & { readonly publicKey?: string } = {},
): Ran {
  const { publicKey = WORLD_KEY, ...context } = options;
  const nonce = (world.key(signerId, publicKey)?.nonce ?? 0n) + 1n;
  const transaction = transactionOf(signerId, receiverId, actions, nonce, publicKey);
  return runTransaction(world, transaction, context);
}

/** Runs a transaction and all that follows. */
export function runTransaction(
  { chain }: World,
  transaction: Transaction,
  context: Partial<ApplyContext> = {},
): Ran {
  const known = new Set(chain.outcomes.keys());
  produceBlock(chain, [unsigned(transaction)], context);
  settle(chain, context);
  const outcomes = [...chain.outcomes.values()].filter(({ id }) => !known.has(id));
  const failed = outcomes.find(({ status }) => status.type === "failure");
  return { outcomes, error: failed?.status.type === "failure" ? failed.status.error : null };
}

/** A transaction of version 0. */
export function transactionOf(
  signerId: string,
  receiverId: string,
  actions: readonly Action[],
  nonce: bigint,
  publicKey: string = WORLD_KEY,
): Transaction {
  return { version: 0, signerId, publicKey, nonce, receiverId, blockHash: NO_BLOCK, actions };
}

/** The runtime takes it that signatures have been checked. */
export function unsigned(transaction: Transaction): SignedTransaction {
  return { transaction, signature: NO_SIGNATURE };
}

/** Sends NEAR. */
export function transfer(deposit: bigint): Action {
  return { type: "transfer", deposit };
}

/** Calls a method that needs no contract to cost its gas. */
export function call(gas: bigint): Action {
  return { type: "functionCall", methodName: "m", args: new Uint8Array(), gas, deposit: 0n };
}

/** The error of the outcome at a place, if any. */
export function failureAt({ outcomes }: Ran, index: number): Json | undefined {
  const status = outcomes[index]?.status;
  return status?.type === "failure" ? status.error : undefined;
}

/** How many rows of the state belong to an account. */
export function rowsOf(world: World, accountId: string): number {
  return [...trieEntries(world.chain.state, new Uint8Array())].filter(([key]) =>
    String.fromCharCode(...key.subarray(1)).startsWith(accountId),
  ).length;
}
