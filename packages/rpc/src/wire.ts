/**
 * Parameters as nearcore spells them: ours are its own in camelCase.
 * @module
 */

/** Writes the fields that are given in snake_case: `blockId` is `block_id`, be it 0 or null. */
export function toWire(params: object): { readonly [field: string]: unknown } {
  const wire: { [field: string]: unknown } = {};
  for (const [name, value] of Object.entries(params)) {
    const spelled = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (value !== undefined) wire[spelled] = value;
  }
  return wire;
}
