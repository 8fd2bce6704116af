/**
 * Modules with some bytes changed: mostly not valid any more, and near to valid.
 * @module
 */
import type { Random } from "./metering-random.ts";

const HEADER = 8;
/** Ends, types and opcodes of features, lengths. */
const TELLING = [0, 1, 0x05, 0x0b, 0x40, 0x6f, 0x70, 0x7f, 0x80, 0xfc, 0xfd, 0xff];

/** Changes one to three bytes behind the header, and now and then cuts the end off. */
export function mutate(module: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(module);
  for (let count = 1 + random.int(3); count > 0; count--) {
    const at = HEADER + random.int(bytes.length - HEADER);
    const flipped = (bytes[at] ?? 0) ^ (1 << random.int(8));
    bytes[at] = random.pick([flipped, random.int(256), random.pick(TELLING)]);
  }
  return random.chance(0.1) ? bytes.slice(0, random.int(bytes.length)) : bytes;
}
