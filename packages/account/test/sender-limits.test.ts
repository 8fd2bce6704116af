import {
  connect,
  createMemoryJournal,
  type Journal,
  journalled,
  resumeJournal,
  TransactionError,
} from "@yoctonear/account";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseNear } from "@yoctonear/primitives";
import type { Transport } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./stage.ts";

const test = suite("sender: at its limits");
const FAST = { pollInterval: 1 };

function alone(inner: Transport): Transport {
  const transport: Transport = (request, options) => inner(request, options);
  return Object.assign(transport, { scope: {} });
}
async function start(): Promise<Localnet> {
  return createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR", "carol.near": "900 NEAR" },
  });
}
async function bobGot(chain: Localnet): Promise<bigint> {
  return (await connect(chain).account("bob.near").balance()).total - parseNear("1 NEAR");
}

test("P6: what was signed anew and may be written down is unknown, not rejected, when time is up", async () => {
  const chain = await start();
  let isFirst = true;
  const transport = alone(async (request, options) => {
    if (request.method === "query") await chain.produceBlock();
    if (isFirst && request.method === "send_tx") {
      isFirst = false;
      await connect(alone(chain.transport))
        .account("alice.near", chain.signer("alice.near"))
        .transfer("carol.near", 2n, FAST);
    }
    return chain.transport(request, options);
  });
  const caller = new AbortController();
  const memory = createMemoryJournal();
  let puts = 0;
  const journal: Journal = {
    ...memory,
    put: async (entry) => {
      await memory.put(entry);
      puts += 1;
      if (puts < 2) return;
      // On the disk, but slow to say so.
      caller.abort(new Error("time is up"));
      await new Promise(() => {});
    },
    // Dies before it comes to the second.
    remove: async (hash) => {
      if (puts < 2) await memory.remove(hash);
      else await new Promise(() => {});
    },
  };
  const alice = connect(transport, { journal: journalled(journal) }).account(
    "alice.near",
    chain.signer("alice.near"),
  );
  const error = await rejection(alice.transfer("bob.near", 1n, { ...FAST, signal: caller.signal }));
  assert.ok(error instanceof TransactionError);
  const [entry] = await memory.list();
  assert.ok(entry);
  await resumeJournal(alone(chain.transport), memory, FAST);
  assert.is(await bobGot(chain), 1n, "the next process pays");
  assert.equal([error.code, error.hash], ["unknown_outcome", entry?.hash]);
});

test("P6: refused by the only node that had it, but still in the journal: it may live", async () => {
  const chain = await start();
  const memory = createMemoryJournal();
  let isBroken = true;
  const journal: Journal = {
    ...memory,
    remove: async (hash) => {
      if (isBroken) throw new Error("disk full");
      await memory.remove(hash);
    },
  };
  const alice = connect(alone(chain.transport), { journal: journalled(journal) }).account(
    "alice.near",
    chain.signer("alice.near"),
  );
  const error = await rejection(alice.transfer("bob.near", "500 NEAR", FAST));
  assert.ok(error instanceof TransactionError);
  isBroken = false;
  await connect(chain)
    .account("carol.near", chain.signer("carol.near"))
    .transfer("alice.near", "600 NEAR");
  await resumeJournal(alone(chain.transport), memory, FAST);
  const got = await bobGot(chain);
  assert.ok(!(error.code === "rejected" && got > 0n), `${error.code}, and bob got ${got}`);
});

test("P4: one reference is one payment also beside 10,000 others", async () => {
  // Which has at most 10,000 timers at a time.
  if (globalThis.navigator?.userAgent === "Cloudflare-Workers") return;
  const chain = await start();
  const held: (() => void)[] = [];
  let isOpen = false;
  const transport = alone(async (request, options) => {
    if (!isOpen) {
      await new Promise<void>((resolve) => {
        held.push(resolve);
      });
    }
    return chain.transport(request, options);
  });
  const journal = createMemoryJournal();
  const near = connect(transport, { journal: journalled(journal), queueLimit: 100_000 });
  const alice = near.account("alice.near", chain.signer("alice.near"));
  const controller = new AbortController();
  const others = Array.from({ length: 10_000 }, (_, i) =>
    rejection(
      alice.transfer("bob.near", 1n, {
        ...FAST,
        reference: `other ${i}`,
        signal: controller.signal,
      }),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  const pay = () => alice.transfer("carol.near", 1n, { ...FAST, reference: "invoice" });
  const both = Promise.all([pay(), pay()]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  controller.abort(new Error("never mind"));
  await Promise.all(others);
  isOpen = true;
  for (const go of held) go();
  const [one, two] = await both;
  assert.is(one.hash, two.hash);
});

test("a lie about a nonce is no reason to take one that no block takes", async () => {
  const chain = await start();
  let asked = 0;
  const transport = alone(async (request, options) => {
    const answer = await chain.transport(request, options);
    if (request.method !== "query" || (asked += 1) > 2) return answer;
    return Object.assign({}, answer, { nonce: 2n ** 60n });
  });
  const alice = connect(transport).account("alice.near", chain.signer("alice.near"));
  await alice.transfer("bob.near", 1n, FAST);
  await alice.transfer("bob.near", 2n, FAST);
  assert.is(await bobGot(chain), 3n);
});

test.run();
