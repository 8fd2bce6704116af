/**
 * Transfers through the whole client: nonce and block asked for, built, checked, signed by WebCrypto,
 * sent, verified by WebCrypto, executed, and their outcome read.
 * @module
 */
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { connect, type SigningAccount } from "yoctonear";
import { webCryptoSigner } from "yoctonear/webcrypto";
import { median } from "../measure.ts";
import { accountName, accountsOf } from "./accounts.ts";
import type { Figure, Group } from "./figure.ts";

const ROUNDS = 5;

/** The figures. */
export const transfers: Group = {
  title: "transfers",
  measure: async () => [
    ...(await throughput("transfers, 200 accounts at once", 200, 6_000, 3_000)),
    ...(await throughput("transfers, one at a time", 1, 1_000)),
  ],
};

/** Sends from so many accounts, each of which waits for its last transfer. */
async function throughput(
  title: string,
  senders: number,
  count: number,
  target?: number,
): Promise<readonly Figure[]> {
  const rates: number[] = [];
  const loads: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const chain = await createLocalnet({ accounts: accountsOf(senders + 1) });
    const accounts = await signersOf(chain, senders);
    const load = process.cpuUsage();
    const begin = performance.now();
    await Promise.all(accounts.map((account) => sendMany(account, count / senders)));
    const seconds = (performance.now() - begin) / 1e3;
    const { user, system } = process.cpuUsage(load);
    chain.stop();
    // The first round only warms up.
    if (round === 0) continue;
    rates.push(count / seconds);
    loads.push((user + system) / 1e3 / count);
  }
  const rate: Figure = { title, value: median(rates), unit: "/s" };
  return [
    target === undefined ? rate : { ...rate, target },
    // What other processes take of the machine does not count here.
    { title: "  CPU of one, all threads", value: median(loads), unit: "ms" },
  ];
}

function signersOf(chain: Localnet, count: number): Promise<readonly SigningAccount[]> {
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
