import {
  BorshError,
  type Codec,
  decode,
  encode,
  lazy,
  mapped,
  option,
  Reader,
  string,
  struct,
  u16,
  u32,
  u8,
  vec,
  Writer,
} from "@yoctonear/borsh";
import { isNearError, ParseError } from "@yoctonear/base";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const refusing =
  (code: string) =>
  (error: unknown): boolean =>
    isNearError(error, code);

const codecs = suite("codec: encode, decode, mapped");

codecs("refuses bytes that are left over, with their offset", () => {
  assert.throws(() => decode(u8, Uint8Array.of(1, 2, 3)), refusing("trailing_bytes"));
  assert.throws(() => decode(u8, Uint8Array.of(1, 2, 3)), /got 2 more bytes \(byte 1\)/);
});

codecs("leaves the bytes of one call untouched by the next", () => {
  const first = encode(u16, 1);
  const second = encode(u16, 2);
  assert.equal([first, second], [Uint8Array.of(1, 0), Uint8Array.of(2, 0)]);
  assert.is(first.buffer.byteLength, 2);
});

codecs("encodes well inside an encode, and after one that failed", () => {
  const nested = mapped(
    vec(u8),
    (text: string) => [...encode(string, text)],
    (wire) => decode(string, Uint8Array.from(wire)),
  );
  const both = struct({ before: u32, nested });
  const value = { before: 7, nested: "alice.near" };
  assert.equal(decode(both, encode(both, value)), value);
  assert.throws(
    () => encode(struct({ a: u32, b: u8 }), { a: 1, b: 256 }),
    refusing("out_of_range"),
  );
  assert.equal(decode(both, encode(both, value)), value);
});

codecs("turns what a conversion throws into a BorshError, its cause kept", () => {
  const refusal = new ParseError("invalid_hash", "expected a hash");
  const refuse = (): number => {
    throw refusal;
  };
  const codec = struct({ a: u8, b: mapped(u8, refuse, refuse) });
  const runs = [
    (): unknown => encode(codec, { a: 1, b: 2 }),
    (): unknown => decode(codec, Uint8Array.of(1, 2)),
  ];
  for (const run of runs) {
    try {
      run();
      assert.unreachable();
    } catch (error) {
      assert.instance(error, BorshError);
      if (!(error instanceof BorshError)) throw error;
      assert.is(error.code, "invalid_value");
      assert.is(error.message, "expected a hash (at b, byte 1)");
      assert.is(error.cause, refusal);
    }
  }
});

codecs("has no cause where there is none", () => {
  try {
    decode(struct({ a: struct({ b: u8 }) }), new Uint8Array(0));
    assert.unreachable();
  } catch (error) {
    assert.instance(error, BorshError);
    assert.not(error instanceof Error && "cause" in error);
  }
});

codecs("carries code, path, offset and reason apart", () => {
  try {
    decode(struct({ list: vec(struct({ b: option(u8) })) }), Uint8Array.of(1, 0, 0, 0, 7));
    assert.unreachable();
  } catch (error) {
    if (!(error instanceof BorshError)) throw error;
    assert.is(error.code, "invalid_tag");
    assert.equal(error.path, ["list", 0, "b"]);
    assert.is(error.offset, 4);
    assert.is(error.reason, "expected the option 0 or 1, got 7");
  }
});

codecs.run();

interface Tree {
  readonly children: readonly Tree[];
}
const tree: Codec<Tree> = struct({ children: vec(lazy(() => tree)) });

const recursion = suite("codec: lazy");

function treeOf(depth: number): Tree {
  let value: Tree = { children: [] };
  for (let i = 0; i < depth; i++) value = { children: [value] };
  return value;
}

recursion("writes and reads types that contain themselves", () => {
  const value = { children: [{ children: [] }, { children: [{ children: [] }] }] };
  assert.equal(decode(tree, encode(tree, value)), value);
});

recursion("goes 128 levels deep, and no deeper, both ways", () => {
  assert.equal(decode(tree, encode(tree, treeOf(128))), treeOf(128));
  assert.throws(() => encode(tree, treeOf(129)), refusing("out_of_range"));
  const levels = Array.from({ length: 129 }, () => [1, 0, 0, 0]).flat();
  const deep = Uint8Array.from([...levels, 0, 0, 0, 0]);
  assert.throws(() => decode(tree, deep), /expected at most 128 levels/);
});

recursion("counts depth, not uses", () => {
  const wide = { children: Array.from({ length: 1_000 }, () => ({ children: [] })) };
  assert.equal(decode(tree, encode(tree, wide)), wide);
});

recursion("ends a hostile nesting of a million levels in a BorshError", () => {
  const hostile = new Uint8Array(4_000_000);
  for (let i = 0; i < hostile.length; i += 4) hostile[i] = 1;
  assert.throws(() => decode(tree, hostile), refusing("out_of_range"));
});

recursion("ends a cycle in a BorshError, and starts the next encode at the surface", () => {
  const children: Tree[] = [];
  const cycle = { children };
  children.push(cycle);
  assert.throws(() => encode(tree, cycle), refusing("out_of_range"));
  assert.equal(decode(tree, encode(tree, treeOf(128))), treeOf(128));
});

recursion.run();

const cursors = suite("cursor: Writer and Reader");

cursors("grows as it is written to", () => {
  const writer = new Writer();
  for (let i = 0; i < 10_000; i++) u32.write(writer, i);
  writer.writeBytes(new Uint8Array(100_000).fill(7));
  u8.write(writer, 9);
  const bytes = writer.finish();
  assert.is(bytes.length, 140_001);
  const reader = new Reader(bytes);
  for (let i = 0; i < 10_000; i++) assert.is(u32.read(reader), i);
  assert.ok(reader.readBytes(100_000).every((byte) => byte === 7));
  assert.is(u8.read(reader), 9);
  assert.is(reader.remaining, 0);
});

cursors("never reads past the end of a part of a larger buffer", () => {
  const reader = new Reader(new Uint8Array(16).subarray(4, 8));
  assert.is(reader.remaining, 4);
  assert.throws(() => reader.readBytes(5), refusing("unexpected_end"));
  assert.is(reader.offset, 0);
  assert.is(reader.readBytes(4).length, 4);
});

cursors.run();
