/**
 * A home folder as `run` finds it: written by `init` or by nearcore's command, and edited by wrappers.
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Address, parseAddress } from "./address.ts";
import { checkGenesis } from "./genesis-check.ts";
import { isJsonObject, type JsonObject, readJsonFile, readJsonValue } from "./json-file.ts";
import { readKeyFile } from "./key-file.ts";
import { SandboxError } from "./sandbox-error.ts";

/** What a home says. */
export interface Home {
  readonly path: string;
  readonly config: JsonObject;
  /** With its records, which may stand in a file of their own. */
  readonly genesis: JsonObject;
  /** Secret key that signs the blocks; where the home has that of another validator, none. */
  readonly validatorKey: string | undefined;
  readonly rpcAddress: Address;
  /** Bytes. */
  readonly maxBodySize: number | undefined;
  readonly hasEmptyBlocks: boolean;
  /** Blocks that nearcore would keep: `gc_num_epochs_to_keep` epochs. */
  readonly keptBlocks: number;
}

/** The state at the last clean end, as a genesis; `run` goes on with it. */
export const STATE_FILE = "data/state.json";

const DEFAULT_ADDRESS = "127.0.0.1:3030";
const PUBLIC_CHAINS: readonly unknown[] = ["mainnet", "testnet"];
const MAX_COUNT = 10_000;
/** Bytes that the engine can hold in one text. */
const MAX_BODY_SIZE = 512 * 1024 * 1024;

/**
 * Reads a home folder.
 * @throws {SandboxError} `home`, `genesis`, or `usage` for an address that is none
 */
export function readHome(path: string): Home {
  const configPath = join(path, "config.json");
  if (!existsSync(configPath)) {
    throw new SandboxError("home", `${path} is no home: found no config.json, which init writes`);
  }
  const config = readJsonFile(configPath);
  const genesis = checkGenesis(readGenesis(path, config));
  if (PUBLIC_CHAINS.includes(genesis["chain_id"])) {
    throw new SandboxError("genesis", "expected a chain of its own, got that of a public network");
  }
  const rpc = fieldsOf(config, "rpc");
  const address = rpc["addr"] ?? DEFAULT_ADDRESS;
  const limit = fieldsOf(rpc, "limits_config")["json_payload_max_size"];
  return {
    path,
    config,
    genesis,
    validatorKey: readValidatorKey(keyPath(path, config, "validator"), genesis),
    rpcAddress: parseAddress(String(address), `rpc.addr of ${configPath}`),
    maxBodySize:
      typeof limit === "number" && limit > 0
        ? Math.min(Math.floor(limit), MAX_BODY_SIZE)
        : undefined,
    keptBlocks: countOf(config, "gc_num_epochs_to_keep") * countOf(genesis, "epoch_length"),
    hasEmptyBlocks: fieldsOf(config, "consensus")["produce_empty_blocks"] !== false,
  };
}

/** Path of a key file. */
export function keyPath(home: string, config: JsonObject, name: "validator" | "node"): string {
  return join(home, nameOf(config, `${name}_key_file`, `${name}_key.json`));
}

function readGenesis(home: string, config: JsonObject): JsonObject {
  const statePath = join(home, STATE_FILE);
  if (existsSync(statePath)) return readJsonFile(statePath);
  const genesis = readJsonFile(join(home, nameOf(config, "genesis_file", "genesis.json")));
  const recordsFile = config["genesis_records_file"];
  if (typeof recordsFile !== "string") return genesis;
  const recordsPath = join(home, recordsFile);
  const { records } = genesis;
  // The configuration of a dump names the file although wrappers have put its records into the genesis.
  const isThere = Array.isArray(records) && records.length > 0;
  if (isThere && !existsSync(recordsPath)) return genesis;
  return { ...genesis, records: readJsonValue(recordsPath) };
}

function readValidatorKey(path: string, genesis: JsonObject): string | undefined {
  const key = readKeyFile(path);
  const validators: readonly unknown[] = Array.isArray(genesis["validators"])
    ? genesis["validators"]
    : [];
  const index = validators.findIndex(
    (validator) =>
      isJsonObject(validator) &&
      validator["account_id"] === key.account_id &&
      validator["public_key"] === key.public_key,
  );
  if (index === -1) {
    const name = `${key.account_id} with ${key.public_key}`;
    throw new SandboxError(
      "genesis",
      `the genesis contradicts itself: ${name} of ${path} is no validator`,
    );
  }
  // The first one makes the blocks.
  return index === 0 ? key.secret_key : undefined;
}

/** A small count, or 0. */
function countOf(object: JsonObject, name: string): number {
  const value = object[name];
  return typeof value === "number" && value > 0 && value < MAX_COUNT ? Math.floor(value) : 0;
}

function fieldsOf(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}

function nameOf(config: JsonObject, field: string, otherwise: string): string {
  const value = config[field];
  return typeof value === "string" && value !== "" ? value : otherwise;
}
