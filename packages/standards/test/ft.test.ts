// Compiles WebAssembly at run time, which workerd forbids.
import { connect, signingAccount, transactionStatus, TransactionError } from "@yoctonear/account";
import { ft, ftBalance, ftTransfer, ftTransferCall } from "@yoctonear/standards";
import { TransportError } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failsWith, PRICE, rejection, setStage, TOKEN } from "./stage.ts";

const reads = suite("ft: reads");

reads("balance, supply, metadata, amounts", async () => {
  const { near, alice } = await setStage();
  const usdt = ft(alice, TOKEN);
  assert.is(usdt.contractId, TOKEN);
  assert.is(await usdt.balance(), 10n ** 12n);
  assert.is(await usdt.balance("bob.near"), 0n);
  assert.is(await ft(near, TOKEN).balance("alice.near"), 10n ** 12n);
  assert.is(await ft(near.account("alice.near"), TOKEN).balance(), 10n ** 12n);
  assert.is(await usdt.totalSupply(), 10n ** 12n);
  assert.equal(await usdt.metadata(), {
    spec: "ft-1.0.0",
    name: "Tether USD",
    symbol: "USDt",
    icon: null,
    reference: null,
    reference_hash: null,
    decimals: 6,
  });
  assert.is(await usdt.format(1_500_000n), "1.5");
  assert.is(await usdt.format(1n), "0.000001");
  assert.is(await usdt.format(-1_000_000n), "-1");
});

reads("the balance of an undefined account is nobody's", async () => {
  const { near, alice } = await setStage();
  const user: { readonly accountId?: string } = {};
  for (const task of [
    ft(alice, TOKEN).balance(user.accountId),
    ft(alice, TOKEN).isRegistered(user.accountId),
    ft(alice, TOKEN).storageBalance(user.accountId),
    ft(alice, TOKEN).register(user.accountId),
    ft(near, TOKEN).balance(),
  ]) {
    await failsWith(task, "invalid_account_id", /expected/);
  }
});

reads("at a block of the past", async () => {
  const { near, alice } = await setStage();
  const { blockHash } = await near.viewOutcome(TOKEN, "ft_total_supply");
  const usdt = ft(alice, TOKEN);
  await usdt.transfer("defi.near", 5n);
  assert.is(await usdt.balance("defi.near"), 5n);
  assert.is(await usdt.balance("defi.near", { block: { blockId: blockHash } }), 0n);
});

reads("what is no contract, or no token, is the node's error", async () => {
  const { near } = await setStage();
  const code = "CONTRACT_EXECUTION_ERROR";
  await failsWith(ft(near, "defi.near").balance("bob.near"), code, /MethodNotFound/);
  await failsWith(ft(near, "bob.near").metadata(), code, /CodeDoesNotExist/);
  await failsWith(ft(near, "nobody.near").totalSupply(), "UNKNOWN_ACCOUNT", /nobody/);
  assert.throws(() => ft(near, "BAD ID!!"), /contract id/);
});

reads.run();

const storage = suite("ft: registration");

storage("bounds, balances, registering, unregistering", async () => {
  const { near24, alice, act } = await setStage();
  const usdt = ft(alice, TOKEN);
  const bob = ft(act("bob.near"), TOKEN);
  assert.equal(await usdt.storageBounds(), { min: PRICE, max: PRICE });
  assert.equal(await usdt.storageBalance("defi.near"), { total: PRICE, available: 0n });
  assert.is(await bob.storageBalance(), null);
  assert.is(await bob.isRegistered(), false);
  assert.is(await usdt.isRegistered("defi.near"), true);

  const before = await near24("bob.near");
  const outcome = await bob.register();
  assert.is(await near24("bob.near"), before - PRICE - (outcome?.tokensBurnt ?? 0n));
  assert.is(await bob.isRegistered(), true);
  // Nothing to do, nothing sent.
  assert.is(await bob.register(), null);
  assert.is(await usdt.register("bob.near"), null);

  assert.is((await bob.unregister()).value, true);
  assert.is(await bob.isRegistered(), false);
  assert.is((await bob.unregister()).value, false);
});

