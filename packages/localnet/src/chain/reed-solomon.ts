/**
 * Erasure coding of chunks, for the Merkle root that a chunk header commits to. A systematic
 * Reed–Solomon code over GF(2^8) with the polynomial 0x11D: the first parts are the data itself.
 * Source: nearcore core/primitives/src/reed_solomon.rs, crate reed-solomon-erasure.
 * @module
 */
import { type HashList, merkleRootOfLeaves } from "./merkle.ts";
import { hashInto } from "./sha256.ts";

/** Cuts chunks into parts and hashes these. Holds tables, made at first need. */
export interface ReedSolomon {
  readonly dataParts: number;
  readonly totalParts: number;
  /** The parts of a chunk: those of the data, padded with zeros, then those of parity. */
  encode(data: Uint8Array): readonly Uint8Array[];
  /** Root, base58, of the Merkle tree over the parts. */
  root(data: Uint8Array): string;
}

const POLYNOMIAL = 0x11d;
const LENGTH_PREFIX = 4;
const HASH_LENGTH = 32;
/** No transactions, no receipts: two lengths. */
const EMPTY_CHUNK_LENGTH = 8;

/**
 * Makes the code that a chain uses.
 * @param seats - the chain's `num_block_producer_seats`
 */
export function createReedSolomon(seats: number): ReedSolomon {
  const totalParts = Math.max(seats, 2);
  const dataParts = totalParts <= 3 ? 1 : Math.floor((totalParts - 1) / 3);
  let tables: Tables | undefined;
  const encode = (data: Uint8Array): readonly Uint8Array[] => {
    const length = Math.ceil(data.length / dataParts);
    const padded = new Uint8Array(length * dataParts);
    padded.set(data);
    const parts = Array.from({ length: dataParts }, (_, i) =>
      padded.subarray(i * length, (i + 1) * length),
    );
    // Parity of zeros is zeros: the empty chunk needs no tables.
    const parity = isZero(data)
      ? Array.from({ length: totalParts - dataParts }, () => new Uint8Array(length))
      : encodeParity((tables ??= makeTables(dataParts, totalParts)), parts, totalParts);
    return [...parts, ...parity];
  };
  let emptyRoot: string | undefined;
  const rootOf = (data: Uint8Array): string =>
    merkleRootOfLeaves(dataParts === 1 ? hashCopies(data, totalParts) : hashParts(encode(data)));
  const root = (data: Uint8Array): string => {
    const isEmpty = data.length === EMPTY_CHUNK_LENGTH && isZero(data);
    return isEmpty ? (emptyRoot ??= rootOf(data)) : rootOf(data);
  };
  return { dataParts, totalParts, encode, root };
}

/** Of one data part, every part is a copy. */
function hashCopies(data: Uint8Array, count: number): HashList {
  const leaf = hashParts([data]);
  const leaves = new Uint8Array(count * HASH_LENGTH);
  for (let i = 0; i < count; i++) leaves.set(leaf, i * HASH_LENGTH);
  return leaves;
}

function isZero(data: Uint8Array): boolean {
  return data.every((byte) => byte === 0);
}

/** The items are the parts with their length in front, as borsh writes bytes. */
function hashParts(parts: readonly Uint8Array[]): HashList {
  const length = parts[0]?.length ?? 0;
  const item = new Uint8Array(LENGTH_PREFIX + length);
  new DataView(item.buffer).setUint32(0, length, true);
  const leaves = new Uint8Array(parts.length * HASH_LENGTH);
  parts.forEach((part, i) => {
    item.set(part, LENGTH_PREFIX);
    hashInto(item, leaves, i * HASH_LENGTH);
  });
  return leaves;
}

/** For four parity rows and each data part: what a byte of the part adds to each of the rows. */
type Tables = readonly (readonly Int32Array[])[];

