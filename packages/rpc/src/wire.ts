/**
 * Parameters as nearcore spells them: ours are its own in camelCase.
 * @module
 */
import type { BlockReference } from "./block-reference.ts";

/** Writes the fields that are given in snake_case: `blockId` is `block_id`, be it 0 or null. */
export function toWire(params: object): { readonly [field: string]: unknown } {
  const wire: { [field: string]: unknown } = {};
  for (const [name, value] of Object.entries(params)) {
    const spelled = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (value !== undefined) wire[spelled] = value;
  }
  return wire;
}

/** Parameters with a block among them: the newest one unless told, so that one's own write shows. */
export function wireAt({
  block = { finality: "optimistic" },
  ...params
}: {
  readonly block?: BlockReference | undefined;
}): object {
  return toWire({ ...block, ...params });
}
