import { delegate, type JournalEntry } from "@yoctonear/account";
import { durableJournal, durableRelayStore, type KeyValueStorage } from "@yoctonear/relayer";
import { formatSignedDelegate, transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, post, rejection, setStage } from "./stage.ts";
import worker, { type Env, Relayer } from "./worker.ts";

const test = suite("worker: the relayer of the README, in a Durable Object");

/** The object itself needs no other. */
const NOWHERE = {
  idFromName: (): null => null,
  get: (): never => {
    throw new Error("expected no other object");
  },
};

/** A Durable Object's storage, in memory: copies go in and out, and each step takes a while. */
function memoryStorage(): { entries: Map<string, string>; storage: Storage } {
  const entries = new Map<string, string>();
  const pause = (): Promise<void> => Promise.resolve();
  const storage: Storage = {
    get: async (key) => {
      await pause();
      const text = entries.get(key);
      return text === undefined ? undefined : parse(text);
    },
    put: async (key, value) => {
      await pause();
      entries.set(key, JSON.stringify(value, infinite));
    },
    delete: async (key) => entries.delete(key),
    list: async ({ prefix, limit, startAfter = "" }) => {
      const found = [...entries].filter(([key]) => key.startsWith(prefix) && key > startAfter);
      const page = found.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit);
      return new Map(page.map(([key, text]) => [key, parse(text)]));
    },
    setAlarm: async () => undefined,
  };
  return { entries, storage };
}
type Storage = KeyValueStorage & { setAlarm(time: number): Promise<void> };

// Structured clones keep Infinity, JSON does not.
function infinite(_key: string, value: unknown): unknown {
  return value === Infinity ? "Infinity" : value;
}
function parse(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => (value === "Infinity" ? Infinity : value));
}

test("one object answers for all, pays once, and finds its memory after a restart", async () => {
  const { chain, near, alice } = await setStage();
  const { storage } = memoryStorage();
  const url = "https://node.example";
  const fetchBefore = globalThis.fetch;
  // The worker reaches its node by the global fetch.
  globalThis.fetch = (input, init) => chain.fetch(new Request(input, init));
  try {
    const start = (): Env => {
      const env = {
        NEAR_RPC: url,
        RELAYER_ID: "relayer.near",
        RELAYER_KEY: chain.signer("relayer.near").revealSecretKey(),
      };
      const object: Relayer = new Relayer({ storage }, { ...env, RELAYER: NOWHERE });
      return { ...env, RELAYER: { idFromName: (name) => name, get: () => object } };
    };
    const [first, restarted] = [start(), start()];
    const delegated = await alice.delegate("bob.near", [transfer("1 NEAR")]);
    const relayer = (request: Request): Promise<Response> => worker.fetch(request, first);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(relayer, formatSignedDelegate(delegated))),
    );
    const hashes = new Set(answers.map(({ body }) => body.hash));
    assert.equal([hashes.size, answers[0]?.body.status], [1, "executed"]);
    const again = (request: Request): Promise<Response> => worker.fetch(request, restarted);
    const { body } = await post(again, formatSignedDelegate(delegated));
    assert.ok(hashes.has(body.hash));
    assert.is((await near.account("bob.near").balance()).total, 101n * 10n ** 24n);
    // Its limits hold over the restart, too
    for (const expected of ["executed", "executed", "rate_limited"]) {
      const more = await delegate(alice, "bob.near", [transfer(1n)]);
      assert.is(await ask(again, more), expected);
    }
  } finally {
    globalThis.fetch = fetchBefore;
  }
});

test("counts at once are not mixed up, and what is due is swept", async () => {
  const { entries, storage } = memoryStorage();
  let time = 0;
  const store = durableRelayStore(storage, () => time);
  const counts = Array.from({ length: 20 }, () => store.count("rate alice.near", 1n, 7n, 10));
  const passed = (await Promise.all(counts)).filter((isCounted) => isCounted);
  assert.is(passed.length, 7);
  await store.count("rate alice.near", -2n, 0n, 10);
  assert.ok(await store.count("rate alice.near", 2n, 7n, 10));
  assert.not.ok(await store.count("rate alice.near", 1n, 7n, 10));
  assert.ok(await store.count("budget in all", 5n, 7n, undefined));
  await store.keep("G5", { hash: "7x", signerId: "relayer.near" }, 10);
  assert.equal(await store.find("G5"), { hash: "7x", signerId: "relayer.near" });
  time = 10;
  assert.is(await store.find("G5"), undefined);
  assert.ok(await store.count("rate alice.near", 7n, 7n, 20));
  await storage.put("other", 1);
  time = 20;
  await store.sweep();
  assert.equal([...entries.keys()], ["relay budget in all", "other"]);
  assert.not.ok(await store.count("budget in all", 3n, 7n, undefined));
  await store.keep("G5", { hash: "7x", signerId: "relayer.near" }, 30);
  await store.forget("G5");
  assert.is(await store.find("G5"), undefined);
});

test("a journal keeps what was signed, in order, until it is removed", async () => {
  const { storage } = memoryStorage();
  const journal = durableJournal(storage, () => 5);
  const entry = (hash: string, reference?: string): JournalEntry => ({
    hash,
    signerId: "relayer.near",
    bytes: new Uint8Array([1, 2, 255]),
    reference,
  });
  assert.equal(await journal.list(), []);
  for (const hash of ["z", "a", "m"]) await journal.put(entry(hash, `delegate ${hash}`));
  await journal.put(entry("z"));
  assert.equal(await journal.list(), [
    entry("z"),
    entry("a", "delegate a"),
    entry("m", "delegate m"),
  ]);
  await journal.remove("a");
  await journal.remove("nothing");
  // Another object on the same storage goes on where this one ended
  const later = durableJournal(storage, () => 9);
  await later.put(entry("b"));
  assert.equal(
    (await later.list()).map(({ hash }) => hash),
    ["z", "m", "b"],
  );
  for (let i = 0; i < 600; i++) await later.put(entry(`many ${i}`));
  assert.is((await later.list()).length, 603);
  await storage.put("journal x", { hash: "x" });
  assert.instance(await rejection(journal.list()), TypeError);
});

test.run();
