// Compiles WebAssembly at run time, which workerd forbids.
import { connect, type Executor, signingAccount, TransactionError } from "@yoctonear/account";
import { formatNear } from "@yoctonear/primitives";
import {
  ft,
  ftTransfer,
  ftTransferActions,
  ftTransferCall,
  nft,
  TokenError,
} from "@yoctonear/standards";
import { signTransaction } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Answers,
  ART,
  Failed,
  failsWith,
  hostile,
  MISSING,
  PRICE,
  rejection,
  setStage,
  TOKEN,
} from "./stage.ts";

const test = suite("standards: pitfalls");

test("P21: a memo never goes out as a msg, nor a msg as a memo", async () => {
  const { alice, near } = await setStage();
  const usdt = ft(alice, TOKEN);
  const art = nft(alice, ART);
  const mixedUp: readonly (() => Promise<unknown>)[] = [
    // @ts-expect-error a memo is an option
    () => usdt.transfer("defi.near", 1n, "rent"),
    // @ts-expect-error a msg is no option
    () => usdt.transfer("defi.near", 1n, { msg: "keep" }),
    // @ts-expect-error a msg must be given
    () => usdt.transferCall("defi.near", 1n),
    // @ts-expect-error a memo is no msg
    () => usdt.transferCall("defi.near", 1n, { memo: "rent" }),
    // @ts-expect-error a msg is no option
    () => usdt.transferCall("defi.near", 1n, "keep", { msg: "keep" }),
    // @ts-expect-error a memo is an option
    () => usdt.transferCall("defi.near", 1n, "keep", "rent"),
    // @ts-expect-error a memo is text
    () => usdt.transfer("defi.near", 1n, { memo: { text: "rent" } }),
    // @ts-expect-error a msg is text, JSON too
    () => usdt.transferCall("defi.near", 1n, { action: "keep" }, { memo: "rent" }),
    // @ts-expect-error a memo is an option
    () => art.transfer("defi.near", "dawn", "for you"),
    // @ts-expect-error a msg is no option
    () => art.transfer("defi.near", "dawn", { msg: "keep" }),
    // @ts-expect-error a memo is no msg
    () => art.transferCall("defi.near", "dawn", { memo: "for you" }),
    // @ts-expect-error a msg must be given
    () => art.transferCall("defi.near", "dawn"),
  ];
  for (const mixed of mixedUp) {
    const error = await rejection(mixed());
    assert.instance(error, TypeError);
    assert.match(String(error), /msg|memo|options/);
  }
  assert.is(await usdt.balance("defi.near"), 0n);
  assert.is((await art.token("dawn"))?.owner_id, "alice.near");

  // The msg reaches the receiver, which does what it says; the memo is logged, and nowhere else.
  const { logs, taken } = await usdt.transferCall("defi.near", 10n, "4", { memo: "keep" });
  assert.is(taken, 6n);
  assert.match(logs.join("\n"), /"amount":"10","memo":"keep"/);
  const { value } = await usdt.transferCall("defi.near", 10n, "keep", { memo: "4" });
  assert.is(value, "10");
  assert.is(await ft(near, TOKEN).balance("defi.near"), 16n);
});

test("P22: the receiver is registered for what the contract asks, not one yoctoNEAR more", async () => {
  const { alice, near24, near } = await setStage();
  const held = async () => (await near.account(TOKEN).balance()).total;
  const [alices, tokens] = [await near24("alice.near"), await held()];
  const outcome = await ft(alice, TOKEN).transfer("bob.near", 5n);
  const { actions } = outcome.response.transaction ?? {};
  assert.equal(
    actions?.map((action) =>
      typeof action === "object" && "FunctionCall" in action
        ? [action.FunctionCall.method_name, action.FunctionCall.deposit]
        : action,
    ),
    [
      ["storage_deposit", String(PRICE)],
      ["ft_transfer", "1"],
    ],
  );
  assert.is(outcome.registration, PRICE);
  // One transaction. The contract also earns its part of the gas.
  assert.is(await near24("alice.near"), alices - PRICE - 1n - outcome.tokensBurnt);
  assert.ok((await held()) >= tokens + PRICE + 1n);
  // And nothing for whoever is registered.
  const again = await ft(alice, TOKEN).transfer("bob.near", 5n);
  assert.equal([again.registration, again.response.transaction?.actions?.length], [0n, 1]);
});

