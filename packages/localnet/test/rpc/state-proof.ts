/**
 * Checks a state proof with nothing but its bytes and the state root: by the text of the protocol
 * (protocol.md 7.1), and with none of the code that made it.
 * @module
 */
import { decodeBase64, encodeHex } from "@yoctonear/base";
import { sha256 } from "@yoctonear/primitives";

interface ProvedValue {
  /** Whole key of the row, hex. */
  readonly key: string;
  /** SHA-256 of the value, hex. */
  readonly hash: string;
  readonly length: number;
}

/**
 * Lists every row under a prefix of keys, as the proof shows it.
 * @param root - state root, 32 bytes
 * @param proof - nodes, base64
 * @param prefix - of whole keys of rows
 * @throws {TypeError} where a node is missing, altered or of no use
 */
export function provedRows(
  root: Uint8Array,
  proof: readonly string[],
  prefix: Uint8Array,
): readonly ProvedValue[] {
  const nodes = new Map(
    proof.map((node) => {
      const bytes = decodeBase64(node);
      return [encodeHex(sha256(bytes)), bytes] as const;
    }),
  );
  const used = new Set<string>();
  const rows: ProvedValue[] = [];
  walk(encodeHex(root), "");
  if (used.size !== proof.length) throw new TypeError("expected no other nodes");
  return rows;

  function walk(hash: string, path: string): void {
    // Neither on the way to the prefix, nor below it.
    const wanted = encodeHex(prefix);
    if (!wanted.startsWith(path) && !path.startsWith(wanted)) return;
    const bytes = nodes.get(hash);
    if (bytes === undefined) throw new TypeError(`expected a node at ${path || "the root"}`);
    used.add(hash);
    const reader = new Bytes(bytes);
    const tag = reader.u8();
    if (tag === 0) {
      const key = path + nibblesOf(reader.take(reader.u32()), true);
      addRow(key, reader);
    } else if (tag === 3) {
      const below = path + nibblesOf(reader.take(reader.u32()), false);
      const child = encodeHex(reader.take(32));
      reader.end();
      walk(child, below);
    } else {
      if (tag === 2) addValue(path, reader);
      const bitmap = reader.u16();
      const children: (readonly [string, string])[] = [];
      for (let nibble = 0; nibble < 16; nibble += 1) {
        if ((bitmap >> nibble) % 2 === 0) continue;
        children.push([encodeHex(reader.take(32)), path + nibble.toString(16)]);
      }
      reader.end();
      for (const [child, below] of children) walk(child, below);
    }
  }

  function addRow(key: string, reader: Bytes): void {
    addValue(key, reader);
    reader.end();
  }

  function addValue(key: string, reader: Bytes): void {
    const length = reader.u32();
    const hash = encodeHex(reader.take(32));
    if (key.startsWith(encodeHex(prefix))) rows.push({ key, hash, length });
  }
}

/** Hex-prefix: a flag byte with the first nibble of an odd path, then two nibbles a byte. */
function nibblesOf(encoded: Uint8Array, isLeaf: boolean): string {
  const hex = encodeHex(encoded);
  const flag = encoded[0] ?? 0;
  if (((flag & 0x20) !== 0) !== isLeaf) throw new TypeError("expected the flag of the node's kind");
  return (flag & 0x10) === 0 ? hex.slice(2) : hex.slice(1);
}

class Bytes {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  u8(): number {
    return this.#view.getUint8(this.#offset++);
  }

  u16(): number {
    this.#offset += 2;
    return this.#view.getUint16(this.#offset - 2, true);
  }

  u32(): number {
    this.#offset += 4;
    return this.#view.getUint32(this.#offset - 4, true);
  }

  take(length: number): Uint8Array {
    this.#offset += length;
    if (this.#offset > this.#bytes.length) throw new TypeError("expected more bytes");
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  /** The memory usage stands at the end. */
  end(): void {
    if (this.#offset + 8 !== this.#bytes.length) throw new TypeError("expected the end of a node");
  }
}
