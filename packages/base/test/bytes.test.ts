import { compareBytes, concatBytes, encodeHex, equalBytes } from "@yoctonear/base";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const bytes = suite("bytes: concatBytes, equalBytes, compareBytes");

bytes("joins in order, into an array of its own", () => {
  const one = Uint8Array.of(1, 2);
  const joined = concatBytes(one, new Uint8Array(0), Uint8Array.of(3));
  one[0] = 9;
  assert.equal(joined, Uint8Array.of(1, 2, 3));
  assert.is(joined.buffer.byteLength, 3);
  assert.equal(concatBytes(), new Uint8Array(0));
});

bytes("reads a part of a larger buffer as that part", () => {
  const view = Uint8Array.of(0, 1, 2, 3).subarray(1, 3);
  assert.equal(concatBytes(view, view), Uint8Array.of(1, 2, 1, 2));
  assert.ok(equalBytes(view, Uint8Array.of(1, 2)));
});

bytes("is equal for the same bytes alone", () => {
  assert.ok(equalBytes(new Uint8Array(0), new Uint8Array(0)));
  assert.not(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0)));
  assert.not(equalBytes(Uint8Array.of(1, 0), Uint8Array.of(1)));
  assert.not(equalBytes(Uint8Array.of(1), Uint8Array.of(2)));
});

bytes("orders as Rust does: by byte, the prefix first", () => {
  assert.ok(compareBytes(Uint8Array.of(1), Uint8Array.of(2)) < 0);
  assert.ok(compareBytes(Uint8Array.of(0x7f), Uint8Array.of(0x80)) < 0);
  assert.ok(compareBytes(Uint8Array.of(1), Uint8Array.of(1, 0)) < 0);
  assert.ok(compareBytes(new Uint8Array(0), Uint8Array.of(0)) < 0);
  assert.is(compareBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), 0);
});

bytes("orders as the hex of the bytes does, and equality is order 0", () => {
  const some = fc.uint8Array({ maxLength: 4 });
  fc.assert(
    fc.property(some, some, (a, b) => {
      const [x, y] = [encodeHex(a), encodeHex(b)];
      assert.is(Math.sign(compareBytes(a, b)), x < y ? -1 : x > y ? 1 : 0);
      assert.is(Math.sign(compareBytes(b, a)), x < y ? 1 : x > y ? -1 : 0);
      assert.is(equalBytes(a, b), x === y);
    }),
    { numRuns: 1_000 },
  );
});

bytes.run();