test("P22: tokens register their receiver, wherever they come from", async () => {
  const fresh = await setStage();
  const { chain } = fresh;
  const start = chain.snapshot();
  const { transport } = chain;
  const free = signingAccount(transport, "alice.near", chain.signer("alice.near"));
  const executor: Executor = free.executor;
  const wallet = fresh.near.account("alice.near", {
    execute: (request) => executor.execute(request),
  });
  const ways: readonly (() => Promise<{ readonly registration: bigint }>)[] = [
    () => ft(fresh.alice, TOKEN).transfer("bob.near", 5n),
    () => ft(fresh.alice, TOKEN).transfer("bob.near", { tokens: "0.000005" }),
    () => ft(fresh.alice, TOKEN).transferCall("bob.near", 5n, ""),
    () =>
      ft(connect(transport).account("alice.near", chain.signer("alice.near")), TOKEN).transfer(
        "bob.near",
        5n,
      ),
    () => ft(free, TOKEN).transfer("bob.near", 5n),
    () => ftTransfer(free, TOKEN, "bob.near", 5n),
    () => ftTransferCall(free, TOKEN, "bob.near", 5n, ""),
    () => ft(wallet, TOKEN).transfer("bob.near", 5n),
    () => ftTransfer(wallet, TOKEN, "bob.near", 5n),
  ];
  for (const way of ways) {
    await chain.restore(start);
    assert.is((await way()).registration, PRICE);
    assert.equal(await ft(fresh.near, TOKEN).storageBalance("bob.near"), {
      total: PRICE,
      available: 0n,
    });
  }
});

test("P22: nor does it matter who sends: by hand, relayed, one of many", async () => {
  const { chain, near, alice, act } = await setStage();
  const fresh = chain.snapshot();
  const bob = ft(near, TOKEN);
  const plan = await ftTransferActions(near, TOKEN, "bob.near", { tokens: "0.000005" });
  assert.equal([plan.sent, plan.registration, plan.actions.length], [5n, PRICE, 2]);

  await act("defi.near").relay(await alice.delegate(TOKEN, plan.actions));
  assert.is(await bob.balance("bob.near"), 5n);

  await chain.restore(fresh);
  const transaction = await alice.prepare(TOKEN, plan.actions);
  await near.send(await signTransaction(transaction, chain.signer("alice.near")));
  assert.is(await bob.balance("bob.near"), 5n);

  await chain.restore(fresh);
  const { actions } = plan;
  const results = await alice.sendAll([
    { receiverId: TOKEN, actions },
    { receiverId: TOKEN, actions },
  ]);
  assert.equal(
    results.map(({ status }) => status),
    ["fulfilled", "fulfilled"],
  );
  assert.is(await bob.balance("bob.near"), 10n);

  const again = await ftTransferActions(near, TOKEN, "bob.near", 5n, { memo: "rent", gas: 1n });
  assert.equal([again.registration, again.actions.length, again.actions[0]?.gas], [0n, 1, 1n]);
  for (const options of [{ wait: "FINAL" }, { msg: "keep" }, { maxRegistraton: 1n }, "rent"]) {
    // @ts-expect-error none of them belongs here
    const task = ftTransferActions(near, TOKEN, "bob.near", 5n, options);
    assert.instance(await rejection(task), TypeError);
  }
});

test("P22: a price beyond what the caller pays is refused, and nothing is sent", async () => {
  const { chain, alice } = await setStage();
  const price = (min: unknown): Answers => ({ storage_balance_bounds: { min, max: null } });
  const pay = async (answers: Answers, maxRegistration?: bigint) => {
    const { over, asked } = hostile(answers);
    const payer = over(chain.transport).account("alice.near", chain.signer("alice.near"));
    const options = maxRegistration === undefined ? {} : { maxRegistration };
    const error = await rejection(ft(payer, TOKEN).transfer("bob.near", 1n, options));
    assert.not(asked.includes("send"));
    return error;
  };
  const over = 10n ** 23n + 1n;
  for (const [min, limit] of [
    [String(over), undefined],
    [String(2n ** 128n - 1n), undefined],
    [String(PRICE), 0n],
    [String(PRICE), PRICE - 1n],
  ] as const) {
    const error = await pay(price(min), limit);
    assert.instance(error, TokenError);
    assert.is(error instanceof TokenError && error.code, "registration_too_expensive");
    assert.match(String(error), `got a price of ${formatNear(BigInt(min))}`);
  }
  // What is no price at all.
  for (const min of [null, 5, "", "-1", "1.5", "1e24", String(2n ** 128n), "0x10", {}, undefined]) {
    const error = await pay(price(min));
    assert.is(error instanceof TokenError && error.code, "unexpected_answer");
    assert.match(String(error), /min as the text of an integer below 2\^128/);
  }
  const register = hostile(price(String(over)));
  const bob = register.over(chain.transport).account("bob.near", chain.signer("bob.near"));
  await failsWith(ft(bob, TOKEN).register(), "registration_too_expensive", /maxRegistration/);
  assert.not(register.asked.includes("send"));
  // Up to what the caller says, it is paid.
  const dear = await ft(alice, TOKEN).transfer("bob.near", 1n, { maxRegistration: PRICE });
  assert.is(dear.registration, PRICE);
});

