import { encodeHex, encodeUtf8, isNearError } from "@yoctonear/base";
import { formatHash, parseHash, sha256 } from "@yoctonear/primitives";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const hash = suite("hash: sha256, parseHash, formatHash");

const isInvalidHash = (error: unknown): boolean => isNearError(error, "invalid_hash");

hash("hashes as FIPS 180-4 does", () => {
  assert.is(
    encodeHex(sha256(encodeUtf8("abc"))),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
  assert.is(formatHash(sha256(new Uint8Array(0))), "GKot5hBsd81kMupNCXHaqbhv3huEbxAFMLnpcX2hniwn");
});

hash("reads back every hash that it writes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      assert.equal(parseHash(formatHash(bytes)), new Uint8Array(bytes));
    }),
  );
});

hash("P17: bytes become base58, never hex", () => {
  assert.is(
    formatHash(new Uint8Array(32).fill(0xff)),
    "JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFG",
  );
});

hash("P17: hex is refused, also where its digits could be base58", () => {
  for (const hex of ["ab".repeat(32), "12".repeat(32), "AB".repeat(32), "00".repeat(32)]) {
    assert.throws(() => parseHash(hex, "code hash"), isInvalidHash);
    assert.throws(() => parseHash(hex, "code hash"), /expected code hash .*, got 64 hex digits/);
  }
});

hash("refuses other lengths, other alphabets and other types", () => {
  const short = "1".repeat(31);
  for (const bad of ["", short, "1".repeat(33), "z".repeat(44), "z".repeat(100_000), "0OIl", " "]) {
    assert.throws(() => parseHash(bad), isInvalidHash);
  }
  // @ts-expect-error bytes are no text
  assert.throws(() => parseHash(new Uint8Array(32)), isInvalidHash);
  assert.throws(() => formatHash(new Uint8Array(31)), isInvalidHash);
  assert.throws(() => formatHash(new Uint8Array(33)), isInvalidHash);
});

hash("P24: a key given as a hash is not repeated", () => {
  const key = "ed25519:3D4YudUahN1nawWogh8pAKSj92sUNMdbZGjn7kERKzYo";
  for (const secret of [key, key.slice(8, 40), `${key.slice(8, 50)}0`]) {
    try {
      parseHash(secret);
      assert.unreachable();
    } catch (error) {
      assert.not(String(error).includes("3D4Y"), String(error));
    }
  }
});

hash.run();
