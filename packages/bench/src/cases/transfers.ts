/**
 * Transfers through the whole client: nonce and block asked for, built, checked, signed by WebCrypto,
 * sent, verified by WebCrypto, executed, and their outcome read.
 * @module
 */
import { createLocalnet } from "@yoctonear/localnet";
import { connect, type SigningAccount } from "yoctonear";
import { webCryptoSigner } from "yoctonear/webcrypto";
import { median } from "../measure.ts";
import { accountName, accountsOf } from "./accounts.ts";
import type { Figure } from "./figure.ts";

const ROUNDS = 5;
const IN_FLIGHT = 200;
const TRANSFERS = 4_000;
const ONE_BY_ONE = 1_000;

/** The figures. */
export const transferFigures: readonly Figure[] = [
  {
    title: `transfers, ${IN_FLIGHT} accounts at once`,
    unit: "/s",
    target: 3_000,
    measure: () => throughput(IN_FLIGHT, TRANSFERS),
  },
  {
    title: "transfers, one at a time",
    unit: "/s",
    measure: () => throughput(1, ONE_BY_ONE),
  },
];

/** Sends transfers from so many accounts, each waiting for its last one. */
async function throughput(senders: number, transfers: number): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const accounts = await startAccounts(senders);
    const start = performance.now();
    await Promise.all(accounts.map((account) => sendMany(account, transfers / senders)));
    const rate = transfers / ((performance.now() - start) / 1e3);
    // The first round only warms up.
    if (round > 0) rates.push(rate);
  }
  return median(rates);
}

async function startAccounts(count: number): Promise<readonly SigningAccount[]> {
  const chain = await createLocalnet({ accounts: accountsOf(count + 1) });
  const near = connect(chain);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const accountId = accountName(index);
      const signer = await webCryptoSigner(chain.signer(accountId).revealSecretKey());
      return near.account(accountId, signer);
    }),
  );
}

async function sendMany(account: SigningAccount, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) await account.transfer(accountName(0), 1n);
}