test("P22: a contract without registration gets none", async () => {
  const { chain } = await setStage();
  for (const missing of [
    MISSING,
    new Failed(
      "wasm execution failed with error: FunctionCallError(MethodResolveError(MethodNotFound))",
    ),
  ]) {
    const { over, asked } = hostile({ storage_balance_of: missing });
    const payer = over(chain.transport).account("alice.near", chain.signer("alice.near"));
    const usdt = ft(payer, TOKEN);
    assert.is(await usdt.isRegistered("bob.near"), true);
    assert.is(await usdt.register("bob.near"), null);
    const outcome = await usdt.transfer("defi.near", 5n);
    assert.is(outcome.registration, 0n);
    assert.is(outcome.response.transaction?.actions?.length, 1);
    assert.not(asked.includes("storage_balance_bounds"));
  }
  // What a contract says in a panic is no such thing.
  const said =
    'wasm execution failed with error: HostError(GuestPanic { panic_msg: "MethodResolveError(MethodNotFound)" })';
  const panic = hostile({ storage_balance_of: new Failed(said) });
  await failsWith(
    ft(panic.near, TOKEN).isRegistered("bob.near"),
    "CONTRACT_EXECUTION_ERROR",
    /Panic/,
  );
  // One that wants registration, and does not say for how much.
  const mute = hostile({ storage_balance_of: null, storage_balance_bounds: MISSING });
  await failsWith(ft(mute.near, TOKEN).isRegistered("bob.near"), "unexpected_answer", /a price/);
});

test("P22: zeros are no registration where it has a price, and one where it is free", async () => {
  const zeros = { total: "0", available: "0" };
  const registered = (storage_balance_of: unknown, min: string) =>
    ft(
      hostile({ storage_balance_of, storage_balance_bounds: { min, max: min } }).near,
      TOKEN,
    ).isRegistered("bob.near");
  assert.is(await registered(zeros, "5"), false);
  assert.is(await registered(zeros, "0"), true);
  assert.is(await registered(null, "0"), false);
  assert.is(await registered({ ...zeros, total: "1" }, "5"), true);
});

test("P22: whoever was registered meanwhile gets the price back", async () => {
  const { chain, alice, near24 } = await setStage();
  await ft(alice, TOKEN).register("bob.near");
  // A node that lags behind says that bob is not registered.
  const { over } = hostile({ storage_balance_of: null });
  const payer = over(chain.transport).account("alice.near", chain.signer("alice.near"));
  const before = await near24("alice.near");
  const outcome = await ft(payer, TOKEN).transfer("bob.near", 5n, { wait: "FINAL" });
  assert.is(outcome.registration, PRICE);
  assert.is(await ft(alice, TOKEN).balance("bob.near"), 5n);
  assert.ok(before - (await near24("alice.near")) < PRICE);
});

test("P22: whoever left meanwhile gets nothing, and nothing moves", async () => {
  const { chain, alice } = await setStage();
  const { over } = hostile({ storage_balance_of: { total: String(PRICE), available: "0" } });
  const payer = over(chain.transport).account("alice.near", chain.signer("alice.near"));
  const error = await rejection(ft(payer, TOKEN).transfer("bob.near", 5n));
  assert.instance(error, TransactionError);
  assert.match(String(error), /bob.near is not registered/);
  assert.is(await ft(alice, TOKEN).balance(), 10n ** 12n);
});

test.run();
