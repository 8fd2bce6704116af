/**
 * A NEAR chain in memory, with the controls that tests want.
 * @module
 */
import { showValue } from "@yoctonear/base";
import type { KeyPair } from "@yoctonear/keys";
import { assertAccountId, type NearInput, parseNear } from "@yoctonear/primitives";
import type { Transport } from "@yoctonear/rpc";
import { readAccounts } from "./accounts.ts";
import { defaultGenesis, type GenesisAccount } from "./chain/default-genesis.ts";
import { type Genesis, parseGenesis } from "./chain/genesis.ts";
import { createFetchHandler, type FetchHandler } from "./http.ts";
import { createLocalNode, type Snapshot } from "./local-node.ts";
import { newAccountRecords } from "./new-account.ts";
import { checkOptions, type LocalnetOptions } from "./options.ts";
import { answer } from "./rpc/dispatch.ts";
import { readStateRecord } from "./state/state-record-json.ts";
import { testKeyPair } from "./test-keys.ts";
import { createTransport } from "./transport.ts";

/** How an account is made from nothing. */
export interface NewAccountOptions {
  /** What it has; 0 unless told. */
  readonly balance?: NearInput | undefined;
  /** Its key with full access; that of `chain.signer(id)` unless told. */
  readonly publicKey?: string | undefined;
}

/** A chain in this process. `connect` takes it. */
export interface Localnet {
  /** Carries requests to the chain as objects. */
  readonly transport: Transport;
  /** Answers HTTP requests as a node does: for any server that speaks `Request` and `Response`. */
  readonly fetch: FetchHandler;
  /**
   * Gives the key pair of an account: it follows from the id, so anyone can have it.
   * @throws {ParseError} `invalid_account_id`
   */
  signer(accountId: string): KeyPair;
  /** Makes a block of what waits, an empty one too. */
  produceBlock(): Promise<void>;
  /** Makes so many blocks. */
  produceBlocks(count: number): Promise<void>;
  /** Takes note of everything: in constant time, for nothing is copied. */
  snapshot(): Snapshot;
  /** Goes back to a snapshot, or to another one, in constant time. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Lets so many heights pass, most of them without a block, as `sandbox_fast_forward` does. */
  fastForward(heights: number): Promise<void>;
  /** Lets time pass: the next block is so many milliseconds later than it would be. */
  advanceTime(milliseconds: number): void;
  /**
   * Writes records into the state, in the form of `sandbox_patch_state` and genesis.json. Nothing is
   * checked or counted: neither storage usage nor total supply, as with nearcore's sandbox.
   * @throws {TypeError} for what is no record
   */
  patchState(records: readonly unknown[]): Promise<void>;
  /**
   * Gives the state as nearcore's `view-state dump-state` does: the genesis.json, parsed, of a chain that
   * goes on from here. What is on its way is not in it, such as promise yields, nor the history.
   */
  dumpState(): object;
  /**
   * Makes an account from nothing, or replaces its balance and adds the key. Total supply stays.
   * @throws {ParseError} for an id, key or amount that is none
   */
  createAccount(accountId: string, options?: NewAccountOptions): Promise<void>;
  /** Ends the interval of the blocks, so that the process can end. */
  stop(): void;
}

/**
 * Starts a chain. It begins with the accounts given, `test.near` (the validator) and `near`; or from
 * nearcore's genesis.json. Given the same inputs it gives the same bytes.
 * @param options - accounts or genesis, when blocks are made, and more
 * @throws {TypeError} for an option that does not exist or cannot be
 * @throws {ParseError} for an account id or amount that is none
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" } });
 * const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
 * const fresh = chain.snapshot();
 * await alice.transfer("bob.near", "50 NEAR");
 * await chain.restore(fresh);
 * (await alice.balance()).total; // 100000000000000000000000000n
 * ```
 */
export async function createLocalnet(options: LocalnetOptions = {}): Promise<Localnet> {
  checkOptions(options);
  const accounts = await readAccounts(options.accounts ?? {});
  const node = await createLocalNode(readGenesis(options, accounts), options);
  const ask = (method: string, params: unknown, signal: AbortSignal | undefined) =>
    answer(node, method, params, signal);
  const produceBlocks = (count: number): Promise<void> => {
    checkCount("count", count);
    return node.produceBlocks(count);
  };
  return Object.freeze({
    transport: createTransport(ask, node.scope),
    fetch: createFetchHandler(ask, node.metrics, options.maxBodySize),
    signer: (accountId) => {
      assertAccountId(accountId);
      return testKeyPair(accountId);
    },
    produceBlock: () => produceBlocks(1),
    produceBlocks,
    snapshot: node.snapshot,
    restore: node.restore,
    fastForward: (heights) => {
      checkCount("heights", heights);
      return node.fastForward(BigInt(heights));
    },
    advanceTime: (milliseconds) => {
      checkCount("milliseconds", milliseconds);
      node.advanceTime(BigInt(milliseconds) * 1_000_000n);
    },
    dumpState: node.dumpState,
    patchState: async (records) => node.patchState(records.map(readStateRecord)),
    createAccount: async (accountId, { balance = 0n, publicKey, ...rest } = {}) => {
      for (const name of Object.keys(rest)) throw new TypeError(`unknown option ${name}`);
      assertAccountId(accountId);
      const key = publicKey ?? testKeyPair(accountId).publicKey;
      await node.patchState(
        newAccountRecords(node.head().state, accountId, key, parseNear(balance)),
      );
    },
    stop: node.stop,
  } satisfies Localnet);
}

function readGenesis(
  { genesis, ...options }: LocalnetOptions,
  accounts: readonly GenesisAccount[],
): Genesis {
  if (genesis === undefined) return defaultGenesis(accounts, options);
  return parseGenesis(typeof genesis === "string" ? genesis : { ...genesis });
}

function checkCount(name: string, count: number): void {
  if (Number.isSafeInteger(count) && count >= 0) return;
  throw new RangeError(`expected ${name} to be an integer of 0 or more, got ${showValue(count)}`);
}
