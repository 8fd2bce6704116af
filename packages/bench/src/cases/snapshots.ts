/**
 * Whether a snapshot and the way back cost the same whatever the chain holds.
 * @module
 */
import { createLocalnet } from "@yoctonear/localnet";
import { connect } from "yoctonear";
import { median } from "../measure.ts";
import { accountName, accountsOf } from "./accounts.ts";
import type { Figure, Group } from "./figure.ts";

const ROUNDS = 201;

/** The figures. */
export const snapshots: Group = {
  title: "snapshot and restore",
  measure: async () => [...(await snapshotsOf(10)), ...(await snapshotsOf(10_000))],
};

async function snapshotsOf(count: number): Promise<readonly Figure[]> {
  const chain = await createLocalnet({ accounts: accountsOf(count) });
  const account = connect(chain).account(accountName(0), chain.signer(accountName(0)));
  const taken: number[] = [];
  const restored: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const beforeSnapshot = performance.now();
    const snapshot = chain.snapshot();
    taken.push(performance.now() - beforeSnapshot);
    await account.transfer(accountName(1), 1n);
    const beforeRestore = performance.now();
    await chain.restore(snapshot);
    restored.push(performance.now() - beforeRestore);
  }
  chain.stop();
  return [
    { title: `snapshot, ${count} accounts`, value: median(taken), unit: "ms" },
    { title: `restore, ${count} accounts`, value: median(restored), unit: "ms" },
  ];
}
