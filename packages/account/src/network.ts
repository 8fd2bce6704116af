/**
 * Which transports reach the same network: nonces are reserved per network and process, so that two
 * objects on one key do not collide, and two chains do not disturb each other.
 * @module
 */
import { status, type Transport } from "@yoctonear/rpc";
import type { Lanes } from "./lane.ts";

const lanesByScope = /* @__PURE__ */ new WeakMap<object, Lanes>();
const lanesByChain = /* @__PURE__ */ new Map<string, Lanes>();
const chainOf = /* @__PURE__ */ new WeakMap<Transport, Promise<string>>();

/**
 * Finds the lanes of the network behind a transport. A transport of scope `"chain"` is asked for
 * chain id and genesis hash once; any other is a network of its own, or names the object that is.
 * @param transport - the transport
 */
export async function lanesOf(transport: Transport): Promise<Lanes> {
  const { scope } = transport;
  if (scope === "chain") return entry(lanesByChain, await askChain(transport));
  return entry(lanesByScope, scope ?? transport);
}

function askChain(transport: Transport): Promise<string> {
  const asked = chainOf.get(transport);
  if (asked !== undefined) return asked;
  const asking = status(transport).then(
    ({ chain_id, genesis_hash }) => `${chain_id} ${genesis_hash}`,
  );
  chainOf.set(transport, asking);
  // A failed question is asked again by the next sender, instead of failing all of them for good.
  asking.catch(() => chainOf.delete(transport));
  return asking;
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
