import {
  array,
  bool,
  BorshError,
  bytes,
  type Codec,
  decode,
  encode,
  f32,
  f64,
  fixedBytes,
  i128,
  i16,
  i32,
  i64,
  i8,
  lazy,
  map,
  mapped,
  option,
  set,
  string,
  struct,
  taggedEnum,
  u128,
  u16,
  u32,
  u64,
  u8,
  unitEnum,
  vec,
} from "@yoctonear/borsh";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

interface Tree {
  readonly label: string;
  readonly children: readonly Tree[];
}
const tree: Codec<Tree> = struct({ label: string, children: vec(lazy(() => tree)) });
const vote = struct({ proposal: u64, comment: option(string), weights: map(string, u128) });
const action = taggedEnum({ create: [0, {}], pay: [3, { deposit: u128 }], run: [9, { vote }] });
const mode = unitEnum({ monotonic: 0, strict: 1 });
const quarters = mapped(
  u8,
  (share: number) => share * 4,
  (wire) => wire / 4,
);

/** Each codec with values that it can hold. */
interface Sample<T> {
  readonly codec: Codec<T>;
  readonly values: fc.Arbitrary<T>;
}

const sample = <T>(codec: Codec<T>, values: fc.Arbitrary<T>): Sample<unknown> => ({
  codec,
  values,
});
const integer = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const text = fc.string({ unit: "binary", maxLength: 20 });
const blob = fc.uint8Array({ maxLength: 20 }).map((bytes) => new Uint8Array(bytes));
const u128Values = fc.bigInt(0n, 2n ** 128n - 1n);
const votes = fc.record({
  proposal: fc.bigInt(0n, 2n ** 64n - 1n),
  comment: fc.option(text),
  weights: fc.uniqueArray(fc.tuple(text, u128Values), { selector: ([name]) => name, maxLength: 5 }),
});
const voteValues = votes.map(({ weights, ...rest }) => ({ ...rest, weights: new Map(weights) }));
const { trees } = fc.letrec<{ trees: Tree }>((tie) => ({
  trees: fc.oneof(
    { maxDepth: 6 },
    text.map((label) => ({ label, children: [] })),
    fc
      .tuple(text, fc.array(tie("trees"), { maxLength: 3 }))
      .map(([label, children]) => ({ label, children })),
  ),
}));

const SAMPLES: { readonly [name: string]: Sample<unknown> } = {
  u8: sample(u8, integer(0, 2 ** 8 - 1)),
  u16: sample(u16, integer(0, 2 ** 16 - 1)),
  u32: sample(u32, integer(0, 2 ** 32 - 1)),
  u64: sample(u64, fc.bigInt(0n, 2n ** 64n - 1n)),
  u128: sample(u128, u128Values),
  i8: sample(i8, integer(-(2 ** 7), 2 ** 7 - 1)),
  i16: sample(i16, integer(-(2 ** 15), 2 ** 15 - 1)),
  i32: sample(i32, integer(-(2 ** 31), 2 ** 31 - 1)),
  i64: sample(i64, fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)),
  i128: sample(i128, fc.bigInt(-(2n ** 127n), 2n ** 127n - 1n)),
  f32: sample(f32, fc.float({ noNaN: true })),
  f64: sample(f64, fc.double({ noNaN: true })),
  bool: sample(bool, fc.boolean()),
  bytes: sample(bytes, blob),
  fixedBytes: sample(
    fixedBytes(4),
    fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => new Uint8Array(bytes)),
  ),
  string: sample(string, text),
  option: sample(option(string), fc.option(text)),
  vec: sample(vec(vec(i16)), fc.array(fc.array(integer(-(2 ** 15), 2 ** 15 - 1)))),
  array: sample(array(string, 2), fc.array(text, { minLength: 2, maxLength: 2 })),
  set: sample(
    set(string),
    fc.uniqueArray(text).map((items) => new Set(items)),
  ),
  map: sample(
    map(i32, bytes),
    fc
      .uniqueArray(fc.tuple(integer(-(2 ** 31), 2 ** 31 - 1), blob), { selector: ([key]) => key })
      .map((entries) => new Map(entries)),
  ),
  struct: sample(vote, voteValues),
  taggedEnum: sample(
    action,
    fc.oneof(
      fc.constant({ type: "create" } as const),
      u128Values.map((deposit) => ({ type: "pay", deposit }) as const),
      voteValues.map((value) => ({ type: "run", vote: value }) as const),
    ),
  ),
  unitEnum: sample(mode, fc.constantFrom("monotonic", "strict")),
  lazy: sample(tree, trees),
  mapped: sample(quarters, fc.constantFrom(0, 0.25, 0.5, 1, 2.5)),
};

