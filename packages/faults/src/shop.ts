/**
 * The stage of every campaign: a chain with a payer of many keys and a shop, and the proof by their balances.
 * @module
 */
import type { KeyPair } from "@yoctonear/keys";
import { type BlockMode, createLocalnet, type Localnet } from "@yoctonear/localnet";
import { balanceOf, feeOf, listPayments } from "./ledger.ts";
import { type Told, violations } from "./verdict.ts";

/** Who pays. */
export const PAYER = "payer.near";
/** Who is paid. */
export const SHOP = "shop.near";

/** Milliseconds between blocks, as on mainnet. */
const BLOCK_TIME = 600;

/** A chain that is ready. */
export interface Shop {
  readonly chain: Localnet;
  /** Of the payer. */
  readonly keys: readonly KeyPair[];
  /**
   * Compares what the payer was told of each payment, by its place, with what the chain has.
   * @returns a line for each violation
   */
  prove(ends: readonly Told[]): Promise<string[]>;
}

/** Opens it, with so many keys of the payer. */
export async function openShop(
  lanes: number,
  blocks: BlockMode = { interval: BLOCK_TIME },
): Promise<Shop> {
  const chain = await createLocalnet({
    accounts: { [PAYER]: "1000000 NEAR", [SHOP]: "1 NEAR" },
    blocks,
  });
  const keys = Array.from({ length: lanes }, (_, index) => chain.signer(`key-${index}.${PAYER}`));
  for (const { publicKey } of keys) {
    await chain.createAccount(PAYER, { publicKey, balance: "1000000 NEAR" });
  }
  await chain.produceBlocks(4);
  const { transport } = chain;
  const payer = await balanceOf(transport, PAYER);
  const shop = await balanceOf(transport, SHOP);
  return {
    chain,
    keys,
    prove: async (ends) => {
      const payments = await listPayments(transport, 1n);
      let paid = 0n;
      let fees = 0n;
      for (const payment of payments) {
        paid += payment.amount;
        fees += await feeOf(transport, payment);
      }
      const found = violations(ends, amountOf, payments);
      if ((await balanceOf(transport, SHOP)) - shop !== paid)
        found.push("the shop has another sum");
      const spent = payer - (await balanceOf(transport, PAYER));
      if (spent !== paid + fees) found.push("the payer has another sum");
      return found;
    },
  };
}

/** yoctoNEAR of a payment: tells it apart, whatever else it has in common with others. */
export function amountOf(index: number): bigint {
  return 1_000_000n + BigInt(index);
}
