import { suite } from "uvu";
import { campaigns } from "./seeds.ts";

const test = suite("campaign: other processes on the same keys");

test("P4: two senders on 16 keys, 8 seeds", async () => {
  await campaigns({ from: 1, count: 8 }, { transfers: 24, processes: 2 });
});

test("P4: three senders on one key, 6 seeds", async () => {
  await campaigns({ from: 1, count: 6 }, { transfers: 9, lanes: 1, processes: 3, hasHasty: true });
});

test("P3: payments that are alike to the last bit are as many transactions, 6 seeds", async () => {
  const options = { transfers: 9, lanes: 1, processes: 3, areAlike: true };
  await campaigns({ from: 1, count: 6 }, options);
  await campaigns({ from: 11, count: 4 }, { ...options, hasGasKey: true });
});

test.run();
