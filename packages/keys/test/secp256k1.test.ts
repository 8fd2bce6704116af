import { decodeHex, encodeBase58, encodeHex, isNearError } from "@yoctonear/base";
import { parsePublicKey, parseSignature } from "@yoctonear/keys";
import {
  randomSecp256k1KeyPair,
  secp256k1,
  secp256k1KeyPair,
  verifySecp256k1,
} from "@yoctonear/keys/secp256k1";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withByte } from "./samples.ts";

const SECRET = "secp256k1:X4ETFKtQkSGVoZEnkn7bZ3LyajJaK2b3eweXaKmynGx";
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const hash = decodeHex("a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3");

const number = (bytes: Uint8Array): bigint => BigInt(`0x${encodeHex(bytes)}`);
const word = (value: bigint): Uint8Array => decodeHex(value.toString(16).padStart(64, "0"));

async function sample(): Promise<{ publicKey: Uint8Array; signature: Uint8Array<ArrayBuffer> }> {
  const keyPair = secp256k1KeyPair(SECRET);
  const signature = await keyPair.sign({ kind: "message", bytes: new Uint8Array(), hash });
  return {
    publicKey: parsePublicKey(keyPair.publicKey).bytes,
    signature: parseSignature(signature).bytes,
  };
}

function message(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(isNearError(error, "invalid_key"), String(error));
    assert.is(error.cause, undefined);
    return error.message;
  }
  throw new Error("expected a refusal");
}

const make = suite("secp256k1: secp256k1KeyPair");

make("P26: takes scalar ‖ public key of 96 bytes and reveals the 32 bytes of nearcore", () => {
  const { publicKey, revealSecretKey } = secp256k1KeyPair(SECRET);
  assert.is(revealSecretKey(), SECRET);
  const long = Uint8Array.from([
    ...decodeHex("07".repeat(32)),
    ...parsePublicKey(
      secp256k1KeyPair(`secp256k1:${encodeBase58(decodeHex("07".repeat(32)))}`).publicKey,
    ).bytes,
  ]);
  assert.ok(secp256k1KeyPair(`secp256k1:${encodeBase58(long)}`).publicKey !== publicKey);
  const wrong = `secp256k1:${encodeBase58(withByte(long, 95, (long[95] ?? 0) ^ 1))}`;
  assert.match(
    message(() => secp256k1KeyPair(wrong)),
    "public half",
  );
});

make("refuses zero, the order and beyond, without echo", () => {
  for (const value of [0n, ORDER, ORDER + 1n, 2n ** 256n - 1n]) {
    const secret = encodeBase58(word(value));
    assert.not.match(
      message(() => secp256k1KeyPair(`secp256k1:${secret}`)),
      secret.slice(0, 8),
    );
  }
  secp256k1KeyPair(`secp256k1:${encodeBase58(word(ORDER - 1n))}`);
});

make("P26: refuses every other length", () => {
  for (const length of [0, 31, 33, 65, 95, 97]) {
    message(() => secp256k1KeyPair(`secp256k1:${encodeBase58(new Uint8Array(length).fill(9))}`));
  }
});

make("refuses a public key with a hint", () => {
  assert.match(
    message(() => secp256k1KeyPair(secp256k1KeyPair(SECRET).publicKey)),
    "looks like a public key",
  );
});

make.run();

const sign = suite("secp256k1: sign");

sign("P25: signs the hash itself, r ‖ s ‖ v, as nearcore does", async () => {
  const { signature } = await sample();
  assert.is(
    encodeHex(signature),
    "3171ea8b79f2e74ae7e3973f0443e5b55e79025d3f696c7d84699775efbb76ca" +
      "7ae7de364388d3be939c0cb3679af59442f3341ebe724c0d55ef4f2570e6cb7201",
  );
});

sign("P25: always gives a low s and a v of 0 or 1", async () => {
  for (let i = 0; i < 30; i++) {
    const keyPair = randomSecp256k1KeyPair();
    const request = { kind: "message", bytes: hash, hash: withByte(hash, 0, i) } as const;
    const { bytes } = parseSignature(await keyPair.sign(request));
    assert.ok(number(bytes.subarray(32, 64)) <= ORDER / 2n);
    assert.ok((bytes[64] ?? 9) <= 1);
    assert.ok(verifySecp256k1(request.hash, bytes, parsePublicKey(keyPair.publicKey).bytes));
  }
});

sign.run();

const verify = suite("secp256k1: verifySecp256k1");

verify("P25: refuses high s, as libsecp256k1 does", async () => {
  const { publicKey, signature } = await sample();
  assert.ok(verifySecp256k1(hash, signature, publicKey));
  const high = signature.slice();
  high.set(word(ORDER - number(signature.subarray(32, 64))), 32);
  assert.not(verifySecp256k1(hash, high, publicKey));
});

verify("takes v of 0 to 3, whatever the point, and no other", async () => {
  const { publicKey, signature } = await sample();
  for (const v of [0, 1, 2, 3])
    assert.ok(verifySecp256k1(hash, withByte(signature, 64, v), publicKey));
  for (const v of [4, 27, 255]) {
    assert.not(verifySecp256k1(hash, withByte(signature, 64, v), publicKey));
  }
});

verify("refuses r or s of zero or beyond the order", async () => {
  const { publicKey, signature } = await sample();
  for (const offset of [0, 32]) {
    for (const value of [0n, ORDER, 2n ** 256n - 1n]) {
      const odd = signature.slice();
      odd.set(word(value), offset);
      assert.not(verifySecp256k1(hash, odd, publicKey));
    }
  }
});

verify("says false for a public key that is no point", async () => {
  const { publicKey, signature } = await sample();
  assert.not(verifySecp256k1(hash, signature, new Uint8Array(64)));
  assert.not(verifySecp256k1(hash, signature, new Uint8Array(64).fill(255)));
  assert.not(verifySecp256k1(hash, signature, withByte(publicKey, 63, (publicKey[63] ?? 0) ^ 1)));
});

verify("says false for wrong lengths", async () => {
  const { publicKey, signature } = await sample();
  assert.not(secp256k1.verify(hash.subarray(1), signature, publicKey));
  assert.not(secp256k1.verify(hash, signature.subarray(1), publicKey));
  assert.not(secp256k1.verify(hash, signature, publicKey.subarray(1)));
});

verify.run();
