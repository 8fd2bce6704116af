/**
 * A memory of what was computed lately, bounded.
 * @module
 */

const REMEMBERED = 4096;

/**
 * Makes a function that remembers its last results, in two generations of some thousand each. Results
 * are shared, so nobody may change them.
 * @param compute - of a text that comes again and again; takes longer than finding it, which is 0.1 µs
 */
export function remembering<V>(compute: (text: string) => V): (text: string) => V {
  let recent = new Map<string, V>();
  let older = new Map<string, V>();
  return (text) => {
    const known = recent.get(text) ?? older.get(text);
    if (known !== undefined) return known;
    const value = compute(text);
    if (recent.size >= REMEMBERED) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, value);
    return value;
  };
}