const property = suite("codec: properties of every combinator");

for (const [name, { codec, values }] of Object.entries(SAMPLES)) {
  property(`${name}: decodes what it encodes, and encodes that to the same bytes`, () => {
    fc.assert(
      fc.property(values, (value) => {
        const encoded = encode(codec, value);
        const decoded = decode(codec, encoded);
        assert.equal(encode(codec, decoded), encoded);
        // A set or a map comes back sorted, and -0 is told from 0 by its bytes above.
        if (!(value instanceof Map || value instanceof Set)) assert.equal(decoded, value);
      }),
    );
  });

  property(`${name}: refuses what it encoded when a byte is missing or one too many`, () => {
    fc.assert(
      fc.property(values, (value) => {
        const encoded = encode(codec, value);
        fc.pre(encoded.length > 0);
        const longer = new Uint8Array([...encoded, 0]);
        assert.throws(() => decode(codec, longer), isBorshError);
        assert.throws(() => decode(codec, encoded.subarray(0, -1)), isBorshError);
      }),
    );
  });
}

property.run();

const RUNS_EACH = 10_000;
const random = suite("codec: random bytes");

random(`${RUNS_EACH} random strings for each of the codecs give a value or a BorshError`, () => {
  const codecs = Object.entries(SAMPLES);
  let decoded = 0;
  for (const [name, { codec }] of codecs) {
    fc.assert(
      fc.property(hostileBytes, (input) => {
        let value: unknown;
        try {
          value = decode(codec, input);
        } catch (error) {
          if (!(error instanceof BorshError)) throw error;
          assert.ok(error.offset >= 0 && error.offset <= input.length);
          return;
        }
        decoded++;
        // What came in may be unsorted; what goes out is canonical, so it stays as it is.
        const canonical = encode(codec, value);
        assert.equal(encode(codec, decode(codec, canonical)), canonical, name);
      }),
      { numRuns: RUNS_EACH },
    );
  }
  console.log(`${codecs.length * RUNS_EACH} random strings, ${decoded} of them a value`);
  assert.ok(codecs.length * RUNS_EACH >= 200_000);
  assert.ok(decoded > 1_000);
});

/** Mostly small numbers, so that lengths, tags and text are often nearly right. */
const hostileBytes = fc
  .array(fc.oneof({ weight: 4, arbitrary: integer(0, 3) }, integer(0, 255)), { maxLength: 40 })
  .map((items) => Uint8Array.from(items));

random(
  "what a cut, a flip or an insertion makes of an encoding gives a value or a BorshError",
  () => {
    const place = fc.nat(200);
    fc.assert(
      fc.property(voteValues, place, place, integer(0, 255), (value, from, to, byte) => {
        const encoded = encode(vote, value);
        const [start, end] = [from % encoded.length, to % encoded.length];
        const edited = Uint8Array.from([
          ...encoded.subarray(0, start),
          byte,
          ...encoded.subarray(end),
        ]);
        try {
          decode(vote, edited);
        } catch (error) {
          assert.instance(error, BorshError);
        }
      }),
      { numRuns: 5_000 },
    );
  },
);

random.run();

function isBorshError(error: unknown): boolean {
  return error instanceof BorshError;
}
