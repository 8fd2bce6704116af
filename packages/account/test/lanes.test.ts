import {
  connect,
  keyPool,
  type SigningAccount,
  TransactionError,
  type WaitLevel,
} from "@yoctonear/account";
import { decodeBase64, isNearError } from "@yoctonear/base";
import type { Signer } from "@yoctonear/keys";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseNear } from "@yoctonear/primitives";
import { type RpcRequest, type Transport, TransportError } from "@yoctonear/rpc";
import {
  decodeSignedTransaction,
  fullAccess,
  gasKeyFullAccess,
  signTransaction,
  type Transaction,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./stage.ts";

const test = suite("lanes: nonces, queues, rows of gas keys");

const ONE = parseNear("1 NEAR");
const FAST = { pollInterval: 1 };

interface Scene {
  readonly chain: Localnet;
  /** Transactions that were broadcast by the transport, each once, in order. */
  readonly sent: readonly Transaction[];
  readonly transport: Transport;
  readonly alice: SigningAccount;
  received(): Promise<bigint>;
}

/** @param wrap - what stands between the caller and the chain */
async function scene(wrap: (inner: Transport) => Transport = (inner) => inner): Promise<Scene> {
  const chain = await createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
  });
  const sent: Transaction[] = [];
  const bytes = new Set<string>();
  const inner = wrap(chain.transport);
  const carry: Transport = (request, options) => {
    if (request.method === "send_tx" && !bytes.has(textOf(request))) {
      bytes.add(textOf(request));
      sent.push(decodeSignedTransaction(decodeBase64(textOf(request))).transaction);
    }
    return inner(request, options);
  };
  const transport = alone(carry);
  const alice = connect(transport).account("alice.near", chain.signer("alice.near"));
  const bob = connect(chain).account("bob.near");
  return {
    chain,
    sent,
    transport,
    alice,
    received: async () => (await bob.balance()).total - ONE,
  };
}

function textOf({ params }: RpcRequest): string {
  const { signed_tx_base64: text } = Object(params);
  return typeof text === "string" ? text : "";
}

function nonceOf({ nonce }: Transaction): bigint {
  return typeof nonce === "bigint" ? nonce : nonce.nonce;
}

/** A transport to a network that nobody else reaches, as far as it knows: there is one nonce after the other. */
function alone(inner: Transport): Transport {
  const transport: Transport = (request, options) => inner(request, options);
  return Object.assign(transport, { scope: {} });
}

/** As if of another process: a transport of its own scope. */
function otherProcess(chain: Localnet): SigningAccount {
  return connect(alone(chain.transport)).account("alice.near", chain.signer("alice.near"));
}

/** Does something before the first broadcast arrives. */
function beforeFirst(
  task: (inner: Transport) => Promise<unknown>,
): (inner: Transport) => Transport {
  return (inner) => {
    let isFirst = true;
    return async (request, options) => {
      if (isFirst && request.method === "send_tx") {
        isFirst = false;
        await task(inner);
      }
      return inner(request, options);
    };
  };
}

async function gasKeyOf({ chain, alice }: Scene, numNonces: number): Promise<Signer> {
  const gasKey = chain.signer("gas.near");
  await alice.addKey(gasKey.publicKey, gasKeyFullAccess({ numNonces }));
  await alice.transferToGasKey(gasKey.publicKey, "1 NEAR");
  return gasKey;
}

function rowsOf(sent: readonly Transaction[]): (number | undefined)[] {
  return sent.map(({ nonce }) =>
    typeof nonce !== "bigint" && nonce.type === "gasKeyNonce" ? nonce.nonceIndex : undefined,
  );
}

test("P1: a nonce that another process has used is proved used, then another transaction is signed, once", async () => {
  const chains: Localnet[] = [];
  const { chain, alice, sent, received } = await scene((inner) => {
    const wrapped = beforeFirst(async () => {
      const [it] = chains;
      if (it !== undefined) await otherProcess(it).transfer("bob.near", 1n, FAST);
    })(inner);
    // Each question finds the chain a block further.
    return async (request, options) => {
      if (request.method === "query") await chains[0]?.produceBlock();
      return wrapped(request, options);
    };
  });
  chains.push(chain);
  const outcome = await alice.transfer("bob.near", 2n, FAST);
  assert.equal(sent.map(nonceOf), [1n, 2n]);
  assert.is(outcome.hash, (await connect(chain).status(outcome.hash, "alice.near")).hash);
  assert.is(await received(), 3n);
  await alice.transfer("bob.near", 4n, FAST);
  assert.is(await received(), 7n);
});

