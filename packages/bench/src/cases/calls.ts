/**
 * Calls of a method that does nothing, through the whole client: what a call costs by itself.
 * @module
 */
import { loadContract } from "@yoctonear/contracts";
import { createLocalnet } from "@yoctonear/localnet";
import { connect } from "yoctonear";
import { webCryptoSigner } from "yoctonear/webcrypto";
import { median } from "../measure.ts";
import { accountName, accountsOf } from "./accounts.ts";
import type { Group } from "./figure.ts";

const WARM_UP = 300;
const ROUNDS = 1_000;

/** The figures. */
export const calls: Group = {
  title: "calls",
  measure: async () => {
    const chain = await createLocalnet({ accounts: accountsOf(1) });
    const id = accountName(0);
    const near = connect(chain);
    const account = near.account(id, await webCryptoSigner(chain.signer(id).revealSecretKey()));
    await account.deploy(await loadContract("compute"));
    const call = await timesOf(() => account.call(id, "empty"));
    const view = await timesOf(() => near.view(id, "empty"));
    chain.stop();
    return [
      { title: "call of an empty method", value: median(call), unit: "ms", target: 0.5 },
      { title: "view call of an empty method", value: median(view), unit: "ms" },
    ];
  },
};

async function timesOf(task: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const begin = performance.now();
    await task();
    if (round >= WARM_UP) times.push(performance.now() - begin);
  }
  return times;
}
