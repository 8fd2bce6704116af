import { isNearError } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { formatNear, parseNear } from "@yoctonear/primitives";
import { RpcError } from "@yoctonear/rpc";
import { signTransaction, transfer } from "@yoctonear/transactions";
import {
  connect,
  type SigningAccount,
  TransactionError,
  type TransactionErrorCode,
} from "@yoctonear/account";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Fault, faulty, type FaultyTransport } from "./faults.ts";

const test = suite("send: exactly once");

const ONE = parseNear("1 NEAR");
const FAST = { pollInterval: 1 };

interface Scene {
  readonly chain: Localnet;
  readonly transport: FaultyTransport;
  readonly alice: SigningAccount;
  /** What bob has received. */
  received(): Promise<bigint>;
}

async function scene(plan: { readonly [method: string]: readonly Fault[] } = {}): Promise<Scene> {
  const chain = await createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
  });
  const transport = faulty(chain.transport, plan);
  const alice = connect(transport).account("alice.near", chain.signer("alice.near"));
  const bob = connect(chain).account("bob.near");
  return { chain, transport, alice, received: async () => (await bob.balance()).total - ONE };
}

async function failure(
  sending: Promise<unknown>,
  code: TransactionErrorCode,
): Promise<TransactionError> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TransactionError)) {
    throw new Error("expected a TransactionError", { cause: error });
  }
  assert.is(error.code, code);
  assert.match(error.hash, /^[1-9A-HJ-NP-Za-km-z]{43,44}$/);
  return error;
}

test("moves money and tells what it cost", async () => {
  const { alice, received } = await scene();
  const outcome = await alice.transfer("bob.near", "1.5 NEAR", { wait: "FINAL" });
  assert.is(formatNear(await received()), "1.5 NEAR");
  assert.is(outcome.gasBurnt, 669_547_687_500n);
  assert.is(outcome.tokensBurnt, 44_636_512_500_000_000_000n);
  assert.is(outcome.value, undefined);
  assert.equal(outcome.logs, []);
});

for (const fault of ["drop-answer", "502", "truncated", "lie"] as const) {
  test(`P1: an answer lost (${fault}) after the transaction landed moves the money once`, async () => {
    const { alice, transport, received } = await scene({ send_tx: [fault] });
    await alice.transfer("bob.near", "1 NEAR", FAST);
    assert.is(await received(), ONE);
    const sent = transport.requests.filter(({ method }) => method === "send_tx");
    const bytes = new Set(sent.map(({ params }) => JSON.stringify(params)));
    assert.is(bytes.size, 1, "the same bytes, whenever they went out");
  });
}

for (const fault of ["drop-request", "429"] as const) {
  test(`P1: a request lost (${fault}) goes out again with the same bytes`, async () => {
    const { alice, transport, received } = await scene({ send_tx: [fault, fault] });
    await alice.transfer("bob.near", "1 NEAR", FAST);
    assert.is(await received(), ONE);
    const sent = transport.requests.filter(({ method }) => method === "send_tx");
    assert.is(sent.length, 3);
    assert.is(new Set(sent.map(({ params }) => JSON.stringify(params))).size, 1);
  });
}

test("P6: when time is up the error carries hash and bytes, and resume finds the transaction", async () => {
  const { alice, transport, received } = await scene({ send_tx: ["hang"] });
  const error = await failure(
    alice.transfer("bob.near", "1 NEAR", { ...FAST, timeout: 300 }),
    "unknown_outcome",
  );
  assert.instance(error.signedTransaction, Uint8Array);
  const outcome = await error.resume?.(FAST);
  assert.is(outcome?.hash, error.hash);
  assert.is(await received(), ONE);
  assert.is(transport.count("send_tx"), 1 + 1, "the first, and what resume began with");
});

test("an abort after the broadcast is an unknown outcome, one before is the caller's own reason", async () => {
  const { alice, transport, received } = await scene({ send_tx: ["hang"] });
  const controller = new AbortController();
  const sending = alice.transfer("bob.near", "1 NEAR", { ...FAST, signal: controller.signal });
  while (transport.count("send_tx") === 0) await new Promise((next) => setTimeout(next, 1));
  setTimeout(() => controller.abort(new Error("user left")), 20);
  const error = await failure(sending, "unknown_outcome");
  await error.resume?.(FAST);
  assert.is(await received(), ONE);

  const reason = new Error("never mind");
  const refused = await alice
    .transfer("bob.near", "1 NEAR", { signal: AbortSignal.abort(reason) })
    .catch((caught: unknown) => caught);
  assert.is(refused, reason);
  assert.is(await received(), ONE);
});

test("rejected: the node refuses, nothing is included, the next one goes through", async () => {
  const { alice, received } = await scene();
  const error = await failure(alice.transfer("bob.near", "1000 NEAR", FAST), "rejected");
  assert.is(error.kind, "NotEnoughBalance");
  assert.match(error.message, "balance 100 NEAR");
  assert.is(await received(), 0n);
  await alice.transfer("bob.near", "1 NEAR");
  assert.is(await received(), ONE);
});

test("rejected: a proxy that refuses the caller passed nothing on", async () => {
  const { alice, received } = await scene({ send_tx: ["401"] });
  const error = await failure(alice.transfer("bob.near", "1 NEAR", FAST), "rejected");
  assert.ok(isNearError(error.cause, "http"));
  assert.is(await received(), 0n);
});

test("failed: an executed failure carries the outcome, the action and nearcore's error", async () => {
  const { alice } = await scene();
  const error = await failure(alice.transfer("nobody.near", "1 NEAR"), "failed");
  assert.is(error.kind, "AccountDoesNotExist");
  assert.equal(error.data, { account_id: "nobody.near" });
  assert.is(error.actionIndex, 0);
  assert.ok((error.outcome?.gasBurnt ?? 0n) > 0n);
});

