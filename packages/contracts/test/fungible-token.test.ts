// Compiles WebAssembly at run time, which workerd forbids.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { functionCall } from "yoctonear";
import { type Arguments, assertPanic, eventsOf, openStage, type Stage } from "./stage.ts";

const ID = "token.near";
const METADATA = { spec: "ft-1.0.0", name: "Token", symbol: "TOK", decimals: 8 };
const MAX = (2n ** 128n - 1n).toString();
/** Of the 122 bytes of a row with the longest id. */
const ROW_PRICE = 122n * 10n ** 19n;
const BOUND = { total: ROW_PRICE.toString(), available: "0" };
const YOCTO = { deposit: 1n } as const;

/** Alice has all tokens, bob is registered. */
async function openToken(total = "1000"): Promise<Stage> {
  const stage = await openStage(ID, "alice.near", "bob.near", "carol.near", "defi.near");
  await stage.deploy(ID, "fungible-token", {
    owner_id: "alice.near",
    total_supply: total,
    metadata: METADATA,
  });
  await stage.deploy("defi.near", "receiver");
  for (const account_id of ["bob.near", "defi.near"]) {
    await stage
      .as("alice.near")
      .call(ID, "storage_deposit", { account_id }, { deposit: "0.01 NEAR" });
  }
  return stage;
}

async function balances({ near }: Stage, ...names: readonly string[]): Promise<readonly unknown[]> {
  const found = names.map((name) => near.view(ID, "ft_balance_of", { account_id: `${name}.near` }));
  return Promise.all(found);
}

function transferEvent(from: string, to: string, amount: string, memo?: string): unknown {
  const data = {
    old_owner_id: from,
    new_owner_id: to,
    amount,
    ...(memo !== undefined && { memo }),
  };
  return { standard: "nep141", version: "1.0.0", event: "ft_transfer", data: [data] };
}

const core = suite("contracts: fungible token, NEP-141 and NEP-148");

core("mints all tokens to the owner, and tells", async () => {
  const stage = await openStage(ID, "alice.near");
  await stage.deploy(ID, "fungible-token");
  const init = { owner_id: "alice.near", total_supply: MAX, metadata: METADATA };
  const { logs } = await stage.as("alice.near").call(ID, "new", init);
  assert.equal(eventsOf(logs), [
    {
      standard: "nep141",
      version: "1.0.0",
      event: "ft_mint",
      data: [{ owner_id: "alice.near", amount: MAX, memo: "new tokens are minted" }],
    },
  ]);
  assert.is(await stage.near.view(ID, "ft_total_supply"), MAX);
  assert.equal(await balances(stage, "alice", "bob"), [MAX, "0"]);
  await assertPanic(
    stage.as("alice.near").call(ID, "new", init),
    "The contract has already been initialized",
  );
});

core("tells its metadata, whole", async () => {
  const { near } = await openToken();
  assert.equal(await near.view(ID, "ft_metadata"), {
    ...METADATA,
    icon: null,
    reference: null,
    reference_hash: null,
  });
});

core("refuses metadata that is none, and amounts beyond 128 bits", async () => {
  const stage = await openStage(ID, "alice.near");
  await stage.deploy(ID, "fungible-token");
  const init = (args: Arguments) =>
    stage.as("alice.near").call(ID, "new", {
      owner_id: "alice.near",
      total_supply: "1",
      metadata: METADATA,
      ...args,
    });
  await assertPanic(init({ metadata: { ...METADATA, spec: "ft-2.0.0" } }), "expected the spec");
  await assertPanic(
    init({ metadata: { ...METADATA, reference: "https://example.com" } }),
    "expected reference and reference_hash together",
  );
  await assertPanic(init({ owner_id: "Alice.near" }), "invalid account id Alice.near");
  for (const total_supply of [(2n ** 128n).toString(), "-1", "1.5", "", "1e3", " 1"]) {
    await assertPanic(init({ total_supply }), "expected decimal digits of at most 128 bits");
  }
});

core("transfers, and tells", async () => {
  const stage = await openToken(MAX);
  const alice = stage.as("alice.near");
  const args = { receiver_id: "bob.near", amount: "18446744073709551617" };
  const { logs, value } = await alice.call(ID, "ft_transfer", { ...args, memo: 'a "memo"' }, YOCTO);
  assert.is(value, undefined);
  assert.equal(eventsOf(logs), [
    transferEvent("alice.near", "bob.near", "18446744073709551617", 'a "memo"'),
  ]);
  assert.equal(await balances(stage, "alice", "bob"), [
    (2n ** 128n - 1n - (2n ** 64n + 1n)).toString(),
    "18446744073709551617",
  ]);
});

