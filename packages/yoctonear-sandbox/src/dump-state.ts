/**
 * `view-state dump-state`: the state of a home's chain as the home of another one.
 * Source: nearcore tools/state-viewer/src/{commands,state_dump}.rs.
 * @module
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseJson, stringifyJson } from "@yoctonear/rpc";
import type { DumpOptions } from "./command-line.ts";
import { keyPath, readHome, STATE_FILE } from "./home.ts";
import {
  isJsonObject,
  type JsonObject,
  systemFault,
  writeJsonFile,
  writeTextFile,
} from "./json-file.ts";
import { readKeyFile } from "./key-file.ts";
import { findHolder } from "./lock.ts";
import { SandboxError } from "./sandbox-error.ts";

const KEY_MODE = 0o600;

/**
 * Writes the state: of a chain that runs as it is now, of another as it was at its clean end.
 * @returns what was done, in a line
 * @throws {SandboxError} `no_state`, `home`
 */
export async function dumpState(home: string, options: DumpOptions): Promise<string> {
  const { config } = readHome(home);
  const genesis = await readState(home);
  const { records, ...settings } = genesis;
  const target = options.file ?? join(home, options.isStream ? "output" : "output.json");
  makeFolder(options.isStream ? target : dirname(target));
  if (options.isStream) {
    const recordsPath = join(target, "records.json");
    writeTextFile(recordsPath, stringifyJson(records));
    writeJsonFile(join(target, "genesis.json"), { ...settings, records_file: recordsPath });
    writeJsonFile(join(target, "config.json"), { ...config, genesis_records_file: "records.json" });
    for (const name of ["node", "validator"] as const) {
      const path = keyPath(home, config, name);
      if (existsSync(path))
        writeJsonFile(keyPath(target, config, name), readKeyFile(path), KEY_MODE);
    }
  } else {
    writeJsonFile(target, genesis);
  }
  return `Saving state at height ${Number(genesis["genesis_height"]) - 1} into ${target}\n`;
}

async function readState(home: string): Promise<JsonObject> {
  const holder = await findHolder(home);
  const text = holder?.stateUrl == null ? readSaved(home) : await ask(home, holder.stateUrl);
  const state = parseJson(text);
  if (isJsonObject(state)) return state;
  throw new SandboxError("home", `expected the state of ${home} to be an object of JSON`);
}

async function ask(home: string, stateUrl: string): Promise<string> {
  try {
    const response = await fetch(stateUrl);
    if (response.ok) return await response.text();
  } catch {
    // It has just ended.
  }
  return readSaved(home);
}

function readSaved(home: string): string {
  const path = join(home, STATE_FILE);
  if (!existsSync(path)) {
    throw new SandboxError(
      "no_state",
      `${home} has no state: its chain never ran, or did not end cleanly`,
    );
  }
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new SandboxError("home", `cannot read ${path}: ${systemFault(error)}`, { cause: error });
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new SandboxError("home", `cannot make ${path}: ${systemFault(error)}`, { cause: error });
  }
}
