import {
  array,
  bytes,
  type Codec,
  decode,
  encode,
  fixedBytes,
  map,
  mapBy,
  option,
  set,
  string,
  struct,
  u16,
  u32,
  u8,
  vec,
} from "@yoctonear/borsh";
import { decodeHex, encodeHex, encodeUtf8, isNearError } from "@yoctonear/base";
import { suite } from "uvu";
import * as assert from "uvu/assert";

function encodeAny<T>(codec: Codec<T>, value: unknown): Uint8Array {
  // @ts-expect-error a value of any type
  return encode(codec, value);
}

function agree<T>(codec: Codec<T>, hex: string, value: T): void {
  assert.is(encodeHex(encode(codec, value)), hex);
  assert.equal(decode(codec, decodeHex(hex)), value);
}

/** Hex with spaces between the parts. */
const hexOf = (parts: string): string => parts.replaceAll(" ", "");

const refusing =
  (code: string) =>
  (error: unknown): boolean =>
    isNearError(error, code);

const blobs = suite("collections: bytes and fixedBytes");

blobs("writes bytes after their length, fixed ones without", () => {
  agree(bytes, "03000000010203", Uint8Array.of(1, 2, 3));
  agree(bytes, "00000000", new Uint8Array(0));
  agree(fixedBytes(3), "010203", Uint8Array.of(1, 2, 3));
  agree(fixedBytes(0), "", new Uint8Array(0));
});

blobs("gives out a copy, not a window on the input", () => {
  const input = decodeHex("020000000102");
  const read = decode(bytes, input);
  input[4] = 9;
  assert.equal(read, Uint8Array.of(1, 2));
  assert.is(read.buffer.byteLength, 2);
});

blobs("refuses another length and other types", () => {
  assert.throws(() => encode(fixedBytes(3), new Uint8Array(2)), refusing("out_of_range"));
  assert.throws(() => encode(fixedBytes(3), new Uint8Array(4)), refusing("out_of_range"));
  assert.throws(() => decode(fixedBytes(3), new Uint8Array(2)), refusing("unexpected_end"));
  for (const other of [[1, 2, 3], "010203", null, undefined, new ArrayBuffer(3), { length: 3 }]) {
    assert.throws(() => encodeAny(bytes, other), refusing("invalid_value"));
    assert.throws(() => encodeAny(fixedBytes(3), other), refusing("invalid_value"));
  }
});

blobs("a 4 GB length in ten bytes allocates nothing and is refused", () => {
  const hostile = decodeHex("ffffffff000000000000");
  const codecs: readonly Codec<unknown>[] = [bytes, string, vec(u8), vec(struct({})), vec(vec(u8))];
  for (const codec of [...codecs, set(u8), map(u8, u8), vec(option(u8)), vec(array(u8, 0))]) {
    const start = performance.now();
    assert.throws(() => decode(codec, hostile), refusing("unexpected_end"));
    assert.ok(performance.now() - start < 100);
  }
});

blobs("writes 300 kB whole, and what follows it", () => {
  const code = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
  const codec = struct({ before: u8, code: bytes, after: u32 });
  const encoded = encode(codec, { before: 7, code, after: 8 });
  assert.is(encoded.length, 300_009);
  assert.is(encoded.buffer.byteLength, 300_009);
  assert.equal(encoded.subarray(5, 300_005), code);
  assert.equal(decode(codec, encoded), { before: 7, code, after: 8 });
});

blobs.run();

const texts = suite("collections: string");

texts("writes UTF-8 after its length in bytes", () => {
  agree(string, "0a000000616c6963652e6e656172", "alice.near");
  agree(string, "00000000", "");
  agree(string, "04000000f09f9880", "😀");
  agree(string, "04000000efbbbf61", "\ufeffa");
});

