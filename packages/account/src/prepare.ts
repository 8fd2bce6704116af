/**
 * Makes a transaction ready to be signed: nonce and block hash from the chain, everything checked.
 * @module
 */
import { NearError } from "@yoctonear/base";
import { isRpcError, type Transport, viewAccessKey, viewGasKeyNonces } from "@yoctonear/rpc";
import { type Action, createTransaction, type Transaction } from "@yoctonear/transactions";
import { laneOf, takeNonce, type Lane } from "./lane.ts";
import { lanesOf } from "./network.ts";
import { field } from "./record.ts";

/** What a transaction is prepared from. */
export interface PrepareRequest {
  readonly signerId: string;
  /** Key that will sign. */
  readonly publicKey: string;
  readonly receiverId: string;
  readonly actions: readonly Action[];
  /** Row of a gas key's nonces to use. */
  readonly nonceIndex?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Prepares a transaction: reserves the next nonce of its lane in this process, takes the hash of the
 * final block. Nothing is signed or sent.
 * @param transport - reaches the network
 * @param request - who signs with which key, and what
 * @throws {RpcError} `UNKNOWN_ACCESS_KEY` when the account does not have the key
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
  const lane = laneOf(lanes, request.signerId, request.publicKey, request.nonceIndex);
  return prepareInLane(transport, lane, request);
}

/** Prepares a transaction in a lane that is known, and held where its order matters. */
export async function prepareInLane(
  transport: Transport,
  lane: Lane,
  request: PrepareRequest,
): Promise<Transaction> {
  const { signerId, publicKey, receiverId, actions, nonceIndex, signal } = request;
  // Refused before the network is asked, and before a nonce is taken.
  createTransaction({ ...PLACEHOLDER, signerId, publicKey, receiverId, actions, nonceIndex });
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
  const [final, nonce] = await Promise.all([
    finalKey,
    nonceIndex === undefined
      ? (lane.isOurs ? finalKey : viewAccessKey(transport, key, { signal })).then(
          (view) => view.nonce,
        )
      : viewGasKeyNonces(transport, key, { signal }).then(({ nonces }) => {
          const found = nonces[nonceIndex];
          if (found !== undefined) return found;
          throw new RangeError(`expected nonceIndex below ${nonces.length}, got ${nonceIndex}`);
        }),
  ]);
  const { permission } = final;
  const gasKey = field(permission, "GasKeyFullAccess") ?? field(permission, "GasKeyFunctionCall");
  if (nonceIndex === undefined && gasKey !== undefined) {
    throw new NearError("gas_key", `expected nonceIndex, got none: ${publicKey} is a gas key`);
  }
  return createTransaction({
    signerId,
    publicKey,
    nonce: takeNonce(lane, nonce),
    receiverId,
    blockHash: final.block_hash,
    actions,
    nonceIndex,
  });
}

const PLACEHOLDER = { nonce: 1n, blockHash: "11111111111111111111111111111111" } as const;
