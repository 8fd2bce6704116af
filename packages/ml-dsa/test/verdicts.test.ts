/**
 * Signatures that are not valid, and some odd ones that are, in the manner of Wycheproof. The verdict on each is
 * nearcore's (`protocol.md` 3.2): pure ML-DSA-65 of FIPS 204 with an empty context over the 32-byte digest, all
 * lengths exact. Both the format and the bounds of FIPS 204 leave one encoding of each signature.
 * @module
 */
import { ml_dsa44, ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { decodeBase58, encodeUtf8 } from "@yoctonear/base";
import { parsePublicKey, parseSignature } from "@yoctonear/keys";
import { mlDsa65KeyPairFromSeed, verifyMlDsa65 } from "@yoctonear/ml-dsa";
import { sha256 } from "@yoctonear/primitives";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("ml-dsa: verdicts");

const hash = sha256(encodeUtf8("message"));
const keyPair = mlDsa65KeyPairFromSeed(new Uint8Array(32).fill(1), { deterministic: true });
const publicKey = parsePublicKey(keyPair.publicKey).bytes;
const secret = decodeBase58(keyPair.revealSecretKey().slice("ml-dsa-65:".length));

/** Lengths of a signature's parts: c̃, z (five polynomials of 20-bit numbers), h (places, then six counts). */
const CHALLENGE = 48;
const RESPONSE = 3200;
const HINT_START = CHALLENGE + RESPONSE;
const MAX_HINTS = 55;

const signature = async (): Promise<Uint8Array<ArrayBuffer>> =>
  parseSignature(await keyPair.sign({ kind: "message", bytes: new Uint8Array(), hash })).bytes;

const changed = (
  bytes: Uint8Array,
  change: (copy: Uint8Array<ArrayBuffer>) => void,
): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(bytes);
  change(copy);
  return copy;
};

test("valid: what is signed, over and over", async () => {
  assert.ok(verifyMlDsa65(hash, await signature(), publicKey));
});

test("invalid: every wrong length of signature, key and hash", async () => {
  const good = await signature();
  for (const length of [0, 1, 64, 65, 2420, 3308, 3310, 4627]) {
    const odd = new Uint8Array(length);
    odd.set(good.subarray(0, length));
    assert.not(verifyMlDsa65(hash, odd, publicKey), `signature of ${length}`);
  }
  for (const length of [0, 32, 64, 1312, 1951, 1953, 2592]) {
    const odd = new Uint8Array(length);
    odd.set(publicKey.subarray(0, length));
    assert.not(verifyMlDsa65(hash, good, odd), `key of ${length}`);
  }
  for (const length of [0, 31]) {
    assert.not(verifyMlDsa65(hash.subarray(0, length), good, publicKey), `hash of ${length}`);
  }
});

test("invalid: zeros and ones in place of the signature, the key or both", async () => {
  const good = await signature();
  for (const fill of [0, 0xff]) {
    const odd = new Uint8Array(3309).fill(fill);
    const oddKey = new Uint8Array(1952).fill(fill);
    assert.not(verifyMlDsa65(hash, odd, publicKey));
    assert.not(verifyMlDsa65(hash, good, oddKey));
    assert.not(verifyMlDsa65(hash, odd, oddKey));
  }
});

test("invalid: another message, another key", async () => {
  const good = await signature();
  const other = parsePublicKey(mlDsa65KeyPairFromSeed(new Uint8Array(32)).publicKey).bytes;
  assert.not(verifyMlDsa65(sha256(encodeUtf8("Message")), good, publicKey));
  assert.not(verifyMlDsa65(hash, good, other));
});

