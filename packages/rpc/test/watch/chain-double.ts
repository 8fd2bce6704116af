/**
 * A chain of headers that can fork, for what a localnet never does.
 * @module
 */
import { RpcError, type Transport } from "@yoctonear/rpc";

/** What of a block matters to whoever watches. */
interface Link {
  readonly height: number;
  readonly hash: string;
  readonly prev: string;
}

/** A chain of so many blocks, one at each height. */
export function chainOf(length: number): ChainDouble {
  const chain = chainDouble();
  for (let height = 0; height < length; height++) {
    chain.add(height, `b${height}`, height === 0 ? GENESIS_PARENT : `b${height - 1}`);
  }
  return chain;
}

/** A chain whose head and final block are set by hand. */
export interface ChainDouble {
  readonly transport: Transport;
  /** Parameters of every request. */
  readonly asked: unknown[];
  /** Adds a block at a height on top of another, which is the head by then. */
  add(height: number, hash: string, prev: string): void;
  /** Which block is final; the head unless told. */
  final: string | undefined;
  /** What nodes before these heights are asked for is no longer there. */
  earliest: number;
  /** Whether headers tell the height of their parent, which those of old blocks do not. */
  tellsParents: boolean;
}

export const GENESIS_PARENT = "1".repeat(32);

export function chainDouble(): ChainDouble {
  const blocks = new Map<string, Link>();
  let head = "";
  const lineOf = (from: string): Link[] => {
    const line: Link[] = [];
    for (let link = blocks.get(from); link; link = blocks.get(link.prev)) line.unshift(link);
    return line;
  };
  const find = (params: unknown): Link | undefined => {
    const wanted = new Map<string, unknown>(Object.entries(Object(params)));
    const line = lineOf(head);
    if (wanted.get("sync_checkpoint") === "earliest_available") {
      return line.find(({ height }) => height >= double.earliest);
    }
    if (wanted.get("finality") === "final") return blocks.get(double.final ?? head);
    if (wanted.has("finality")) return blocks.get(head);
    const id = wanted.get("block_id");
    const found =
      typeof id === "string" ? blocks.get(id) : line.find(({ height }) => height === Number(id));
    return found && found.height >= double.earliest ? found : undefined;
  };
  const double: ChainDouble = {
    asked: [],
    final: undefined,
    earliest: 0,
    tellsParents: true,
    add: (height, hash, prev) => {
      blocks.set(hash, { height, hash, prev });
      head = hash;
    },
    transport: async ({ method, params }, { signal } = {}) => {
      signal?.throwIfAborted();
      double.asked.push(params);
      const link = find(params);
      if (link === undefined) {
        throw new RpcError(method, {
          name: "HANDLER_ERROR",
          cause: { name: "UNKNOWN_BLOCK", info: {} },
        });
      }
      const { height, hash, prev } = link;
      const prev_height = (double.tellsParents && blocks.get(prev)?.height) || null;
      const header = { height, hash, prev_hash: prev, prev_height, gas_price: "1" };
      return { author: "a.near", header, chunks: [] };
    },
  };
  return double;
}
