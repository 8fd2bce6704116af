/**
 * The key files of a home folder: `{account_id, public_key, secret_key}`.
 * @module
 */
import { createPrivateKey, createPublicKey, randomBytes } from "node:crypto";
import { encodeBase58 } from "@yoctonear/base";
import { type JsonObject, readJsonFile } from "./json-file.ts";
import { SandboxError } from "./sandbox-error.ts";

/** A key file, its fields in nearcore's order. */
export interface KeyFile {
  readonly account_id: string;
  readonly public_key: string;
  readonly secret_key: string;
}

const SEED_LENGTH = 32;
const SPACE = 0x20;
/** What stands before the seed in a PKCS#8 key of RFC 8410. */
const PKCS8_HEAD = "302e020100300506032b657004220420";

/** Makes a key file with a random ed25519 key. */
export function randomKeyFile(accountId: string): KeyFile {
  return keyFileOf(accountId, randomBytes(SEED_LENGTH));
}

/** Makes a key file as nearcore does for tests: the text, cut or filled up with spaces, is the secret. */
export function seededKeyFile(accountId: string, text: string): KeyFile {
  const seed = Buffer.alloc(SEED_LENGTH, SPACE);
  seed.write(text, "utf8");
  return keyFileOf(accountId, seed);
}

// node:crypto, since loading a curve takes longer than all else of `init`.
function keyFileOf(accountId: string, seed: Buffer): KeyFile {
  const der = Buffer.concat([Buffer.from(PKCS8_HEAD, "hex"), seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const publicKey = spki.subarray(-SEED_LENGTH);
  return {
    account_id: accountId,
    public_key: `ed25519:${encodeBase58(publicKey)}`,
    secret_key: `ed25519:${encodeBase58(Buffer.concat([seed, publicKey]))}`,
  };
}

/**
 * Reads a key file; wrappers may spell `secret_key` as `private_key`.
 * @throws {SandboxError} `home`
 */
export function readKeyFile(path: string): KeyFile {
  const json = readJsonFile(path);
  return {
    account_id: text(path, json, "account_id"),
    public_key: text(path, json, "public_key"),
    secret_key: text(path, json, "secret_key" in json ? "secret_key" : "private_key"),
  };
}

function text(path: string, json: JsonObject, name: string): string {
  const value = json[name];
  if (typeof value === "string") return value;
  throw new SandboxError("home", `expected ${path} to have a text as ${name}`);
}
