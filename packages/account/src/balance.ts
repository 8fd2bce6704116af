/**
 * What an account owns, exactly, and what of it can be spent.
 * @module
 */
import { type Transport, viewAccount } from "@yoctonear/rpc";
import type { AccountRef } from "./account.ts";
import { protocolNumber } from "./protocol-config.ts";
import type { ReadOptions } from "./reads.ts";

/** All in yoctoNEAR; `total = available + staked + lockedForStorage`. */
export interface Balance {
  readonly total: bigint;
  /** Can be spent or deleted away; fees come from it. */
  readonly available: bigint;
  /** Locked as a validator's stake; a stake also counts for storage. */
  readonly staked: bigint;
  /** Must stay while the account keeps what it stores. */
  readonly lockedForStorage: bigint;
}

/**
 * An account of at most this many bytes needs no balance for them (NEP-448).
 * Source: nearcore `runtime/runtime/src/verifier.rs` ZERO_BALANCE_ACCOUNT_STORAGE_LIMIT.
 */
const ZERO_BALANCE_STORAGE_LIMIT = 770n;

const storagePrices = /* @__PURE__ */ new WeakMap<Transport, Promise<bigint>>();

/**
 * Reads the balance of an account.
 * @param account - whose
 * @param options - `block` to read at; the newest by default
 * @throws {RpcError} `UNKNOWN_ACCOUNT`
 * @example
 * ```ts
 * import { balance } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await balance({ transport, accountId: "alice.near" })).total; // 10000000000000000000000000n
 * ```
 */
export async function balance(
  { transport, accountId }: AccountRef,
  { block, ...options }: ReadOptions = {},
): Promise<Balance> {
  const [view, price] = await Promise.all([
    viewAccount(transport, { accountId, block }, options),
    storagePrice(transport),
  ]);
  const staked = BigInt(view.locked);
  const total = BigInt(view.amount) + staked;
  const required =
    view.storage_usage <= ZERO_BALANCE_STORAGE_LIMIT ? 0n : view.storage_usage * price;
  const owed = required > staked ? required - staked : 0n;
  const amount = total - staked;
  const lockedForStorage = owed < amount ? owed : amount;
  return { total, available: amount - lockedForStorage, staked, lockedForStorage };
}

/**
 * Price of a byte, yoctoNEAR, as the chain's configuration has it; asked once per transport.
 * @example
 * ```ts
 * import { storagePrice } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * await storagePrice((await createLocalnet()).transport); // 10000000000000000000n
 * ```
 */
export async function storagePrice(transport: Transport): Promise<bigint> {
  const asked = storagePrices.get(transport);
  if (asked !== undefined) return asked;
  const asking = protocolNumber(transport, "runtime_config.storage_amount_per_byte");
  asking.catch(() => storagePrices.delete(transport));
  storagePrices.set(transport, asking);
  return asking;
}
