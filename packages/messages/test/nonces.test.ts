import { encodeHex } from "@yoctonear/base";
import { createNonce, createNonceStore, createTimedNonce, nonceTime } from "@yoctonear/messages";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("messages: nonces");

const hex = (byte: number): string => byte.toString(16).padStart(2, "0").repeat(32);

test("no two are the same", () => {
  const nonces = [createNonce(), createNonce(), createTimedNonce(7), createTimedNonce(7)];
  assert.is(new Set(nonces.map(encodeHex)).size, 4);
  assert.equal(
    nonces.map(({ length }) => length),
    [32, 32, 32, 32],
  );
});

test("the time stands in front, most significant byte first", () => {
  const time = 1_785_914_880_123;
  const nonce = createTimedNonce(time);
  assert.is(encodeHex(nonce.subarray(0, 8)), time.toString(16).padStart(16, "0"));
  assert.is(nonceTime(nonce), time);
  // Within a larger array, too.
  const larger = new Uint8Array(40);
  larger.set(nonce, 5);
  assert.is(nonceTime(larger.subarray(5, 37)), time);
  assert.throws(() => createTimedNonce(-1), RangeError);
  assert.throws(() => createTimedNonce(1.5), RangeError);
  assert.throws(() => nonceTime(new Uint8Array(31)), RangeError);
});

test("a store takes each nonce of an account once, until it expires", async () => {
  let time = 1000;
  const store = createNonceStore({ now: () => time });
  assert.is(await store.use(hex(1), "alice.near", 2000), true);
  assert.is(await store.use(hex(1), "alice.near", 2000), false);
  assert.is(await store.use(hex(1), "bob.near", 2000), true);
  assert.is(await store.use(hex(2), "alice.near", 2000), true);
  time = 1999;
  assert.is(await store.use(hex(1), "alice.near", 3000), false);
  time = 2000;
  assert.is(await store.use(hex(1), "alice.near", 3000), true);
});

test("a store is bounded: it forgets what has expired, and refuses rather than forget more", async () => {
  let time = 0;
  const store = createNonceStore({ now: () => time, maxSize: 3 });
  await store.use(hex(1), "alice.near", 10);
  await store.use(hex(2), "alice.near", 20);
  await store.use(hex(3), "alice.near", Infinity);
  assert.throws(() => store.use(hex(4), "alice.near", 30), /a store with 3/);
  assert.is(await store.use(hex(1), "alice.near", 10), false);
  time = 10;
  assert.is(await store.use(hex(4), "alice.near", 30), true);
  assert.throws(() => store.use(hex(5), "alice.near", 30), /a store with 3/);
  assert.is(await store.use(hex(3), "alice.near", 30), false);
  assert.throws(() => createNonceStore({ maxSize: 0 }), RangeError);
});

test.run();