test("what is paid is what the list of actions was at the call", async () => {
  const { alice, received } = await scene();
  const actions = [transfer(1n)];
  const one = alice.send("bob.near", actions, FAST);
  actions[0] = transfer(100n);
  const two = alice.send("bob.near", actions, FAST);
  actions.length = 0;
  await Promise.all([one, two]);
  assert.is(await received(), 101n);
});

test("expired: proved at a final block, and only then", async () => {
  const { chain, alice, received } = await scene();
  const transaction = await alice.prepare("bob.near", [transfer("1 NEAR")]);
  const signed = await signTransaction(transaction, chain.signer("alice.near"));
  await chain.produceBlocks(150);
  const near = connect(chain);
  const error = await failure(near.send(signed, FAST), "expired");
  assert.is(error.kind, "Expired");
  assert.is(await received(), 0n);
});

test("P2: a transaction signed by the caller is sent as it is, any number of times, once", async () => {
  const { chain, alice, received } = await scene();
  const transaction = await alice.prepare("bob.near", [transfer("1 NEAR")]);
  const signed = await signTransaction(transaction, chain.signer("alice.near"));
  const near = connect(chain);
  const first = await near.send(signed, FAST);
  const second = await near.send(signed, FAST);
  assert.is(second.hash, first.hash);
  assert.is(await received(), ONE);
});

test("P3: a used nonce is an error, never a success of somebody else's transaction", async () => {
  const { chain, alice, received } = await scene();
  const transaction = await alice.prepare("bob.near", [transfer("1 NEAR")]);
  const other = await alice.prepare("bob.near", [transfer("2 NEAR")]);
  const near = connect(chain);
  await near.send(await signTransaction(other, chain.signer("alice.near")), FAST);
  const stale = await signTransaction(transaction, chain.signer("alice.near"));
  const error = await failure(near.send(stale, FAST), "rejected");
  assert.is(error.kind, "InvalidNonce");
  assert.is(await received(), 2n * ONE);
});

test("P4: many senders at once on one key, from two objects, all land", async () => {
  const { chain, received } = await scene();
  const signer = chain.signer("alice.near");
  const one = connect(chain).account("alice.near", signer);
  const two = connect(chain).account("alice.near", signer);
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).transfer("bob.near", "1 NEAR", FAST)),
  );
  assert.is(await received(), 20n * ONE);
});

test("P4: when the first question for the nonce fails, those who wait do not share a nonce", async () => {
  const { alice, received } = await scene({ query: ["drop-request", "drop-request"] });
  const results = await Promise.allSettled(
    Array.from({ length: 4 }, () => alice.transfer("bob.near", "1 NEAR", FAST)),
  );
  const landed = results.filter(({ status }) => status === "fulfilled").length;
  assert.ok(landed >= 3);
  assert.is(await received(), BigInt(landed) * ONE);
});

test("P4: two chains with the same key do not disturb each other", async () => {
  const one = await scene();
  const two = await scene();
  await one.alice.transfer("bob.near", "1 NEAR");
  await one.alice.transfer("bob.near", "1 NEAR");
  await two.alice.transfer("bob.near", "1 NEAR");
  assert.is(await one.received(), 2n * ONE);
  assert.is(await two.received(), ONE);
});

test("P7: of many, one failure hides nothing of the others", async () => {
  const { alice, received } = await scene();
  const results = await alice.sendAll(
    ["bob.near", "nobody.near", "bob.near"].map((receiverId) => ({
      receiverId,
      actions: [transfer("1 NEAR")],
    })),
  );
  assert.equal(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
  assert.is(await received(), 2n * ONE);
});

test("P9: the status is asked with the signer", async () => {
  const { chain, alice, transport } = await scene({ send_tx: ["drop-answer"] });
  const { hash } = await alice.transfer("bob.near", "1 NEAR", FAST);
  const asked = transport.requests.filter(({ method }) => method === "tx");
  assert.ok(asked.length > 0);
  for (const { params } of asked) assert.match(JSON.stringify(params), '"alice.near"');
  const status = await connect(chain).status(hash, "alice.near");
  assert.is(status.hash, hash);
  assert.is(status.failure, undefined);
  const unknown = await connect(chain)
    .status("11111111111111111111111111111111", "alice.near")
    .catch((error: unknown) => error);
  assert.instance(unknown, RpcError);
  assert.ok(isNearError(unknown, "UNKNOWN_TRANSACTION"));
});

test("P10: the wait level reaches the node, also through a wallet", async () => {
  const { alice, transport } = await scene();
  const outcome = await alice.transfer("bob.near", "1 NEAR", { wait: "FINAL" });
  assert.is(outcome.level, "FINAL");
  const waited: unknown[] = [];
  const wallet = connect(transport).account("alice.near", {
    execute: async (request) => {
      waited.push(request.wait);
      return { hash: outcome.hash, signerId: "alice.near", response: outcome.response };
    },
  });
  await wallet.transfer("bob.near", "1 NEAR", { wait: "INCLUDED_FINAL" });
  assert.equal(waited, ["INCLUDED_FINAL"]);
});

test("a restored snapshot starts its nonces anew", async () => {
  const { chain, alice, received } = await scene();
  await alice.transfer("bob.near", "1 NEAR");
  const snapshot = chain.snapshot();
  const first = await alice.transfer("bob.near", "1 NEAR");
  await chain.restore(snapshot);
  const again = await alice.transfer("bob.near", "1 NEAR");
  assert.is(again.hash, first.hash);
  assert.is(await received(), 2n * ONE);
});

test.run();
