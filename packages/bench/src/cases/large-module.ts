/**
 * A large module of real code: one of our contracts with its functions many times over.
 * @module
 */

const HEADER = 8;
const FUNCTION_SECTION = 3;
const CODE_SECTION = 10;

/** Repeats the functions of a module until it has so many bytes; the copies call what the originals do. */
export function enlarged(module: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const code = sectionsOf(module).find(({ id }) => id === CODE_SECTION);
  if (code === undefined) throw new TypeError("expected a module with code");
  const times = Math.ceil((length - module.length) / code.content.length) + 1;
  const parts = sectionsOf(module).flatMap(({ id, content }) => {
    const isRepeated = id === FUNCTION_SECTION || id === CODE_SECTION;
    return [...section(id, isRepeated ? repeated(content, times) : content)];
  });
  return Uint8Array.from([...module.subarray(0, HEADER), ...parts]);
}

interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

function sectionsOf(module: Uint8Array): readonly Section[] {
  const sections: Section[] = [];
  for (let at = HEADER; at < module.length;) {
    const id = module[at] ?? 0;
    const { value: size, end } = readNumber(module, at + 1);
    sections.push({ id, content: module.subarray(end, end + size) });
    at = end + size;
  }
  return sections;
}

/** The list that a section is, many times over. */
function repeated(content: Uint8Array, times: number): Uint8Array {
  const { value: count, end } = readNumber(content, 0);
  const items = content.subarray(end);
  return Uint8Array.from([
    ...numberOf(count * times),
    ...Array.from({ length: times }, () => [...items]).flat(),
  ]);
}

function section(id: number, content: Uint8Array): readonly number[] {
  return [id, ...numberOf(content.length), ...content];
}

function readNumber(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let end = at, shift = 0; ; shift += 7) {
    const byte = bytes[end++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, end };
  }
}

function numberOf(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...numberOf(value >>> 7)];
}
