/**
 * Whether a snapshot and the way back cost the same whatever the chain holds.
 * @module
 */
import { createLocalnet } from "@yoctonear/localnet";
import { connect } from "yoctonear";
import { median } from "../measure.ts";
import { accountName, accountsOf } from "./accounts.ts";
import type { Figure } from "./figure.ts";

const ROUNDS = 51;

/** The figures. */
export const snapshotFigures: readonly Figure[] = [10, 10_000].map((count) => ({
  title: `snapshot and restore, ${count} accounts`,
  unit: "ms",
  measure: () => snapshotTime(count),
}));

async function snapshotTime(count: number): Promise<number> {
  const chain = await createLocalnet({ accounts: accountsOf(count) });
  const account = connect(chain).account(accountName(0), chain.signer(accountName(0)));
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const beforeSnapshot = performance.now();
    const snapshot = chain.snapshot();
    const afterSnapshot = performance.now();
    await account.transfer(accountName(1), 1n);
    const beforeRestore = performance.now();
    await chain.restore(snapshot);
    times.push(performance.now() - beforeRestore + afterSnapshot - beforeSnapshot);
  }
  return median(times);
}
