/**
 * Parameters as nearcore spells them: ours are its own in camelCase.
 * @module
 */

/** Writes the fields that are given in snake_case: `blockId` is `block_id`, be it 0 or null. */
export function toWire(params: object): { readonly [field: string]: unknown } {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
