/**
 * Keys of a web page, kept in IndexedDB as WebCrypto keys that no code in the browser can export: not another script
 * of the page, not an extension. Local storage holds text only, so that a key there is a secret in plain sight of
 * every script: there is no store for it. Whoever can read the profile's files has the key in either: Chromium
 * writes its bytes there as they are.
 *
 * A script of the page can still sign while it runs, and a browser may drop the data of a site that did not ask
 * to keep it (`navigator.storage.persist()`): such a key is gone for good, so it should never be an account's only
 * full access key.
 * @module
 */
import { NearError, ParseError, showValue } from "@yoctonear/base";
import { assertAccountId } from "@yoctonear/primitives";
import { formatPublicKey, parsePublicKey } from "./key-text.ts";
import type { Signer } from "./signer.ts";
import { hasEd25519, webCryptoSignerFrom } from "./webcrypto.ts";

/**
 * - `unsupported`: no IndexedDB here, or no Ed25519 in its WebCrypto
 * - `not_found`: no such key
 * - `ambiguous`: several keys of the account, and nothing says which
 * - `storage`: the browser refused (no room, no permission, private mode); its error is the `cause`
 * - `closed`: it was closed, or another page deletes it
 * - `corrupt`: what is stored is no pair of keys with its public key
 */
export type KeyDatabaseErrorCode =
  | "unsupported"
  | "not_found"
  | "ambiguous"
  | "storage"
  | "closed"
  | "corrupt";

/**
 * A key could not be kept or found.
 * @example
 * ```ts
 * import { KeyDatabaseError, openKeyDatabase } from "@yoctonear/keys/indexed-db";
 * const failure = await openKeyDatabase({ network: "testnet" }).catch((error) => error);
 * failure instanceof KeyDatabaseError && failure.code; // "unsupported"
 * ```
 */
export class KeyDatabaseError extends NearError<KeyDatabaseErrorCode> {
  override readonly name = "KeyDatabaseError";
}

/** A key that is stored. */
export interface StoredPublicKey {
  readonly accountId: string;
  /** In text form. */
  readonly publicKey: string;
}

/** Which keys, and where. */
export interface KeyDatabaseOptions {
  /** Any text that tells networks apart, e.g. `testnet`. */
  readonly network: string;
  /** Name of the database among those of the site; `yoctonear-keys` unless told. */
  readonly name?: string | undefined;
}

/** Keys of one network. */
export interface KeyDatabase {
  /**
   * Makes an ed25519 key and stores it; resolves once it is on the disk, so that it can be added to the account.
   * @throws {KeyDatabaseError} `storage`, `closed`
   * @throws {ParseError} `invalid_account_id`
   */
  generate(accountId: string): Promise<Signer>;
  /**
   * Gives a key that is stored; without a public key the account's only one.
   * @throws {KeyDatabaseError} `not_found`, `ambiguous`, `corrupt`, `storage`, `closed`
   * @throws {ParseError} `invalid_account_id`, `invalid_key`
   */
  get(accountId: string, publicKey?: string): Promise<Signer>;
  /**
   * Lists the keys, those of one account where it is named.
   * @throws {KeyDatabaseError} `storage`, `closed`
   */
  list(accountId?: string): Promise<readonly StoredPublicKey[]>;
  /**
   * Removes one key, for good.
   * @throws {KeyDatabaseError} `not_found`, `storage`, `closed`
   * @throws {ParseError} `invalid_account_id`, `invalid_key`
   */
  remove(accountId: string, publicKey: string): Promise<void>;
  /** Closes the database; calls after it are refused. */
  close(): void;
}

const VERSION = 1;
const STORE = "keys";
const KEY_PATH = ["network", "accountId", "publicKey"] as const;
const ALGORITHM = { name: "Ed25519" } as const;

/**
 * Opens the keys of this site, in pages and in workers. Nothing that can be exported is ever stored.
 * @param options - the network, and the name of the database
 * @throws {KeyDatabaseError} `unsupported`, `storage`
 * @throws {TypeError} for wrong or missing options
 * @example
 * ```ts
 * import { openKeyDatabase } from "@yoctonear/keys/indexed-db";
 * const login = async (addKey: (publicKey: string) => Promise<void>) => {
 *   const keys = await openKeyDatabase({ network: "testnet" });
 *   const signer = await keys.generate("alice.testnet");
 *   await addKey(signer.publicKey); // by a wallet: a function call key of this app
 *   return signer; // the next time: await keys.get("alice.testnet")
 * };
 * ```
 */
