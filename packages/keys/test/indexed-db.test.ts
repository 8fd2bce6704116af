import { isNearError } from "@yoctonear/base";
import { KeyDatabaseError, openKeyDatabase } from "@yoctonear/keys/indexed-db";
import { suite } from "uvu";
import * as assert from "uvu/assert";

async function failure(run: () => Promise<unknown>): Promise<Error> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("expected a failure");
}

/** Runs with something else in the place of the runtime's IndexedDB; most have none. */
async function withIndexedDb<T>(value: unknown, run: () => Promise<T>): Promise<T> {
  const own = Object.getOwnPropertyDescriptor(globalThis, "indexedDB");
  Object.defineProperty(globalThis, "indexedDB", { configurable: true, value });
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(globalThis, "indexedDB");
    if (own !== undefined) Object.defineProperty(globalThis, "indexedDB", own);
  }
}

// With real keys in a real IndexedDB: indexed-db.browser.ts
const open = suite("indexed-db: openKeyDatabase, where it cannot be");

open("says so where there is no IndexedDB", async () => {
  const error = await withIndexedDb(undefined, async () =>
    failure(async () => openKeyDatabase({ network: "testnet" })),
  );
  assert.instance(error, KeyDatabaseError);
  assert.ok(isNearError(error, "unsupported"));
});

open("says so where the browser refuses", async () => {
  const refuse = {
    open: () => {
      throw new DOMException("no", "SecurityError");
    },
  };
  const error = await withIndexedDb(refuse, async () =>
    failure(async () => openKeyDatabase({ network: "testnet" })),
  );
  assert.ok(isNearError(error, "storage"));
  assert.match(error.message, "SecurityError");
  assert.instance(error.cause, DOMException);
});

open("says so where WebCrypto has no Ed25519", async () => {
  const { subtle } = crypto;
  const importKey = async () => Promise.reject(new DOMException("no", "NotSupportedError"));
  Object.defineProperty(crypto, "subtle", { configurable: true, value: { importKey } });
  try {
    const error = await withIndexedDb({}, async () =>
      failure(async () => openKeyDatabase({ network: "testnet" })),
    );
    assert.ok(isNearError(error, "unsupported"));
    assert.match(error.message, "Ed25519");
  } finally {
    Object.defineProperty(crypto, "subtle", { configurable: true, value: subtle });
  }
});

open("P28: wrong, misspelt and missing options are errors", async () => {
  for (const options of [
    undefined,
    null,
    "testnet",
    {},
    { network: "" },
    { network: 7 },
    { network: "testnet", name: "" },
    { network: "testnet", path: "x" },
  ]) {
    // @ts-expect-error: JavaScript may pass anything
    assert.instance(await failure(async () => openKeyDatabase(options)), TypeError);
  }
});

open.run();
