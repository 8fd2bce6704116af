/**
 * Makes a transaction ready to be signed: nonce and block hash from the chain, everything checked.
 * @module
 */
import { isNearError, NearError } from "@yoctonear/base";
import {
  isRpcError,
  type Transport,
  TransportError,
  viewAccessKey,
  viewGasKeyNonces,
} from "@yoctonear/rpc";
import {
  type Action,
  assertAccepted,
  createTransaction,
  type NonceMode,
  type Transaction,
} from "@yoctonear/transactions";
import { leastBusy, type Lane, type RecentBlock, type Row, rowsOf, takeNonce } from "./lane.ts";
import { lanesOf, takesOldBlocks } from "./network.ts";
import { assertNodeTakes } from "./node-version.ts";
import { field } from "../record.ts";

/** What a transaction is prepared from. */
export interface PrepareRequest {
  readonly signerId: string;
  /** Key that will sign. */
  readonly publicKey: string;
  readonly receiverId: string;
  readonly actions: readonly Action[];
  /** Row of a gas key's nonces to use; by default the least busy one. */
  readonly nonceIndex?: number | undefined;
  /** `strict` for a nonce that is valid only right after the one before it. */
  readonly nonceMode?: NonceMode | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Prepares a transaction: reserves the next nonce of its lane in this process, takes the hash of the
 * final block. Nothing is signed or sent. Where other processes may use the key (any transport but one with a scope of
 * its own, such as a chain in this process), the first nonce leaps at random, so that two processes that make
 * the same payment at once do not make one transaction.
 * @param transport - reaches the network
 * @param request - who signs with which key, and what
 * @throws {RpcError} `UNKNOWN_ACCESS_KEY` when the account does not have the key
 * @throws {LimitError} when a node would refuse it whatever the state of the chain, or this one for its protocol version
 * @example
 * ```ts
 * import { prepareTransaction } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const transaction = await prepareTransaction(chain.transport, {
 *   signerId: "alice.near",
 *   publicKey: chain.signer("alice.near").publicKey,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 * });
 * transaction.nonce; // 1n
 * ```
 */
export async function prepareTransaction(
  transport: Transport,
  request: PrepareRequest,
): Promise<Transaction> {
  const lanes = await lanesOf(transport, request);
  return inRow(
    () => rowsOf(lanes, request.signerId, request, request.nonceIndex),
    ({ lane, nonceIndex }) => prepareInLane(transport, lane, { ...request, nonceIndex }),
  );
}

/**
 * Does something with the least busy row of nonces, and once more with another where that finds out only then that the
 * key is a gas key, whose rows are to be handed out.
 * @param rows - finds the rows
 * @param task - what to do
 */
export async function inRow<Key, T>(
  rows: () => Row<Key>[],
  task: (row: Row<Key>) => Promise<T>,
): Promise<T> {
  const row = leastBusy(rows());
  try {
    return await task(row);
  } catch (error) {
    // Perhaps it is another kind of key by now.
    if (row.plain !== undefined && isRpcError(error)) row.plain.rows = undefined;
    if (!isNearError(error, "gas_key")) throw error;
  }
  return task(leastBusy(rows()));
}

/**
 * Prepares a transaction in a lane that is known, and held where its order matters.
 * @param request - `check` throws for a protocol version that does not take what is to be signed, unless that is the transaction
 */
export async function prepareInLane(
  transport: Transport,
  lane: Lane,
  request: PrepareRequest & { readonly check?: ((version: number) => void) | undefined },
): Promise<Transaction> {
  const { signerId, publicKey, receiverId, actions, nonceIndex, nonceMode, signal } = request;
  const parts = { signerId, publicKey, receiverId, actions, nonceIndex, nonceMode };
  // Refused before the network is asked, and before a nonce is taken.
  const draft = createTransaction({ ...PLACEHOLDER, ...parts });
  const { check = (version) => assertAccepted(draft, version) } = request;
  await assertNodeTakes(transport, check, { signal });
  const isStrict = nonceMode === "strict";
  const { scope } = transport;
  const { recent } = lane;
  if (lane.isOurs && recent !== undefined && isFresh(recent, transport)) {
    const nonce = takeNonce(lane, 0n, isStrict);
    return createTransaction({ ...parts, nonce, blockHash: recent.hash });
  }
  const key = { accountId: signerId, publicKey };
  const finalKey = viewAccessKey(
    transport,
    { ...key, block: { finality: "final" } },
    { signal },
  ).catch(async (error: unknown) => {
    if (!isRpcError(error, "UNKNOWN_ACCESS_KEY")) throw error;
    // A key made just now is not in the final block yet; the refusal names that block all the same.
    const newest = await viewAccessKey(transport, key, { signal });
    return { ...newest, block_hash: error.data.block_hash };
  });
  // The final block lags behind what others did with the key just now; what this process did, the
  // lane knows.
  const [final, { nonce, height }] = await Promise.all([
    finalKey,
    nonceIndex === undefined
      ? (lane.isOurs ? finalKey : viewAccessKey(transport, key, { signal })).then((view) => ({
          nonce: view.nonce,
          height: view.block_height,
        }))
      : viewGasKeyNonces(transport, key, { signal }).then(({ nonces, block_height }) => {
          const found = nonces[nonceIndex];
          if (found !== undefined) return { nonce: found, height: block_height };
          throw new RangeError(`expected nonceIndex below ${nonces.length}, got ${nonceIndex}`);
        }),
  ]);
  const { permission } = final;
  const gasKey = field(permission, "GasKeyFullAccess") ?? field(permission, "GasKeyFunctionCall");
  if (nonceIndex === undefined && gasKey !== undefined) {
    lane.rows = Number(field(gasKey, "num_nonces"));
    throw new NearError("gas_key", `expected nonceIndex, got none: ${publicKey} is a gas key`);
  }
  if (lane.isShared !== true && takesOldBlocks(transport)) {
    lane.recent = { hash: final.block_hash, transport, seen: Date.now() };
  }
  const isShared = scope === undefined || scope === "chain";
  // Those that the next block takes
  const room = (Number(height) + 1) * 1e6 - Number(nonce);
  if (room <= 0) {
    throw new TransportError("malformed", `expected a nonce for block ${height}, got ${nonce}`);
  }
  // Whoever asked may have left, and another hold the lane.
  signal?.throwIfAborted();
  return createTransaction({
    ...parts,
    nonce: takeNonce(lane, nonce, isStrict, room, isShared),
    blockHash: final.block_hash,
  });
}

/** Milliseconds for which a final block serves for the next transactions of a row that nobody else uses. */
const FRESH_FOR = 10_000;

/** A chain that was started anew from the same genesis is reached by another transport. */
function isFresh({ seen, transport }: RecentBlock, own: Transport): boolean {
  const age = Date.now() - seen;
  return transport === own && age >= 0 && age < FRESH_FOR;
}

const PLACEHOLDER = { nonce: 1n, blockHash: "11111111111111111111111111111111" } as const;
