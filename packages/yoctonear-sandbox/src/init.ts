/**
 * `init`: writes a new home folder.
 * @module
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { assertAccountId } from "@yoctonear/primitives";
import { isNearError } from "@yoctonear/base";
import type { InitOptions } from "./command-line.ts";
import { configJson } from "./config-file.ts";
import { genesisJson } from "./genesis-file.ts";
import { systemFault, writeJsonFile } from "./json-file.ts";
import { randomKeyFile, seededKeyFile } from "./key-file.ts";
import { SandboxError } from "./sandbox-error.ts";

const DEFAULT_VALIDATOR = "test.near";
const PUBLIC_CHAINS: readonly string[] = ["mainnet", "testnet", "betanet"];
/** Only its owner reads a key. */
const KEY_MODE = 0o600;

/**
 * Writes config.json, genesis.json, node_key.json and validator_key.json.
 * @param home - made if need be
 * @throws {SandboxError} `usage`, or `home` where a home is already
 */
export function initHome(home: string, options: InitOptions): void {
  const { chainId = randomChainId(), accountId = DEFAULT_VALIDATOR, testSeed } = options;
  if (PUBLIC_CHAINS.includes(chainId)) {
    throw new SandboxError("usage", `expected a chain of its own, got ${chainId}`);
  }
  checkValidator(accountId);
  const configPath = join(home, "config.json");
  if (existsSync(configPath)) {
    throw new SandboxError("home", `expected ${home} to be no home yet, found ${configPath}`);
  }
  try {
    mkdirSync(home, { recursive: true });
  } catch (error) {
    throw new SandboxError("home", `cannot make ${home}: ${systemFault(error)}`, { cause: error });
  }
  const key =
    testSeed === undefined ? randomKeyFile(accountId) : seededKeyFile(accountId, testSeed);
  const genesisTime = `${new Date().toISOString().slice(0, -1)}000000Z`;
  const genesis = genesisJson({ genesisTime, chainId, isFast: options.isFast, key });
  writeJsonFile(join(home, "validator_key.json"), key, KEY_MODE);
  writeJsonFile(join(home, "node_key.json"), randomKeyFile("node"), KEY_MODE);
  writeJsonFile(join(home, "genesis.json"), genesis);
  // Last: a home without it is none yet.
  writeJsonFile(configPath, configJson(options));
}

function checkValidator(accountId: string): void {
  try {
    assertAccountId(accountId, "--account-id");
  } catch (error) {
    if (isNearError(error)) throw new SandboxError("usage", error.message, { cause: error });
    throw error;
  }
  if (accountId === "near") {
    throw new SandboxError(
      "usage",
      "expected --account-id to be another than near, which is there",
    );
  }
}

function randomChainId(): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const name = [...randomBytes(5)].map((byte) => letters[byte % letters.length]);
  return `test-chain-${name.join("")}`;
}
