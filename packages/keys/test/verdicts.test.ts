/**
 * Signatures that are not valid, and some odd ones that are, in the manner of Wycheproof: each case says nearcore's
 * verdict on it, which is that of ed25519-dalek 2.2 `verify` (`runtime.md` 2.5) and of libsecp256k1 (`protocol.md`
 * 3.2). Both schemes sign the 32-byte SHA-256 of what is signed, without a domain of their own.
 * @module
 */
import { ed25519 as ed25519Curve, ed25519ctx, ed25519ph } from "@noble/curves/ed25519.js";
import { secp256k1 as secp256k1Curve } from "@noble/curves/secp256k1.js";
import { concatBytes, decodeHex, encodeHex, encodeUtf8 } from "@yoctonear/base";
import { decode } from "@yoctonear/borsh";
import { parsePublicKey, parseSignature, signatureCodec } from "@yoctonear/keys";
import { ed25519KeyPairFromSeed, verifyEd25519 } from "@yoctonear/keys/ed25519";
import { secp256k1KeyPair, verifySecp256k1 } from "@yoctonear/keys/secp256k1";
import { sha256 } from "@yoctonear/primitives";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withBitFlipped, withByte } from "./samples.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Case = readonly [
  verdict: "valid" | "invalid",
  name: string,
  hash: Bytes,
  signature: Bytes,
  publicKey: Bytes,
];

const message = encodeUtf8("message");
const hash = sha256(message);
const request = { kind: "message", bytes: message, hash } as const;

const bigEndian = (value: bigint): Bytes => decodeHex(value.toString(16).padStart(64, "0"));
const littleEndian = (value: bigint): Bytes => bigEndian(value).reverse();
const number = (bytes: Uint8Array): bigint => BigInt(`0x${encodeHex(bytes)}`);
const joined = (...parts: readonly Uint8Array[]): Bytes => new Uint8Array(concatBytes(...parts));

const L = ed25519Curve.Point.Fn.ORDER;
const P = ed25519Curve.Point.Fp.ORDER;
const IDENTITY = littleEndian(1n);

async function ed25519Cases(): Promise<readonly Case[]> {
  const seed = new Uint8Array(32).fill(7);
  const keyPair = ed25519KeyPairFromSeed(seed);
  const key = parsePublicKey(keyPair.publicKey).bytes;
  const good = parseSignature(await keyPair.sign(request)).bytes;
  const r = good.slice(0, 32);
  const s = number(good.slice(32).reverse());
  const other = parsePublicKey(ed25519KeyPairFromSeed(new Uint8Array(32)).publicKey).bytes;
  const context = encodeUtf8("near");
  return [
    ["valid", "as signed", hash, good, key],
    ["invalid", "another hash", sha256(hash), good, key],
    ["invalid", "another key", hash, good, other],
    ["invalid", "the message itself, not its hash", message, good, key],
    ["invalid", "hashed twice", hash, new Uint8Array(ed25519Curve.sign(sha256(hash), seed)), key],
    [
      "invalid",
      "domain: Ed25519ctx",
      hash,
      new Uint8Array(ed25519ctx.sign(hash, seed, { context })),
      key,
    ],
    [
      "invalid",
      "domain: Ed25519ph of the message",
      hash,
      new Uint8Array(ed25519ph.sign(message, seed)),
      key,
    ],
    [
      "invalid",
      "domain: Ed25519ph of the hash",
      hash,
      new Uint8Array(ed25519ph.sign(hash, seed)),
      key,
    ],
    ...[0, 1, 32, 63, 65, 96].map((length): Case => [
      "invalid",
      `signature of ${length} bytes`,
      hash,
      joined(good, good).slice(0, length),
      key,
    ]),
    ...[0, 1, 31, 33, 64].map((length): Case => [
      "invalid",
      `key of ${length} bytes`,
      hash,
      good,
      joined(key, key).slice(0, length),
    ]),
    ["invalid", "r and s swapped", hash, joined(good.slice(32), r), key],
    ["invalid", "s not canonical: s + L", hash, joined(r, littleEndian(s + L)), key],
    ["invalid", "s not canonical: s + 8 L", hash, joined(r, littleEndian(s + 8n * L)), key],
    ["invalid", "s negated", hash, joined(r, littleEndian(L - s)), key],
    ["invalid", "s = 0", hash, joined(r, littleEndian(0n)), key],
    ["invalid", "s = L", hash, joined(r, littleEndian(L)), key],
    ["invalid", "s = L − 1", hash, joined(r, littleEndian(L - 1n)), key],
    ["invalid", "s of all ones", hash, joined(r, new Uint8Array(32).fill(255)), key],
    ["invalid", "R negated", hash, withByte(good, 31, (good[31] ?? 0) ^ 0x80), key],
    ["invalid", "R no point", hash, joined(littleEndian(2n), good.slice(32)), key],
    ["invalid", "key negated", hash, good, withByte(key, 31, (key[31] ?? 0) ^ 0x80)],
    ["invalid", "key no point", hash, good, littleEndian(2n)],
    ["invalid", "key beyond the field", hash, good, new Uint8Array(32).fill(255)],
    ["invalid", "all zeros", hash, new Uint8Array(64), new Uint8Array(32)],
    // Anybody can make these; nearcore's dalek takes them, since it does not refuse small order as `verify_strict` does.
    [
      "valid",
      "small order: key and R the identity, s = 0",
      hash,
      joined(IDENTITY, littleEndian(0n)),
      IDENTITY,
    ],
    [
      "valid",
      "small order: key the identity, R = sB",
      hash,
      joined(ed25519Curve.Point.BASE.multiply(5n).toBytes(), littleEndian(5n)),
      IDENTITY,
    ],
    [
      "valid",
      "key not canonical: p + 1 for the identity, R and s as for it",
      hash,
      joined(IDENTITY, littleEndian(0n)),
      littleEndian(P + 1n),
    ],
    [
      "invalid",
      "R not canonical: p + 1 for the identity",
      hash,
      joined(littleEndian(P + 1n), littleEndian(0n)),
      IDENTITY,
    ],
    [
      "invalid",
      "R not canonical: the identity with the sign of −0",
      hash,
      joined(withByte(IDENTITY, 31, 0x80), littleEndian(0n)),
      IDENTITY,
    ],
  ];
}

