import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { concatBytes, encodeHex } from "@yoctonear/base";
import { verifyEd25519 } from "@yoctonear/keys/ed25519";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { callCrypto, RESULT } from "./crypto-host.ts";
import { bigEndian } from "./slow-curve.ts";

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const secret = fc.bigInt({ min: 1n, max: 2n ** 250n }).map((scalar) => bigEndian(scalar, 32));
const RUNS = { numRuns: 25 };

const recovery = suite("vm: ecrecover, any signature");

/** r ‖ s and v of a signature, s low or high. */
function signRecoverable(
  hash: Uint8Array,
  key: Uint8Array,
  lowS: boolean,
): { signature: Uint8Array; v: bigint } {
  const signed = secp256k1.sign(hash, key, { prehash: false, lowS, format: "recovered" });
  return { signature: signed.subarray(1), v: BigInt(signed[0] ?? 0) };
}

recovery(
  "who signed is recovered; from the negative of s with the other parity, too, unless high s is rejected",
  () => {
    const { ORDER } = secp256k1.Point.Fn;
    fc.assert(
      fc.property(bytes(32), secret, (hash, key) => {
        const publicKey = encodeHex(secp256k1.getPublicKey(key, false).subarray(1));
        const { signature, v } = signRecoverable(hash, key, true);
        const recover = (sig: Uint8Array, parity: bigint, flag: bigint): string | null =>
          callCrypto("ecrecover", [hash, sig, parity, flag, RESULT]).register;
        assert.is(recover(signature, v, 0n), publicKey);
        assert.is(recover(signature, v, 1n), publicKey);
        assert.is.not(recover(signature, v ^ 1n, 0n), publicKey);
        const s = BigInt(`0x${encodeHex(signature.subarray(32))}`);
        const high = concatBytes(signature.subarray(0, 32), bigEndian(ORDER - s, 32));
        assert.is(recover(high, v ^ 1n, 0n), publicKey);
        assert.is(recover(high, v ^ 1n, 1n), null);
      }),
      RUNS,
    );
  },
);

recovery("r and s are between 0 and the order; half of it is low, one more is high", () => {
  const { ORDER } = secp256k1.Point.Fn;
  const r = bigEndian(secp256k1.Point.BASE.x, 32);
  const result = (rBytes: Uint8Array, s: bigint, flag: bigint): bigint | null => {
    const signature = concatBytes(rBytes, bigEndian(s, 32));
    return callCrypto("ecrecover", [new Uint8Array(32).fill(1), signature, 0n, flag, RESULT])
      .result;
  };
  assert.is(result(r, 1n, 0n), 1n);
  assert.is(result(r, 0n, 0n), 0n);
  assert.is(result(r, ORDER / 2n, 1n), 1n);
  assert.is(result(r, ORDER / 2n + 1n, 1n), 0n);
  assert.is(result(r, ORDER / 2n + 1n, 0n), 1n);
  assert.is(result(r, ORDER - 1n, 0n), 1n);
  assert.is(result(r, ORDER, 0n), 0n);
  assert.is(result(bigEndian(0n, 32), 1n, 0n), 0n);
  assert.is(result(bigEndian(ORDER, 32), 1n, 0n), 0n);
});

recovery("r + n is a coordinate only where it is below p, and the hash counts modulo n", () => {
  const { ORDER } = secp256k1.Point.Fn;
  const room = secp256k1.Point.Fp.ORDER - ORDER;
  const recover = (hash: Uint8Array, r: bigint, v: bigint): string | null => {
    const signature = concatBytes(bigEndian(r, 32), bigEndian(1n, 32));
    return callCrypto("ecrecover", [hash, signature, v, 0n, RESULT]).register;
  };
  const hash = bigEndian(5n, 32);
  let found = 0;
  for (let r = 1n; r < 20n; r++) if (recover(hash, r, 2n) !== null) found++;
  assert.ok(found > 0);
  for (let r = room; r < room + 20n; r++) assert.is(recover(hash, r, 2n), null);
  const r = secp256k1.Point.BASE.x;
  assert.is(recover(bigEndian(5n + ORDER, 32), r, 0n), recover(hash, r, 0n));
  // The key would be infinity: s·R = hash·G.
  assert.is(recover(bigEndian(1n, 32), r, 0n), null);
});

recovery.run();

const p256Suite = suite("vm: p256_verify, any signature");

