import { encodeBase58, isNearError } from "@yoctonear/base";
import { type Codec, decode, encode } from "@yoctonear/borsh";
import {
  formatPublicKey,
  formatSignature,
  parsePublicKey,
  parseSignature,
  publicKeyCodec,
  publicKeyHandleCodec,
  signatureCodec,
} from "@yoctonear/keys";
import { ed25519, ed25519KeyPairFromSeed, verifyEd25519 } from "@yoctonear/keys/ed25519";
import { secp256k1KeyPair, verifySecp256k1 } from "@yoctonear/keys/secp256k1";
import { parseSeedPhrase } from "@yoctonear/keys/seed-phrase";
import { webCryptoEd25519, webCryptoSigner } from "@yoctonear/keys/webcrypto";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withBitFlipped } from "./samples.ts";

const bytes = (length: number): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array));
const requestOf = (hash: Uint8Array) => ({ kind: "message", bytes: hash, hash }) as const;

const texts = suite("keys: text forms, any input");

const anyKey = fc.oneof(
  bytes(32).map((raw) => ({ type: "ed25519", bytes: raw }) as const),
  bytes(64).map((raw) => ({ type: "secp256k1", bytes: raw }) as const),
);

texts("a public key survives its text and its borsh", () => {
  fc.assert(
    fc.property(anyKey, (key) => {
      const text = formatPublicKey(key);
      assert.equal(parsePublicKey(text), key);
      assert.is(decode(publicKeyCodec, encode(publicKeyCodec, text)), text);
      assert.is(decode(publicKeyHandleCodec, encode(publicKeyHandleCodec, text)), text);
    }),
  );
});

texts("a signature survives its text and its borsh", () => {
  fc.assert(
    fc.property(bytes(64), (raw) => {
      const signature = {
        type: "ed25519",
        bytes: raw.map((byte, i) => (i === 63 ? byte >> 3 : byte)),
      } as const;
      const text = formatSignature(signature);
      assert.equal(parseSignature(text), signature);
      assert.is(decode(signatureCodec, encode(signatureCodec, text)), text);
    }),
  );
});

texts("any text is a value or a ParseError that does not echo it", () => {
  const likely = fc
    .tuple(
      fc.constantFrom("", "ed25519:", "secp256k1:", "ml-dsa-65:", "ED25519:", "ml-dsa-65-hash:"),
      fc.uint8Array({ maxLength: 100 }),
    )
    .map(([prefix, raw]) => prefix + encodeBase58(raw));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), likely), (text) => {
      for (const [parse, code] of [
        [parsePublicKey, "invalid_key"],
        [parseSignature, "invalid_signature"],
      ] as const) {
        try {
          parse(text);
        } catch (error) {
          assert.ok(isNearError(error, code), String(error));
          if (text.length > 24) assert.not.match(error.message, text.slice(16));
        }
      }
    }),
    { numRuns: 1000 },
  );
});

texts("any bytes are a value that encodes to them again, or a BorshError", () => {
  const codecs: readonly Codec<string>[] = [publicKeyCodec, signatureCodec, publicKeyHandleCodec];
  const likely = fc
    .tuple(fc.nat(4), fc.constantFrom(31, 32, 33, 64, 65))
    .chain(([tag, length]) => bytes(length).map((raw) => Uint8Array.of(tag, ...raw)));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), likely), (raw) => {
      for (const codec of codecs) {
        try {
          assert.equal(encode(codec, decode(codec, raw)), new Uint8Array(raw));
        } catch (error) {
          assert.ok(error instanceof Error && error.name === "BorshError", String(error));
        }
      }
    }),
    { numRuns: 1000 },
  );
});

texts("any text is a seed phrase or refused as one", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (phrase, path) => {
      assert.throws(
        () => parseSeedPhrase(phrase, { path }),
        (error: unknown) => isNearError(error, "invalid_seed_phrase"),
      );
    }),
  );
});

texts.run();

const signatures = suite("keys: signatures, any key and hash");

signatures(
  "ed25519: noble and WebCrypto sign and judge alike; no flipped bit verifies",
  async () => {
    const fast = webCryptoEd25519(ed25519);
    await fc.assert(
      fc.asyncProperty(bytes(32), bytes(32), fc.nat(511), async (seed, hash, bit) => {
        const keyPair = ed25519KeyPairFromSeed(seed);
        const web = await webCryptoSigner(keyPair.revealSecretKey());
        assert.is(web.publicKey, keyPair.publicKey);
        const text = await keyPair.sign(requestOf(hash));
        assert.is(await web.sign(requestOf(hash)), text);
        const publicKey = parsePublicKey(keyPair.publicKey).bytes;
        const signature = parseSignature(text).bytes;
        const odd = withBitFlipped(signature, bit);
        const otherHash = withBitFlipped(hash, bit % 256);
        for (const verify of [verifyEd25519, fast.verify]) {
          assert.ok(await verify(hash, signature, publicKey));
          assert.not(await verify(hash, odd, publicKey));
          assert.not(await verify(otherHash, signature, publicKey));
          assert.not(await verify(hash, signature, withBitFlipped(publicKey, bit % 256)));
        }
      }),
      { numRuns: 30 },
    );
  },
);

signatures("ed25519: noble and WebCrypto give one verdict on any bytes", async () => {
  const fast = webCryptoEd25519(ed25519);
  const odd = fc.constantFrom(0, 1, 0x7f, 0x80, 0xec, 0xed, 0xee, 0xff).map((byte) => {
    const raw = new Uint8Array(32).fill(byte > 0x7f ? 0xff : 0);
    raw[0] = byte;
    return raw;
  });
  const point = fc.oneof(bytes(32), odd);
  await fc.assert(
    fc.asyncProperty(bytes(32), point, point, bytes(32), async (hash, publicKey, r, s) => {
      const signature = Uint8Array.of(...r, ...s.map((byte, i) => (i === 31 ? byte & 15 : byte)));
      assert.is(
        await fast.verify(hash, signature, publicKey),
        verifyEd25519(hash, signature, publicKey),
      );
    }),
  );
});

signatures("secp256k1: signs what verifies; no flipped bit of r, s, hash or key does", async () => {
  await fc.assert(
    fc.asyncProperty(bytes(32), bytes(32), fc.nat(511), async (scalar, hash, bit) => {
      const secret = Uint8Array.from(scalar, (byte, i) => (i === 0 ? byte & 0x7f : byte | 1));
      const keyPair = secp256k1KeyPair(`secp256k1:${encodeBase58(secret)}`);
      const publicKey = parsePublicKey(keyPair.publicKey).bytes;
      const signature = parseSignature(await keyPair.sign(requestOf(hash))).bytes;
      assert.ok(verifySecp256k1(hash, signature, publicKey));
      assert.not(verifySecp256k1(hash, withBitFlipped(signature, bit), publicKey));
      assert.not(verifySecp256k1(withBitFlipped(hash, bit % 256), signature, publicKey));
      assert.not(verifySecp256k1(hash, signature, withBitFlipped(publicKey, bit)));
    }),
    { numRuns: 30 },
  );
});

signatures.run();
