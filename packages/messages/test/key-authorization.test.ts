import { encodeHex } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import {
  formatKeyAuthorization,
  type KeyAuthorization,
  offchainMessageHash,
  parseKeyAuthorization,
  signAuthorization,
  toMessage,
} from "@yoctonear/messages";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { refused } from "./stage.ts";

const test = suite("messages: key authorizations");

type Json = Readonly<Record<string, object | undefined>>;

const authorization: KeyAuthorization = {
  message: {
    chainId: "mainnet",
    signerId: "alice.near",
    path: ["dao.near"],
    timestamp: 1_785_914_880_123_456_789n,
    payload: "yes",
  },
  publicKey: "ed25519:11111111111111111111111111111111",
  signature: `ed25519:${"1".repeat(64)}`,
};

test("is JSON with the names of NEP-641, and nothing that is empty", () => {
  const { message, publicKey, signature } = authorization;
  assert.equal(JSON.parse(formatKeyAuthorization(authorization)), {
    msg: {
      chain_id: "mainnet",
      signer_id: "alice.near",
      path: ["dao.near"],
      timestamp: "2026-08-05T07:28:00.123456789Z",
      payload: "yes",
    },
    via: { schema: "nep413", extra: {} },
    access_key: publicKey,
    signature,
  });
  const plain = { ...authorization, message: { ...message, path: [], timestamp: 0n } };
  const { msg, via } = JSON.parse(
    formatKeyAuthorization({ ...plain, callbackUrl: "https://app.example" }),
  );
  assert.equal(Object.keys(msg), ["chain_id", "signer_id", "timestamp", "payload"]);
  assert.is(msg.timestamp, "1970-01-01T00:00:00Z");
  assert.equal(via.extra, { callback_url: "https://app.example" });
});

test("what is unknown, missing or of another type is another form", async () => {
  const whole: Json = JSON.parse(formatKeyAuthorization(authorization));
  const msg: object = whole["msg"] ?? {};
  const via: object = whole["via"] ?? {};
  const wrong: readonly unknown[] = [
    ...Object.keys(whole).map((name) => ({ ...whole, [name]: undefined })),
    ...Object.keys(whole).map((name) => ({ ...whole, [name]: 5 })),
    ...["chain_id", "signer_id", "timestamp", "payload"].map((name) => ({
      ...whole,
      msg: { ...msg, [name]: undefined },
    })),
    { ...whole, more: 1 },
    { ...whole, msg: { ...msg, more: 1 } },
    { ...whole, msg: { ...msg, path: "dao.near" } },
    { ...whole, msg: { ...msg, path: ["Dao!"] } },
    { ...whole, msg: { ...msg, signer_id: "Alice!" } },
    { ...whole, via: { ...via, more: 1 } },
    { ...whole, via: { schema: "nep413" } },
    { ...whole, via: { schema: "eip712", extra: {} } },
    { ...whole, via: { schema: "nep413", extra: { callback_url: 5 } } },
    { ...whole, via: { schema: "nep413", extra: { callbackUrl: "https://app.example" } } },
    { ...whole, access_key: "ed25519:1" },
    { ...whole, signature: "AAAA" },
    [],
    null,
    5,
  ];
  for (const value of wrong) {
    await refused((async () => parseKeyAuthorization(JSON.stringify(value)))(), "malformed");
  }
  await refused((async () => parseKeyAuthorization("{"))(), "malformed");
});

test("times are those of RFC 3339, to the nanosecond", async () => {
  const whole: Json = JSON.parse(formatKeyAuthorization(authorization));
  const read = async (timestamp: string) =>
    parseKeyAuthorization(JSON.stringify({ ...whole, msg: { ...whole["msg"], timestamp } })).message
      .timestamp;
  assert.is(await read("1970-01-01T00:00:00Z"), 0n);
  assert.is(await read("1970-01-01t00:00:00.000000001z"), 1n);
  assert.is(await read("1970-01-01T02:00:00.5+02:00"), 500_000_000n);
  assert.is(await read("1969-12-31T23:30:00-00:30"), 0n);
  assert.is(await read("2024-02-29T00:00:00Z"), 1_709_164_800_000_000_000n);
  assert.is(await read("2554-07-21T23:34:33.709551615Z"), 2n ** 64n - 1n);
  for (const wrong of [
    "",
    "0",
    "1970-01-01",
    "1970-01-01T00:00:00",
    "1970-01-01 00:00:00Z",
    "1970-01-01T00:00Z",
    "1970-01-01T24:00:00Z",
    "1970-01-01T00:60:00Z",
    "1970-13-01T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2023-02-30T00:00:00Z",
    "1970-01-01T00:00:00.Z",
    "1970-01-01T00:00:00.0000000001Z",
    "1969-12-31T23:59:59.999999999Z",
    "2554-07-21T23:34:33.709551616Z",
    "+1970-01-01T00:00:00Z",
    "1970-01-01T00:00:00+99:00",
    "١٩٧٠-01-01T00:00:00Z",
  ]) {
    await refused(read(wrong), "malformed");
  }
});

test("parse(format(authorization)) is the authorization", () => {
  const texts = fc.string({ unit: "grapheme", maxLength: 20 });
  const ids = fc.constantFrom("alice.near", "bob.near", "00".repeat(32), `0x${"1".repeat(40)}`);
  fc.assert(
    fc.property(
      fc.record({
        chainId: texts,
        signerId: ids,
        path: fc.array(ids, { maxLength: 3 }),
        timestamp: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        payload: texts,
      }),
      fc.option(texts, { nil: undefined }),
      (message, callbackUrl) => {
        const { publicKey, signature } = authorization;
        const rest = callbackUrl === undefined ? {} : { callbackUrl };
        const whole = { message, publicKey, signature, ...rest };
        assert.equal(parseKeyAuthorization(formatKeyAuthorization(whole)), {
          ...whole,
          message: { ...message },
        });
      },
    ),
  );
});

test("no two messages have one hash: fields do not run into each other", () => {
  const base = authorization.message;
  const hashes = [
    base,
    { ...base, chainId: "mainnetalice.near", signerId: "alice.near" },
    { ...base, path: [] },
    { ...base, path: ["dao.near", "dao.near"] },
    { ...base, timestamp: base.timestamp + 1n },
    { ...base, payload: "yes " },
  ].map((message) => encodeHex(offchainMessageHash(message)));
  assert.is(new Set(hashes).size, hashes.length);
});

test("a wallet shows for whom, on which chain, since when", () => {
  assert.is(
    toMessage(authorization.message).recipient,
    "mainnet: alice.near -> dao.near @ 2026-08-05T07:28:00Z",
  );
});

test("is signed as of a minute ago, in whole seconds", async () => {
  const alice = { accountId: "alice.near", signer: randomEd25519KeyPair() };
  const before = BigInt(Date.now());
  const text = await signAuthorization(alice, { chainId: "mainnet", payload: "yes" });
  const after = BigInt(Date.now());
  const { timestamp } = parseKeyAuthorization(text).message;
  assert.is(timestamp % 1_000_000_000n, 0n);
  assert.ok(timestamp >= (before - 61_000n) * 1_000_000n);
  assert.ok(timestamp <= (after - 60_000n) * 1_000_000n);
});

test.run();
