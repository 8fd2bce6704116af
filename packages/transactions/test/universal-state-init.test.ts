import { compareBytes, decodeHex, encodeHex, isNearError } from "@yoctonear/base";
import { decode, encode } from "@yoctonear/borsh";
import { universalAccountId } from "@yoctonear/primitives";
import {
  actionCodec,
  checkActions,
  LimitError,
  summarizeTransaction,
  universalStateInit,
  universalStateInitCodec,
} from "@yoctonear/transactions";
import { execFee, sendFees } from "@yoctonear/transactions/cost";
import { has, text, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("transactions: universalStateInit");

const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";
const OTHER = "ed25519:4zvwRjXUKGfvwnParsHAS3HuSVzV5cA4McphgmoCtajS";
const HANDLE = "ml-dsa-65-hash:65PWUR1tt73wNtGFYVwRp2oBxad9kszGBxFVRFif2exC";

test("universal-account: all 8 vectors decode, and encode to themselves where they are canonical", async () => {
  const vectors = await vectorsOf("universal-account");
  for (const { id, input, expected } of vectors) {
    const raw = text(input, "raw_state_init_hex");
    const again = encode(universalStateInitCodec, decode(universalStateInitCodec, decodeHex(raw)));
    const isCanonical = !has(expected, "canonical_account_id");
    assert.is(encodeHex(again) === raw, isCanonical, id);
    const accountId = text(expected, isCanonical ? "account_id" : "canonical_account_id");
    assert.is(universalAccountId(again), accountId, id);
    // The action carries the bytes as they are, so it acts on the account of these bytes.
    const action = universalStateInit(decodeHex(raw));
    assert.is(universalAccountId(action.stateInit), text(expected, "account_id"), id);
    assert.equal(decode(actionCodec, encode(actionCodec, action)), action, id);
  }
  assert.is(vectors.length, 8);
});

test("is written in one order, each key and each entry once", () => {
  const data = new Map([
    [Uint8Array.of(2), Uint8Array.of(20)],
    [Uint8Array.of(1, 1), Uint8Array.of(11)],
    [Uint8Array.of(1), Uint8Array.of(10)],
  ]);
  const accessKeys = [HANDLE, KEY, OTHER];
  const { stateInit } = universalStateInit({ code: { account: "lib.near" }, data, accessKeys });
  const decoded = decode(universalStateInitCodec, stateInit);
  assert.equal(decoded.accessKeys, [OTHER, KEY, HANDLE]);
  assert.equal([...decoded.data.keys()], [...data.keys()].sort(compareBytes));
  assert.equal(decoded.code, { type: "accountId", accountId: "lib.near" });
  const reversed = universalStateInit({
    code: { account: "lib.near" },
    data: new Map([...data].reverse()),
    accessKeys: [...accessKeys].reverse(),
  });
  assert.equal(reversed.stateInit, stateInit);
  const once = universalStateInit({ accessKeys: [KEY] });
  assert.equal(universalStateInit({ accessKeys: [KEY, KEY] }), once);
});

test("takes of an ML-DSA-65 key the handle only", () => {
  const whole = `ml-dsa-65:${"1".repeat(1952)}`;
  assert.throws(
    () => universalStateInit({ accessKeys: [whole] }),
    (error: Error) => error.message.includes("got the whole ML-DSA-65 key"),
  );
});

test("P28: a misspelt part never leads to another account", () => {
  const misspelt: object = { keys: [KEY] };
  const wrong: readonly object[] = [misspelt, { data: [] }, { accessKeys: KEY }, { code: {} }];
  for (const init of wrong) assert.throws(() => universalStateInit(init), TypeError);
  assert.throws(
    () => universalStateInit({ code: { hash: "0" } }),
    (error: unknown) => isNearError(error, "invalid_hash"),
  );
});

test("is refused on an account of another kind, before anything is signed", () => {
  const action = universalStateInit({ accessKeys: [KEY] });
  checkActions([action], universalAccountId(action.stateInit));
  for (const receiverId of ["bob.near", `0u${"0".repeat(51)}1`, `0s${"0".repeat(40)}`]) {
    assert.throws(
      () => checkActions([action], receiverId),
      (error: unknown) =>
        error instanceof LimitError && error.code === "InvalidUniversalStateInitReceiver",
    );
  }
});

test("is summarised with the contract, the entries and the keys that it installs", () => {
  const data = new Map([[Uint8Array.of(97), Uint8Array.of(98)]]);
  const init = universalStateInit(
    { code: { account: "lib.near" }, data, accessKeys: [KEY] },
    { deposit: "1 NEAR" },
  );
  const receiverId = universalAccountId(init.stateInit);
  const transaction = {
    version: 0,
    signerId: "alice.near",
    publicKey: KEY,
    nonce: 1n,
    receiverId,
    blockHash: "11111111111111111111111111111111",
    actions: [init, universalStateInit(Uint8Array.of(7, 7))],
  } as const;
  const [, first, second] = summarizeTransaction(transaction);
  assert.is(
    first,
    `initialise ${receiverId} with 1 NEAR and the global contract of lib.near, ` +
      `1 storage entries "a" = "b", key ${KEY} with FULL ACCESS`,
  );
  assert.match(String(second), "2 bytes that are no state init");
});

test("costs by its bytes, its entries and its keys; keys when it is sent too", () => {
  const empty = universalStateInit({});
  const withKey = universalStateInit({ accessKeys: [KEY] });
  const sent = (action: typeof empty): bigint => sendFees([action], "sendNotSir", "0u", 88);
  assert.is(sent(empty), 500_000_000_000n + 10n * 78_000_000n);
  assert.is(sent(withKey) - sent(empty), 101_765_125_000n + 33n * 78_000_000n);
  const run = (action: typeof empty): bigint => execFee(action, "0u", 88);
  assert.is(run(empty), 7_430_000_000_000n + 10n * 74_000_000n);
  assert.is(run(withKey) - run(empty), 101_765_125_000n + 33n * 74_000_000n);
  const data = new Map([[Uint8Array.of(1), Uint8Array.of(2)]]);
  assert.is(run(universalStateInit({ data })) - run(empty), 200_000_000_000n + 10n * 74_000_000n);
  assert.is(sent(universalStateInit({ data })) - sent(empty), 3_100_000_000n + 10n * 78_000_000n);
});

test.run();