test("P3: two processes that make the same payment at the same time make two, and each has its own", async () => {
  const { chain, received } = await scene();
  const pay = (transport: Transport): Promise<string[]> => {
    const alice = connect(transport).account("alice.near", chain.signer("alice.near"));
    const item = { receiverId: "bob.near", actions: [transfer(1n)], ...FAST };
    return alice
      .sendAll(Array.from({ length: 4 }, () => item))
      .then((results) =>
        results.map((result) => (result.status === "fulfilled" ? result.value.hash : "")),
      );
  };
  // Without a scope: whoever else may reach it. Each question finds the chain a block further.
  const transports = [1, 2].map((): Transport => async (request, options) => {
    if (request.method === "query") await chain.produceBlock();
    return chain.transport(request, options);
  });
  const hashes = (await Promise.all(transports.map(pay))).flat();
  assert.is(new Set(hashes).size, 8);
  assert.is(await received(), 8n);
});

test("a first nonce leaps where others may use the key, within what the next block takes, and then counts by one", async () => {
  const { chain } = await scene();
  const prepare = async (transport: Transport, count: number): Promise<bigint[]> => {
    const near = connect(transport).account("alice.near", chain.signer("alice.near"));
    const nonces: bigint[] = [];
    for (let i = 0; i < count; i += 1) {
      nonces.push(nonceOf(await near.prepare("bob.near", [transfer(1n)])));
    }
    return nonces;
  };
  for (const [nonce, least, most] of [
    [0n, 1n, 15_625_000n],
    [999_999_000n, 999_999_001n, 1_000_014_641n],
    [1_000_999_990n, 1_000_999_991n, 1_000_999_991n],
  ] as const) {
    const key = {
      nonce,
      permission: "FullAccess",
      block_hash: "1".repeat(32),
      block_height: 1_000n,
    };
    const answer: Transport = async () => key;
    const shared: Transport = (request) => answer(request);
    const [first = 0n, second] = await prepare(shared, 2);
    assert.ok(first >= least && first <= most, `${first} after ${nonce}`);
    assert.is(second, first + 1n);
    assert.equal(await prepare(alone(answer), 2), [nonce + 1n, nonce + 2n]);
  }
});

test("P5: where no block comes the refused nonce is a rejection after some questions, and the key goes on", async () => {
  const chains: Localnet[] = [];
  let asked = 0;
  const { chain, alice, sent, received } = await scene((inner) =>
    beforeFirst(async () => {
      const [it] = chains;
      if (it !== undefined) await otherProcess(it).transfer("bob.near", 1n, FAST);
    })((request, options) => {
      asked += request.method === "query" ? 1 : 0;
      return inner(request, options);
    }),
  );
  chains.push(chain);
  const error = await rejection(alice.transfer("bob.near", 2n, FAST));
  assert.ok(error instanceof TransactionError);
  assert.equal([error.code, error.kind, sent.length], ["rejected", "InvalidNonce", 1]);
  assert.ok(asked < 20, `${asked} questions`);
  await alice.transfer("bob.near", 4n, FAST);
  assert.is(await received(), 5n);
});

test("P2: what the caller has signed is refused for good, and nothing is signed in its place", async () => {
  const { chain, alice, sent, transport } = await scene();
  const transaction = await alice.prepare("bob.near", [transfer(1n)]);
  await otherProcess(chain).transfer("bob.near", 2n, FAST);
  const mine = await signTransaction(transaction, chain.signer("alice.near"));
  const error = await rejection(connect(transport).send(mine, FAST));
  assert.ok(error instanceof TransactionError);
  assert.equal([error.code, error.kind, sent.length], ["rejected", "InvalidNonce", 1]);
});

test("a gas key's rows are handed out, least busy first, without being asked for", async () => {
  const it = await scene();
  const payer = connect(it.transport).account("alice.near", await gasKeyOf(it, 4));
  const before = it.sent.length;
  const results = await payer.sendAll(
    Array.from({ length: 12 }, (_, i) => ({
      receiverId: "bob.near",
      actions: [transfer(1n << BigInt(i))],
      ...FAST,
    })),
  );
  assert.ok(results.every(({ status }) => status === "fulfilled"));
  assert.is(await it.received(), 4095n);
  const rows = rowsOf(it.sent.slice(before));
  assert.equal(new Set(rows), new Set([0, 1, 2, 3]));
  for (const row of [0, 1, 2, 3]) assert.is(rows.filter((index) => index === row).length, 3);
  await payer.transfer("bob.near", 1n, { ...FAST, nonceIndex: 2 });
  assert.is(rowsOf(it.sent).at(-1), 2, "the one that the caller names");
  const prepared = await payer.prepare("bob.near", [transfer(1n)]);
  assert.is(rowsOf([prepared])[0], 0);
});

