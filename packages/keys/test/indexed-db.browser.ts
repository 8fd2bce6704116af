/**
 * Runs in Chromium only (`node scripts/chromium.mjs`): real keys in a real IndexedDB.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { type Signer, verifySignature } from "@yoctonear/keys";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { type KeyDatabase, openKeyDatabase } from "@yoctonear/keys/indexed-db";
import { randomSecp256k1KeyPair } from "@yoctonear/keys/secp256k1";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const ID = "alice.testnet";
const hash = new Uint8Array(32).fill(7);

async function settled(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("it failed")));
  });
}

/** Runs with a database of its own, which is gone afterwards. */
async function withKeys(run: (keys: KeyDatabase, name: string) => Promise<void>): Promise<void> {
  const name = `test-${crypto.randomUUID()}`;
  const keys = await openKeyDatabase({ network: "testnet", name });
  try {
    await run(keys, name);
  } finally {
    keys.close();
    await settled(indexedDB.deleteDatabase(name));
  }
}

async function code(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (isNearError(error)) return error.code;
    throw error;
  }
  throw new Error("expected a failure");
}

async function signs(signer: Signer): Promise<boolean> {
  const signature = await signer.sign({ kind: "message", bytes: hash, hash });
  return verifySignature({ hash, signature, publicKey: signer.publicKey }, [ed25519]);
}

/** Looks at, or changes, what is stored, past the store. */
async function raw(name: string, use: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const request = indexedDB.open(name);
  await settled(request);
  const database = request.result;
  const result = await settled(use(database.transaction("keys", "readwrite").objectStore("keys")));
  database.close();
  return result;
}

const store = suite("indexed-db: openKeyDatabase, in a browser");

store("makes, gives, lists and removes keys", async () => {
  await withKeys(async (keys) => {
    assert.equal(await keys.list(), []);
    const made = await keys.generate(ID);
    assert.ok(await signs(made));
    const found = await keys.get(ID);
    assert.is(found.publicKey, made.publicKey);
    assert.ok(await signs(found));
    const other = await keys.generate("bob.testnet");
    assert.equal(await keys.list(), [
      { accountId: ID, publicKey: made.publicKey },
      { accountId: "bob.testnet", publicKey: other.publicKey },
    ]);
    assert.equal(await keys.list("bob.testnet"), [
      { accountId: "bob.testnet", publicKey: other.publicKey },
    ]);
    await keys.remove(ID, made.publicKey);
    assert.is(await code(async () => keys.get(ID)), "not_found");
    assert.is((await keys.list()).length, 1);
  });
});

store("keeps keys over a closing, each network apart", async () => {
  await withKeys(async (keys, name) => {
    const made = await keys.generate(ID);
    keys.close();
    const again = await openKeyDatabase({ network: "testnet", name });
    const found = await again.get(ID, made.publicKey);
    assert.is(
      await found.sign({ kind: "message", bytes: hash, hash }),
      await made.sign({ kind: "message", bytes: hash, hash }),
    );
    again.close();
    const mainnet = await openKeyDatabase({ network: "mainnet", name });
    assert.equal(await mainnet.list(), []);
    assert.is(await code(async () => mainnet.get(ID, made.publicKey)), "not_found");
    mainnet.close();
  });
});

store("P24: nothing that can be exported is stored", async () => {
  await withKeys(async (keys, name) => {
    await keys.generate(ID);
    await keys.generate(ID);
    const records = await raw(name, (store) => store.getAll());
    assert.ok(Array.isArray(records) && records.length === 2);
    for (const record of Array.isArray(records) ? records : []) {
      assert.equal(Object.keys(record), ["network", "accountId", "publicKey", "keys"]);
      const { privateKey } = record.keys;
      assert.instance(privateKey, CryptoKey);
      assert.is(privateKey.extractable, false);
      for (const format of ["raw", "pkcs8", "jwk"] as const) {
        const refused = crypto.subtle.exportKey(format, privateKey).then(
          () => "exported",
          (error: unknown) => (error instanceof DOMException ? "refused" : "failed"),
        );
        assert.is(await refused, "refused");
      }
      assert.is(JSON.stringify(privateKey), "{}");
    }
  });
});

store("says so where several keys could be meant, and where there is none", async () => {
  await withKeys(async (keys) => {
    const one = await keys.generate(ID);
    const two = await keys.generate(ID);
    assert.is(await code(async () => keys.get(ID)), "ambiguous");
    for (const { publicKey } of [one, two]) {
      assert.is((await keys.get(ID, publicKey)).publicKey, publicKey);
    }
    const { publicKey } = randomEd25519KeyPair();
    assert.is(await code(async () => keys.get(ID, publicKey)), "not_found");
    assert.is(await code(async () => keys.remove(ID, publicKey)), "not_found");
    assert.is(await code(async () => keys.remove("bob.testnet", one.publicKey)), "not_found");
    assert.is((await keys.list()).length, 2);
  });
});

store("does not take one account for another whose id begins alike", async () => {
  await withKeys(async (keys) => {
    for (const id of ["a.near", "a.near2", "a.nea", "b.a.near"]) await keys.generate(id);
    assert.is((await keys.list("a.near")).length, 1);
    assert.is((await keys.list()).length, 4);
  });
});

store("P23: refuses ids and keys that are none, and key types that WebCrypto has not", async () => {
  await withKeys(async (keys) => {
    for (const id of ["", "A", "../x"]) {
      assert.is(await code(async () => keys.generate(id)), "invalid_account_id");
      assert.is(await code(async () => keys.get(id)), "invalid_account_id");
      assert.is(await code(async () => keys.list(id)), "invalid_account_id");
    }
    const secret = randomEd25519KeyPair().revealSecretKey();
    for (const key of ["", secret, randomSecp256k1KeyPair().publicKey]) {
      assert.is(await code(async () => keys.get(ID, key)), "invalid_key");
      assert.is(await code(async () => keys.remove(ID, key)), "invalid_key");
    }
    assert.equal(await keys.list(), []);
  });
});

store("P26: a pair that was exchanged, or can be exported, is refused", async () => {
  await withKeys(async (keys, name) => {
    const made = await keys.generate(ID);
    const key = ["testnet", ID, made.publicKey];
    const pair = async (isExtractable: boolean): Promise<CryptoKeyPair> =>
      crypto.subtle.generateKey({ name: "Ed25519" }, isExtractable, ["sign", "verify"]);
    const [network, accountId, publicKey] = key;
    for (const stored of [await pair(false), await pair(true), { privateKey: 1 }, null]) {
      await raw(name, (store) => store.put({ network, accountId, publicKey, keys: stored }));
      assert.is(await code(async () => keys.get(ID)), "corrupt");
    }
  });
});

store("ends when another page deletes the database", async () => {
  await withKeys(async (keys, name) => {
    await keys.generate(ID);
    await settled(indexedDB.deleteDatabase(name));
    assert.is(await code(async () => keys.get(ID)), "closed");
    assert.is(await code(async () => keys.generate(ID)), "closed");
  });
});

store("another opening of the same database sees the same keys", async () => {
  await withKeys(async (keys, name) => {
    const other = await openKeyDatabase({ network: "testnet", name });
    const made = await Promise.all([keys.generate(ID), other.generate(ID), keys.generate(ID)]);
    assert.is((await other.list(ID)).length, 3);
    for (const { publicKey } of made) assert.ok(await signs(await other.get(ID, publicKey)));
    other.close();
  });
});

store.run();
