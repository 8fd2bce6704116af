// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Arguments, assertPanic, eventsOf, openStage, type Stage } from "./stage.ts";

const test = suite("contracts: non-fungible token, NEP-171, NEP-177 and NEP-181");
const ID = "art.near";
const METADATA = { spec: "nft-1.0.0", name: "Art", symbol: "ART" };
const YOCTO = { deposit: 1n } as const;

/** Alice owns the contract, and the tokens a, b and c. */
async function openTokens(): Promise<Stage> {
  const stage = await openStage(ID, "alice.near", "bob.near", "defi.near");
  await stage.deploy(ID, "non-fungible-token", { owner_id: "alice.near", metadata: METADATA });
  await stage.deploy("defi.near", "receiver");
  for (const token_id of ["a", "b", "c"]) await mint(stage, { token_id });
  return stage;
}

function mint({ as }: Stage, args: Arguments, deposit: bigint = 10n ** 22n) {
  const token = { token_owner_id: "alice.near", token_metadata: { title: "Dawn" }, ...args };
  return as("alice.near").call(ID, "nft_mint", token, { deposit });
}

function tokenOf(token_id: string, owner_id: string): unknown {
  return { token_id, owner_id, metadata: { title: "Dawn" } };
}

function event(name: string, data: Arguments): unknown {
  return { standard: "nep171", version: "1.0.0", event: name, data: [data] };
}

function moved(token_id: string, old_owner_id: string, new_owner_id: string): unknown {
  return event("nft_transfer", { old_owner_id, new_owner_id, token_ids: [token_id] });
}

test("mints, tells, and takes what the rows cost", async () => {
  const stage = await openStage(ID, "alice.near");
  await stage.deploy(ID, "non-fungible-token", { owner_id: "alice.near", metadata: METADATA });
  const usage = async () => (await stage.near.account(ID).state()).storage_usage;
  const [bytes, balance] = [await usage(), await stage.balanceOf("alice.near")];
  const { value, logs, tokensBurnt } = await mint(stage, { token_id: "dawn" }, 10n ** 24n);
  assert.equal(value, tokenOf("dawn", "alice.near"));
  assert.equal(eventsOf(logs), [
    event("nft_mint", { owner_id: "alice.near", token_ids: ["dawn"] }),
  ]);
  const price = ((await usage()) - bytes) * 10n ** 19n;
  assert.is(await stage.balanceOf("alice.near"), balance - price - tokensBurnt);
});

test("lets only the owner mint, each id once, and paid", async () => {
  const stage = await openTokens();
  const args = { token_id: "d", token_owner_id: "bob.near", token_metadata: {} };
  const byBob = stage.as("bob.near").call(ID, "nft_mint", args, { deposit: "1 NEAR" });
  await assertPanic(byBob, "Only the owner mints");
  await assertPanic(mint(stage, { token_id: "a" }), "token_id must be unique");
  await assertPanic(mint(stage, { token_id: "d" }, 1n), "Must attach");
  assert.is(await stage.near.view(ID, "nft_token", { token_id: "d" }), null);
});

test("tells its metadata", async () => {
  const { near } = await openTokens();
  const none = { icon: null, base_uri: null, reference: null, reference_hash: null };
  assert.equal(await near.view(ID, "nft_metadata"), { ...METADATA, ...none });
});

test("transfers, and tells", async () => {
  const { as, near } = await openTokens();
  const args = { receiver_id: "bob.near", token_id: "a", memo: "for you" };
  const { logs } = await as("alice.near").call(ID, "nft_transfer", args, YOCTO);
  const data = { old_owner_id: "alice.near", new_owner_id: "bob.near", token_ids: ["a"] };
  assert.equal(eventsOf(logs), [event("nft_transfer", { ...data, memo: "for you" })]);
  assert.equal(await near.view(ID, "nft_token", { token_id: "a" }), tokenOf("a", "bob.near"));
});

test("refuses a transfer that is none", async () => {
  const { as, near } = await openTokens();
  const transfer = (who: string, args: Arguments, deposit = 1n) =>
    as(who).call(
      ID,
      "nft_transfer",
      { receiver_id: "bob.near", token_id: "a", ...args },
      { deposit },
    );
  await assertPanic(transfer("alice.near", {}, 0n), "Requires attached deposit of exactly 1");
  await assertPanic(transfer("bob.near", {}), "Unauthorized");
  await assertPanic(transfer("alice.near", { token_id: "z" }), "Token not found");
  await assertPanic(
    transfer("alice.near", { receiver_id: "alice.near" }),
    "Current and next owner must differ",
  );
  assert.equal(await near.view(ID, "nft_token", { token_id: "a" }), tokenOf("a", "alice.near"));
});

for (const [msg, isKept] of [
  ["keep", true],
  ["return", false],
  ["return later", false],
  ["fail", false],
] as const) {
  test(`transfers with a call: the receiver is asked to ${msg}`, async () => {
    const { as, near } = await openTokens();
    const args = { receiver_id: "defi.near", token_id: "b", msg };
    const { value, logs } = await as("alice.near").call(ID, "nft_transfer_call", args, {
      ...YOCTO,
      gas: "100 Tgas",
    });
    assert.is(value, isKept);
    const back = isKept ? [] : [moved("b", "defi.near", "alice.near")];
    assert.equal(eventsOf(logs), [moved("b", "alice.near", "defi.near"), ...back]);
    assert.equal(
      await near.view(ID, "nft_token", { token_id: "b" }),
      tokenOf("b", isKept ? "defi.near" : "alice.near"),
    );
  });
}

test("wants enough gas for a call, and lets nobody else resolve", async () => {
  const { as } = await openTokens();
  const args = { receiver_id: "defi.near", token_id: "a", msg: "keep" };
  await assertPanic(
    as("alice.near").call(ID, "nft_transfer_call", args, YOCTO),
    "More gas is required",
  );
  await assertPanic(
    as("alice.near").call(ID, "nft_resolve_transfer", args),
    "Method nft_resolve_transfer is private",
  );
});

test("lists all tokens, and those of an owner", async () => {
  const { as, near } = await openTokens();
  await as("alice.near").call(
    ID,
    "nft_transfer",
    { receiver_id: "bob.near", token_id: "a" },
    YOCTO,
  );
  assert.is(await near.view(ID, "nft_total_supply"), "3");
  const of = (account_id: string) => near.view(ID, "nft_tokens_for_owner", { account_id });
  // The last takes the place of the one that went.
  assert.equal(await of("alice.near"), [tokenOf("c", "alice.near"), tokenOf("b", "alice.near")]);
  assert.equal(await of("bob.near"), [tokenOf("a", "bob.near")]);
  assert.is(await near.view(ID, "nft_supply_for_owner", { account_id: "alice.near" }), "2");
  assert.equal(await near.view(ID, "nft_tokens", { from_index: "1", limit: 1 }), [
    tokenOf("b", "alice.near"),
  ]);
});

test.run();
