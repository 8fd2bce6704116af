/**
 * A map from text that shares structure with its older versions: a snapshot of the chain's indexes is
 * a reference, and what a restore drops is garbage. A hash array mapped trie, 32 ways; entries come
 * in batches, within which nodes are changed in place.
 * @module
 */

/** A map; never changes. */
export interface PersistentMap<V> {
  readonly root: Branch<V>;
}

interface Branch<V> {
  readonly type: "branch";
  /** The batch that made it, and may still change it. */
  readonly batch: object | null;
  readonly slots: (Branch<V> | Leaf<V> | null)[];
}

interface Leaf<V> {
  readonly type: "leaf";
  readonly key: string;
  readonly hash: number;
  readonly value: V;
  /** Another key of the very same hash. */
  readonly next: Leaf<V> | null;
}

const BITS = 5;
const WAYS = 32;
const EMPTY_SLOTS: readonly null[] = /* @__PURE__ */ Array.from({ length: WAYS }, () => null);
const HASH_BITS = 32;
/** Enough of a hash in base58 to tell keys apart; heights are shorter. */
const HASHED_LENGTH = 8;

/** A map without entries. */
export function emptyMap<V>(): PersistentMap<V> {
  return { root: createBranch(null) };
}

/** The value of a key. */
export function mapGet<V>(map: PersistentMap<V>, key: string): V | undefined {
  const hash = hashOf(key);
  let node: Branch<V> | Leaf<V> | null = map.root;
  for (let shift = 0; node?.type === "branch"; shift += BITS) {
    node = node.slots[slotOf(hash, shift)] ?? null;
  }
  for (let leaf = node; leaf !== null; leaf = leaf.next) if (leaf.key === key) return leaf.value;
  return undefined;
}

/** The map with these entries besides, or instead where the key is the same. */
export function mapWith<V>(
  map: PersistentMap<V>,
  entries: Iterable<readonly [key: string, value: V]>,
): PersistentMap<V> {
  const batch = {};
  let { root } = map;
  for (const [key, value] of entries) {
    root = put(root, { type: "leaf", key, hash: hashOf(key), value, next: null }, 0, batch);
  }
  return { root };
}

/** The map without these keys. */
export function mapWithout<V>(map: PersistentMap<V>, keys: Iterable<string>): PersistentMap<V> {
  const batch = {};
  let { root } = map;
  for (const key of keys) root = take(root, key, hashOf(key), 0, batch);
  return { root };
}

/** Leaves no branch behind that holds nothing or a single leaf, so that what goes frees all it took. */
function take<V>(
  branch: Branch<V>,
  key: string,
  hash: number,
  shift: number,
  batch: object,
): Branch<V> {
  const slot = slotOf(hash, shift);
  const old = branch.slots[slot] ?? null;
  if (old === null) return branch;
  const left =
    old.type === "branch" ? lone(take(old, key, hash, shift + BITS, batch)) : without(old, key);
  if (left === old) return branch;
  const own: Branch<V> =
    branch.batch === batch ? branch : { type: "branch", batch, slots: branch.slots.slice() };
  own.slots[slot] = left;
  return own;
}

/** What stands for a branch below the root. */
function lone<V>(branch: Branch<V>): Branch<V> | Leaf<V> | null {
  let found: Branch<V> | Leaf<V> | null = null;
  for (const slot of branch.slots) {
    if (slot === null) continue;
    if (found !== null || slot.type === "branch") return branch;
    found = slot;
  }
  return found;
}

function put<V>(branch: Branch<V>, leaf: Leaf<V>, shift: number, batch: object): Branch<V> {
  const own: Branch<V> =
    branch.batch === batch ? branch : { type: "branch", batch, slots: branch.slots.slice() };
  const slot = slotOf(leaf.hash, shift);
  const old = own.slots[slot] ?? null;
  own.slots[slot] =
    old === null
      ? leaf
      : old.type === "branch"
        ? put(old, leaf, shift + BITS, batch)
        : joined(old, leaf, shift + BITS, batch);
  return own;
}

function joined<V>(old: Leaf<V>, leaf: Leaf<V>, shift: number, batch: object): Branch<V> | Leaf<V> {
  if (old.hash === leaf.hash) return { ...leaf, next: without(old, leaf.key) };
  if (shift >= HASH_BITS + BITS) throw new RangeError("expected different hashes to differ");
  const branch = createBranch<V>(batch);
  branch.slots[slotOf(old.hash, shift)] = old;
  return put(branch, leaf, shift, batch);
}

function without<V>(leaf: Leaf<V> | null, key: string): Leaf<V> | null {
  if (leaf === null) return null;
  if (leaf.key === key) return leaf.next;
  const next = without(leaf.next, key);
  return next === leaf.next ? leaf : { ...leaf, next };
}

function createBranch<V>(batch: object | null): Branch<V> {
  return { type: "branch", batch, slots: EMPTY_SLOTS.slice() };
}

function slotOf(hash: number, shift: number): number {
  return (hash >>> shift) & (WAYS - 1);
}

/** FNV-1a of the last characters. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = Math.max(0, key.length - HASHED_LENGTH); i < key.length; i++) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
