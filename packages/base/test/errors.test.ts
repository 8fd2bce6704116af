import { isNearError, NearError, ParseError, showValue } from "@yoctonear/base";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const errors = suite("errors: NearError, ParseError, isNearError");

errors("carries its name, code, message and cause", () => {
  const cause = new Error("below");
  const error = new ParseError("invalid_key", "expected a key", { cause });
  assert.instance(error, NearError);
  assert.instance(error, Error);
  assert.is(error.name, "ParseError");
  assert.is(error.code, "invalid_key");
  assert.is(error.cause, cause);
  assert.is(String(error), "ParseError: expected a key");
});

errors("has no cause where none was given", () => {
  assert.not("cause" in new NearError("timeout", "too late"));
  assert.not("cause" in new ParseError("invalid_key", "expected a key"));
});

errors("is told by its mark, and by its code where one is asked", () => {
  const error = new NearError("timeout", "too late");
  assert.ok(isNearError(error));
  assert.ok(isNearError(error, "timeout"));
  assert.not(isNearError(error, "network"));
  assert.ok(isNearError(new ParseError("invalid_hash", "expected a hash"), "invalid_hash"));
});

errors("P43: is told across a second copy of the package, where instanceof lies", () => {
  class OtherCopy extends Error {
    readonly code = "timeout";
    get isNearError(): true {
      return true;
    }
  }
  assert.ok(isNearError(new OtherCopy("too late"), "timeout"));
});

errors("is not told of anything else", () => {
  const others = [null, undefined, "timeout", 7, {}, new Error("x"), { isNearError: true }];
  for (const other of [...others, { isNearError: "yes", code: "timeout" }]) {
    assert.not(isNearError(other));
  }
});

errors("shows its code and nothing of its mark as JSON", () => {
  const shown: unknown = JSON.parse(JSON.stringify(new NearError("timeout", "too late")));
  assert.equal(shown, { name: "NearError", code: "timeout" });
});

errors.run();

const shown = suite("errors: showValue");

shown("shows each type short, on one line", () => {
  const long = showValue("x".repeat(1_000_000));
  assert.is(showValue("a\nb"), '"a\\nb"');
  assert.is(showValue(7n), "7n");
  assert.is(showValue(-0.5), "-0.5");
  assert.is(showValue(Number.NaN), "NaN");
  assert.is(showValue(null), "null");
  assert.is(showValue(undefined), "undefined");
  assert.is(showValue(true), "true");
  assert.is(showValue(Symbol("s")), "Symbol(s)");
  assert.is(showValue(new Uint8Array(3)), "Uint8Array(3)");
  assert.is(showValue([1, 2]), "array of 2");
  assert.is(
    showValue(() => "body"),
    "a function",
  );
  assert.ok(long.endsWith('"… (1000000 characters)'));
  assert.ok(long.length < 120);
});

shown("P24: never shows what an object holds", () => {
  const secret = "ed25519:3D4YudUahN1nawWogh8pAKSj92sUNMdbZGjn7kERKzYo";
  assert.is(showValue({ secret, toString: () => secret }), "an object");
  assert.is(showValue(Object.create(null)), "an object");
  assert.is(showValue([secret]), "array of 1");
});

shown("P24: text that may be a key or a seed phrase is counted, not shown", () => {
  const key =
    "3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3";
  const phrase = "tag interest match crew twin proof cushion visit ball square aim armed";
  for (const secret of [key, `ed25519:${key}`, key.slice(0, 44), phrase, ` ${phrase}`]) {
    assert.is(showValue(secret), `text of ${secret.length} characters`);
  }
  for (const id of ["0123456789abcdef".repeat(4), "a".repeat(64), "1,000 NEAR"]) {
    assert.is(showValue(id), `"${id}"`);
  }
});

shown.run();
