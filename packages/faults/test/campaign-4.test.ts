import { suite } from "uvu";
import { campaigns } from "./seeds.ts";

const test = suite("campaign: every payment is executed once, seeds of part 4");

test("P1: 16 lanes at 30 % faults, 25 seeds", async () => {
  await campaigns({ from: 76, count: 25 }, { transfers: 24, isLikeUrl: true });
});

test.run();
