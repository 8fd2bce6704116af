/**
 * Builds the state trie of some rows, to prove from.
 * @module
 */
import { concatBytes, encodeBase64 } from "@yoctonear/base";
import { formatHash, sha256 } from "@yoctonear/primitives";

/** A row by its whole key. */
export type Row = readonly [key: Uint8Array, value: Uint8Array];

/** A trie: its root, and all of its nodes in base64. */
export interface BuiltTrie {
  readonly root: string;
  readonly nodes: readonly string[];
}

/** Builds the trie; no key comes twice. */
export function buildTrie(rows: readonly Row[]): BuiltTrie {
  const nodes: string[] = [];
  if (rows.length === 0) return { root: formatHash(new Uint8Array(32)), nodes };
  const keyed = rows.map(([key, value]) => ({
    path: Array.from(key).flatMap((byte) => [byte >> 4, byte & 15]),
    value,
  }));
  return { root: formatHash(add(keyed, nodes).hash), nodes };
}

interface Keyed {
  readonly path: readonly number[];
  readonly value: Uint8Array;
}

interface Built {
  readonly hash: Uint8Array;
  readonly memory: number;
}

function add(rows: readonly Keyed[], nodes: string[]): Built {
  const [first] = rows;
  if (first === undefined) throw new TypeError("expected rows");
  if (rows.length === 1) {
    const key = packed(first.path, true);
    const memory = 100 + 2 * key.length + first.value.length;
    return keep(memory, nodes, Uint8Array.of(0), u32(key.length), key, valueRef(first.value));
  }
  const shared = sharedLength(rows);
  if (shared > 0) {
    const child = add(
      rows.map((row) => cut(row, shared)),
      nodes,
    );
    const key = packed(first.path.slice(0, shared), false);
    const memory = 50 + 2 * key.length + child.memory;
    return keep(memory, nodes, Uint8Array.of(3), u32(key.length), key, child.hash);
  }
  const here = rows.find(({ path }) => path.length === 0);
  const below = Array.from({ length: 16 }, (_, nibble) =>
    rows.filter(({ path }) => path[0] === nibble).map((row) => cut(row, 1)),
  );
  const children = below.map((part) => (part.length === 0 ? null : add(part, nodes)));
  const bitmap = children.reduce((bits, child, i) => (child === null ? bits : bits | (1 << i)), 0);
  const present = children.flatMap((child) => (child === null ? [] : [child]));
  const own = here === undefined ? 50 : 100 + here.value.length;
  return keep(
    own + present.reduce((sum, { memory }) => sum + memory, 0),
    nodes,
    ...(here === undefined ? [Uint8Array.of(1)] : [Uint8Array.of(2), valueRef(here.value)]),
    Uint8Array.of(bitmap & 255, bitmap >> 8),
    ...present.map(({ hash }) => hash),
  );
}

function keep(memory: number, nodes: string[], ...parts: readonly Uint8Array[]): Built {
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(memory), true);
  const bytes = concatBytes(...parts, size);
  nodes.push(encodeBase64(bytes));
  return { hash: sha256(bytes), memory };
}

function cut({ path, value }: Keyed, count: number): Keyed {
  return { path: path.slice(count), value };
}

function sharedLength(rows: readonly Keyed[]): number {
  const [first] = rows;
  let length = 0;
  const isShared = (): boolean =>
    rows.every(({ path }) => path.length > length && path[length] === first?.path[length]);
  while (isShared()) length += 1;
  return length;
}

function packed(path: readonly number[], isLeaf: boolean): Uint8Array {
  const isOdd = path.length % 2 === 1;
  const flags = (isLeaf ? 2 : 0) + (isOdd ? 1 : 0);
  const nibbles = isOdd ? [flags, ...path] : [flags, 0, ...path];
  return Uint8Array.from(
    { length: nibbles.length / 2 },
    (_, i) => ((nibbles[2 * i] ?? 0) << 4) | (nibbles[2 * i + 1] ?? 0),
  );
}

function valueRef(value: Uint8Array): Uint8Array {
  return concatBytes(u32(value.length), sha256(value));
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
