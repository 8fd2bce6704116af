/**
 * The stage of every campaign: a chain with a payer of many keys and a shop, and the proof by their balances.
 * @module
 */
import { connect } from "@yoctonear/account";
import type { KeyPair } from "@yoctonear/keys";
import { type BlockMode, createLocalnet, type Localnet } from "@yoctonear/localnet";
import { status, viewAccessKey } from "@yoctonear/rpc";
import { gasKeyFullAccess } from "@yoctonear/transactions";
import { balanceOf, listPayments } from "./ledger.ts";
import { member } from "./transaction-in.ts";
import { type Told, violations } from "./verdict.ts";

/** Who pays. */
export const PAYER = "payer.near";
/** Who is paid. */
export const SHOP = "shop.near";

/** Milliseconds between blocks, as on mainnet. */
const BLOCK_TIME = 600;

let chains = 0;

/** A chain that is ready. */
export interface Shop {
  readonly chain: Localnet;
  /** Of the payer. */
  readonly keys: readonly KeyPair[];
  /** yoctoNEAR of a payment: unless all are alike it tells them apart. */
  amountOf(index: number): bigint;
  /**
   * Compares what the payer was told of each payment, by its place, with what the chain has.
   * @returns a line for each violation
   */
  prove(ends: readonly Told[]): Promise<string[]>;
}

/** How it is opened. */
export interface ShopOptions {
  readonly lanes: number;
  /** Whether the lanes are the nonces of one gas key, instead of keys. */
  readonly hasGasKey?: boolean | undefined;
  readonly blocks?: BlockMode | undefined;
  /** Whether all payments are of the same amount. */
  readonly areAlike?: boolean | undefined;
  /** Whether the chain has another genesis than those before it in this process. */
  readonly isNew?: boolean | undefined;
}

/** Opens it. */
export async function openShop({
  lanes,
  hasGasKey = false,
  blocks = { interval: BLOCK_TIME },
  areAlike = false,
  isNew = false,
}: ShopOptions): Promise<Shop> {
  if (isNew) chains += 1;
  const chain = await createLocalnet({
    chainId: isNew ? `chain-${chains}` : "localnet",
    accounts: { [PAYER]: "1000000 NEAR", [SHOP]: "1 NEAR" },
    blocks,
    // As long as on mainnet: of what is older than two periods nodes may have forgotten whether it was executed.
    transactionValidityPeriod: 86_400,
  });
  const keys = await (hasGasKey ? addGasKey(chain, lanes) : addKeys(chain, lanes));
  await chain.produceBlocks(4);
  const { transport } = chain;
  const payer = await fundsOf(chain, keys);
  const shop = await balanceOf(transport, SHOP);
  const begin = (await status(transport)).sync_info.latest_block_height + 1n;
  const amounts = (index: number): bigint => amountOf(areAlike ? 0 : index);
  return {
    chain,
    keys,
    amountOf: amounts,
    prove: async (ends) => {
      const payments = await listPayments(transport, PAYER, begin);
      const paid = payments.reduce((sum, { amount }) => sum + amount, 0n);
      const fees = payments.reduce((sum, { fee }) => sum + fee, 0n);
      const found = violations(ends, amounts, payments);
      if ((await balanceOf(transport, SHOP)) - shop !== paid)
        found.push("the shop has another sum");
      const spent = payer - (await fundsOf(chain, keys));
      if (spent !== paid + fees) found.push("the payer has another sum");
      return found;
    },
  };
}

async function addKeys(chain: Localnet, count: number): Promise<readonly KeyPair[]> {
  const keys = Array.from({ length: count }, (_, index) => chain.signer(`key-${index}.${PAYER}`));
  for (const { publicKey } of keys) {
    await chain.createAccount(PAYER, { publicKey, balance: "1000000 NEAR" });
  }
  return keys;
}

async function addGasKey(chain: Localnet, numNonces: number): Promise<readonly KeyPair[]> {
  const key = chain.signer(`gas-key.${PAYER}`);
  const payer = connect(chain).account(PAYER, chain.signer(PAYER));
  await payer.addKey(key.publicKey, gasKeyFullAccess({ numNonces }), { wait: "FINAL" });
  await payer.transferToGasKey(key.publicKey, "100 NEAR", { wait: "FINAL" });
  return [key];
}

/** yoctoNEAR of the payer, those of its gas keys included. */
async function fundsOf({ transport }: Localnet, keys: readonly KeyPair[]): Promise<bigint> {
  let sum = await balanceOf(transport, PAYER);
  for (const { publicKey } of keys) {
    const { permission } = await viewAccessKey(transport, { accountId: PAYER, publicKey });
    sum += BigInt(String(member(permission, "GasKeyFullAccess", "balance") ?? 0));
  }
  return sum;
}

/** yoctoNEAR of a payment: tells it apart. */
export function amountOf(index: number): bigint {
  return 1_000_000n + BigInt(index);
}
