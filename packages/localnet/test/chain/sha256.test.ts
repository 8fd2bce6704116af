import { hashInto, sha256 } from "#localnet/chain/sha256";
import { sha256 as noble } from "@noble/hashes/sha2.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const hashing = suite("chain/sha256: sha256, hashInto");

hashing("gives noble's hash of every length up to three blocks, one after another", () => {
  for (let length = 0; length <= 192; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
    assert.equal(sha256(bytes), noble(bytes), `${length} bytes`);
  }
});

hashing("writes nothing but the hash", () => {
  const target = new Uint8Array(34).fill(7);
  hashInto(new Uint8Array(64), target, 1);
  assert.is(target[0], 7);
  assert.is(target[33], 7);
  assert.equal(target.slice(1, 33), noble(new Uint8Array(64)));
});

hashing("takes views of larger arrays", () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
  assert.equal(sha256(bytes.subarray(50, 250)), noble(bytes.slice(50, 250)));
});

hashing.run();
