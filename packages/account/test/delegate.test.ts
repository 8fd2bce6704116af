// Compiles WebAssembly at run time, which workerd forbids.
import { connect, TransactionError } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { parseNear } from "@yoctonear/primitives";
import { type Transport, TransportError } from "@yoctonear/rpc";
import {
  decodeSignedDelegate,
  encodeSignedDelegate,
  functionCall,
  functionCallAccess,
  gasKeyFullAccess,
  LimitError,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("delegate and relay: meta-transactions");

test("one signs, another pays gas and deposits", async () => {
  const { near, alice, bob } = await setStage({ "counter.near": "counter" });
  const before = (await alice.balance()).total;
  const delegated = await alice.delegate("counter.near", [
    functionCall("increment", { by: 2 }, { gas: "10 Tgas" }),
  ]);
  assert.is(delegated.type, "delegate");
  const outcome = await bob.relay(delegated);
  assert.is(outcome.value, 2);
  assert.equal(outcome.logs, ["Changed number to 2"]);
  assert.is(await near.view("counter.near", "get"), 2);
  await bob.relay(await alice.delegate("bob.near", [transfer("1 NEAR")]));
  assert.is((await alice.balance()).total, before);
});

test("goes over the wire as bytes", async () => {
  const { near, alice, bob } = await setStage({ "counter.near": "counter" });
  const delegated = await alice.delegate("counter.near", [functionCall("increment")]);
  await bob.relay(decodeSignedDelegate(encodeSignedDelegate(delegated)));
  assert.is(await near.view("counter.near", "get"), 1);
});

test("the failure of what was delegated is the failure of the relay", async () => {
  const { alice, bob } = await setStage({ "counter.near": "counter" });
  const delegated = await alice.delegate("counter.near", [functionCall("no_such_method")]);
  const error = await rejection(bob.relay(delegated));
  assert.ok(error instanceof TransactionError);
  assert.is(error.code, "failed");
  assert.is(error.kind, "MethodNotFound");
  assert.is(error.signerId, "bob.near");
  assert.is((await bob.key(bob.publicKey ?? ""))?.nonce, 1n);
});

test("P6: a relay whose time was up tells, taken up later, what became of what was delegated", async () => {
  const { chain, alice } = await setStage({ "counter.near": "counter" });
  const delegated = await alice.delegate("counter.near", [functionCall("no_such_method")]);
  const caller = new AbortController();
  const transport: Transport = async (request, options) => {
    const answer = await chain.transport(request, options);
    if (request.method !== "send_tx" || caller.signal.aborted) return answer;
    caller.abort();
    throw new TransportError("network", "cut off");
  };
  const bob = connect(transport).account("bob.near", chain.signer("bob.near"));
  const error = await rejection(bob.relay(delegated, { signal: caller.signal }));
  assert.ok(error instanceof TransactionError);
  assert.is(error.code, "unknown_outcome");
  const later = await rejection(error.resume?.() ?? Promise.resolve());
  assert.ok(later instanceof TransactionError);
  assert.equal([later.code, later.kind, later.hash], ["failed", "MethodNotFound", error.hash]);
});

test("what the delegated call hands on is waited for, too", async () => {
  const { alice, bob } = await setStage({ "caller.near": "cross-contract", "c.near": "counter" });
  const ask = { account_id: "c.near", method: "increment" };
  const gas = { gas: "100 Tgas" } as const;
  const asked = await bob.relay(
    await alice.delegate("caller.near", [functionCall("ask", ask, gas)]),
  );
  assert.equal(asked.value, { answer: 1 });
  const wrong = { account_id: "c.near", method: "no_such_method" };
  const error = await rejection(
    bob.relay(await alice.delegate("caller.near", [functionCall("pass_on", wrong, gas)])),
  );
  assert.ok(error instanceof TransactionError);
  assert.is(error.kind, "MethodNotFound");
});

test("P4: delegates and transactions of one key, at once, get different nonces and all land", async () => {
  const { near, alice, bob } = await setStage({ "counter.near": "counter" });
  const increment = (): ReturnType<typeof functionCall> => functionCall("increment");
  const [, first, , second] = await Promise.all([
    alice.call("counter.near", "increment"),
    alice.delegate("counter.near", [increment()]),
    // Another object on the same key
    near.account("alice.near", alice.signer ?? randomEd25519KeyPair()).transfer("bob.near", 1n),
    alice.delegate("counter.near", [increment()]),
  ]);
  const nonces = [first, second].map((delegated) => delegated?.delegateAction.nonce);
  assert.is(new Set(nonces).size, 2);
  // The last nonce is the second's; whatever of the first is still valid is relayed before.
  assert.equal(nonces, [2n, 4n]);
  const late = await rejection(bob.relay(first));
  assert.ok(late instanceof TransactionError);
  assert.is(late.kind, "DelegateActionInvalidNonce");
  await bob.relay(second);
  await alice.call("counter.near", "increment");
  assert.is(await near.view("counter.near", "get"), 3);
});

test("is executed once, however often it is relayed", async () => {
  const { near, alice, bob } = await setStage({ "counter.near": "counter" });
  const delegated = await alice.delegate("counter.near", [functionCall("increment")]);
  const results = await Promise.allSettled([bob.relay(delegated), bob.relay(delegated)]);
  assert.equal(
    results.map(({ status }) => status),
    ["fulfilled", "rejected"],
  );
  assert.is(await near.view("counter.near", "get"), 1);
});

test("expires after as many blocks as told, 1,000 unless told", async () => {
  const { chain, alice, bob } = await setStage();
  const long = await alice.delegate("bob.near", [transfer(1n)]);
  const short = await alice.delegate("bob.near", [transfer(1n)], { validFor: 5 });
  assert.is(long.delegateAction.maxBlockHeight - short.delegateAction.maxBlockHeight, 995n);
  await chain.fastForward(10);
  const error = await rejection(bob.relay(short));
  assert.ok(error instanceof TransactionError);
  assert.is(error.kind, "DelegateActionExpired");
  for (const validFor of [0, -1, 1.5, NaN]) {
    assert.instance(
      await rejection(alice.delegate("bob.near", [transfer(1n)], { validFor })),
      RangeError,
    );
  }
});

test("a function-call key delegates what it may", async () => {
  const { chain, near, alice, bob } = await setStage({ "counter.near": "counter" });
  const keyPair = chain.signer("limited-key");
  const permission = functionCallAccess("counter.near", { methods: ["increment"], allowance: 1n });
  await alice.addKey(keyPair.publicKey, permission);
  const limited = near.account("alice.near", keyPair);
  await bob.relay(await limited.delegate("counter.near", [functionCall("increment")]));
  assert.is(await near.view("counter.near", "get"), 1);
  const error = await rejection(
    bob.relay(await limited.delegate("counter.near", [functionCall("reset")])),
  );
  assert.ok(error instanceof TransactionError);
  assert.is(error.kind, "MethodNameMismatch");
});

test("a gas key's nonce makes it a delegate V2", async () => {
  const { chain, near, alice, bob } = await setStage();
  const keyPair = chain.signer("gas-key");
  await alice.addKey(keyPair.publicKey, gasKeyFullAccess({ numNonces: 2 }));
  const before = (await bob.balance()).total;
  const lane = near.account("alice.near", keyPair);
  const delegated = await lane.delegate("bob.near", [transfer("1 NEAR")], { nonceIndex: 1 });
  assert.is(delegated.type, "delegateV2");
  await bob.relay(decodeSignedDelegate(encodeSignedDelegate(delegated)));
  assert.ok((await bob.balance()).total > before - parseNear("0.1 NEAR"));
  assert.ok(isNearError(await rejection(lane.delegate("bob.near", [])), "gas_key"));
});

test("refuses what no node would take, a wallet's account, and misspelt options", async () => {
  const { near, alice } = await setStage();
  const nonce = (await alice.delegate("bob.near", [])).delegateAction.nonce;
  const many = Array.from({ length: 101 }, () => transfer(1n));
  assert.instance(await rejection(alice.delegate("bob.near", many)), LimitError);
  assert.ok(isNearError(await rejection(alice.delegate("BAD", [])), "invalid_account_id"));
  const options = { maxBlocks: 5, validFor: 5 };
  assert.match(String(await rejection(alice.delegate("bob.near", [], options))), "got maxBlocks");
  for (const timeout of [Number.NaN, 2 ** 40]) {
    assert.instance(await rejection(alice.delegate("bob.near", [], { timeout })), RangeError);
  }
  const wallet = near.account("alice.near", {
    execute: () => Promise.reject(new Error("unasked")),
  });
  assert.ok(isNearError(await rejection(wallet.delegate("bob.near", [])), "no_signer"));
  // Whatever was refused has taken no nonce.
  const next = (await alice.delegate("bob.near", [])).delegateAction.nonce;
  assert.equal([nonce, next], [1n, 2n]);
});

test("a key that the account does not have signs nothing", async () => {
  const { chain } = await setStage();
  const stranger = connect(chain).account("alice.near", randomEd25519KeyPair());
  const error = await rejection(stranger.delegate("bob.near", [transfer(1n)]));
  assert.ok(isNearError(error, "UNKNOWN_ACCESS_KEY"));
});

test("P32: a wallet signs, or nobody does; what it signs is what it was asked for", async () => {
  const { near, alice, bob } = await setStage();
  const execute = (): Promise<never> => Promise.reject(new Error("sends nothing"));
  const asked: unknown[] = [];
  const wallet = near.account("alice.near", {
    execute,
    signDelegate: async ({ receiverId, actions, validFor, nonceIndex }) => {
      asked.push(validFor);
      return alice.delegate(receiverId, actions, { validFor, nonceIndex });
    },
  });
  const delegated = await wallet.delegate("bob.near", [transfer("1 NEAR")], { validFor: 50 });
  assert.equal(asked, [50]);
  assert.is((await bob.relay(delegated)).failure, undefined);

  const refusing = near.account("alice.near", {
    execute,
    signDelegate: () => Promise.reject(new Error("the user said no")),
  });
  const no = await rejection(refusing.delegate("bob.near", [transfer("1 NEAR")]));
  assert.ok(no instanceof Error && no.message === "the user said no");

  const others = [
    () => alice.delegate("bob.near", [transfer("2 NEAR")]),
    () => alice.delegate("alice.near", [transfer("1 NEAR")]),
    () => bob.delegate("bob.near", [transfer("1 NEAR")]),
  ];
  for (const signDelegate of others) {
    const other = near.account("alice.near", { execute, signDelegate });
    const error = await rejection(other.delegate("bob.near", [transfer("1 NEAR")]));
    assert.ok(isNearError(error, "wallet_differs"));
  }
  const none = near.account("alice.near", { execute });
  assert.ok(isNearError(await rejection(none.delegate("bob.near", [])), "no_signer"));

  const caller = new AbortController();
  const idle = near.account("alice.near", {
    execute,
    signDelegate: () => {
      caller.abort(new Error("enough"));
      return new Promise(() => undefined);
    },
  });
  const enough = await rejection(idle.delegate("bob.near", [], { signal: caller.signal }));
  assert.ok(enough instanceof Error && enough.message === "enough");
});

test.run();