const N = secp256k1Curve.Point.Fn.ORDER;

async function secp256k1Cases(): Promise<readonly Case[]> {
  const keyPair = secp256k1KeyPair("secp256k1:X4ETFKtQkSGVoZEnkn7bZ3LyajJaK2b3eweXaKmynGx");
  const scalar = secp256k1Scalar(keyPair.revealSecretKey());
  const key = parsePublicKey(keyPair.publicKey).bytes;
  const good = parseSignature(await keyPair.sign(request)).bytes;
  const [r, s, v] = [good.slice(0, 32), number(good.slice(32, 64)), good.slice(64)];
  const other = parsePublicKey(
    secp256k1KeyPair("secp256k1:9ZNzLxNff6ohoFFGkbfMBAFpZgD7EPoWeiuTpPAeeMRV").publicKey,
  ).bytes;
  const options = { prehash: false, format: "recovered" } as const;
  const nobleOrder = new Uint8Array(secp256k1Curve.sign(hash, scalar, options));
  const rehashed = new Uint8Array(secp256k1Curve.sign(hash, scalar, { ...options, prehash: true }));
  const der = new Uint8Array(secp256k1Curve.sign(hash, scalar, { prehash: false, format: "der" }));
  const y = number(key.slice(32));
  const field = secp256k1Curve.Point.Fp.ORDER;
  return [
    ["valid", "as signed", hash, good, key],
    ["invalid", "another hash", sha256(hash), good, key],
    ["invalid", "another key", hash, good, other],
    [
      "invalid",
      "P25: hashed again, as near-kit does",
      hash,
      joined(rehashed.slice(1), rehashed.slice(0, 1)),
      key,
    ],
    ["invalid", "P25: v in front, as noble writes it", hash, nobleOrder, key],
    ["invalid", "DER", hash, joined(der, new Uint8Array(65)).slice(0, 65), key],
    ...[0, 1, 64, 66, 71].map((length): Case => [
      "invalid",
      `signature of ${length} bytes`,
      hash,
      joined(good, good).slice(0, length),
      key,
    ]),
    ...[0, 32, 63, 65, 128].map((length): Case => [
      "invalid",
      `key of ${length} bytes`,
      hash,
      good,
      joined(key, key).slice(0, length),
    ]),
    [
      "invalid",
      "key with the prefix of uncompressed ones",
      hash,
      good,
      joined(Uint8Array.of(4), key),
    ],
    ["invalid", "key compressed", hash, good, joined(Uint8Array.of(2), key.slice(0, 32))],
    ...[0, 31, 33, 64].map((length): Case => [
      "invalid",
      `hash of ${length} bytes`,
      joined(hash, hash).slice(0, length),
      good,
      key,
    ]),
    ["invalid", "P25: s high", hash, joined(r, bigEndian(N - s), v), key],
    [
      "invalid",
      "s high, v turned",
      hash,
      joined(r, bigEndian(N - s), Uint8Array.of((v[0] ?? 0) ^ 1)),
      key,
    ],
    [
      "invalid",
      "s not canonical: s + N cut to 32 bytes",
      hash,
      joined(r, bigEndian((s + N) % 2n ** 256n), v),
      key,
    ],
    ...[0n, N, N + 1n, 2n ** 256n - 1n].flatMap((value): readonly Case[] => [
      ["invalid", `r = ${value}`, hash, joined(bigEndian(value), bigEndian(s), v), key],
      ["invalid", `s = ${value}`, hash, joined(r, bigEndian(value), v), key],
    ]),
    ["invalid", "r and s swapped", hash, joined(bigEndian(s), r, v), key],
    [
      "valid",
      "v is not compared with the point",
      hash,
      joined(r, bigEndian(s), Uint8Array.of((v[0] ?? 0) ^ 1)),
      key,
    ],
    ["valid", "v = 3", hash, joined(r, bigEndian(s), Uint8Array.of(3)), key],
    ["invalid", "v = 4", hash, joined(r, bigEndian(s), Uint8Array.of(4)), key],
    [
      "invalid",
      "v = 27, as Ethereum writes it",
      hash,
      joined(r, bigEndian(s), Uint8Array.of(27)),
      key,
    ],
    ["invalid", "key negated", hash, good, joined(key.slice(0, 32), bigEndian(field - y))],
    ["invalid", "key no point", hash, good, withByte(key, 63, (key[63] ?? 0) ^ 1)],
    ["invalid", "key of zeros", hash, good, new Uint8Array(64)],
    ["invalid", "key beyond the field", hash, good, new Uint8Array(64).fill(255)],
    ["invalid", "all zeros", hash, new Uint8Array(65), new Uint8Array(64)],
  ];
}

