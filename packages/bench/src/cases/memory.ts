/**
 * Whether memory stays as it is over 100,000 transactions on a chain that keeps only the newest blocks.
 * @module
 */
import { createLocalnet } from "@yoctonear/localnet";
import { connect } from "yoctonear";
import { webCryptoSigner } from "yoctonear/webcrypto";
import { collectGarbage } from "../measure.ts";
import { accountName, accountsOf } from "./accounts.ts";
import type { Figure, Group } from "./figure.ts";

const SENDERS = 100;
const COUNT = 100_000;
const PARTS = 10;
const MEGABYTE = 2 ** 20;

/** The figures. */
export const memory: Group = {
  title: "memory",
  isLong: true,
  measure: async () => {
    const chain = await createLocalnet({ accounts: accountsOf(SENDERS), keepBlocks: 100 });
    const near = connect(chain);
    const accounts = await Promise.all(
      Array.from({ length: SENDERS }, async (_, index) => {
        const id = accountName(index);
        return near.account(id, await webCryptoSigner(chain.signer(id).revealSecretKey()));
      }),
    );
    const heaps: number[] = [];
    const begin = performance.now();
    for (let part = 0; part < PARTS; part++) {
      await Promise.all(
        accounts.map(async (account) => {
          for (let sent = 0; sent < COUNT / PARTS / SENDERS; sent++) {
            await account.transfer(accountName(0), 1n);
          }
        }),
      );
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      heaps.push((heapUsed + external) / MEGABYTE);
    }
    const seconds = (performance.now() - begin) / 1e3;
    chain.stop();
    const [first = NaN] = heaps;
    const last = heaps.at(-1) ?? NaN;
    const figures: readonly Figure[] = [
      { title: `heap after ${COUNT / PARTS} transactions`, value: first, unit: "MB" },
      { title: `  more after ${COUNT}`, value: last - first, unit: "MB", target: 5 },
      { title: "  transfers meanwhile", value: COUNT / seconds, unit: "/s" },
    ];
    return figures;
  },
};
