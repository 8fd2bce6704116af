/**
 * What a transaction costs, said before it is signed.
 * @module
 */
import { assertAccountId } from "@yoctonear/primitives";
import { type CallOptions, gasPrice } from "@yoctonear/rpc";
import type { Action } from "@yoctonear/transactions";
import { prepaidGas, transactionCost } from "@yoctonear/transactions/cost";
import type { AccountRef } from "./account.ts";

/** What a transaction costs at the price of the newest block. */
export interface CostPreview {
  /** Gas that is bought: what receipts and actions cost, and all that is attached to calls. */
  readonly gas: bigint;
  /** yoctoNEAR that one gas costs as it is burnt. */
  readonly gasPrice: bigint;
  /** yoctoNEAR that the actions carry. */
  readonly deposit: bigint;
  /**
   * yoctoNEAR that the account must have available. Gas that is not burnt at once is bought at 10^9 or
   * more (NEP-642), ten times today's price; what it does not come to is given back.
   */
  readonly upfront: bigint;
  /** yoctoNEAR burnt by what is certain: all but the gas that calls use of what is attached. */
  readonly leastFee: bigint;
}

/**
 * Says what actions would cost as a transaction: nothing is signed or sent, no nonce is taken. The fees
 * are those of protocol 86.
 * @param account - who would pay
 * @param receiverId - on whom the actions act
 * @param actions - as they would be sent
 * @param options - signal
 * @throws {RangeError} for gas beyond 2^64 or an amount beyond 2^128
 * @example
 * ```ts
 * import { previewCost } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { functionCall } from "@yoctonear/transactions";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const vote = functionCall("vote", {}, { gas: "30 Tgas", deposit: "1 NEAR" });
 * const cost = await previewCost({ transport, accountId: "alice.near" }, "app.near", [vote]);
 * cost.deposit; // 1000000000000000000000000n
 * cost.upfront; // 1030918907475833000000000n
 * ```
 */
export async function previewCost(
  account: AccountRef & { readonly publicKey?: string | undefined },
  receiverId: string,
  actions: readonly Action[],
  options?: CallOptions,
): Promise<CostPreview> {
  assertAccountId(receiverId, "receiver id");
  const { gas_price } = await gasPrice(account.transport, {}, options);
  const price = BigInt(gas_price);
  const { accountId, publicKey = "" } = account;
  const cost = transactionCost(accountId, publicKey, receiverId, actions, price);
  if (cost === null) throw new RangeError("expected gas below 2^64 and amounts below 2^128");
  const { burntGas, remainingGas, deposit, totalCost } = cost;
  const gas = burntGas + remainingGas;
  const leastFee = (gas - prepaidGas(actions)) * price;
  return { gas, gasPrice: price, deposit, upfront: totalCost, leastFee };
}