function secp256k1Scalar(secretKey: string): Bytes {
  const digits = secretKey.slice("secp256k1:".length);
  return parsePublicKey(`ed25519:${digits}`).bytes;
}

const SCHEMES = [
  { name: "ed25519", cases: ed25519Cases, verify: verifyEd25519, count: 38 },
  { name: "secp256k1", cases: secp256k1Cases, verify: verifySecp256k1, count: 43 },
] as const;

const test = suite("keys: verdicts of nearcore on odd signatures");

for (const { name, cases, verify, count } of SCHEMES) {
  test(`${name}: ${count} cases`, async () => {
    const all = await cases();
    for (const [verdict, what, signed, signature, publicKey] of all) {
      assert.is(verify(signed, signature, publicKey), verdict === "valid", `${what}: ${verdict}`);
    }
    assert.is(all.length, count);
  });

  test(`${name}: no bit of signature, hash or key can be flipped`, async () => {
    const [[, , signed, signature, publicKey] = ["valid", "", hash, hash, hash] as const] =
      await cases();
    // Every seventh bit here; the properties flip any.
    for (let bit = 0; bit < signature.length * 8; bit += 7) {
      // v is not compared with the point.
      if (bit >= 512 && bit < 514) continue;
      assert.not(verify(signed, withBitFlipped(signature, bit), publicKey), `signature ${bit}`);
      if (bit < 256) assert.not(verify(withBitFlipped(signed, bit), signature, publicKey));
      if (bit < publicKey.length * 8) {
        assert.not(verify(signed, signature, withBitFlipped(publicKey, bit)), `key ${bit}`);
      }
    }
  });
}

test("ed25519: s with any of the three top bits is not even decoded by nearcore", () => {
  for (const top of [0x20, 0x40, 0x80, 0xe0]) {
    const bytes = joined(Uint8Array.of(0), withByte(new Uint8Array(64), 63, top));
    assert.throws(() => decode(signatureCodec, bytes), /s below 2\^253/);
  }
});

test.run();