test("a pool mixes plain keys and gas keys", async () => {
  const it = await scene();
  const gasKey = await gasKeyOf(it, 2);
  const plain = it.chain.signer("alice.near");
  const pool = connect(it.transport).account("alice.near", keyPool([gasKey, plain]));
  const before = it.sent.length;
  await pool.transfer("bob.near", 1n, FAST);
  await pool.sendAll(
    Array.from({ length: 6 }, () => ({ receiverId: "bob.near", actions: [transfer(1n)], ...FAST })),
  );
  assert.is(await it.received(), 7n);
  assert.equal(new Set(rowsOf(it.sent.slice(before))), new Set([0, 1, undefined]));
});

test("a key that is no gas key any more is used as what it is", async () => {
  const it = await scene();
  const gasKey = await gasKeyOf(it, 2);
  const payer = connect(it.transport).account("alice.near", gasKey);
  await payer.transfer("bob.near", 1n, FAST);
  await it.alice.send("alice.near", [
    { type: "withdrawFromGasKey", publicKey: gasKey.publicKey, amount: parseNear("0.9 NEAR") },
  ]);
  await it.alice.deleteKey(gasKey.publicKey);
  await it.alice.addKey(gasKey.publicKey, fullAccess());
  assert.ok(await rejection(payer.transfer("bob.near", 1n, FAST)));
  await payer.transfer("bob.near", 2n, FAST);
  assert.is(await it.received(), 3n);
});

test("strict: a transaction V1 with exactly the next nonce, also after one that was rejected", async () => {
  const { alice, sent, received } = await scene();
  const strict = { ...FAST, nonceMode: "strict" } as const;
  await alice.transfer("bob.near", 1n, strict);
  const error = await rejection(alice.transfer("bob.near", "1000 NEAR", strict));
  assert.ok(error instanceof TransactionError && error.kind === "NotEnoughBalance");
  await alice.transfer("bob.near", 2n, strict);
  await rejection(alice.transfer("bob.near", "1000 NEAR", FAST));
  await Promise.all([
    alice.transfer("bob.near", 4n, strict),
    alice.transfer("bob.near", 8n, strict),
  ]);
  assert.equal(sent.map(nonceOf), [1n, 2n, 2n, 3n, 3n, 4n]);
  assert.equal(
    sent.map((transaction) => (transaction.version === 1 ? transaction.nonceMode : "none")),
    ["strict", "strict", "strict", "none", "strict", "strict"],
  );
  assert.is(await received(), 15n);
});

test("a strict nonce that nothing was signed with does not stand in the way of the next", async () => {
  const { chain, transport, received } = await scene();
  const key = chain.signer("alice.near");
  let isFirst = true;
  const device: Signer = {
    publicKey: key.publicKey,
    sign: (request) => {
      if (!isFirst) return key.sign(request);
      isFirst = false;
      return Promise.reject(new Error("declined"));
    },
  };
  const alice = connect(transport).account("alice.near", device);
  const strict = { ...FAST, nonceMode: "strict" } as const;
  assert.match(String(await rejection(alice.transfer("bob.near", 1n, strict))), "declined");
  await alice.transfer("bob.near", 2n, { ...strict, timeout: 5_000 });
  assert.is(await received(), 2n);
});

test("what nobody waited for and no node takes does not hold up its key", async () => {
  const { alice, received } = await scene();
  await alice.transfer("bob.near", "1000 NEAR", { ...FAST, wait: "NONE" });
  await alice.transfer("bob.near", 1n, { ...FAST, timeout: 1_000 });
  assert.is(await received(), 1n);
});

