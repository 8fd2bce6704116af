/**
 * A disk in memory that fails or loses power at any step, and tells what would be left.
 * @module
 */
import type { Disk, DiskFile } from "@yoctonear/node";

interface Node {
  /** What a process sees. */
  bytes: Uint8Array;
  /** What survives a loss of power. */
  synced: Uint8Array;
}

/** What becomes of what was not synced: a killed process loses nothing, power may take any of it. */
export type Crash = "killed" | "all lost" | "names lost" | "half lost" | "zeros";
export const CRASHES: readonly Crash[] = ["killed", "all lost", "names lost", "half lost", "zeros"];

/** Thrown in the place of a step. */
export class DiskFailure extends Error {
  readonly code: string = "EIO";
}

export interface MemoryDisk extends Disk {
  /** Steps taken so far. */
  steps(): number;
  /** The disk as it is found after the crash. */
  after(crash: Crash): MemoryDisk;
  /** What a file holds. */
  content(path: string): Uint8Array | undefined;
  names(): readonly string[];
}

/** @param fails - tells of each step, from 0, whether it fails: not at all done, or half */
export function memoryDisk(
  fails: (step: number) => "never" | "before" | "halfway" = () => "never",
  start: ReadonlyMap<string, Uint8Array> = new Map(),
): MemoryDisk {
  const nodes = new Map<string, Node>();
  for (const [path, bytes] of start) nodes.set(path, { bytes, synced: bytes });
  let syncedNames = new Map(nodes);
  let count = 0;
  const step = (half: () => void = () => {}): void => {
    const failure = fails(count);
    count += 1;
    if (failure === "halfway") half();
    if (failure !== "never") throw new DiskFailure(`step ${count} failed`);
  };
  const fileOf = (node: Node): DiskFile => ({
    read: async () => node.bytes.slice(),
    append: async (bytes) => {
      step(() => (node.bytes = joined(node.bytes, bytes.subarray(0, bytes.length >> 1))));
      node.bytes = joined(node.bytes, bytes);
    },
    truncate: async (length) => {
      step();
      node.bytes = node.bytes.slice(0, length);
    },
    sync: async () => {
      step();
      node.synced = node.bytes;
    },
    close: async () => step(),
  });
  const found = (path: string): Node => {
    const node = nodes.get(path);
    if (node === undefined) throw new DiskFailure(`there is no ${path}`);
    return node;
  };
  return {
    kind: async (path) => (nodes.has(path) ? "file" : "nothing"),
    create: async (path) => {
      if (nodes.has(path)) throw new DiskFailure(`there is a ${path}`);
      step();
      const node = { bytes: new Uint8Array(), synced: new Uint8Array() };
      nodes.set(path, node);
      return fileOf(node);
    },
    open: async (path) => fileOf(found(path)),
    rename: async (from, to) => {
      step();
      nodes.set(to, found(from));
      nodes.delete(from);
    },
    remove: async (path) => {
      step();
      found(path);
      nodes.delete(path);
    },
    syncFolder: async () => {
      step();
      syncedNames = new Map(nodes);
    },
    steps: () => count,
    after: (crash) => {
      const names = crash === "all lost" || crash === "names lost" ? syncedNames : nodes;
      const left = [...names].map(([path, node]) => [path, leftOf(node, crash)] as const);
      return memoryDisk(() => "never", new Map(left));
    },
    content: (path) => nodes.get(path)?.bytes,
    names: () => [...nodes.keys()],
  };
}

function leftOf({ bytes, synced }: Node, crash: Crash): Uint8Array {
  if (crash === "killed" || crash === "names lost") return bytes;
  if (crash === "all lost" || bytes.length <= synced.length) return synced;
  const half = bytes.slice(0, (synced.length + bytes.length) >> 1);
  return crash === "half lost" ? half : joined(half, new Uint8Array(bytes.length - half.length));
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