texts("refuses bad UTF-8 with the offset of the text", () => {
  for (const bad of ["01000000ff", "02000000c0af", "03000000eda080", "01000000c3"]) {
    assert.throws(() => decode(string, decodeHex(bad)), refusing("invalid_utf8"));
  }
  assert.throws(
    () => decode(struct({ a: u8, b: string }), decodeHex("0001000000ff")),
    /expected UTF-8, got 1 other bytes \(at b, byte 1\)/,
  );
});

texts("refuses a lone surrogate and other types", () => {
  assert.throws(() => encode(string, "a\ud800"), refusing("invalid_utf8"));
  for (const other of [1, null, undefined, ["a"], {}, encodeUtf8("a")]) {
    assert.throws(() => encodeAny(string, other), refusing("out_of_range"));
  }
});

texts.run();

const options = suite("collections: option");

options("is a 0, or a 1 and the value", () => {
  agree(option(u16), "00", null);
  agree(option(u16), "010201", 0x0102);
});

options("refuses other tags, and undefined for null", () => {
  assert.throws(() => decode(option(u16), decodeHex("020201")), refusing("invalid_tag"));
  assert.throws(() => encodeAny(option(u16), undefined), refusing("out_of_range"));
});

options("P14: zero is a value, not none", () => {
  agree(option(u16), "010000", 0);
  agree(option(string), "0100000000", "");
});

options.run();

const lists = suite("collections: vec and array");

lists("writes items in order, a vec after its length", () => {
  agree(vec(u16), "0200000001000200", [1, 2]);
  agree(vec(u16), "00000000", []);
  agree(array(u16, 2), "01000200", [1, 2]);
  agree(array(u16, 0), "", []);
  agree(vec(vec(u8)), hexOf("020000000100000007 00000000"), [[7], []]);
});

lists("names the index of the item that is refused", () => {
  assert.throws(() => encode(vec(u8), [1, 256]), /\(at 1, byte 5\)/);
  assert.throws(() => decode(vec(option(u8)), decodeHex("02000000000200")), /\(at 1, byte 5\)/);
});

lists("refuses another length and other types", () => {
  assert.throws(() => encode(array(u8, 2), [1]), refusing("out_of_range"));
  assert.throws(() => encode(array(u8, 2), [1, 2, 3]), refusing("out_of_range"));
  assert.throws(() => decode(array(u16, 2), decodeHex("010002")), refusing("unexpected_end"));
  for (const other of [null, undefined, "ab", { length: 0 }, new Set(), Uint8Array.of(1)]) {
    assert.throws(() => encodeAny(vec(u8), other), refusing("invalid_value"));
    assert.throws(() => encodeAny(array(u8, 1), other), refusing("invalid_value"));
  }
});

lists("does not step over the holes of a sparse array", () => {
  const sparse = [1];
  sparse.length = 3;
  assert.throws(() => encode(vec(u8), sparse), refusing("out_of_range"));
});

lists("refuses items of no bytes in a vec, as borsh-rs, and takes them in an array", () => {
  assert.throws(() => encode(vec(struct({})), [{}]), refusing("invalid_value"));
  assert.throws(() => decode(vec(struct({})), decodeHex("01000000")), refusing("unexpected_end"));
  const followed = struct({ empty: vec(struct({})), rest: array(u8, 8) });
  assert.throws(
    () => decode(followed, decodeHex("080000000000000000000000")),
    refusing("invalid_value"),
  );
  agree(array(struct({}), 2), "", [{}, {}]);
});

lists.run();

const sets = suite("collections: set");

sets("is written in ascending order", () => {
  const hex = "03000000010209";
  assert.is(encodeHex(encode(set(u8), new Set([9, 1, 2]))), hex);
  assert.equal(decode(set(u8), decodeHex(hex)), new Set([1, 2, 9]));
});

sets("is read in any order, repeats dropped, as nearcore does", () => {
  assert.equal([...decode(set(u8), decodeHex("0400000009010902"))], [1, 2, 9]);
});

