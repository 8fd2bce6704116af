import { connect, createMemoryJournal, keyPool, signingAccount } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { createLocalnet } from "@yoctonear/localnet";
import type { Transport } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("connect: a network");

function rejection(task: () => Promise<unknown>): Promise<unknown> {
  return task().then(
    () => undefined,
    (error: unknown) => error,
  );
}

const silent: Transport = () => Promise.reject(new Error("nothing is asked"));

test("takes a name, a URL, an object with a URL, a transport, a chain in this process", async () => {
  for (const target of [
    "mainnet",
    "testnet",
    "https://rpc.example",
    { url: "http://127.0.0.1:3030" },
  ] as const) {
    assert.type(connect(target).transport, "function");
  }
  assert.is(connect(silent).transport, silent);
  assert.is(connect({ transport: silent }).transport, silent);
  const chain = await createLocalnet({ accounts: { "alice.near": "1 NEAR" } });
  assert.is(connect(chain).transport, chain.transport);
  assert.is(await connect(chain).chainId(), "localnet");
});

test("P28: refuses what is no network, and misspelt options, instead of guessing", () => {
  for (const target of [
    "testnt",
    "",
    "ftp://rpc.example",
    7,
    null,
    undefined,
    {},
    { uri: "https://rpc.example" },
  ]) {
    // @ts-expect-error none of them is a network
    assert.throws(() => connect(target), /expected "mainnet", "testnet", a URL/);
  }
  assert.throws(
    // @ts-expect-error the option is called timeout
    () => connect({ url: "https://rpc.example", timeOut: 5 }),
    /timeOut/,
  );
  for (const [options, expected] of [
    [{ jurnal: 1 }, /got jurnal/],
    [{ journal: createMemoryJournal() }, /expected journalled\(journal\)/],
    [{ journal: null }, /expected journalled\(journal\)/],
    [{ queueLimit: Number.NaN }, /queueLimit to be 1 or more/],
    [{ queueLimit: "5" }, /queueLimit to be 1 or more/],
  ] as const) {
    const given: object = options;
    assert.throws(() => connect(silent, { ...given }), expected);
  }
});

test("P28: a signer that is missing is an error, not an account to read", () => {
  const near = connect(silent);
  // @ts-expect-error a signer is wanted
  assert.throws(() => near.account("alice.near", undefined), /expected a signer/);
  // @ts-expect-error a signer is wanted
  assert.throws(() => near.account("alice.near", {}), /expected a key pair/);
});

test("P24: a secret key in place of a signer is refused, and never shown", () => {
  const secret = randomEd25519KeyPair().revealSecretKey();
  try {
    // @ts-expect-error a signer is wanted
    connect(silent).account("alice.near", secret);
    assert.unreachable();
  } catch (error) {
    assert.not.match(String(error), secret.slice(8, 20));
    assert.match(String(error), "expected a key pair");
  }
});

test("P13: account ids are checked where they enter", async () => {
  const near = connect(silent);
  assert.throws(() => near.account("BAD ID!!"), /expected account id/);
  assert.throws(() => near.account(""), /expected account id/);
  const alice = near.account("alice.near", randomEd25519KeyPair());
  for (const id of ["", "BAD ID!!", "a"]) {
    const error = await alice.transfer(id, "1 NEAR").catch((caught: unknown) => caught);
    assert.match(String(error), "expected receiver id");
  }
});

test("P15: amounts are checked before anything is asked", async () => {
  const alice = connect(silent).account("alice.near", randomEd25519KeyPair());
  const amounts = ["1", "1,000 NEAR", "-1 NEAR", "1.2.3 NEAR", 5, -1n, 2n ** 128n];
  for (const amount of amounts) {
    const error = await rejection(async () => {
      // @ts-expect-error some are no amounts for the compiler either
      await alice.transfer("bob.near", amount);
    });
    assert.ok(isNearError(error, "invalid_amount"), String(amount));
  }
});

test("refuses misspelt options of a transaction", async () => {
  const alice = connect(silent).account("alice.near", randomEd25519KeyPair());
  const typo: object = { waitUntil: "FINAL" };
  const misspelt = await rejection(() => alice.transfer("bob.near", "1 NEAR", { ...typo }));
  assert.match(String(misspelt), "got waitUntil");
  const level = await rejection(async () => {
    // @ts-expect-error there is no such level
    await alice.transfer("bob.near", "1 NEAR", { wait: "DONE" });
  });
  assert.match(String(level), "expected wait to be one of");
});

test("P30: a pool is fixed; its keys are what signs", () => {
  const keys = [randomEd25519KeyPair(), randomEd25519KeyPair()];
  const pool = keyPool(keys);
  assert.is(signingAccount(silent, "alice.near", pool).publicKey, keys[0]?.publicKey);
  keys.pop();
  assert.is(pool.signers.length, 2);
  assert.throws(() => keyPool([]), /expected one or more signers/);
  const [key] = keys;
  assert.throws(() => keyPool(key === undefined ? [] : [key, key]), /different keys/);
});

test("P24: secret keys in a pool, as an address or as a contract's id are refused, and never shown", async () => {
  const secrets = [1, 2].map(() => randomEd25519KeyPair().revealSecretKey());
  const [secret = ""] = secrets;
  for (const task of [
    // @ts-expect-error: JavaScript may pass anything
    async () => keyPool(secrets),
    // @ts-expect-error: JavaScript may pass anything
    async () => connect(secret),
    () => connect(silent).view(secret, "get"),
  ]) {
    const error = await rejection(task);
    assert.ok(
      error instanceof TypeError || isNearError(error, "invalid_account_id"),
      String(error),
    );
    assert.not.match(String(error), secret.slice(10, 20));
  }
});

test("options that are no object, or a timer that would fire at once, are refused", async () => {
  const alice = connect(silent).account("alice.near", randomEd25519KeyPair());
  for (const timeout of [Infinity, 2 ** 31, NaN, -1]) {
    for (const options of [{ timeout }, { pollInterval: timeout }]) {
      const error = await rejection(() => alice.transfer("bob.near", "1 NEAR", options));
      assert.instance(error, RangeError);
    }
  }
  // @ts-expect-error: JavaScript may pass anything
  const error = await rejection(() => alice.transfer("bob.near", "1 NEAR", 30_000));
  assert.instance(error, TypeError);
});

test("P46: what connect returns may be awaited", async () => {
  const near = connect(silent);
  assert.is(await Promise.resolve(near), near);
  const alice = near.account("alice.near", randomEd25519KeyPair());
  assert.is(await Promise.resolve(alice), alice);
});

test.run();