storage("tokens are burnt by force only, and force is said", async () => {
  const { alice, act } = await setStage();
  const usdt = ft(alice, TOKEN);
  const bob = ft(act("bob.near"), TOKEN);
  await usdt.transfer("bob.near", { tokens: "2.5" });
  await failsWith(bob.unregister(), "failed", /positive balance without force/);
  await failsWith(bob.unregister({ force: false }), "failed", /positive balance without force/);
  // @ts-expect-error a text is no yes
  assert.instance(await rejection(bob.unregister({ force: "no" })), TypeError);
  assert.is(await bob.balance(), 2_500_000n);
  await bob.unregister({ force: true });
  assert.is(await usdt.totalSupply(), 10n ** 12n - 2_500_000n);
});

storage.run();

const transfers = suite("ft: transfers");

transfers("tokens, base units, a memo, and what was paid", async () => {
  const { alice } = await setStage();
  const usdt = ft(alice, TOKEN);
  const first = await usdt.transfer("bob.near", { tokens: "1.50" }, { memo: "rent" });
  assert.is(first.sent, 1_500_000n);
  assert.is(first.registration, PRICE);
  assert.match(first.logs.join(), /"amount":"1500000","memo":"rent"/);
  assert.is(first.value, undefined);
  assert.match(first.tree(), "ft_transfer");
  const second = await usdt.transfer("bob.near", 7n, { wait: "FINAL" });
  assert.equal([second.sent, second.registration, second.level], [7n, 0n, "FINAL"]);
  assert.is(await usdt.balance("bob.near"), 1_500_007n);
});

transfers("decimals guard: what the token does not have is refused, not rounded", async () => {
  const { alice, near } = await setStage();
  const usdt = ft(alice, TOKEN);
  for (const tokens of ["1.0000001", "1,000", "-1", "1e3", ".5", "1.", " 1", "", "1 NEAR"]) {
    await failsWith(usdt.transfer("defi.near", { tokens }), "invalid_amount", /at most 6 decimals/);
  }
  const huge = { tokens: "1".padEnd(39, "0") };
  await failsWith(usdt.transfer("defi.near", huge), "invalid_amount", /below 2\^128/);
  for (const amount of [
    "1.5",
    "1.5 tokens",
    1.5,
    1,
    undefined,
    null,
    {},
    { tokens: 1.5 },
    { tokens: 5n },
  ]) {
    // @ts-expect-error an amount of any type
    const task = usdt.transfer("defi.near", amount);
    await failsWith(task, "invalid_amount", /expected { tokens: "1.50" } or a bigint/);
  }
  await failsWith(usdt.transfer("defi.near", -1n), "invalid_amount", /bigint/);
  await failsWith(usdt.transfer("defi.near", 2n ** 128n), "invalid_amount", /bigint/);
  const wrong = { tokens: "1", decimals: 18 };
  await failsWith(
    usdt.transfer("defi.near", wrong),
    "decimals_differ",
    /18 decimals, got one of 6/,
  );
  assert.is(await ftBalance(near, TOKEN, "defi.near"), 0n);
  await usdt.transfer("defi.near", { tokens: "0.000001", decimals: 6 });
  assert.is(await ftBalance(near, TOKEN, "defi.near"), 1n);
});