test("invalid: the wrong domain: a context, the prehash mode, the internal interface, hashed twice", () => {
  const options = { extraEntropy: false } as const;
  assert.ok(verifyMlDsa65(hash, ml_dsa65.sign(hash, secret, options), publicKey));
  const context = encodeUtf8("near");
  for (const [name, odd] of [
    ["context", ml_dsa65.sign(hash, secret, { ...options, context })],
    ["HashML-DSA", ml_dsa65.prehash(sha512).sign(encodeUtf8("message"), secret, options)],
    ["HashML-DSA of the digest", ml_dsa65.prehash(sha512).sign(hash, secret, options)],
    ["internal", ml_dsa65.internal.sign(hash, secret, options)],
    ["hashed twice", ml_dsa65.sign(sha256(hash), secret, options)],
    ["not hashed", ml_dsa65.sign(encodeUtf8("message"), secret, options)],
  ] as const) {
    assert.not(verifyMlDsa65(hash, odd, publicKey), name);
  }
});

test("invalid: a signature of ML-DSA-44, as it is and padded", () => {
  const { publicKey: key, secretKey } = ml_dsa44.keygen(new Uint8Array(32).fill(1));
  const odd = ml_dsa44.sign(hash, secretKey);
  assert.not(verifyMlDsa65(hash, odd, key));
  const padded = changed(new Uint8Array(3309), (copy) => copy.set(odd));
  const paddedKey = changed(new Uint8Array(1952), (copy) => copy.set(key));
  assert.not(verifyMlDsa65(hash, padded, paddedKey));
});

test("invalid: a response z at or beyond its bound γ1 − β", async () => {
  const good = await signature();
  // A coefficient is γ1 minus 20 bits, so zero bits are γ1 and all ones -γ1 + 1.
  for (const bits of [0, 0xff]) {
    for (const polynomial of [0, 1, 2, 3, 4]) {
      const odd = changed(good, (copy) => {
        const start = CHALLENGE + 640 * polynomial;
        copy.fill(bits, start, start + 3);
      });
      assert.not(verifyMlDsa65(hash, odd, publicKey), `${bits} in ${polynomial}`);
    }
  }
});

test("invalid: a hint that is not in its one form: order, repeats, counts, padding", async () => {
  const good = await signature();
  const counts = good.subarray(HINT_START + MAX_HINTS);
  const [first = 0] = counts;
  const total = counts[5] ?? 0;
  assert.ok(first >= 2 && total < MAX_HINTS, "the sample has what is changed here");
  const odd: Readonly<Record<string, (copy: Uint8Array<ArrayBuffer>) => void>> = {
    "places swapped": (copy) =>
      copy.set([copy[HINT_START + 1] ?? 0, copy[HINT_START] ?? 0], HINT_START),
    "a place twice": (copy) => copy.set([copy[HINT_START + 1] ?? 0], HINT_START),
    "a count that falls": (copy) => copy.set([0], HINT_START + MAX_HINTS + 1),
    "a count above the most": (copy) => copy.set([MAX_HINTS + 1], HINT_START + MAX_HINTS + 5),
    "a count of all ones": (copy) => copy.set([0xff], HINT_START + MAX_HINTS + 5),
    "padding that is not zero": (copy) => copy.set([1], HINT_START + total),
    "the last padding not zero": (copy) => copy.set([1], HINT_START + MAX_HINTS - 1),
    "one hint fewer": (copy) => {
      copy.set([0], HINT_START + total - 1);
      copy.set([total - 1], HINT_START + MAX_HINTS + 5);
    },
    "one hint more": (copy) => {
      copy.set([255], HINT_START + total);
      copy.set([total + 1], HINT_START + MAX_HINTS + 5);
    },
    "no hints": (copy) => copy.fill(0, HINT_START),
  };
  for (const [name, change] of Object.entries(odd)) {
    assert.not(verifyMlDsa65(hash, changed(good, change), publicKey), name);
  }
});

test("never throws, whatever the bytes", () => {
  for (let fill = 0; fill < 256; fill += 15) {
    const odd = new Uint8Array(3309).map((_, i) => (i * 31 + fill) & 0xff);
    const key = new Uint8Array(1952).map((_, i) => (i * 17 + fill) & 0xff);
    assert.not(verifyMlDsa65(hash, odd, key));
  }
});

test.run();
