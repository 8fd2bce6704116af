import type { Executor } from "@yoctonear/account";
import { encodeBase64, encodeUtf8 } from "@yoctonear/base";
import type { RpcTransactionResponse } from "@yoctonear/rpc";
import { ft, nft, TokenError } from "@yoctonear/standards";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ART, failsWith, hostile, rejection, TOKEN } from "./stage.ts";

const test = suite("standards: contracts that answer wrongly");

const METADATA = { spec: "ft-1.0.0", name: "Token", symbol: "TOK", decimals: 6 };
const NO_AMOUNTS = [
  5,
  -1,
  1.5,
  null,
  {},
  [],
  true,
  "",
  "-1",
  "1.5",
  "1e3",
  "0x1",
  " 1",
  "1_000",
  String(2n ** 128n),
];

test("a balance is the text of an u128, or an error that says what came", async () => {
  for (const answer of NO_AMOUNTS) {
    const { near } = hostile({ ft_balance_of: answer, ft_total_supply: answer });
    for (const task of [ft(near, TOKEN).balance("bob.near"), ft(near, TOKEN).totalSupply()]) {
      const error = await rejection(task);
      assert.instance(error, TokenError);
      assert.is(error instanceof TokenError && error.contractId, TOKEN);
    }
  }
  const { near } = hostile({ ft_balance_of: 5 });
  await failsWith(
    ft(near, TOKEN).balance("bob.near"),
    "unexpected_answer",
    /^usdt\.near: expected the text of an integer below 2\^128 from ft_balance_of, got 5$/,
  );
  const max = hostile({ ft_balance_of: String(2n ** 128n - 1n) });
  assert.is(await ft(max.near, TOKEN).balance("bob.near"), 2n ** 128n - 1n);
});

test("what is no JSON, and what is nothing, is an error of the same kind", async () => {
  for (const bytes of [
    new Uint8Array(0),
    Uint8Array.of(0xff),
    encodeUtf8("{"),
    encodeUtf8("5 5"),
  ]) {
    const { near } = hostile({ ft_balance_of: bytes, ft_metadata: bytes, nft_token: bytes });
    await failsWith(ft(near, TOKEN).balance("bob.near"), "unexpected_answer", /got undefined/);
    await failsWith(ft(near, TOKEN).metadata(), "unexpected_answer", /an object .*got undefined/);
    await failsWith(nft(near, ART).token("dawn"), "unexpected_answer", /got undefined/);
  }
});

test("decimals are an integer of 0 to 38, or nobody counts in tokens", async () => {
  for (const decimals of [255, 39, -1, 6.5, "6", null, undefined, 2 ** 64, [6], Number.NaN]) {
    const { near, asked } = hostile({ ft_metadata: { ...METADATA, decimals } });
    const payer = near.account("alice.near", { execute: () => Promise.reject(new Error("sent")) });
    const usdt = ft(payer, TOKEN);
    for (const task of [
      usdt.metadata(),
      usdt.format(1n),
      usdt.transfer("bob.near", { tokens: "1" }),
    ]) {
      await failsWith(task, "unexpected_answer", /decimals of 0 to 38 from ft_metadata, got/);
    }
    assert.not(asked.includes("send"));
  }
  for (const decimals of [0, 24, 38]) {
    const { near } = hostile({ ft_metadata: { ...METADATA, decimals } });
    assert.is((await ft(near, TOKEN).metadata()).decimals, decimals);
    assert.is(await ft(near, TOKEN).format(10n ** BigInt(decimals)), "1");
  }
});

test("metadata keeps what is unknown, and is asked for each time", async () => {
  const extra = { ...METADATA, icon: "data:,", price: "1", "nested.thing": { a: 1 } };
  const answers: { ft_metadata: object; nft_metadata: object } = {
    ft_metadata: extra,
    nft_metadata: {},
  };
  const { near, asked } = hostile(answers);
  const usdt = ft(near, TOKEN);
  assert.equal(await usdt.metadata(), { ...extra, reference: null, reference_hash: null });
  assert.is(await usdt.format(10n ** 6n), "1");
  answers.ft_metadata = { ...extra, decimals: 0 };
  assert.is(await usdt.format(10n ** 6n), "1000000");
  assert.equal(asked, ["ft_metadata", "ft_metadata", "ft_metadata"]);
  for (const wrong of [{ name: 5 }, { symbol: null }, { spec: undefined }, { icon: {} }]) {
    answers.ft_metadata = { ...METADATA, ...wrong };
    answers.nft_metadata = { ...METADATA, ...wrong };
    await failsWith(usdt.metadata(), "unexpected_answer", /as text from ft_metadata/);
    await failsWith(nft(near, ART).metadata(), "unexpected_answer", /as text from nft_metadata/);
    // Which keeps nobody from paying.
    assert.is(await usdt.format(10n ** 6n), "1");
  }
});

