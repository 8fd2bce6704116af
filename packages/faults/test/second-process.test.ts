import { suite } from "uvu";
import { campaigns } from "./seeds.ts";

const test = suite("campaign: other processes on the same keys");

test("P4: two senders on 16 keys, 15 seeds", async () => {
  await campaigns({ from: 1, count: 15 }, { transfers: 32, processes: 2 });
});

test("P4: three senders on one key, 10 seeds", async () => {
  await campaigns({ from: 1, count: 10 }, { transfers: 9, lanes: 1, processes: 3 });
});

test.run();
