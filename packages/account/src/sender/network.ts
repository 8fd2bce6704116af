/**
 * Which transports reach the same network: nonces are reserved per network and process, so that two
 * objects on one key do not collide, and two chains do not disturb each other.
 * @module
 */
import { status, type Transport } from "@yoctonear/rpc";
import { askAgain } from "./ask-again.ts";
import { within } from "./deadline.ts";
import type { Lanes } from "./lane.ts";
import type { WaitOptions } from "./options.ts";

const lanesByScope = /* @__PURE__ */ new WeakMap<object, Lanes>();
const lanesByChain = /* @__PURE__ */ new Map<string, Lanes>();
const chainOf = /* @__PURE__ */ new WeakMap<Transport, Promise<string>>();
const publicOnes = /* @__PURE__ */ new WeakSet<Transport>();

/**
 * Finds the lanes of the network behind a transport. A transport of scope `"chain"` is asked for
 * chain id and genesis hash once; any other is a network of its own, or names the object that is.
 * @param transport - the transport
 * @param options - the caller's time for the question
 */
export async function lanesOf(transport: Transport, options: WaitOptions): Promise<Lanes> {
  const { scope } = transport;
  if (scope !== "chain") return entry(lanesByScope, scope ?? transport);
  return within(options, async (deadline) => {
    try {
      return entry(lanesByChain, await askAgain(deadline, options, () => chainBehind(transport)));
    } catch (error) {
      // Perhaps the question never ends.
      chainOf.delete(transport);
      throw error;
    }
  });
}

/** Asks once for all who ask at the same time; a question without an answer is asked again by the next. */
function chainBehind(transport: Transport): Promise<string> {
  const known = chainOf.get(transport);
  if (known !== undefined) return known;
  const asking = askChain(transport);
  chainOf.set(transport, asking);
  asking.catch(() => chainOf.delete(transport));
  return asking;
}

async function askChain(transport: Transport): Promise<string> {
  const { chain_id, genesis_hash } = await status(transport);
  if (/^(main|test)net$/.test(chain_id)) publicOnes.add(transport);
  return `${chain_id} ${genesis_hash}`;
}

/**
 * Whether a transport reaches a network whose transactions may name a block of a day ago. Chains for tests take those of
 * the last 100 blocks, and make them in no time.
 */
export function takesOldBlocks(transport: Transport): boolean {
  return publicOnes.has(transport);
}

function entry<K>(
  map: { get(key: K): Lanes | undefined; set(key: K, lanes: Lanes): unknown },
  key: K,
): Lanes {
  const known = map.get(key);
  if (known !== undefined) return known;
  const lanes: Lanes = new Map();
  map.set(key, lanes);
  return lanes;
}