test("bounds and storage balances are amounts, and fit each other", async () => {
  for (const storage_balance_bounds of [
    null,
    "1",
    [],
    {},
    { min: 5, max: null },
    { min: "-1" },
    { min: "5", max: "4" },
    { min: "5", max: 5 },
  ]) {
    const { near } = hostile({ storage_balance_bounds });
    await failsWith(ft(near, TOKEN).storageBounds(), "unexpected_answer", /storage_balance_bounds/);
  }
  for (const storage_balance_of of [
    {},
    { total: "1" },
    { total: 1, available: "0" },
    "1",
    false,
    [],
  ]) {
    const { near } = hostile({ storage_balance_of });
    const usdt = ft(near, TOKEN);
    await failsWith(usdt.storageBalance("bob.near"), "unexpected_answer", /storage_balance_of/);
    await failsWith(usdt.isRegistered("bob.near"), "unexpected_answer", /storage_balance_of/);
  }
  const { near } = hostile({
    storage_balance_bounds: { min: "5", note: "x" },
    storage_balance_of: { total: "5", available: "0", note: "y" },
  });
  assert.equal(await ft(near, TOKEN).storageBounds(), { min: 5n, max: null, note: "x" });
  const balance = await ft(near, TOKEN).storageBalance("bob.near");
  assert.equal(balance, { total: 5n, available: 0n, note: "y" });
});

test("a token is the one asked for, of an owner that can be; what is unknown is kept", async () => {
  const dawn = { token_id: "dawn", owner_id: "bob.near", approved_account_ids: {}, more: [1] };
  const { near } = hostile({ nft_token: dawn, nft_tokens_for_owner: [dawn] });
  assert.equal(await nft(near, ART).token("dawn"), dawn);
  assert.equal(await nft(near, ART).tokensForOwner("bob.near"), [dawn]);
  await failsWith(nft(near, ART).token("dusk"), "unexpected_answer", /the token dusk .*"dawn"/);
  for (const wrong of [
    { owner_id: "BAD ID!!" },
    { owner_id: { account: "bob.near" } },
    { token_id: 5 },
  ]) {
    const nft_token = { ...dawn, ...wrong };
    const other = hostile({ nft_token, nft_tokens_for_owner: [nft_token] }).near;
    await failsWith(nft(other, ART).token("dawn"), "unexpected_answer", /nft_token/);
    await failsWith(nft(other, ART).tokensForOwner("bob.near"), "unexpected_answer", /_for_owner/);
  }
  for (const nft_tokens_for_owner of [null, {}, "[]", [null]]) {
    const other = hostile({ nft_tokens_for_owner, nft_total_supply: 3 }).near;
    await failsWith(nft(other, ART).tokensForOwner("bob.near"), "unexpected_answer", /_for_owner/);
    await failsWith(nft(other, ART).totalSupply(), "unexpected_answer", /nft_total_supply/);
  }
});

test("whatever a call answers, the outcome is returned: the money has moved", async () => {
  const { near } = hostile({ storage_balance_of: { total: "5", available: "0" } });
  for (const [answer, taken, kept] of [
    ['"100"', 100n, undefined],
    ['"0"', 0n, undefined],
    ['"101"', undefined, undefined],
    ["100", undefined, undefined],
    ['"-1"', undefined, undefined],
    ["{", undefined, undefined],
    ["", undefined, undefined],
    ["null", undefined, undefined],
    ["true", undefined, true],
    ["false", undefined, false],
  ] as const) {
    const response: RpcTransactionResponse = {
      final_execution_status: "EXECUTED_OPTIMISTIC",
      status: { SuccessValue: encodeBase64(encodeUtf8(answer)) },
    };
    const wallet: Executor = {
      execute: () => Promise.resolve({ hash: "1".repeat(32), signerId: "alice.near", response }),
    };
    const alice = near.account("alice.near", wallet);
    const call = await ft(alice, TOKEN).transferCall("defi.near", 100n, "keep");
    assert.is(call.taken, taken, answer);
    const art = await nft(alice, ART).transferCall("defi.near", "dawn", "keep");
    assert.is(art.taken, kept, answer);
  }
});

test.run();