p256Suite(
  "a signature is valid with low s and high s, and for nothing but its prehash and key",
  () => {
    const { ORDER } = p256.Point.Fn;
    fc.assert(
      fc.property(bytes(32), secret, fc.nat(255), (prehash, key, bit) => {
        const signature = p256.sign(prehash, key, { prehash: false });
        const publicKey = p256.getPublicKey(key);
        assert.is(verify(signature, prehash, publicKey), 1n);
        const s = BigInt(`0x${encodeHex(signature.subarray(32))}`);
        const other = concatBytes(signature.subarray(0, 32), bigEndian(ORDER - s, 32));
        assert.is(verify(other, prehash, publicKey), 1n);
        assert.is(verify(signature, withBitFlipped(prehash, bit), publicKey), 0n);
        assert.is(verify(withBitFlipped(signature, bit), prehash, publicKey), 0n);
        assert.is(verify(signature, prehash, withBitFlipped(publicKey, bit + 8)), 0n);
        assert.is(verify(signature, concatBytes(prehash, prehash), publicKey), 1n);
      }),
      RUNS,
    );
  },
);

p256Suite("a short prehash is a number of its length, from 16 bytes on", () => {
  const key = bigEndian(77n, 32);
  const publicKey = p256.getPublicKey(key);
  for (const length of [0, 1, 15, 16, 17, 31, 32]) {
    const prehash = new Uint8Array(length).fill(9);
    const padded = new Uint8Array(32);
    padded.set(prehash, 32 - length);
    const signature = p256.sign(padded, key, { prehash: false });
    assert.is(verify(signature, prehash, publicKey), length < 16 ? 0n : 1n, `${length}`);
  }
});

p256Suite("a key of 33 bytes is compressed or, with 5 in front, x alone with the smaller y", () => {
  const prehash = new Uint8Array(32).fill(3);
  for (let scalar = 1n; scalar < 9n; scalar++) {
    const key = bigEndian(scalar, 32);
    const signature = p256.sign(prehash, key, { prehash: false });
    const publicKey = p256.getPublicKey(key);
    const { y } = p256.Point.fromBytes(publicKey);
    for (let first = 0; first < 256; first++) {
      const form = concatBytes(Uint8Array.of(first), publicKey.subarray(1));
      const isIt = first === publicKey[0] || (first === 5 && 2n * y < p256.Point.Fp.ORDER);
      if (isIt || first < 8)
        assert.is(verify(signature, prehash, form), isIt ? 1n : 0n, `${first}`);
    }
  }
});

p256Suite("r and s are between 0 and the order", () => {
  const { ORDER } = p256.Point.Fn;
  const key = p256.getPublicKey(bigEndian(1n, 32));
  for (const [r, s] of [
    [0n, 1n],
    [1n, 0n],
    [ORDER, 1n],
    [1n, ORDER],
    [2n ** 256n - 1n, 1n],
  ] as const) {
    const outcome = callCrypto("p256_verify", [
      concatBytes(bigEndian(r, 32), bigEndian(s, 32)),
      new Uint8Array(32),
      key,
    ]);
    assert.is(outcome.result, 0n);
    assert.is(outcome.costs["p256_verify_byte"], undefined, "refused before the message is read");
  }
});

p256Suite.run();

const edwards = suite("vm: ed25519_verify, any signature");

edwards("the verdict is that of keys, for messages of any length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes(32), fc.nat(511), (message, seed, bit) => {
      const signature = ed25519.sign(message, seed);
      const publicKey = ed25519.getPublicKey(seed);
      const result = (sig: Uint8Array, key: Uint8Array): bigint | null =>
        callCrypto("ed25519_verify", [sig, message, key]).result;
      assert.is(result(signature, publicKey), 1n);
      for (const [sig, key] of [
        [withBitFlipped(signature, bit), publicKey],
        [signature, withBitFlipped(publicKey, bit % 256)],
      ] as const)
        assert.is(result(sig, key), verifyEd25519(message, sig, key) ? 1n : 0n);
    }),
    RUNS,
  );
});

edwards("keys of small order verify what their equation allows", () => {
  // The identity as key and R, s = 0: 0·B − k·0 = 0.
  const identity = Uint8Array.of(1, ...new Uint8Array(31));
  const signature = concatBytes(identity, new Uint8Array(32));
  const outcome = callCrypto("ed25519_verify", [signature, new Uint8Array(3), identity]);
  assert.is(outcome.result, 1n);
});

edwards.run();

function verify(signature: Uint8Array, prehash: Uint8Array, publicKey: Uint8Array): bigint | null {
  return callCrypto("p256_verify", [signature, prehash, publicKey]).result;
}

function withBitFlipped(source: Uint8Array, bit: number): Uint8Array {
  const copy = new Uint8Array(source);
  const at = Math.floor(bit / 8) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
}
