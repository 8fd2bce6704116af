/**
 * How a chain is made, and the check that refuses a misspelt option.
 * @module
 */
import { showValue } from "@yoctonear/base";
import type { NearInput } from "@yoctonear/primitives";
import { assertProtocolVersion } from "./runtime/protocol-version.ts";

/** When blocks are made. */
export type BlockMode = "instant" | "manual" | { readonly interval: number };

/** How a chain is made. */
export interface LocalnetOptions {
  /** Accounts to start with and their balances; `chain.signer(id)` has their keys. */
  readonly accounts?: Readonly<Record<string, NearInput>> | undefined;
  /** nearcore's genesis.json instead, as text or parsed (integers beyond 2^53 as bigint). */
  readonly genesis?: string | object | undefined;
  /** Name of the chain; `localnet` unless told. */
  readonly chainId?: string | undefined;
  /**
   * Protocol version by whose rules the chain runs, 85 to 88; 86 unless told, as nearcore 2.13 does. 85 has the same rules
   * here. From 87 on contracts have SHA3 and ML-DSA-65 and no reward; calls without a method name, delegates of version 2
   * and withdrawals from a gas key inside a delegate are refused. From 88 on there are universal accounts.
   * 87 and 88 were not recorded from a node: they are what nearcore 2.14 publishes of itself.
   */
  readonly protocolVersion?: number | undefined;
  /** Blocks of an epoch; 60 unless told. */
  readonly epochLength?: number | undefined;
  /** Blocks in which a transaction can be included, from the one that it names; 100 unless told, 86,400 on mainnet. */
  readonly transactionValidityPeriod?: number | undefined;
  /**
   * When blocks are made: as soon as a transaction waits, and on until all that follows from it is
   * final (`instant`, unless told); every so many milliseconds; or when asked.
   * Of transactions under way at once, it depends on their timing which share a block; where that
   * matters, make the blocks (`manual`).
   */
  readonly blocks?: BlockMode | undefined;
  /**
   * Time of the blocks: `virtual` (unless told) begins with the genesis and goes on by a fixed step
   * with each block, so that the same inputs give the same bytes; `real` is this machine's.
   */
  readonly clock?: "virtual" | "real" | undefined;
  /**
   * Contracts by the base58 of their code hash, instrumented and compiled beforehand: for a runtime that
   * compiles no WebAssembly while it runs, such as Cloudflare Workers. Elsewhere leave it out.
   */
  readonly modules?: ReadonlyMap<string, WebAssembly.Module> | undefined;
  /**
   * How many blocks the chain keeps, the newest ones, at least 10: memory does not grow with its length. It forgets the
   * transactions and receipts of older ones as a node does that collects garbage, and has no state at them. All unless told.
   */
  readonly keepBlocks?: number | undefined;
  /**
   * Secret key, `ed25519:…`, of the genesis's first validator, with which blocks are signed; without it they are signed
   * with the key that `chain.signer` gives that account, whatever stands in the genesis.
   */
  readonly validatorKey?: string | undefined;
  /** Bytes of a request's body that `chain.fetch` takes; 10 MiB unless told, as nearcore does. */
  readonly maxBodySize?: number | undefined;
  /**
   * Milliseconds for which a transaction waits, in `instant` mode, whose nonce is not the next one of its key: those before it may
   * be under way on other connections, and would be void behind it. 0 unless told; nearcore has the time between its blocks.
   */
  readonly nonceGapWait?: number | undefined;
  /**
   * Milliseconds, in `instant` mode, for which blocks are put off that nobody waits for, such as those that make others final: for
   * clients that expect a while between what is executed and what is final. 0 unless told.
   */
  readonly finalityDelay?: number | undefined;
  /** Milliseconds that a call waits for a transaction; 10,000 unless told, as nearcore does. */
  readonly pollingTimeout?: number | undefined;
}

const NAMES: readonly string[] = [
  "accounts",
  "genesis",
  "chainId",
  "epochLength",
  "transactionValidityPeriod",
  "protocolVersion",
  "blocks",
  "clock",
  "pollingTimeout",
  "modules",
  "keepBlocks",
  "validatorKey",
  "maxBodySize",
  "nonceGapWait",
  "finalityDelay",
];
/** Options that a genesis decides by itself. */
const DECIDED_BY_GENESIS = [
  "accounts",
  "chainId",
  "epochLength",
  "transactionValidityPeriod",
  "protocolVersion",
] as const;
/** Until a transaction is final, its block is asked for. */
const LEAST_KEPT = 10;
const MAX_TIMER = 2 ** 31 - 1;

/**
 * Refuses options that cannot be meant.
 * @throws {TypeError} for an unknown option, one of another type, or two that exclude each other
 * @throws {RangeError} for a number out of range
 */
export function checkOptions(options: LocalnetOptions): void {
  checkObject("options", options);
  checkObject("accounts", options.accounts);
  for (const name of Object.keys(options)) {
    if (!NAMES.includes(name)) {
      throw new TypeError(
        `expected one of the options ${NAMES.join(", ")}, got ${showValue(name)}`,
      );
    }
  }
  const { genesis, blocks, clock, epochLength, keepBlocks, pollingTimeout, modules } = options;
  const { finalityDelay, maxBodySize, nonceGapWait, validatorKey } = options;
  for (const name of genesis === undefined ? [] : DECIDED_BY_GENESIS) {
    if (options[name] === undefined) continue;
    throw new TypeError(`expected either genesis or ${name}, got both`);
  }
  if (clock !== undefined && clock !== "virtual" && clock !== "real") {
    throw new TypeError(`expected clock to be "virtual" or "real", got ${showValue(clock)}`);
  }
  if (modules !== undefined && !(modules instanceof Map)) {
    throw new TypeError(`expected modules to be a Map, got ${showValue(modules)}`);
  }
  if (validatorKey !== undefined && typeof validatorKey !== "string") {
    throw new TypeError("expected validatorKey to be a secret key in text form");
  }
  if (options.protocolVersion !== undefined) assertProtocolVersion(options.protocolVersion);
  checkBlocks(blocks);
  checkCount("maxBodySize", maxBodySize, 1);
  checkCount("nonceGapWait", nonceGapWait, 0);
  checkCount("finalityDelay", finalityDelay, 0);
  checkCount("epochLength", epochLength, 4);
  checkCount("transactionValidityPeriod", options.transactionValidityPeriod, 1);
  checkCount("keepBlocks", keepBlocks, LEAST_KEPT);
  checkCount("pollingTimeout", pollingTimeout, 1);
}

function checkObject(name: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw new TypeError(`expected ${name} to be an object, got ${showValue(value)}`);
}

function checkBlocks(blocks: unknown): void {
  if (blocks === undefined || blocks === "instant" || blocks === "manual") return;
  const isObject = typeof blocks === "object" && blocks !== null;
  if (!isObject || !("interval" in blocks) || Object.keys(blocks).length !== 1) {
    throw new TypeError(
      `expected blocks to be "instant", "manual" or { interval }, got ${showValue(blocks)}`,
    );
  }
  checkCount("blocks.interval", blocks.interval, 1);
}

function checkCount(name: string, value: unknown, least: number): void {
  if (value === undefined) return;
  if (
    typeof value === "number" &&
    Number.isInteger(value) &&
    value >= least &&
    value <= MAX_TIMER
  ) {
    return;
  }
  throw new RangeError(
    `expected ${name} to be an integer from ${least} to ${MAX_TIMER}, got ${showValue(value)}`,
  );
}
