import { memoryRelayStore, type RelayRecord } from "@yoctonear/relayer";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("memoryRelayStore: what a relayer remembers");
const record: RelayRecord = { hash: "7x", signerId: "relayer.near" };

test("records until they are due", async () => {
  let time = 0;
  const store = memoryRelayStore(() => time);
  await store.keep("G5", record, 10);
  assert.equal(await store.find("G5"), record);
  time = 10;
  assert.is(await store.find("G5"), undefined);
  await store.keep("G5", { ...record, hash: "8y" }, 20);
  assert.is((await store.find("G5"))?.hash, "8y");
  await store.forget("G5");
  assert.is(await store.find("G5"), undefined);
});

test("counters up to a limit, back to none, and anew when they are due", async () => {
  let time = 0;
  const store = memoryRelayStore(() => time);
  const add = (amount: bigint): Promise<boolean> => store.count("budget", amount, 5n, 10);
  assert.equal(
    [await add(3n), await add(3n), await add(2n), await add(1n)],
    [true, false, true, false],
  );
  assert.ok(await add(-9n));
  assert.equal([await add(6n), await add(5n)], [false, true]);
  time = 10;
  assert.ok(await store.count("budget", 5n, 5n, 20));
  // What is given back to a period that is over is not there in the next
  assert.not.ok(await store.count("budget", 1n, 5n, 20));
  assert.ok(await store.count("in all", 5n, 5n, undefined));
  time = 1e15;
  assert.not.ok(await store.count("in all", 1n, 5n, undefined));
});

test("does not grow with what is due", async () => {
  let time = 0;
  const store = memoryRelayStore(() => time);
  for (let i = 0; i < 5_000; i++) {
    time = i;
    await store.keep(`delegate ${i}`, record, i + 10);
    await store.count(`rate ${i}`, 1n, 1n, i + 10);
  }
  assert.is(await store.find("delegate 4000"), undefined);
  assert.equal(await store.find("delegate 4995"), record);
  assert.not.ok(await store.count("rate 4995", 1n, 1n, 5_005));
});

test.run();
