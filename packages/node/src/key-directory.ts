/**
 * The folder in which NEAR's command lines keep their keys, `~/.near-credentials`:
 * `<network>/<account>.json`, the account's default key, and `<network>/<account>/<key>.json` for each key,
 * `_` in the place of `:`.
 * @module
 */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { isNearError, showValue } from "@yoctonear/base";
import { formatPublicKey, type KeyPair, parsePublicKey, type Scheme } from "@yoctonear/keys";
import {
  type Credential,
  formatCredential,
  parseCredential,
  type ParsedCredential,
} from "@yoctonear/keys/credentials";
import { assertAccountId } from "@yoctonear/primitives";
import { FileError } from "./file-error.ts";
import { credentialIn } from "./key-file.ts";
import { checkOptions } from "./options.ts";
import { defaultPlace, END, isKeyFile, isVisible, keyFileName, keyPlace } from "./key-place.ts";
import { checkPath, type Place } from "./path.ts";
import {
  createText,
  innerFolder,
  isFolder,
  kindOf,
  namesIn,
  readOwnText,
  removeFile,
  rootFolder,
} from "./whole-file.ts";

/** Which keys, and where. */
export interface KeyDirectoryOptions {
  /** Its folder, e.g. `testnet`: letters, digits, `-`, `_`, and single dots between them. */
  readonly network: string;
  /** The key types that may come, e.g. `[ed25519]`. */
  readonly schemes: readonly Scheme[];
  /** The folder of all networks; `~/.near-credentials` unless told. */
  readonly path?: string | undefined;
}

/** A key in the folder. */
export interface StoredKey {
  readonly accountId: string;
  /** In text form. */
  readonly publicKey: string;
  /** The file that holds it. */
  readonly path: string;
}

/** Keys of one network. */
export interface KeyDirectory {
  /** The network's folder; it is made with the first key. */
  readonly path: string;
  /**
   * Reads a key. Without a public key it is the account's default, or else its only one.
   * @throws {FileError} `not_found`, `ambiguous`, `invalid` where the file holds another account's or no key
   * @throws {ParseError} `invalid_account_id`, `invalid_key`
   */
  get(accountId: string, publicKey?: string): Promise<KeyPair>;
  /**
   * Lists the keys, those of one account where it is named. Each `.json` must be a key: one that is not is an
   * error that names it, never left out.
   * @throws {FileError} `invalid`, `unsafe_path`, `io`
   */
  list(accountId?: string): Promise<readonly StoredKey[]>;
  /**
   * Writes a key; it becomes the account's default where there is none. A key that is there stays as it is.
   * @throws {FileError} `invalid` where its file holds another key, `unsafe_path`, `io`
   * @throws {ParseError} `invalid_account_id`, `invalid_key`
   */
  put(accountId: string, keyPair: Credential["keyPair"]): Promise<void>;
  /**
   * Removes one key, and nothing else, also where it is the default.
   * @throws {FileError} `not_found`
   * @throws {ParseError} `invalid_account_id`, `invalid_key`
   */
  remove(accountId: string, publicKey: string): Promise<void>;
}

const NETWORK = /^(?=.{1,64}$)[\w-]+(\.[\w-]+)*$/;

/**
 * Opens the folder of NEAR's command lines. Files are written whole (`0600`, folders `0700`); ids and keys are
 * checked before they become part of a path, and symbolic links inside are refused.
 * @param options - the network, the key types that may come, and the folder
 * @throws {TypeError} for a network that cannot be a folder, and for wrong or missing options
 * @example
 * ```ts
 * import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { openKeyDirectory } from "@yoctonear/node";
 * const path = `/tmp/${crypto.randomUUID()}`; // left out: ~/.near-credentials
 * const keys = openKeyDirectory({ network: "testnet", schemes: [ed25519], path });
 * await keys.put("alice.testnet", randomEd25519KeyPair());
 * const keyPair = await keys.get("alice.testnet"); // signs: connect("testnet").account("alice.testnet", keyPair)
 * (await keys.list()).map(({ accountId }) => accountId); // ["alice.testnet"]
 * await keys.remove("alice.testnet", keyPair.publicKey);
 * ```
 */
