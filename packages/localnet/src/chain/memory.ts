/**
 * A memory of what was computed lately, bounded.
 * @module
 */

/** What was computed of some texts. Values are shared, so nobody may change them. */
export interface Memory<V> {
  find(text: string): V | undefined;
  keep(text: string, value: V): void;
}

/** Of two generations, each as large, the older one is forgotten when the newer one is full. */
const GENERATION = 4096;

/** Makes a memory. */
export function createMemory<V>(): Memory<V> {
  let recent = new Map<string, V>();
  let older = new Map<string, V>();
  const keep = (text: string, value: V): void => {
    if (recent.size >= GENERATION) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, value);
  };
  return {
    keep,
    find: (text) => {
      const known = recent.get(text);
      if (known !== undefined) return known;
      const old = older.get(text);
      if (old !== undefined) keep(text, old);
      return old;
    },
  };
}

/**
 * Makes a function that remembers its last results.
 * @param compute - of a text that comes again and again; takes longer than finding it, which is 0.1 µs
 */
export function remembering<V>(compute: (text: string) => V): (text: string) => V {
  const memory = createMemory<V>();
  return (text) => {
    const known = memory.find(text);
    if (known !== undefined) return known;
    const value = compute(text);
    memory.keep(text, value);
    return value;
  };
}
