import {
  connect,
  createMemoryJournal,
  type Journal,
  type JournalEntry,
  journalled,
  resumeJournal,
  type SigningAccount,
  TransactionError,
  waitFor,
} from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseNear } from "@yoctonear/primitives";
import { type Transport, TransportError } from "@yoctonear/rpc";
import { transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./stage.ts";

const test = suite("journal: written down before it is sent");

const ONE = parseNear("1 NEAR");
const FAST = { pollInterval: 1 };
const INVOICE = { ...FAST, reference: "invoice 7" };

interface Scene {
  readonly chain: Localnet;
  readonly journal: Journal;
  /** What happened, in order. */
  readonly steps: string[];
  readonly transport: Transport;
  readonly alice: SigningAccount;
  hashes(): Promise<string[]>;
  received(): Promise<bigint>;
}

/** A transport of a process: nobody else reaches the network, as far as it knows. */
function alone(inner: Transport): Transport {
  const transport: Transport = (request, options) => inner(request, options);
  return Object.assign(transport, { scope: {} });
}

async function scene(
  wrap: (inner: Transport) => Transport = (inner) => inner,
  spoil: Partial<Journal> = {},
): Promise<Scene> {
  const chain = await createLocalnet({
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
  });
  const steps: string[] = [];
  const inner = wrap(chain.transport);
  const transport = alone((request, options) => {
    if (request.method === "send_tx") steps.push("send");
    return inner(request, options);
  });
  const memory = createMemoryJournal();
  const journal: Journal = {
    put: async (entry) => {
      steps.push("put");
      await (spoil.put ?? memory.put)(entry);
    },
    remove: async (hash) => {
      steps.push("remove");
      await (spoil.remove ?? memory.remove)(hash);
    },
    list: async () => (spoil.list ?? memory.list)(),
  };
  const near = connect(transport, { journal: journalled(journal) });
  const bob = connect(chain).account("bob.near");
  return {
    chain,
    journal,
    steps,
    transport,
    alice: near.account("alice.near", chain.signer("alice.near")),
    hashes: async () => (await journal.list()).map(({ hash }) => hash),
    received: async () => (await bob.balance()).total - ONE,
  };
}

/** Nothing comes back from a broadcast, until it is over; then the caller leaves. */
function outage(): {
  readonly signal: AbortSignal;
  wrap(inner: Transport): Transport;
  end(): void;
} {
  const controller = new AbortController();
  let isOver = false;
  return {
    signal: controller.signal,
    end: () => {
      isOver = true;
    },
    wrap: (inner) => (request, options) => {
      if (isOver || request.method !== "send_tx") return inner(request, options);
      setTimeout(() => controller.abort(new Error("time is up")));
      return new Promise(() => {});
    },
  };
}

/** Holds the first broadcast back. */
function gate(): {
  readonly signal: Promise<void>;
  wrap(inner: Transport): Transport;
  end(): void;
} {
  let end: () => void = () => undefined;
  const open = new Promise<void>((resolve) => {
    end = resolve;
  });
  let hold: () => void = () => undefined;
  const signal = new Promise<void>((resolve) => {
    hold = resolve;
  });
  return {
    signal,
    end: () => end(),
    wrap: (inner) => async (request, options) => {
      if (request.method === "send_tx") {
        hold();
        await open;
      }
      return inner(request, options);
    },
  };
}

function codeOf(error: unknown): string {
  return isNearError(error) ? error.code : String(error);
}

test("put comes before the first broadcast, remove when the fate is known", async () => {
  const { alice, steps, hashes, received } = await scene();
  await alice.transfer("bob.near", 1n, FAST);
  assert.equal(steps, ["put", "send", "remove"]);
  assert.equal(await hashes(), []);
  await rejection(alice.transfer("bob.near", "1000 NEAR", FAST));
  assert.equal(steps.slice(3), ["put", "send", "remove"]);
  await rejection(alice.transfer("nobody.near", 2n, FAST));
  assert.equal(steps.slice(6), ["put", "send", "remove"]);
  assert.equal(await hashes(), []);
  assert.is(await received(), 1n);
});

test("what is only in a block stays until it is taken up", async () => {
  const { alice, hashes, journal, transport } = await scene();
  const { hash } = await alice.transfer("bob.near", 1n, { ...FAST, wait: "NONE" });
  assert.equal(await hashes(), [hash]);
  const [resumed] = await resumeJournal(transport, journal, FAST);
  assert.equal([resumed?.entry.hash, resumed?.result.status], [hash, "fulfilled"]);
  assert.equal(await hashes(), []);
});

test("P6: of unknown outcome it stays, and goes when it is resumed", async () => {
  const { signal, wrap, end } = outage();
  const { alice, hashes, received } = await scene(wrap);
  const error = await rejection(alice.transfer("bob.near", 1n, { ...FAST, signal }));
  assert.ok(error instanceof TransactionError && error.code === "unknown_outcome");
  assert.equal(await hashes(), [error.hash]);
  end();
  await error.resume?.(FAST);
  assert.equal(await hashes(), []);
  assert.is(await received(), 1n);
});

test("P1: a second send of a reference takes up the first, and another payment is refused", async () => {
  const { signal, wrap, end } = outage();
  const { alice, hashes, steps, received, journal } = await scene(wrap);
  const error = await rejection(alice.transfer("bob.near", 1n, { ...INVOICE, signal }));
  assert.ok(error instanceof TransactionError);
  end();
  const others = [
    alice.transfer("bob.near", 2n, INVOICE),
    alice.transfer("carol.near", 1n, INVOICE),
    alice.addKey(alice.publicKey ?? "", { type: "fullAccess" }, INVOICE),
  ];
  for (const other of others) {
    assert.ok(isNearError(await rejection(other), "reference_in_use"));
  }
  const [one, two] = await Promise.all([
    alice.transfer("bob.near", 1n, INVOICE),
    alice.transfer("bob.near", 1n, INVOICE),
  ]);
  assert.equal([one.hash, two.hash], [error.hash, error.hash]);
  assert.is(steps.filter((step) => step === "put").length, 1);
  assert.equal(await hashes(), [error.hash], "until the caller has written down the result");
  await journal.remove(one.hash);
  assert.is(await received(), 1n);
  await alice.transfer("bob.near", 1n, INVOICE);
  assert.is(await received(), 2n, "a name is free again when its entry is removed");
});

test("a reference whose transaction is dead signs anew when it is sent again", async () => {
  const { alice, hashes, received } = await scene();
  const reference = { ...FAST, reference: "big" };
  const error = await rejection(alice.transfer("bob.near", "1000 NEAR", reference));
  assert.ok(error instanceof TransactionError && error.code === "rejected");
  assert.equal(await hashes(), []);
  const again = await alice.transfer("bob.near", 1n, reference);
  assert.is.not(again.hash, error.hash);
  assert.is(await received(), 1n);
});

test("an execution that failed under a reference is what it is when it is sent again", async () => {
  const { alice } = await scene();
  const errors = [
    await rejection(alice.transfer("nobody.near", 1n, INVOICE)),
    await rejection(alice.transfer("nobody.near", 1n, INVOICE)),
  ];
  const hashes = errors.map((error) => {
    assert.ok(error instanceof TransactionError && error.code === "failed");
    return error.hash;
  });
  assert.is(new Set(hashes).size, 1);
});

test("a reference without a journal is refused: it would promise what it cannot keep", async () => {
  const { chain, received } = await scene();
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  assert.instance(await rejection(alice.transfer("bob.near", 1n, INVOICE)), TypeError);
  const execute = (): Promise<never> => Promise.reject(new Error("unasked"));
  const journal = journalled(createMemoryJournal());
  const wallet = connect(chain, { journal }).account("alice.near", { execute });
  assert.instance(await rejection(wallet.transfer("bob.near", 1n, INVOICE)), TypeError);
  assert.is(await received(), 0n);
});

test("what cannot be written down is not sent; where it may be there all the same, the error says so", async () => {
  const full = new Error("disk full");
  const put = (): Promise<void> => Promise.reject(full);
  const one = await scene(undefined, { put });
  assert.is(await rejection(one.alice.transfer("bob.near", 1n, FAST)), full);
  assert.equal(one.steps, ["put", "remove"]);
  const two = await scene(undefined, { put, remove: put });
  const error = await rejection(two.alice.transfer("bob.near", 1n, FAST));
  assert.ok(error instanceof TransactionError && error.code === "unknown_outcome");
  assert.equal(two.steps, ["put", "remove"]);
  await error.resume?.(FAST);
  assert.is(await two.received(), 1n);
});

test("P6: a journal that never answers does not hold up the caller", async () => {
  const caller = new AbortController();
  const { alice } = await scene(undefined, {
    put: () => {
      setTimeout(() => caller.abort(new Error("time is up")));
      return new Promise(() => {});
    },
  });
  const error = await rejection(alice.transfer("bob.near", 1n, { ...FAST, signal: caller.signal }));
  assert.ok(error instanceof TransactionError && error.code === "unknown_outcome");
});

test("a journal that cannot forget costs no outcome", async () => {
  const { alice, received } = await scene(undefined, {
    remove: () => Promise.reject(new Error("disk full")),
  });
  await alice.transfer("bob.near", 1n, FAST);
  assert.is(await received(), 1n);
});

test("P4: a process that starts anew does not hand out the nonces that the journal lists", async () => {
  const { signal, wrap, end } = outage();
  const { chain, alice, journal, received } = await scene(wrap);
  await rejection(alice.transfer("bob.near", 1n, { ...FAST, signal }));
  // The next process: it knows the journal only.
  const transport = alone(chain.transport);
  const near = connect(transport, { journal: journalled(journal) });
  const again = near.account("alice.near", chain.signer("alice.near"));
  end();
  const resuming = resumeJournal(transport, journal, FAST);
  const { response } = await again.transfer("bob.near", 2n, FAST);
  assert.is(response.transaction?.nonce, 2n);
  const [resumed] = await resuming;
  assert.is(resumed?.result.status, "fulfilled");
  assert.is(await received(), 3n);
});

test("resumeJournal: each entry has its result; a damaged one is no reason to skip it or the others", async () => {
  const it = await scene();
  const { chain, alice, transport, received } = it;
  const sent: JournalEntry[] = [];
  const keeping: Journal = {
    put: async (entry) => {
      sent.push(entry);
    },
    remove: async () => undefined,
    list: async () => [],
  };
  const careful = connect(chain, { journal: journalled(keeping) }).account(
    "alice.near",
    chain.signer("alice.near"),
  );
  await careful.transfer("bob.near", 1n, { ...FAST, reference: "one" });
  await rejection(careful.transfer("nobody.near", 1n, FAST));
  await rejection(careful.transfer("bob.near", "1000 NEAR", FAST));
  const [paid, failed, dead] = sent;
  if (paid === undefined || failed === undefined || dead === undefined) throw new Error("none");
  await alice.transfer("bob.near", 2n, FAST);
  const journal = createMemoryJournal();
  const entries = [
    paid,
    failed,
    dead,
    { ...paid, hash: failed.hash.replace(/^./, "1"), reference: "two" },
    { ...paid, hash: "cut", bytes: paid.bytes.slice(0, 99) },
  ];
  for (const entry of entries) await journal.put(entry);
  const resumed = await resumeJournal(transport, journal, FAST);
  assert.equal(
    resumed.map(({ entry, result }) => [
      entry.reference,
      result.status === "fulfilled" ? result.value.hash : codeOf(result.reason),
    ]),
    [
      ["one", paid.hash],
      [undefined, "failed"],
      [undefined, "rejected"],
      ["two", "journal_mismatch"],
      ["one", "unexpected_end"],
    ],
  );
  assert.equal(
    (await journal.list()).map(({ hash }) => hash),
    [entries[0], entries[3], entries[4]].map((entry) => entry?.hash),
    "executed by a name, and damaged",
  );
  assert.is(await received(), 3n);
});

test("P1: what a send under way has written down is not sent by resumeJournal beside it", async () => {
  const { signal: held, wrap, end } = gate();
  const { chain, alice, journal, transport, received, hashes } = await scene(wrap);
  const sending = rejection(alice.transfer("bob.near", "500 NEAR", FAST));
  await held;
  const resuming = resumeJournal(transport, journal, FAST);
  end();
  const error = await sending;
  assert.ok(error instanceof TransactionError && error.code === "rejected");
  // Money comes in at once: a node would take now what it has refused.
  await chain.createAccount("carol.near", { balance: "900 NEAR" });
  const carol = connect(chain).account("carol.near", chain.signer("carol.near"));
  await carol.transfer("alice.near", "800 NEAR");
  assert.equal(await resuming, []);
  assert.equal(await hashes(), []);
  assert.is(await received(), 0n);
});

test("P1: nor what came to its end while the journal made its list", async () => {
  const memory = createMemoryJournal();
  const written: JournalEntry[] = [];
  let meanwhile: (() => Promise<unknown>) | undefined;
  const { alice, journal, transport, steps } = await scene(undefined, {
    put: async (entry) => {
      written.push(entry);
      await memory.put(entry);
    },
    remove: memory.remove,
    list: async () => {
      const task = meanwhile;
      meanwhile = undefined;
      if (task === undefined) return memory.list();
      await task();
      return written;
    },
  });
  meanwhile = () => rejection(alice.transfer("bob.near", "500 NEAR", FAST));
  assert.equal(await resumeJournal(transport, journal, FAST), []);
  assert.equal(steps, ["put", "send", "remove"]);
});

test("P6: what never was written for sure, and may be sent by others, is not dead by one refusal", async () => {
  const full = new Error("disk full");
  const broken = (): Promise<never> => {
    throw full;
  };
  const { alice } = await scene(undefined, { put: broken, remove: broken });
  const error = await rejection(alice.transfer("bob.near", "500 NEAR", FAST));
  assert.ok(error instanceof TransactionError && error.code === "unknown_outcome");
  const again = await rejection(error.resume?.({ ...FAST, timeout: 200 }) ?? Promise.resolve());
  assert.is(codeOf(again), "unknown_outcome");
});

test("a name is text: what is null in all of them does not make them one payment", async () => {
  const { alice, received } = await scene();
  for (const id of [null, "", 7]) {
    const order: { reference: string } = JSON.parse(JSON.stringify({ reference: id }));
    assert.instance(await rejection(alice.transfer("bob.near", 1n, order)), TypeError);
  }
  assert.is(await received(), 0n);
});

test("P28: what would be ignored is refused: names and nonces where nothing is signed", async () => {
  const { alice, transport, journal, chain } = await scene();
  const { hash } = await alice.transfer("bob.near", 1n, FAST);
  const named: object = { reference: "invoice 7" };
  for (const task of [
    waitFor(transport, hash, "alice.near", { ...named }),
    resumeJournal(transport, journal, { ...named }),
    connect(chain).status(hash, "alice.near", { ...named }),
    alice.prepare("bob.near", [transfer(1n)], { ...named }),
  ]) {
    assert.instance(await rejection(task), TypeError);
  }
});

test("an entry that cannot be read stops every send, until it is removed", async () => {
  const { alice, journal, steps, received } = await scene();
  await journal.put({ hash: "cut", signerId: "alice.near", bytes: new Uint8Array(1) });
  assert.is(codeOf(await rejection(alice.transfer("bob.near", 1n, FAST))), "unexpected_end");
  await journal.remove("cut");
  await alice.transfer("bob.near", 1n, FAST);
  assert.equal(steps, ["put", "remove", "put", "send", "remove"]);
  assert.is(await received(), 1n);
});

/** Another process pays by the same nonce before the first broadcast, and each question finds the chain further. */
function contested(chains: readonly Localnet[]): (inner: Transport) => Transport {
  return (inner) => {
    let isFirst = true;
    return async (request, options) => {
      const [it] = chains;
      if (it === undefined) return inner(request, options);
      if (request.method === "query") await it.produceBlock();
      if (isFirst && request.method === "send_tx") {
        isFirst = false;
        await connect(alone(it.transport))
          .account("alice.near", it.signer("alice.near"))
          .transfer("bob.near", 2n, FAST);
        throw new TransportError("network", "connection reset");
      }
      return inner(request, options);
    };
  };
}

test("P1: signed anew under a reference, the journal has the one that counts", async () => {
  const chains: Localnet[] = [];
  const { chain, alice, steps, hashes, received } = await scene(contested(chains));
  chains.push(chain);
  const { hash } = await alice.transfer("bob.near", 1n, INVOICE);
  assert.equal(
    steps.filter((step) => step !== "send"),
    ["put", "remove", "put"],
  );
  assert.equal(await hashes(), [hash]);
  assert.is((await alice.transfer("bob.near", 1n, INVOICE)).hash, hash);
  assert.is(await received(), 3n);
});

test("P1: nothing is signed anew while the journal still has the dead one", async () => {
  const chains: Localnet[] = [];
  const remove = (): Promise<void> => Promise.reject(new Error("disk full"));
  const { chain, alice, steps, hashes, received } = await scene(contested(chains), { remove });
  chains.push(chain);
  const error = await rejection(alice.transfer("bob.near", 1n, INVOICE));
  assert.ok(error instanceof TransactionError);
  assert.equal([error.code, error.kind], ["rejected", "InvalidNonce"]);
  assert.is(steps.filter((step) => step === "put").length, 1);
  assert.equal(await hashes(), [error.hash]);
  assert.is(await received(), 2n);
});

test.run();