export function openKeyDirectory(options: KeyDirectoryOptions): KeyDirectory {
  const { network, schemes, path } = checkOptions(options, ["network", "schemes", "path"]);
  if (typeof network !== "string" || !NETWORK.test(network)) {
    throw new TypeError(`expected network to be the name of a folder, got ${showValue(network)}`);
  }
  if (!Array.isArray(schemes) || schemes.length === 0) {
    throw new TypeError(`expected schemes to be a list of key types, got ${showValue(schemes)}`);
  }
  const home = path === undefined ? homeFolder() : checkPath(path);
  const folder = join(home, network);

  const read = async (file: string, accountId: string): Promise<ParsedCredential> => {
    const credential = credentialIn(file, await readOwnText(file), schemes);
    if (credential.accountId === undefined || credential.accountId === accountId) return credential;
    throw new FileError(
      "invalid",
      file,
      `expected a key of ${accountId}, got one of ${credential.accountId}`,
    );
  };

  /** Tells whether an account has a folder of keys. */
  const hasFolder = async (accountId: string): Promise<boolean> => {
    if (!(await isFolder(folder))) return false;
    const own = join(folder, accountId);
    // The default key of the account `alice` is where the folder of `alice.json` would be.
    if (accountId.endsWith(END) && (await kindOf(own)) === "file") return false;
    return isFolder(own);
  };

  const readKey = async (
    file: string,
    accountId: string,
    publicKey: string,
  ): Promise<ParsedCredential | null> => {
    if (!(await hasFolder(accountId)) || (await kindOf(file)) === "nothing") return null;
    const credential = await read(file, accountId);
    if (credential.keyPair.publicKey === publicKey) return credential;
    throw new FileError(
      "invalid",
      file,
      `expected the key ${publicKey}, got ${credential.keyPair.publicKey}`,
    );
  };

  /** The default key of an account whose `.json` is a file: `alice.json` may be an account's folder too. */
  const readDefault = async (accountId: string): Promise<ParsedCredential | null> => {
    if (!(await isFolder(folder))) return null;
    const { path: file } = defaultPlace(folder, accountId);
    return ["nothing", "folder"].includes(await kindOf(file)) ? null : read(file, accountId);
  };

  const listFolder = async (accountId: string): Promise<readonly StoredKey[]> => {
    if (!(await hasFolder(accountId))) return [];
    const own = join(folder, accountId);
    const names = (await namesIn(own)).filter(isKeyFile);
    const keys: StoredKey[] = [];
    for (const name of names) {
      const file = join(own, name);
      const { publicKey } = (await read(file, accountId)).keyPair;
      if (name !== keyFileName(publicKey)) {
        throw new FileError("invalid", file, `expected the key of its name, got ${publicKey}`);
      }
      keys.push({ accountId, publicKey, path: file });
    }
    return keys;
  };

  const listAccount = async (accountId: string): Promise<readonly StoredKey[]> => {
    const keys = await listFolder(accountId);
    const credential = await readDefault(accountId);
    if (credential === null) return keys;
    const { publicKey } = credential.keyPair;
    if (keys.some((key) => key.publicKey === publicKey)) return keys;
    return [{ accountId, publicKey, path: defaultPlace(folder, accountId).path }, ...keys];
  };

  const accounts = async (): Promise<readonly string[]> => {
    const found = new Set<string>();
    for (const name of (await namesIn(folder)).filter(isVisible)) {
      const file = join(folder, name);
      const kind = await kindOf(file);
      const isKey = kind !== "folder" && name.endsWith(END);
      // Notes, say; a link may be an account's folder, which is refused then.
      if (kind === "file" && !isKey) continue;
      const accountId = isKey ? name.slice(0, -END.length) : name;
      try {
        assertAccountId(accountId);
      } catch (cause) {
        throw new FileError("invalid", file, "expected the name of an account, got another", {
          cause,
        });
      }
      found.add(accountId);
    }
    return [...found].sort();
  };

  return Object.freeze({
    path: folder,
    get: async (accountId, publicKey) => {
      assertAccountId(accountId);
      if (publicKey !== undefined) {
        const wanted = formatPublicKey(parsePublicKey(publicKey));
        const { path: file } = keyPlace(folder, accountId, wanted);
        const credential = await readKey(file, accountId, wanted);
        if (credential !== null) return credential.keyPair;
        const other = await readDefault(accountId);
        if (other?.keyPair.publicKey === wanted) return other.keyPair;
        throw new FileError("not_found", file, `expected the key ${wanted}, got none`);
      }
      const credential = await readDefault(accountId);
      if (credential !== null) return credential.keyPair;
      const [key, another] = await listFolder(accountId);
      const place = join(folder, accountId);
      if (key === undefined) {
        throw new FileError("not_found", place, `expected a key of ${accountId}, got none`);
      }
      if (another !== undefined) {
        throw new FileError("ambiguous", place, "expected one key, got several: say which");
      }
      return (await read(key.path, accountId)).keyPair;
    },
    list: async (accountId) => {
      if (accountId !== undefined) {
        assertAccountId(accountId);
        return listAccount(accountId);
      }
      const keys: StoredKey[] = [];
      for (const each of await accounts()) keys.push(...(await listAccount(each)));
      return keys;
    },
    put: async (accountId, keyPair) => {
      const text = formatCredential({ accountId, keyPair }, "near-cli");
      const publicKey = formatPublicKey(parsePublicKey(keyPair.publicKey));
      // What cannot be read again is not written: the public key must be the secret one's.
      parseCredential(text, schemes);
      await rootFolder(home);
      await innerFolder(folder);
      const place = keyPlace(folder, accountId, publicKey);
      await innerFolder(place.folder);
      if ((await readKey(place.path, accountId, publicKey)) === null) {
        await createUnlessThere(place, text);
        // Another process may have been first.
        await readKey(place.path, accountId, publicKey);
      }
      const first = defaultPlace(folder, accountId);
      if ((await kindOf(first.path)) === "nothing") await createUnlessThere(first, text);
    },
    remove: async (accountId, publicKey) => {
      assertAccountId(accountId);
      const wanted = formatPublicKey(parsePublicKey(publicKey));
      const place = keyPlace(folder, accountId, wanted);
      const credential = await readKey(place.path, accountId, wanted);
      const isDefault = (await readDefault(accountId))?.keyPair.publicKey === wanted;
      if (credential === null && !isDefault) {
        throw new FileError("not_found", place.path, `expected the key ${wanted}, got none`);
      }
      if (isDefault) await removeFile(defaultPlace(folder, accountId));
      if (credential !== null) await removeFile(place);
    },
  } satisfies KeyDirectory);
}

/** An empty HOME would be whatever folder the process runs in. */
function homeFolder(): string {
  if (isAbsolute(homedir())) return join(homedir(), ".near-credentials");
  throw new TypeError("expected path, or a home folder of this process, got neither");
}

async function createUnlessThere(place: Place, text: string): Promise<void> {
  try {
    await createText(place, text);
  } catch (error) {
    if (!isNearError(error, "exists")) throw error;
  }
}
