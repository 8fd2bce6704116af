import {
  decodeBase58,
  decodeBase64,
  decodeHex,
  decodeUtf8,
  encodeBase58,
  encodeBase64,
  encodeHex,
  encodeUtf8,
  equalBytes,
  isNearError,
  ParseError,
} from "@yoctonear/base";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const isInvalid = (error: unknown): boolean => isNearError(error, "invalid_encoding");
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

const text = suite("text: hex, base58, base64, UTF-8");

text("knows RFC 4648's answers", () => {
  const answers = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
  answers.forEach((base64, length) => {
    const bytes = ascii("foobar".slice(0, length));
    assert.is(encodeBase64(bytes), base64);
    assert.equal(decodeBase64(base64), bytes);
  });
  assert.is(encodeHex(ascii("foobar")), "666f6f626172");
});

text("knows the answers of base58, leading zeros too", () => {
  assert.is(encodeBase58(ascii("Hello World!")), "2NEpo7TZRRrLZSi2U");
  assert.is(encodeBase58(Uint8Array.of(0, 0, 0x28, 0x7f, 0xb4, 0xcd)), "11233QC4");
  assert.equal(decodeBase58("11233QC4"), Uint8Array.of(0, 0, 0x28, 0x7f, 0xb4, 0xcd));
  assert.is(encodeBase58(new Uint8Array(0)), "");
});

text("reads hex of either case", () => {
  assert.equal(decodeHex("00fFAb"), Uint8Array.of(0, 0xff, 0xab));
});

text("refuses what is not the form, and repairs nothing", () => {
  for (const bad of ["0", "0g", "0x00", " 00", "00 ", "0 0", "é"]) {
    assert.throws(() => decodeHex(bad), isInvalid, bad);
  }
  for (const bad of ["0", "O", "I", "l", "1 ", "é", "+"]) {
    assert.throws(() => decodeBase58(bad), isInvalid, bad);
  }
  for (const bad of [
    "A",
    "AA",
    "AA=",
    "AA==\n",
    "A A=",
    "A===",
    "AB==",
    "AAB=",
    "_-==",
    "AA==AA==",
  ]) {
    assert.throws(() => decodeBase64(bad), isInvalid, bad);
  }
});

text("P24: a refusal says nothing of the text, which may be a secret", () => {
  const secret = "3D4YudUahN1nawWogh8pAKSj92sUNMdbZGjn7kERKzYo0";
  for (const decode of [decodeBase58, decodeHex, decodeBase64]) {
    try {
      decode(secret);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, ParseError);
      assert.not(String(error).includes("3D4Y"));
      assert.not(error instanceof Error && "cause" in error);
    }
  }
});

text("reads back what it writes, in each form", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (sample) => {
      const bytes = new Uint8Array(sample);
      assert.equal(decodeHex(encodeHex(bytes)), bytes);
      assert.equal(decodeBase58(encodeBase58(bytes)), bytes);
      assert.equal(decodeBase64(encodeBase64(bytes)), bytes);
      assert.match(encodeHex(bytes), /^[0-9a-f]*$/);
    }),
    { numRuns: 1_000 },
  );
});

text("agrees with base58 by long division", () => {
  const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const byDivision = (bytes: Uint8Array): string => {
    let digits = "";
    for (let rest = BigInt(`0x0${encodeHex(bytes)}`); rest > 0n; rest /= 58n) {
      digits = alphabet.charAt(Number(rest % 58n)) + digits;
    }
    const firstByte = bytes.findIndex((byte) => byte > 0);
    return "1".repeat(firstByte < 0 ? bytes.length : firstByte) + digits;
  };
  // Many zeros and 255s: the ends of a limb.
  const byte = fc.oneof(fc.constantFrom(0, 255), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 100 }), (items) => {
      const bytes = Uint8Array.from(items);
      assert.is(encodeBase58(bytes), byDivision(bytes));
      assert.equal(decodeBase58(byDivision(bytes)), bytes);
    }),
    { numRuns: 2_000 },
  );
});

text("takes megabytes of hex and base64", () => {
  const large = Uint8Array.from({ length: 6_000_000 }, (_, i) => i % 251);
  assert.ok(equalBytes(decodeHex(encodeHex(large)), large));
  assert.ok(equalBytes(decodeBase64(encodeBase64(large)), large));
});

text("refuses what is no text", () => {
  for (const decode of [decodeBase58, decodeHex, decodeBase64]) {
    for (const other of [undefined, null, 5, ["aa"], {}]) {
      // @ts-expect-error text of any type
      assert.throws(() => decode(other), isInvalid);
    }
  }
});

text("has one text for any bytes: what decodes encodes to the same", () => {
  const form = (alphabet: string): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...alphabet.split("")), maxLength: 12 });
  fc.assert(
    fc.property(form("Aab/+9=\n -_"), form("1aZz0O"), form("09afAF g"), (base64, base58, hex) => {
      const canonical = (
        decode: (text: string) => Uint8Array,
        encode: (bytes: Uint8Array) => string,
        sample: string,
      ): void => {
        try {
          assert.is(encode(decode(sample)), sample);
        } catch (error) {
          if (!isInvalid(error)) throw error;
        }
      };
      canonical(decodeBase64, encodeBase64, base64);
      canonical(decodeBase58, encodeBase58, base58);
      canonical(decodeHex, encodeHex, hex.toLowerCase());
    }),
    { numRuns: 5_000 },
  );
});

text.run();

const utf8 = suite("text: UTF-8");

utf8("reads back well-formed text, short and long, ASCII and not", () => {
  const any = fc.oneof(
    fc.string({ unit: "binary-ascii", maxLength: 70 }),
    fc.string({ unit: "binary", maxLength: 70 }),
  );
  fc.assert(
    fc.property(any, (sample) => {
      assert.equal(encodeUtf8(sample), new TextEncoder().encode(sample));
      assert.is(decodeUtf8(encodeUtf8(sample)), sample);
    }),
    { numRuns: 2_000 },
  );
});

utf8("encodes around the length at which it changes its way", () => {
  for (const length of [0, 1, 63, 64, 65, 1_000]) {
    for (const unit of ["a", "é", "€", "😀"]) {
      const sample = unit.repeat(length);
      assert.equal(encodeUtf8(sample), new TextEncoder().encode(sample));
    }
  }
});

utf8("refuses lone surrogates instead of writing U+FFFD", () => {
  for (const bad of [
    "\ud800",
    "\udc00",
    "a\ud83d",
    "\ud83da",
    "\udc00\ud800",
    "\ud800".padStart(99),
  ]) {
    assert.throws(() => encodeUtf8(bad), isInvalid);
  }
  assert.is(encodeUtf8("\ud83d\ude00").length, 4);
});

utf8("keeps a byte order mark, in and out", () => {
  assert.is(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), "\ufeffa");
  assert.equal(encodeUtf8("\ufeffa"), Uint8Array.of(0xef, 0xbb, 0xbf, 0x61));
});

utf8("refuses bytes that are not UTF-8, and decodes well after it", () => {
  const surrogate = [0xed, 0xa0, 0x80];
  const overlong = [0xc0, 0xaf];
  const beyond = [0xf4, 0x90, 0x80, 0x80];
  for (const bad of [[0xff], [0x80], [0xe2, 0x82], overlong, surrogate, beyond, [0x61, 0xc3]]) {
    assert.throws(() => decodeUtf8(Uint8Array.from(bad)), isInvalid);
    assert.is(decodeUtf8(Uint8Array.of(0x61)), "a");
  }
});

utf8.run();