const ROWS = 4;
const NO_BYTES: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/** Four parity rows at a time, which is several times as fast as one by one. */
function encodeParity(
  tables: Tables,
  data: readonly Uint8Array[],
  totalParts: number,
): readonly Uint8Array[] {
  const length = data[0]?.length ?? 0;
  const parity = Array.from({ length: tables.length * ROWS }, () => new Uint8Array(length));
  tables.forEach((group, g) => {
    // Signed, since V8 keeps 32-bit integers unboxed only below 2^31.
    const sums = new Int32Array(length);
    group.forEach((table, column) => addPart(sums, table, data[column] ?? NO_BYTES));
    for (let row = 0; row < ROWS; row++) {
      const part = parity[g * ROWS + row];
      if (part === undefined) continue;
      const shift = 8 * row;
      for (let i = 0; i < length; i++) part[i] = (sums[i] ?? 0) >> shift;
    }
  });
  return parity.slice(0, totalParts - data.length);
}

function addPart(sums: Int32Array, table: Int32Array, part: Uint8Array): void {
  for (let i = 0; i < sums.length; i++) {
    sums[i] = (sums[i] ?? 0) ^ (table[part[i] ?? 0] ?? 0);
  }
}

function makeTables(dataParts: number, totalParts: number): Tables {
  const field = makeField();
  const matrix = parityMatrix(field, dataParts, totalParts);
  return Array.from({ length: Math.ceil(matrix.length / ROWS) }, (_, g) =>
    Array.from({ length: dataParts }, (_, column) => {
      const table = new Int32Array(256);
      for (let row = 0; row < ROWS; row++) {
        const factor = matrix[g * ROWS + row]?.[column] ?? 0;
        for (let byte = 0; byte < 256; byte++) {
          table[byte] = (table[byte] ?? 0) | (field.multiply(factor, byte) << (8 * row));
        }
      }
      return table;
    }),
  );
}

/** Rows below the identity of V · (top square of V)⁻¹, where V is the Vandermonde matrix r^c. */
function parityMatrix(field: Field, dataParts: number, totalParts: number): number[][] {
  const vandermonde = Array.from({ length: totalParts }, (_, r) =>
    Array.from({ length: dataParts }, (_, c) => field.power(r, c)),
  );
  const inverse = invert(field, vandermonde.slice(0, dataParts));
  return vandermonde
    .slice(dataParts)
    .map((row) =>
      Array.from({ length: dataParts }, (_, c) =>
        row.reduce((sum, factor, k) => sum ^ field.multiply(factor, inverse[k]?.[c] ?? 0), 0),
      ),
    );
}

/** Gauss–Jordan elimination; the top of a Vandermonde matrix always has an inverse. */
function invert(field: Field, square: readonly (readonly number[])[]): number[][] {
  const size = square.length;
  let rows = square.map((row, r) => [...row, ...row.map((_, c) => (r === c ? 1 : 0))]);
  for (let column = 0; column < size; column++) {
    const pivot = rows.findIndex((row, r) => r >= column && row[column] !== 0);
    const found = rows[pivot] ?? [];
    const scale = field.divide(1, found[column] ?? 1);
    const scaled = found.map((value) => field.multiply(value, scale));
    rows = rows.map((row, r) => (r === pivot ? (rows[column] ?? row) : row));
    rows[column] = scaled;
    rows = rows.map((row, r) => {
      const factor = row[column] ?? 0;
      if (r === column || factor === 0) return row;
      return row.map((value, c) => value ^ field.multiply(factor, scaled[c] ?? 0));
    });
  }
  return rows.map((row) => row.slice(size));
}

interface Field {
  multiply(a: number, b: number): number;
  divide(a: number, b: number): number;
  power(base: number, exponent: number): number;
}

function makeField(): Field {
  const exponentials = new Uint8Array(255);
  const logarithms = new Uint8Array(256);
  for (let exponent = 0, value = 1; exponent < 255; exponent++) {
    exponentials[exponent] = value;
    logarithms[value] = exponent;
    value = value & 0x80 ? (value << 1) ^ POLYNOMIAL : value << 1;
  }
  const log = (value: number): number => logarithms[value] ?? 0;
  const exp = (exponent: number): number => exponentials[exponent % 255] ?? 0;
  return {
    multiply: (a, b) => (a === 0 || b === 0 ? 0 : exp(log(a) + log(b))),
    divide: (a, b) => (a === 0 ? 0 : exp(log(a) + 255 - log(b))),
    power: (base, exponent) => (exponent === 0 ? 1 : base === 0 ? 0 : exp(log(base) * exponent)),
  };
}