transfers("what fails moves nothing, and registers nobody", async () => {
  const { alice, near24 } = await setStage();
  const usdt = ft(alice, TOKEN);
  const before = await near24("alice.near");
  const error = await rejection(usdt.transfer("bob.near", { tokens: "1000000.000001" }));
  assert.instance(error, TransactionError);
  assert.match(String(error), /doesn't have enough balance/);
  assert.is(await usdt.isRegistered("bob.near"), false);
  // Only gas was paid.
  const lost = before - (await near24("alice.near"));
  assert.ok(lost < PRICE, `${lost}`);
});

transfers("tokens for the contract itself are refused, they would be lost", async () => {
  const { alice } = await setStage();
  await failsWith(ft(alice, TOKEN).transfer(TOKEN, 1n), "invalid_account_id", /other than the con/);
});

transfers("a call tells what the receiver took", async () => {
  const { alice } = await setStage();
  const usdt = ft(alice, TOKEN);
  const call = (msg: string) => usdt.transferCall("defi.near", { tokens: "0.0001" }, msg);
  assert.is((await call("keep")).taken, 100n);
  assert.is((await call("30")).taken, 70n);
  assert.is((await call("5000")).taken, 0n);
  // The receiver fails, the transaction does not.
  assert.is((await call("fail")).taken, 0n);
  assert.is(await usdt.balance("defi.near"), 170n);
  const { sent, registration, value } = await call("1");
  assert.equal([sent, registration, value], [100n, 0n, "99"]);
});

transfers("an outcome that is not known yet throws nothing", async () => {
  const { alice, chain } = await setStage();
  const options = { wait: "INCLUDED" } as const;
  const outcome = await ft(alice, TOKEN).transferCall("defi.near", 5n, "keep", options);
  assert.is(outcome.sent, 5n);
  assert.ok(outcome.taken === undefined || outcome.taken === 5n);
  const later = await transactionStatus(chain.transport, outcome.hash, "alice.near", {
    wait: "FINAL",
  });
  assert.is(later.value, "5");
});

transfers("the gas of the receiver and of the registration add up, within the limit", async () => {
  const { alice } = await setStage();
  const usdt = ft(alice, TOKEN);
  const outcome = await usdt.transferCall("bob.near", 1n, "", { gas: "300 Tgas" });
  assert.equal([outcome.taken, outcome.registration], [0n, PRICE]);
  const beyond = usdt.transferCall("defi.near", 1n, "keep", { gas: "1001 Tgas" });
  await failsWith(beyond, "TotalPrepaidGasExceeded", /limits/);
  await failsWith(usdt.transfer("defi.near", 1n, { gas: "100 Ggas" }), "failed", /gas/i);
});

transfers("an answer that is lost pays nobody twice", async () => {
  const { chain, near } = await setStage();
  let lost = 0;
  const lossy = connect(async (request, options) => {
    const answer = await chain.transport(request, options);
    if (request.method !== "send_tx" || lost++ > 0) return answer;
    throw new TransportError("network", "expected an answer, got none");
  });
  const alice = lossy.account("alice.near", chain.signer("alice.near"));
  const options = { pollInterval: 0 } as const;
  const outcome = await ft(alice, TOKEN).transferCall("defi.near", 5n, "keep", options);
  assert.is(outcome.taken, 5n);
  assert.is(lost, 1);
  assert.is(await ft(near, TOKEN).balance("defi.near"), 5n);
});

transfers("free functions take the accounts of free functions", async () => {
  const { chain } = await setStage();
  const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
  const outcome = await ftTransfer(alice, TOKEN, "bob.near", { tokens: "1" });
  assert.is(outcome.registration, PRICE);
  const called = await ftTransferCall(alice, TOKEN, "defi.near", 3n, "keep");
  assert.is(called.taken, 3n);
});

transfers("misspelt options are refused, and nothing is sent", async () => {
  const { alice, near } = await setStage();
  const usdt = ft(alice, TOKEN);
  // @ts-expect-error there is no such option
  const misspelt = usdt.transfer("defi.near", 1n, { maxRegistraton: 1n });
  assert.instance(await rejection(misspelt), TypeError);
  const early = await rejection(usdt.transfer("defi.near", 1n, { signal: AbortSignal.abort() }));
  assert.is(String(early).includes("AbortError"), true);
  assert.is(await ft(near, TOKEN).balance("defi.near"), 0n);
});

transfers("awaiting a token, or writing it as JSON, asks nothing", async () => {
  const near = connect(() => Promise.reject(new Error("unasked for")));
  const usdt = ft(near, TOKEN);
  assert.is(await Promise.resolve(usdt), usdt);
  assert.is(JSON.stringify(usdt), `{"contractId":"${TOKEN}"}`);
  assert.not("transfer" in usdt);
});

transfers.run();
