/**
 * A running sandbox: the chain of a home folder, behind HTTP.
 * @module
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isNearError } from "@yoctonear/base";
import type { Localnet } from "@yoctonear/localnet";
import { stringifyJson } from "@yoctonear/rpc";
import { type Address, formatAddress, parseAddress } from "./address.ts";
import type { RunOptions } from "./command-line.ts";
import { type Home, readHome, STATE_FILE } from "./home.ts";
import { createIdleBlocks } from "./idle-blocks.ts";
import { writeTextFile } from "./json-file.ts";
import { type Lock, lockHome } from "./lock.ts";
import { SandboxError } from "./sandbox-error.ts";
import { heightsForNonces } from "./nonce-height.ts";
import { serve } from "./server.ts";

/** A sandbox that runs. */
export interface Sandbox {
  readonly chainId: string;
  readonly url: string;
  /** Ends it: requests under way are answered, the state is written to the home. */
  stop(): Promise<void>;
}

/** Of shorter ones no heights can be left out. */
const SHORTEST_EPOCH = 4;
/** Milliseconds: there are tests that look at what is executed and not yet final. */
const FINALITY_DELAY = 300;
/** About 160 MB. nearcore keeps less, but its blocks come slower. */
const KEPT_BLOCKS = 20_000;
/** Milliseconds: clients that send in parallel let their transactions overtake each other. */
const GAP_WAIT = 200;
const DEFAULT_BODY_SIZE = 10 * 1024 * 1024;

/**
 * Starts the chain of a home and serves it.
 * @throws {SandboxError} for a home, genesis, address or flag that cannot be, or that another process has
 */
export async function startSandbox(path: string, options: RunOptions): Promise<Sandbox> {
  const home = readHome(path);
  const { rpcAddress } = options;
  const address =
    rpcAddress === undefined ? home.rpcAddress : parseAddress(rpcAddress, "--rpc-addr");
  const lock = await lockHome(path);
  try {
    const chain = await createChain(home);
    return await serveChain({ home, chain, lock, address, options });
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function createChain(home: Home): Promise<Localnet> {
  // Most of the start: whoever only asks for the version or has no home does without.
  const { createLocalnet } = await import("@yoctonear/localnet");
  const { genesis, validatorKey, maxBodySize } = home;
  try {
    const chain = await createLocalnet({
      genesis,
      validatorKey,
      maxBodySize,
      clock: "real",
      nonceGapWait: GAP_WAIT,
      finalityDelay: FINALITY_DELAY,
      keepBlocks: Math.max(KEPT_BLOCKS, home.keptBlocks),
    });
    const heights = heightsForNonces(genesis);
    if (heights > 0 && Number(genesis["epoch_length"]) >= SHORTEST_EPOCH) {
      await chain.fastForward(heights);
    }
    return chain;
  } catch (error) {
    const isRefused = error instanceof TypeError || error instanceof RangeError;
    if (!isRefused && !isNearError(error)) throw error;
    throw new SandboxError("genesis", `cannot start from the genesis: ${error.message}`, {
      cause: error,
    });
  }
}

interface Parts {
  readonly home: Home;
  readonly chain: Localnet;
  readonly lock: Lock;
  readonly address: Address;
  readonly options: RunOptions;
}

async function serveChain({ home, chain, lock, address, options }: Parts): Promise<Sandbox> {
  const hasIdleBlocks = options.hasEmptyBlocks ?? home.hasEmptyBlocks;
  const idle = createIdleBlocks(hasIdleBlocks ? chain.produceBlock : async () => {});
  // Only who reads the lock file, as `view-state dump-state` does, knows the address of the state.
  const statePath = `/${randomBytes(16).toString("hex")}/state`;
  const server = await serve({
    address,
    maxBodySize: home.maxBodySize ?? DEFAULT_BODY_SIZE,
    handler: async (request) => {
      if (new URL(request.url).pathname === statePath) return answerState(chain, request.method);
      const end = idle.begin();
      try {
        return await chain.fetch(request);
      } finally {
        end();
      }
    },
  });
  const url = `http://${formatAddress({ ...server.address, host: reachable(address.host) })}`;
  lock.announce(`${url}${statePath}`);
  const stop = async (): Promise<void> => {
    idle.stop();
    await server.close();
    // Whoever ends a sandbox may have removed its home already.
    if (existsSync(join(home.path, "data"))) await saveState(home.path, chain);
    chain.stop();
    lock.release();
  };
  return { chainId: String(home.genesis["chain_id"]), url, stop };
}

async function answerState(chain: Localnet, method: string): Promise<Response> {
  return new Response(method === "HEAD" ? null : await stateOf(chain));
}

async function saveState(home: string, chain: Localnet): Promise<void> {
  const state = await stateOf(chain);
  try {
    writeTextFile(join(home, STATE_FILE), state);
  } catch (error) {
    if (existsSync(join(home, "data"))) throw error;
  }
}

/** The state as a genesis, when all that is under way has arrived: blocks for it are made with a patch of nothing. */
async function stateOf(chain: Localnet): Promise<string> {
  await chain.patchState([]);
  return stringifyJson(chain.dumpState());
}

/** An address to which one can connect. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}