core("refuses a transfer that is none, and changes nothing", async () => {
  const stage = await openToken();
  const transfer = (args: Arguments, options: { readonly deposit: bigint } = YOCTO) =>
    stage
      .as("alice.near")
      .call(ID, "ft_transfer", { receiver_id: "bob.near", amount: "1", ...args }, options);
  const yocto = "Requires attached deposit of exactly 1 yoctoNEAR";
  await assertPanic(transfer({}, { deposit: 0n }), yocto);
  await assertPanic(transfer({}, { deposit: 2n }), yocto);
  await assertPanic(transfer({ amount: "0" }), "The amount should be a positive number");
  await assertPanic(transfer({ amount: "1001" }), "The account doesn't have enough balance");
  await assertPanic(
    transfer({ receiver_id: "alice.near" }),
    "Sender and receiver should be different",
  );
  await assertPanic(
    transfer({ receiver_id: "carol.near" }),
    "The account carol.near is not registered",
  );
  await assertPanic(
    stage.as("carol.near").call(ID, "ft_transfer", { receiver_id: "bob.near", amount: "1" }, YOCTO),
    "The account carol.near is not registered",
  );
  assert.equal(await balances(stage, "alice", "bob", "carol"), ["1000", "0", "0"]);
});

core.run();

const calls = suite("contracts: fungible token, transfers with a call");

/** Sends 100 tokens to defi.near with a message. */
async function transferCall(stage: Stage, msg: string): Promise<readonly [unknown, unknown[]]> {
  const { value, logs } = await stage
    .as("alice.near")
    .call(
      ID,
      "ft_transfer_call",
      { receiver_id: "defi.near", amount: "100", msg },
      { ...YOCTO, gas: "100 Tgas" },
    );
  return [value, [...eventsOf(logs)]];
}

const there = transferEvent("alice.near", "defi.near", "100");
const back = (amount: string) => transferEvent("defi.near", "alice.near", amount, "refund");

calls("lets the receiver keep all", async () => {
  const stage = await openToken();
  assert.equal(await transferCall(stage, "keep"), ["100", [there]]);
  assert.equal(await balances(stage, "alice", "defi"), ["900", "100"]);
});

calls("takes back what the receiver does not use, said by a promise of its own", async () => {
  const stage = await openToken();
  assert.equal(await transferCall(stage, "30"), ["70", [there, back("30")]]);
  assert.equal(await balances(stage, "alice", "defi"), ["930", "70"]);
});

calls("takes back no more than was sent", async () => {
  const stage = await openToken();
  assert.equal(await transferCall(stage, "5000"), ["0", [there, back("100")]]);
  assert.equal(await balances(stage, "alice", "defi"), ["1000", "0"]);
});

calls("takes all back when the receiver fails, or has no contract", async () => {
  const stage = await openToken();
  assert.equal(await transferCall(stage, "fail"), ["0", [there, back("100")]]);
  const { value } = await stage
    .as("alice.near")
    .call(
      ID,
      "ft_transfer_call",
      { receiver_id: "bob.near", amount: "1", msg: "" },
      { ...YOCTO, gas: "100 Tgas" },
    );
  assert.is(value, "0");
  assert.equal(await balances(stage, "alice", "defi", "bob"), ["1000", "0", "0"]);
});

calls("burns what comes back to a sender who has left", async () => {
  const stage = await openToken();
  const { as, near } = stage;
  await as("alice.near").call(ID, "ft_transfer", { receiver_id: "bob.near", amount: "100" }, YOCTO);
  // One receipt: bob is gone before defi.near hears of it.
  const { logs } = await as("bob.near").send(ID, [
    functionCall(
      "ft_transfer_call",
      { receiver_id: "defi.near", amount: "60", msg: "20" },
      { deposit: 1n, gas: "100 Tgas" },
    ),
    functionCall("storage_unregister", { force: true }, { deposit: 1n }),
  ]);
  assert.ok(logs.includes("The account of the sender was deleted"));
  const burnt = (amount: string, memo: string) => ({
    standard: "nep141",
    version: "1.0.0",
    event: "ft_burn",
    data: [{ owner_id: memo === "refund" ? "defi.near" : "bob.near", amount, memo }],
  });
  assert.equal(eventsOf(logs), [
    transferEvent("bob.near", "defi.near", "60"),
    burnt("40", "storage unregistered"),
    burnt("20", "refund"),
  ]);
  assert.equal(await balances(stage, "bob", "defi"), ["0", "40"]);
  assert.is(await near.view(ID, "ft_total_supply"), "940");
});

calls("wants enough gas for the receiver and for itself", async () => {
  const stage = await openToken();
  const args = { receiver_id: "defi.near", amount: "1", msg: "keep" };
  await assertPanic(
    stage.as("alice.near").call(ID, "ft_transfer_call", args, { ...YOCTO, gas: "30 Tgas" }),
    "More gas is required",
  );
});

