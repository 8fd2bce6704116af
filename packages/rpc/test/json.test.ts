import { parseJson, stringifyJson } from "@yoctonear/rpc";
import { loadRecording, parse, text, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const parsing = suite("json: parseJson");

parsing("P40: u64 and u128 keep every digit, small integers stay numbers", () => {
  assert.equal(parseJson('{"nonce":18446744073709551615,"gas":30,"at":-9007199254740993}'), {
    nonce: 18446744073709551615n,
    gas: 30,
    at: -9007199254740993n,
  });
  assert.is(parseJson("340282366920938463463374607431768211455"), 2n ** 128n - 1n);
});

parsing("turns at 2^53, on both sides of zero", () => {
  assert.equal(parseJson("[9007199254740991,9007199254740992,9007199254740993]"), [
    9007199254740991,
    9007199254740992n,
    9007199254740993n,
  ]);
  assert.equal(parseJson("[-9007199254740991,-9007199254740992]"), [
    -9007199254740991,
    -9007199254740992n,
  ]);
});

parsing("leaves digits in texts, keys and fractions alone", () => {
  const source =
    '{"12345678901234567890":"12345678901234567890","a":[0.12345678901234567890,1e30,12345678901234567890.5],' +
    '"b":"\\"12345678901234567890,12345678901234567890","c":12345678901234567890}';
  assert.equal(parseJson(source), { ...Object(JSON.parse(source)), c: 12345678901234567890n });
});

parsing("finds an integer behind any white space and first in the text", () => {
  assert.is(parseJson("12345678901234567890"), 12345678901234567890n);
  assert.is(parseJson("\t\r\n 12345678901234567890 "), 12345678901234567890n);
  assert.equal(parseJson('{"a" :\n12345678901234567890}'), { a: 12345678901234567890n });
});

parsing("gives back texts that begin as its own mark does", () => {
  for (const mark of ["\uE000", "\\ue000", "\\uE000"]) {
    for (const rest of ["", "1", "12345678901234567890", "x1", "\uE000", "\\uE0001", "\\u0031"]) {
      const source = `["${mark}${rest}",{"${mark}${rest}":1},12345678901234567890]`;
      assert.equal(parseJson(source), parse(source), source);
    }
  }
});

parsing("refuses what JSON.parse refuses, big integers or not", () => {
  const big = "12345678901234567890";
  for (const bad of [
    "",
    big + big + "x",
    `0${big}`,
    `+${big}`,
    `--${big}`,
    `${big}.`,
    `${big}e`,
    `.${big}`,
    `[${big}`,
    `[${big},]`,
    `{${big}:1}`,
    `{"a":${big},}`,
    `"a${big}`,
    `["a,${big}`,
    `${big} ${big}`,
    `"a"${big}`,
    `'${big}'`,
    `[${big}]]`,
    `{"a"${big}}`,
    `"\n${big}"`,
    `"\\x${big}"`,
    `-`,
    `tru`,
    `NaN`,
    `${big}n`,
    `\u00a0${big}`,
    `/**/${big}`,
  ]) {
    assert.throws(() => void JSON.parse(bad), undefined, bad);
    assert.throws(
      () => parseJson(bad),
      (error: unknown) => error instanceof SyntaxError,
      bad,
    );
  }
});

parsing("keeps __proto__ a field of its own", () => {
  const parsed = parseJson('{"__proto__":{"polluted":12345678901234567890}}');
  assert.ok(Object.hasOwn(Object(parsed), "__proto__"));
  assert.is(Reflect.get({}, "polluted"), undefined);
});

parsing("takes the last of equal keys, as JSON.parse does", () => {
  assert.equal(parseJson('{"a":1,"a":12345678901234567890}'), { a: 12345678901234567890n });
});

parsing("gives a value or an error for a million levels, never a crash", () => {
  for (const inner of ["1", "12345678901234567890"]) {
    const source = "[".repeat(1e6) + inner + "]".repeat(1e6);
    try {
      assert.ok(Array.isArray(parseJson(source)));
    } catch (error) {
      assert.ok(error instanceof RangeError || error instanceof SyntaxError);
    }
  }
});

parsing("reads a long text with many escapes beside a big integer", () => {
  const long = JSON.stringify('"\\'.repeat(200_000));
  assert.equal(parseJson(`[${long},12345678901234567890]`), [
    '"\\'.repeat(200_000),
    12345678901234567890n,
  ]);
});

parsing("reads a recording as another parser does", async () => {
  const recording = await loadRecording("methods");
  assert.equal(parseJson(stringifyJson(recording)), recording);
});

parsing("reads the samples of nearcore's own tests", async () => {
  const samples = await vectorsOf("rpc-sample");
  for (const { input } of samples) {
    const source = text(input, "json_text");
    assert.equal(parseJson(source), parse(source));
  }
  assert.is(samples.length, 2);
});

parsing.run();

const writing = suite("json: stringifyJson");

writing("writes a bigint as its digits", () => {
  assert.is(
    stringifyJson({ a: [1n, -1n, 2n ** 64n], b: 0n }),
    '{"a":[1,-1,18446744073709551616],"b":0}',
  );
  assert.is(stringifyJson(5n), "5");
});

writing("writes everything else as JSON.stringify does", () => {
  const odd = {
    undefined: undefined,
    list: [undefined, () => 1, Symbol("x"), NaN, Infinity, null, -0, 1e21],
    holes: Array.from({ length: 3 }),
    date: new Date(0),
    map: new Map([[1, 2]]),
    bytes: new Uint8Array(2),
    nested: { "": '\u2028\ud800"\\\n', __proto: {} },
    '"key"': "\uE0001",
    "\uE0001": "\uE000\uE000",
  };
  assert.is(stringifyJson(odd), JSON.stringify(odd));
  assert.is(stringifyJson("a"), '"a"');
  assert.is(stringifyJson(null), "null");
});

writing("does not care that a page gave bigint a toJSON", () => {
  Reflect.set(BigInt.prototype, "toJSON", () => "text");
  try {
    assert.is(stringifyJson({ a: 1n }), '{"a":1}');
  } finally {
    Reflect.deleteProperty(BigInt.prototype, "toJSON");
  }
});

writing("refuses what has no JSON", () => {
  for (const value of [undefined, () => 1, Symbol("x")]) {
    assert.throws(
      () => stringifyJson(value),
      (error: unknown) => error instanceof TypeError,
    );
  }
});

writing.run();
