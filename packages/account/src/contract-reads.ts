/**
 * What the chain has of a contract: its code, the rows of its storage, and proofs of them.
 * @module
 */
import { decodeBase64, encodeBase64, encodeUtf8, isNearError } from "@yoctonear/base";
import {
  type RpcViewCodeResponse,
  type Transport,
  viewCode,
  viewGlobalContractCode,
  viewGlobalContractCodeByAccountId,
  viewState,
} from "@yoctonear/rpc";
import type { GlobalContractReference } from "@yoctonear/transactions";
import type { AccountRef } from "./account.ts";
import type { ReadOptions } from "./reads.ts";

/** One row of a contract's storage. */
export interface StorageRow {
  readonly key: Uint8Array<ArrayBuffer>;
  readonly value: Uint8Array<ArrayBuffer>;
}

/** Which rows of a contract's storage. */
export interface StorageOptions extends ReadOptions {
  /** What keys start with, as bytes or as text in UTF-8; all rows unless told. */
  readonly prefix?: Uint8Array | string | undefined;
}

/** Which rows of a contract's storage, and how much of them at once. */
export interface StoragePageOptions extends StorageOptions {
  /** Begins behind this key; the key itself need not be there. */
  readonly after?: Uint8Array | undefined;
  /** At most so many rows; a node gives no more than 10,000, or about 50,000 bytes, a page. */
  readonly limit?: number | undefined;
  /** Asks for the nodes of the state trie that prove the answer; not together with paging. */
  readonly includeProof?: boolean | undefined;
}

/** Rows of a contract's storage as they were at a block. */
export interface StoragePage {
  /** Ascending by key. */
  readonly rows: readonly StorageRow[];
  /** Where the next page begins, for `after`; null where nothing follows. */
  readonly next: Uint8Array<ArrayBuffer> | null;
  /**
   * Nodes of the state trie, from the root to the prefix and all below it, in borsh: they prove what is there and what is not. The
   * root is `prev_state_root` of the chunk in the block behind. Empty unless asked for.
   */
  readonly proof: readonly Uint8Array<ArrayBuffer>[];
  readonly blockHeight: bigint;
  /** Base58. */
  readonly blockHash: string;
}

/**
 * Reads the code of an account's contract, its own or the global one that it uses.
 * @returns WebAssembly, or null where the account has no contract
 * @throws {RpcError} `UNKNOWN_ACCOUNT`
 * @example
 * ```ts
 * import { contractCode, deploy, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * await contractCode(alice); // null
 * await deploy(alice, Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
 * (await contractCode(alice))?.length; // 8
 * ```
 */
export function contractCode(
  { transport, accountId }: AccountRef,
  { block, ...options }: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer> | null> {
  return codeOrNull(viewCode(transport, { accountId, block }, options), "NO_CONTRACT_CODE");
}

/**
 * Reads the code of a global contract.
 * @param near - what `connect` returned, or anything with a transport
 * @param contract - `{ hash }` of its code, or the `{ account }` that published it
 * @returns WebAssembly, or null where nobody published it
 * @example
 * ```ts
 * import { connect, globalContractCode } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const near = connect(chain);
 * await globalContractCode(near, { account: "alice.near" }); // null
 * await near.account("alice.near", chain.signer("alice.near")).deployGlobal(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0), { by: "account" });
 * (await globalContractCode(near, { account: "alice.near" }))?.length; // 8
 * ```
 */
export function globalContractCode(
  { transport }: { readonly transport: Transport },
  contract: GlobalContractReference,
  { block, ...options }: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer> | null> {
  const read =
    "hash" in contract
      ? viewGlobalContractCode(transport, { codeHash: contract.hash, block }, options)
      : viewGlobalContractCodeByAccountId(
          transport,
          { accountId: contract.account, block },
          options,
        );
  return codeOrNull(read, "NO_GLOBAL_CONTRACT_CODE");
}

/**
 * Reads rows of a contract's storage in one request: all of them, one page, or with a proof.
 * @throws {RpcError} `TOO_LARGE_CONTRACT_STATE` for everything of a large contract: take pages, or {@link contractRows};
 * `UNKNOWN_ACCOUNT`
 * @example
 * ```ts
 * import { contractState } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await chain.patchState([{ Data: { account_id: "alice.near", data_key: "YWdl", value: "Nw==" } }]);
 * const alice = { transport: chain.transport, accountId: "alice.near" };
 * const { rows, proof } = await contractState(alice, { prefix: "a", includeProof: true });
 * rows.length; // 1
 * proof.length > 2; // true
 * ```
 */
export async function contractState(
  { transport, accountId }: AccountRef,
  { prefix = "", after, limit, includeProof, block, ...options }: StoragePageOptions = {},
): Promise<StoragePage> {
  const prefixBytes = typeof prefix === "string" ? encodeUtf8(prefix) : prefix;
  const prefixBase64 = encodeBase64(prefixBytes);
  const afterKeyBase64 = after === undefined ? undefined : encodeBase64(after);
  const params = { accountId, prefixBase64, afterKeyBase64, limit, includeProof, block };
  const view = await viewState(transport, params, options);
  return {
    rows: view.values.map(({ key, value }) => ({
      key: decodeBase64(key),
      value: decodeBase64(value),
    })),
    next: typeof view.last_key === "string" ? decodeBase64(view.last_key) : null,
    proof: (view.proof ?? []).map((node) => decodeBase64(node)),
    blockHeight: view.block_height,
    blockHash: view.block_hash,
  };
}

/**
 * Reads all rows of a contract's storage, however many there are, page after page and all at one block: the newest unless told,
 * as it is when the first page is read.
 * @throws {RpcError} `UNKNOWN_ACCOUNT`; `GARBAGE_COLLECTED_BLOCK` when reading takes longer than a node keeps the state
 * @example
 * ```ts
 * import { contractRows } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const Data = { account_id: "alice.near", data_key: "YWdl", value: "Nw==" };
 * await chain.patchState([{ Data }, { Data: { ...Data, data_key: "bmFtZQ==" } }]);
 * const names: string[] = [];
 * for await (const { key } of contractRows({ transport: chain.transport, accountId: "alice.near" })) {
 *   names.push(new TextDecoder().decode(key));
 * }
 * names; // ["age", "name"]
 * ```
 */
export async function* contractRows(
  account: AccountRef,
  options: StorageOptions & Pick<StoragePageOptions, "limit"> = {},
): AsyncGenerator<StorageRow, void, undefined> {
  const limit = options.limit ?? PAGE_ROWS;
  let page = await contractState(account, { ...options, limit });
  const block = { blockId: page.blockHash };
  for (;;) {
    yield* page.rows;
    if (page.next === null) return;
    page = await contractState(account, { ...options, limit, block, after: page.next });
  }
}

/** As many as a node gives at most: it is the bytes that end a page. */
const PAGE_ROWS = 10_000;

async function codeOrNull(
  reading: Promise<RpcViewCodeResponse>,
  none: "NO_CONTRACT_CODE" | "NO_GLOBAL_CONTRACT_CODE",
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return decodeBase64((await reading).code_base64);
  } catch (error) {
    if (isNearError(error, none)) return null;
    throw error;
  }
}
