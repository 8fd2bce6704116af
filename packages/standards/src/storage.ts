/**
 * What a contract says of the storage that accounts pay for (NEP-145).
 * @module
 */
import type { ReadOptions } from "@yoctonear/account";
import { assertAccountId } from "@yoctonear/primitives";
import {
  ask,
  type JsonRecord,
  type Network,
  readAmountField,
  readRecord,
  type Refuse,
} from "./answer.ts";

/** What an account may and must pay for its storage, with whatever else the contract tells. */
export interface StorageBounds {
  /** yoctoNEAR for which an account is registered. */
  readonly min: bigint;
  /** yoctoNEAR at most; null for no limit. */
  readonly max: bigint | null;
  readonly [field: string]: unknown;
}

/** What an account has paid for its storage, with whatever else the contract tells. */
export interface StorageBalance {
  /** yoctoNEAR. */
  readonly total: bigint;
  /** yoctoNEAR of them that can be withdrawn. */
  readonly available: bigint;
  readonly [field: string]: unknown;
}

/**
 * Asks what a registration costs at least, and what an account can pay at most.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @throws {TokenError} `unexpected_answer`
 * @throws {RpcError} `CONTRACT_EXECUTION_ERROR`, also where the contract knows no registration
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { storageBounds } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * (await storageBounds(near, "usdt.near")).min; // 1220000000000000000000n
 * ```
 */
export function storageBounds(
  near: Network,
  contractId: string,
  options?: ReadOptions,
): Promise<StorageBounds> {
  return ask(near, contractId, "storage_balance_bounds", {}, readBounds, options);
}

/**
 * Asks what an account has paid for its storage; null where it is not registered.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @param accountId - whose storage
 * @throws {TokenError} `unexpected_answer`
 * @throws {RpcError} `CONTRACT_EXECUTION_ERROR`, also where the contract knows no registration
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { storageBalance } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * (await storageBalance(near, "usdt.near", "alice.near"))?.total; // 1220000000000000000000n
 * await storageBalance(near, "usdt.near", "bob.near"); // null
 * ```
 */
export async function storageBalance(
  near: Network,
  contractId: string,
  accountId: string,
  options?: ReadOptions,
): Promise<StorageBalance | null> {
  assertAccountId(accountId);
  const args = { account_id: accountId };
  return ask(near, contractId, "storage_balance_of", args, readBalance, options);
}

function readBounds(answer: unknown, refuse: Refuse): StorageBounds {
  const bounds = readRecord(answer, refuse);
  const min = readAmountField(bounds, "min", refuse);
  const max = bounds["max"] == null ? null : readAmountField(bounds, "max", refuse);
  if (max !== null && max < min) throw refuse(`max of at least ${min}`, max);
  return { ...bounds, min, max };
}

function readBalance(answer: unknown, refuse: Refuse): StorageBalance | null {
  if (answer === null) return null;
  const balance: JsonRecord = readRecord(answer, refuse);
  const total = readAmountField(balance, "total", refuse);
  return { ...balance, total, available: readAmountField(balance, "available", refuse) };
}
