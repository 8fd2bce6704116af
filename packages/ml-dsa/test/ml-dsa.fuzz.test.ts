import { equalBytes } from "@yoctonear/base";
import { parsePublicKey, parseSignature } from "@yoctonear/keys";
import { mlDsa65KeyPair, mlDsa65KeyPairFromSeed, verifyMlDsa65 } from "@yoctonear/ml-dsa";
import fc from "fast-check";
import { suite } from "uvu";

const test = suite("ml-dsa: properties");

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const runs = { numRuns: 20 };

const flipped = (bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

test("what is signed verifies, and not with one bit flipped in signature, hash or key", async () => {
  await fc.assert(
    fc.asyncProperty(
      bytes32,
      bytes32,
      fc.nat(3309 * 8 - 1),
      fc.nat(1952 * 8 - 1),
      async (seed, hash, bit, keyBit) => {
        const keyPair = mlDsa65KeyPairFromSeed(seed);
        const text = await keyPair.sign({ kind: "message", bytes: new Uint8Array(), hash });
        const signature = parseSignature(text).bytes;
        const publicKey = parsePublicKey(keyPair.publicKey).bytes;
        return (
          verifyMlDsa65(hash, signature, publicKey) &&
          !verifyMlDsa65(hash, flipped(signature, bit), publicKey) &&
          !verifyMlDsa65(flipped(hash, bit % 256), signature, publicKey) &&
          !verifyMlDsa65(hash, signature, flipped(publicKey, keyBit))
        );
      },
    ),
    runs,
  );
});

test("both secret forms of a seed are one key", () => {
  fc.assert(
    fc.property(bytes32, (seed) => {
      const keyPair = mlDsa65KeyPairFromSeed(seed);
      const [long, short] = [keyPair.revealSecretKey(), keyPair.revealSeed() ?? ""];
      const [fromLong, fromShort] = [mlDsa65KeyPair(long), mlDsa65KeyPair(short)];
      return (
        fromLong.publicKey === keyPair.publicKey &&
        fromShort.publicKey === keyPair.publicKey &&
        fromShort.revealSecretKey() === long
      );
    }),
    { numRuns: 5 },
  );
});

test("random bytes are no signature", () => {
  const { publicKey } = mlDsa65KeyPairFromSeed(new Uint8Array(32));
  const key = parsePublicKey(publicKey).bytes;
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 3309, maxLength: 3309 }),
      bytes32,
      (odd, hash) => !verifyMlDsa65(hash, odd, key) && !equalBytes(odd, key),
    ),
    runs,
  );
});

test.run();