calls("lets nobody else resolve", async () => {
  const stage = await openToken();
  const args = { sender_id: "alice.near", receiver_id: "bob.near", amount: "1" };
  await assertPanic(
    stage.as("alice.near").call(ID, "ft_resolve_transfer", args),
    "Method ft_resolve_transfer is private",
  );
});

calls.run();

const storage = suite("contracts: fungible token, NEP-145");

storage("tells what a row costs, and who has paid", async () => {
  const { near } = await openToken();
  const price = ROW_PRICE.toString();
  assert.equal(await near.view(ID, "storage_balance_bounds"), { min: price, max: price });
  const balanceOf = (account_id: string) => near.view(ID, "storage_balance_of", { account_id });
  assert.equal(await balanceOf("bob.near"), BOUND);
  assert.is(await balanceOf("carol.near"), null);
});

storage("asks at least for what the row takes, even for the longest id", async () => {
  const { as, near } = await openToken();
  const usage = async () => (await near.account(ID).state()).storage_usage;
  const before = await usage();
  await as("alice.near").call(
    ID,
    "storage_deposit",
    { account_id: "a".repeat(64) },
    { deposit: ROW_PRICE },
  );
  assert.is(((await usage()) - before) * 10n ** 19n, ROW_PRICE);
});

storage("keeps the price of the row, and gives the rest back", async () => {
  const { as, balanceOf } = await openToken();
  const before = await balanceOf("carol.near");
  const { value, tokensBurnt } = await as("carol.near").call(
    ID,
    "storage_deposit",
    {},
    { deposit: "1 NEAR" },
  );
  assert.equal(value, BOUND);
  assert.is(await balanceOf("carol.near"), before - ROW_PRICE - tokensBurnt);
});

storage("gives all back to who is registered already", async () => {
  const { as, balanceOf } = await openToken();
  const before = await balanceOf("bob.near");
  const { logs, tokensBurnt } = await as("bob.near").call(
    ID,
    "storage_deposit",
    { registration_only: true },
    { deposit: "1 NEAR" },
  );
  assert.equal(logs, ["The account is already registered, refunding the deposit"]);
  assert.is(await balanceOf("bob.near"), before - tokensBurnt);
});

storage("refuses less than the row costs", async () => {
  const { as } = await openToken();
  await assertPanic(
    as("carol.near").call(ID, "storage_deposit", {}, { deposit: ROW_PRICE - 1n }),
    "The attached deposit is less than the minimum storage balance",
  );
});

storage("has nothing to withdraw", async () => {
  const { as } = await openToken();
  const withdraw = (who: string, args: Arguments) =>
    as(who).call(ID, "storage_withdraw", args, YOCTO);
  assert.equal((await withdraw("bob.near", {})).value, BOUND);
  assert.equal((await withdraw("bob.near", { amount: "0" })).value, BOUND);
  await assertPanic(
    withdraw("bob.near", { amount: "1" }),
    "The amount is greater than the available storage balance",
  );
  await assertPanic(withdraw("carol.near", {}), "The account carol.near is not registered");
});

storage("pays the row back to who leaves", async () => {
  const { as, near, balanceOf } = await openToken();
  const before = await balanceOf("bob.near");
  const { value, tokensBurnt } = await as("bob.near").call(ID, "storage_unregister", {}, YOCTO);
  assert.is(value, true);
  assert.is(await balanceOf("bob.near"), before + ROW_PRICE - tokensBurnt);
  assert.is(await near.view(ID, "storage_balance_of", { account_id: "bob.near" }), null);
  const again = await as("bob.near").call(ID, "storage_unregister", {}, YOCTO);
  assert.is(again.value, false);
  assert.equal(again.logs, ["The account bob.near is not registered"]);
});

storage("burns the tokens of who leaves by force, and of nobody else", async () => {
  const { as, near } = await openToken();
  await as("alice.near").call(ID, "ft_transfer", { receiver_id: "bob.near", amount: "10" }, YOCTO);
  await assertPanic(
    as("bob.near").call(ID, "storage_unregister", {}, YOCTO),
    "Can't unregister the account with the positive balance without force",
  );
  const { value, logs } = await as("bob.near").call(
    ID,
    "storage_unregister",
    { force: true },
    YOCTO,
  );
  assert.is(value, true);
  assert.equal(eventsOf(logs), [
    {
      standard: "nep141",
      version: "1.0.0",
      event: "ft_burn",
      data: [{ owner_id: "bob.near", amount: "10", memo: "storage unregistered" }],
    },
  ]);
  assert.is(await near.view(ID, "ft_total_supply"), "990");
});

storage.run();