export async function openKeyDatabase(options: KeyDatabaseOptions): Promise<KeyDatabase> {
  const { network, name } = checkOptions(options);
  const factory: unknown = Reflect.get(globalThis, "indexedDB");
  if (factory === undefined || factory === null) {
    throw new KeyDatabaseError(
      "unsupported",
      "expected a runtime with IndexedDB (a browser), got one without",
    );
  }
  if (!(await hasEd25519())) {
    throw new KeyDatabaseError(
      "unsupported",
      "expected a browser whose WebCrypto has Ed25519, on a secure page, got one without",
    );
  }
  const database = await openDatabase(name);
  let isClosed = false;
  const close = (): void => {
    isClosed = true;
    database.close();
  };
  // Another page deletes the database, or a later version changes it; the browser may close it too.
  database.addEventListener("versionchange", close);
  database.addEventListener("close", close);

  /** Runs within one transaction, and resolves once that is on the disk. */
  const inStore = async <T>(
    mode: "readonly" | "readwrite",
    use: (store: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    if (isClosed) {
      throw new KeyDatabaseError("closed", "expected an open database of keys, got a closed one");
    }
    return stored(async () => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const done = finished(transaction);
      // Where the use fails the transaction does too; the use says why.
      done.catch(() => {});
      const result = await use(transaction.objectStore(STORE));
      await done;
      return result;
    });
  };

  const keysOf = async (accountId?: string): Promise<readonly StoredPublicKey[]> => {
    // In IndexedDB's order an array comes after every text.
    const range =
      accountId === undefined
        ? IDBKeyRange.bound([network], [network, []])
        : IDBKeyRange.bound([network, accountId], [network, accountId, []]);
    const found = await inStore("readonly", async (store) => answer(store.getAllKeys(range)));
    return found.map((key) => {
      const [, owner, publicKey]: readonly unknown[] = Array.isArray(key) ? key : [];
      return { accountId: String(owner), publicKey: String(publicKey) };
    });
  };

  return Object.freeze({
    generate: async (accountId) => {
      assertAccountId(accountId);
      const keys = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
      const signer = await webCryptoSignerFrom(keys);
      const record = { network, accountId, publicKey: signer.publicKey, keys };
      await inStore("readwrite", async (store) => answer(store.add(record)));
      return signer;
    },
    get: async (accountId, publicKey) => {
      assertAccountId(accountId);
      const wanted =
        publicKey === undefined ? await onlyKey(keysOf, accountId) : canonical(publicKey);
      const record = await inStore("readonly", async (store) =>
        answer<unknown>(store.get([network, accountId, wanted])),
      );
      if (record === undefined) throw missing(accountId, wanted);
      return signerOf(record, wanted);
    },
    list: async (accountId) => {
      if (accountId !== undefined) assertAccountId(accountId);
      return keysOf(accountId);
    },
    remove: async (accountId, publicKey) => {
      assertAccountId(accountId);
      const wanted = canonical(publicKey);
      const key = [network, accountId, wanted];
      await inStore("readwrite", async (store) => {
        if ((await answer(store.getKey(key))) === undefined) throw missing(accountId, wanted);
        await answer(store.delete(key));
      });
    },
    close,
  } satisfies KeyDatabase);
}

async function onlyKey(
  keysOf: (accountId: string) => Promise<readonly StoredPublicKey[]>,
  accountId: string,
): Promise<string> {
  const [key, another] = await keysOf(accountId);
  if (key === undefined) throw missing(accountId);
  if (another === undefined) return key.publicKey;
  throw new KeyDatabaseError(
    "ambiguous",
    `expected one key of ${accountId}, got several: say which`,
  );
}

/** A key that another script put there could be of two pairs, or one that can be exported. */
async function signerOf(record: unknown, publicKey: string): Promise<Signer> {
  const keys: unknown =
    typeof record === "object" && record !== null ? Reflect.get(record, "keys") : undefined;
  if (isPair(keys) && !keys.privateKey.extractable) {
    const signer = await webCryptoSignerFrom(keys).catch(() => undefined);
    if (signer?.publicKey === publicKey) return signer;
  }
  throw new KeyDatabaseError("corrupt", `expected the pair of keys of ${publicKey}, got another`);
}

function isPair(keys: unknown): keys is CryptoKeyPair {
  if (typeof keys !== "object" || keys === null) return false;
  return ["privateKey", "publicKey"].every((name) => Reflect.get(keys, name) instanceof CryptoKey);
}

async function openDatabase(name: string): Promise<IDBDatabase> {
  return stored(async () => {
    const request = indexedDB.open(name, VERSION);
    request.addEventListener("upgradeneeded", () => {
      request.result.createObjectStore(STORE, { keyPath: [...KEY_PATH] });
    });
    return answer(request);
  });
}

async function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("it failed")));
  });
}

async function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(transaction.error ?? new Error("it was given up"));
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", fail);
    transaction.addEventListener("error", fail);
  });
}

async function stored<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof NearError) throw error;
    const name = error instanceof Error ? error.name : "a failure";
    throw new KeyDatabaseError("storage", `expected IndexedDB to keep keys, got ${name}`, {
      cause: error,
    });
  }
}

function missing(accountId: string, publicKey?: string): KeyDatabaseError {
  const what = publicKey === undefined ? "a key" : `the key ${publicKey}`;
  return new KeyDatabaseError("not_found", `expected ${what} of ${accountId}, got none`);
}

function canonical(publicKey: string): string {
  const key = parsePublicKey(publicKey);
  if (key.type === "ed25519") return formatPublicKey(key);
  throw new ParseError("invalid_key", `expected an ed25519 key, got one of type ${key.type}`);
}

function checkOptions(options: KeyDatabaseOptions): { network: string; name: string } {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`expected options as an object, got ${showValue(options)}`);
  }
  const { network, name = "yoctonear-keys", ...rest } = options;
  for (const [key, value] of Object.entries({ network, name })) {
    if (typeof value !== "string" || value === "") {
      throw new TypeError(`expected ${key} to be text, got ${showValue(value)}`);
    }
  }
  const [other] = Object.keys(rest);
  if (other === undefined) return { network, name };
  throw new TypeError(`expected options among network, name, got ${showValue(other)}`);
}