sets("refuses to write what is equal twice, though no Set sees it", () => {
  const twice = new Set([Uint8Array.of(1), Uint8Array.of(1)]);
  assert.throws(() => encode(set(bytes), twice), refusing("invalid_value"));
  assert.is(decode(set(bytes), decodeHex(hexOf("02000000 0100000001 0100000001"))).size, 1);
});

sets("refuses other types, and items without an order", () => {
  assert.throws(() => encodeAny(set(u8), [1]), refusing("invalid_value"));
  assert.throws(() => encodeAny(set(u8), new Set([undefined, 1])), refusing("invalid_value"));
  assert.throws(() => encodeAny(set(u8), new Set(["a", 1])), refusing("invalid_value"));
  const points = set(struct({ x: u8 }));
  assert.throws(() => encode(points, new Set([{ x: 1 }, { x: 2 }])), /pass compare/);
});

sets("orders by the comparison that is passed", () => {
  const points = set(struct({ x: u8 }), (a, b) => a.x - b.x);
  assert.is(encodeHex(encode(points, new Set([{ x: 2 }, { x: 1 }]))), "020000000102");
  assert.throws(() => encode(points, new Set([{ x: 1 }, { x: 1 }])), refusing("invalid_value"));
});

sets.run();

const maps = suite("collections: map");

maps("is written in ascending order of its keys", () => {
  const hex = hexOf("02000000 0100000061 07 0100000062 08");
  const codec = map(string, u8);
  const content = new Map([
    ["b", 8],
    ["a", 7],
  ]);
  assert.is(encodeHex(encode(codec, content)), hex);
  assert.equal(
    [...decode(codec, decodeHex(hex))],
    [
      ["a", 7],
      ["b", 8],
    ],
  );
});

maps("keeps the last value of a repeated key, as nearcore does", () => {
  const hex = hexOf("03000000 0107 0205 0108");
  assert.equal(
    [...decode(map(u8, u8), decodeHex(hex))],
    [
      [1, 8],
      [2, 5],
    ],
  );
});

maps("orders bytes as Rust does: unsigned, the prefix first", () => {
  const keys = [[0xff], [1, 2], [1], [], [0x7f, 0xff]].map((key) => Uint8Array.from(key));
  const content = new Map(keys.map((key) => [key, 0]));
  const read = decode(map(bytes, u8), encode(map(bytes, u8), content));
  assert.equal([...read.keys()].map(encodeHex), ["", "01", "0102", "7fff", "ff"]);
});

maps("may be given the order first, so that no other comes along", () => {
  const downwards = mapBy((a: number, b: number) => b - a, u8, u8);
  const written = encode(
    downwards,
    new Map([
      [1, 10],
      [2, 20],
    ]),
  );
  assert.is(encodeHex(written), "020000000214010a");
  assert.equal(
    [...decode(downwards, written)],
    [
      [2, 20],
      [1, 10],
    ],
  );
});

maps("orders text by its UTF-8, not by UTF-16", () => {
  const names = ["😀", "\uffff", "z", "é", "zz", "\ue000", "\ud7ff"];
  const content = new Map(names.map((name) => [name, 0]));
  const encoded = encode(map(string, u8), content);
  const sorted = [...decode(map(string, u8), encoded).keys()];
  const expected = names.map((name) => encodeHex(encodeUtf8(name))).sort();
  assert.equal(
    sorted.map((name) => encodeHex(encodeUtf8(name))),
    expected,
  );
});

maps("refuses equal keys twice, lone surrogates, other types", () => {
  const twice = new Map([
    [Uint8Array.of(1), 1],
    [Uint8Array.of(1), 2],
  ]);
  assert.throws(() => encode(map(bytes, u8), twice), refusing("invalid_value"));
  const broken = new Map([
    ["\ud800", 1],
    ["a", 2],
  ]);
  assert.throws(() => encode(map(string, u8), broken), refusing("invalid_utf8"));
  assert.throws(() => encodeAny(map(string, u8), { a: 1 }), refusing("invalid_value"));
  assert.throws(() => encodeAny(map(string, u8), [["a", 1]]), refusing("invalid_value"));
});

maps.run();
