import { parse } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const json = suite("json: parse");

json("keeps integers beyond 2^53 exact and leaves the others numbers", () => {
  assert.equal(parse("[9007199254740991, 9007199254740993, -18446744073709551615]"), [
    9007199254740991,
    9007199254740993n,
    -18446744073709551615n,
  ]);
  assert.equal(parse("[1.5, 1e3, -0.25, 1.0e30]"), [1.5, 1000, -0.25, 1e30]);
});

json("leaves digits and quotes inside strings alone", () => {
  const value = { 'a"\\': "90071992547409931234", "\u0041\n": "\\" };
  assert.equal(parse(JSON.stringify(value, null, 2)), value);
});

json("refuses what is not JSON", () => {
  for (const text of ["", "[1,]", "{", '"a', '"a\\"', "nul", "1 2", "{1:2}", "[1 2]", '"\n"']) {
    assert.throws(
      () => parse(text),
      (error: unknown) => error instanceof SyntaxError,
    );
  }
});

json.run();
