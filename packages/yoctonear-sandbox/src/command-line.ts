/**
 * The command line of nearcore's near-sandbox: flags of the command itself, a subcommand, its flags.
 * Source: nearcore neard/src/cli.rs.
 * @module
 */
import { SandboxError } from "./sandbox-error.ts";

/** What the command line asks for. */
export type Command =
  | { readonly type: "help" }
  | { readonly type: "version" }
  | { readonly type: "init"; readonly home: string; readonly options: InitOptions }
  | { readonly type: "run"; readonly home: string; readonly options: RunOptions }
  | { readonly type: "dumpState"; readonly home: string; readonly options: DumpOptions };

/** Flags of `init`. */
export interface InitOptions {
  /** Short epochs, and the delays between blocks that nearcore has then. */
  readonly isFast: boolean;
  readonly chainId: string | undefined;
  /** The validator's secret key follows from it. */
  readonly testSeed: string | undefined;
  /** The validator. */
  readonly accountId: string | undefined;
  readonly bootNodes: string | undefined;
}

/** Flags of `run`. */
export interface RunOptions {
  /** `host:port` of HTTP; that in config.json unless told. */
  readonly rpcAddress: string | undefined;
  /** Whether blocks are made while nothing happens; as in config.json unless told. */
  readonly hasEmptyBlocks: boolean | undefined;
}

/** Flags of `view-state dump-state`. */
export interface DumpOptions {
  /** Whether records go into a file of their own. */
  readonly isStream: boolean;
  /** Where to: a folder for a stream, a file otherwise. */
  readonly file: string | undefined;
}

type FlagKind = "switch" | "value" | "refused";
type Flags = { readonly [name: string]: FlagKind };

const COMMON: Flags = {
  home: "value",
  verbose: "switch",
  "unsafe-fast-startup": "switch",
  help: "switch",
  version: "switch",
};
/** Those that mean nothing here, such as those of the network, are taken so that wrappers may pass them. */
const INIT: Flags = {
  fast: "switch",
  "chain-id": "value",
  "test-seed": "value",
  "account-id": "value",
  "boot-nodes": "value",
  "num-shards": "value",
  "max-gas-burnt-view": "value",
  genesis: "refused",
  "download-genesis": "refused",
  "download-config": "refused",
  "download-genesis-url": "refused",
  "download-records-url": "refused",
  "download-config-url": "refused",
};
const RUN: Flags = {
  "rpc-addr": "value",
  "network-addr": "value",
  "produce-empty-blocks": "value",
  "boot-nodes": "value",
  "min-peers": "value",
  "connect-to-reliable-peers-on-startup": "value",
  "rpc-prometheus-addr": "value",
  "telemetry-url": "value",
  "max-gas-burnt-view": "value",
  archive: "switch",
  "disable-rpc": "refused",
};
const VIEW_STATE: Flags = { "read-write": "switch", "store-temperature": "value" };
const DUMP_STATE: Flags = { stream: "switch", file: "value", height: "refused" };
const SHORT: { readonly [letter: string]: string } = {
  h: "help",
  V: "version",
  w: "read-write",
  t: "store-temperature",
};
const SUBCOMMANDS: { readonly [name: string]: Flags } = {
  init: INIT,
  run: RUN,
  "view-state": VIEW_STATE,
  view_state: VIEW_STATE,
};

/**
 * Reads the command line.
 * @param words - behind the program's name
 * @param defaultHome - where nothing is told
 * @throws {SandboxError} `usage`
 */
export function parseCommandLine(words: readonly string[], defaultHome: string): Command {
  const { subcommands, values } = readWords(words);
  if (values.has("help") || words.length === 0) return { type: "help" };
  if (values.has("version")) return { type: "version" };
  const home = values.get("home") ?? defaultHome;
  const [subcommand] = subcommands;
  if (subcommand === undefined) {
    throw usage("expected a command: init, run, or view-state dump-state");
  }
  if (subcommand === "init") return { type: "init", home, options: initOptions(values) };
  if (subcommand === "run") return { type: "run", home, options: runOptions(values) };
  if (subcommands.length === 1) throw usage(`expected ${subcommand} dump-state`);
  const options = { isStream: values.has("stream"), file: values.get("file") };
  return { type: "dumpState", home, options };
}

function initOptions(values: ReadonlyMap<string, string>): InitOptions {
  const shards = values.get("num-shards") ?? "1";
  if (shards !== "1") throw usage(`expected --num-shards 1, got ${shards}`);
  const chainId = values.get("chain-id");
  if (chainId === "") throw usage("expected --chain-id to have a name, got none");
  return {
    isFast: values.has("fast"),
    chainId,
    testSeed: values.get("test-seed"),
    accountId: values.get("account-id"),
    bootNodes: values.get("boot-nodes"),
  };
}

function runOptions(values: ReadonlyMap<string, string>): RunOptions {
  const emptyBlocks = values.get("produce-empty-blocks");
  if (emptyBlocks !== undefined && emptyBlocks !== "true" && emptyBlocks !== "false") {
    throw usage(`expected --produce-empty-blocks true or false, got ${emptyBlocks}`);
  }
  return {
    rpcAddress: values.get("rpc-addr"),
    hasEmptyBlocks: emptyBlocks === undefined ? undefined : emptyBlocks === "true",
  };
}

interface Words {
  readonly subcommands: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

function readWords(words: readonly string[]): Words {
  const subcommands: string[] = [];
  const values = new Map<string, string>();
  let flags = COMMON;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (!word.startsWith("-")) {
      flags = { ...flags, ...subcommandFlags(word, subcommands) };
      subcommands.push(word);
      continue;
    }
    const [name, given] = splitFlag(word);
    const kind = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (kind === undefined) throw usage(`unknown flag ${shown(word)}`);
    if (kind === "refused") {
      throw usage(`--${name} is not there: nothing is downloaded, and the chain is one in memory`);
    }
    if (values.has(name)) throw usage(`expected --${name} once`);
    if (kind === "value" && given === undefined) index += 1;
    const value = kind === "value" ? (given ?? words[index]) : (given ?? "");
    if (value === undefined) throw usage(`expected a value behind --${name}`);
    values.set(name, value);
  }
  return { subcommands, values };
}

function splitFlag(word: string): readonly [name: string, value: string | undefined] {
  if (!word.startsWith("--")) return [SHORT[word.slice(1)] ?? word, undefined];
  const end = word.indexOf("=");
  return end === -1 ? [word.slice(2), undefined] : [word.slice(2, end), word.slice(end + 1)];
}

function subcommandFlags(word: string, before: readonly string[]): Flags {
  const [first] = before;
  if (first === undefined && Object.hasOwn(SUBCOMMANDS, word)) return SUBCOMMANDS[word] ?? {};
  const isDump = word === "dump-state" || word === "dump_state";
  if (before.length === 1 && SUBCOMMANDS[first ?? ""] === VIEW_STATE && isDump) return DUMP_STATE;
  throw usage(`unknown command ${shown(word)}`);
}

/** Of a flag that is none, only the name: a value may be a secret. */
function shown(word: string): string {
  return word.split("=", 1)[0]?.slice(0, 60) ?? "";
}

function usage(message: string): SandboxError {
  return new SandboxError("usage", `${message}; --help lists what there is`);
}
