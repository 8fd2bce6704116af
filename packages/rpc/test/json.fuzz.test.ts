import { parseJson, stringifyJson } from "@yoctonear/rpc";
import { parse } from "@yoctonear/vectors";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const json = suite("json: parseJson, stringifyJson");

const key = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "\uE0001", "toString"),
);
const textLike = fc.oneof(
  key,
  fc.bigInt().map((value) => `${value}`),
  fc.bigInt().map((value) => `\uE000${value}`),
);
const { value: exact } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
    fc.bigInt().map((big) => (Number.isSafeInteger(Number(big)) ? Number(big) : big)),
    textLike,
    fc.array(tie("value")),
    fc.dictionary(key, tie("value")),
  ),
}));

json("agrees with JSON.parse where no integer is big", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (source) => {
      const digits = /\d{16}/.test(source);
      assert.equal(parseJson(source), digits ? parse(source) : JSON.parse(source));
    }),
  );
});

json("agrees with another lossless parser, whatever the white space", () => {
  fc.assert(
    fc.property(exact, fc.constantFrom("", " ", "\n\t"), (value, space) => {
      const source = stringifyJson(value).replaceAll(
        /([[\]{},:])(?=(?:[^"]*"[^"]*")*[^"]*$)/g,
        (mark) => (space === "" ? mark : `${space}${mark}${space}`),
      );
      let expected: unknown;
      try {
        expected = parse(source);
      } catch {
        assert.throws(() => parseJson(source));
        return;
      }
      assert.equal(parseJson(source), expected);
    }),
  );
});

json("gives back what was written", () => {
  fc.assert(
    fc.property(exact, (value) => {
      assert.equal(parseJson(stringifyJson(value)), integral(value));
    }),
  );
});

json("writes what JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.is(stringifyJson(value), JSON.stringify(value));
    }),
  );
});

json("throws for random text exactly when JSON.parse does", () => {
  const piece = fc.constantFrom(
    "1",
    "12345678901234567",
    "-",
    ".5",
    "e3",
    '"',
    "\\",
    ":",
    ",",
    "[",
    "]",
    "{",
    "}",
    " ",
    "\uE000",
    "a",
    "true",
    "0",
    "\\u",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const source = pieces.join("");
      let valid = true;
      try {
        JSON.parse(source);
      } catch {
        valid = false;
      }
      if (valid) assert.equal(parseJson(source), parse(source));
      else
        assert.throws(
          () => parseJson(source),
          (error: unknown) => error instanceof SyntaxError,
        );
    }),
    { numRuns: 2000 },
  );
});

json.run();

/** A double beyond 2^53 is written with all its digits, so it comes back as a bigint. */
function integral(value: unknown): unknown {
  if (typeof value === "number") {
    return Number.isInteger(value) && !Number.isSafeInteger(value) && !/e/.test(`${value}`)
      ? BigInt(`${value}`)
      : value;
  }
  if (Array.isArray(value)) return value.map(integral);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, integral(item)]));
}