test("a full queue refuses before anything is signed, and takes more later", async () => {
  const it = await scene();
  const alice = connect(it.transport, { queueLimit: 2 }).account(
    "alice.near",
    it.chain.signer("alice.near"),
  );
  const item = { receiverId: "bob.near", actions: [transfer(1n)], ...FAST };
  const results = await alice.sendAll([item, item, item, item]);
  assert.equal(
    results.map((result) =>
      result.status === "fulfilled" ? "" : isNearError(result.reason, "queue_full"),
    ),
    ["", "", true, true],
  );
  assert.is(it.sent.length, 2);
  await alice.transfer("bob.near", 1n, FAST);
  assert.is(await it.received(), 3n);
  const typo: object = { queuelimit: 2 };
  assert.throws(() => connect(it.transport, { ...typo }), TypeError);
});

test("a lane keeps its order, whatever is waited for", async () => {
  const { alice, sent, received } = await scene();
  const levels: readonly WaitLevel[] = ["FINAL", "NONE", "INCLUDED", "NONE", "EXECUTED", "NONE"];
  await Promise.all(
    levels.map((wait, i) => alice.transfer("bob.near", 1n << BigInt(i), { ...FAST, wait })),
  );
  await alice.transfer("bob.near", 64n, FAST);
  assert.equal(sent.map(nonceOf), [1n, 2n, 3n, 4n, 5n, 6n, 7n]);
  assert.is(await received(), 127n);
});

test("P4: what nobody waited for is included before the next one of its key goes out", async () => {
  const { alice, sent, received } = await scene((inner) => {
    let isFirst = true;
    return async (request, options) => {
      if (!isFirst || request.method !== "send_tx") return inner(request, options);
      isFirst = false;
      // Taken in, and lost by the node.
      return { final_execution_status: "NONE" };
    };
  });
  assert.is((await alice.transfer("bob.near", 1n, { ...FAST, wait: "NONE" })).level, "NONE");
  assert.is(await received(), 0n);
  await alice.transfer("bob.near", 2n, FAST);
  assert.is(await received(), 3n);
  assert.equal(sent.map(nonceOf), [1n, 2n]);
});

test("P4: a delegate does not overtake what nobody waited for", async () => {
  const { alice, sent, received } = await scene((inner) => {
    let isFirst = true;
    return async (request, options) => {
      if (!isFirst || request.method !== "send_tx") return inner(request, options);
      isFirst = false;
      throw new TransportError("network", "connection reset");
    };
  });
  const unseen = alice.transfer("bob.near", 1n, { ...FAST, wait: "NONE" });
  const [, delegated] = await Promise.all([unseen, alice.delegate("bob.near", [transfer(2n)])]);
  assert.is(await received(), 1n);
  assert.equal([...sent.map(nonceOf), delegated.delegateAction.nonce], [1n, 2n]);
});

/** A transport whose answers come at the next tick of a clock, which ticks when nothing else is left to do. */
function ticking(inner: Transport): { readonly transport: Transport; ticks(): number } {
  let waiting: (() => void)[] = [];
  let ticks = 0;
  let isTicking = false;
  const quiet = async (): Promise<void> => {
    for (let before = -1; before !== waiting.length;) {
      before = waiting.length;
      for (let i = 0; i < 5; i += 1) await new Promise((next) => setTimeout(next));
    }
  };
  const tick = async (): Promise<void> => {
    while (waiting.length > 0) {
      await quiet();
      ticks += 1;
      const due = waiting;
      waiting = [];
      for (const answer of due) answer();
      await quiet();
    }
    isTicking = false;
  };
  return {
    ticks: () => ticks,
    transport: async (request, options) => {
      const answer = await inner(request, options);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (isTicking) return;
        isTicking = true;
        void tick();
      });
      return answer;
    },
  };
}

test("sixteen lanes are more than five times as fast as one where answers take their time", async () => {
  const ticksFor = async (numNonces: number): Promise<number> => {
    const it = await scene();
    const gasKey = await gasKeyOf(it, numNonces);
    const { transport, ticks } = ticking(it.chain.transport);
    const payer = connect(transport).account("alice.near", gasKey);
    const item = { receiverId: "bob.near", actions: [transfer(1n)], ...FAST };
    await payer.transfer("bob.near", 1n, FAST);
    const before = ticks();
    const results = await payer.sendAll(Array.from({ length: 32 }, () => item));
    assert.ok(results.every(({ status }) => status === "fulfilled"));
    assert.is(await it.received(), 33n);
    return ticks() - before;
  };
  const [one, sixteen] = [await ticksFor(1), await ticksFor(16)];
  assert.ok(one >= 5 * sixteen, `${one} and ${sixteen} ticks`);
});

test.run();
