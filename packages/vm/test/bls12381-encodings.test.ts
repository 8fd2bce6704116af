import { concatBytes, decodeHex, encodeHex } from "@yoctonear/base";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { callCrypto, RESULT } from "./crypto-host.ts";
import { BLS12381, bigEndian, pointFrom } from "./slow-curve.ts";

const { p } = BLS12381;
const test = suite("vm: bls12381, bytes that are no points, and those that are");

const GENERATOR = concatBytes(
  decodeHex(
    "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb",
  ),
  decodeHex(
    "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1",
  ),
);
const INFINITY = withByte(new Uint8Array(96), 0, 0x40);
const INFINITY_2 = withByte(new Uint8Array(192), 0, 0x40);

test("flags: only none, or infinity with nothing but zeros, are uncompressed points", () => {
  for (let flags = 0; flags < 8; flags++) {
    const top = flags << 5;
    const point = withByte(GENERATOR, 0, GENERATOR[0] ?? 0, top);
    assert.is(sum("p1", point), flags === 0 ? "0" : "1", `${flags}`);
    const zeros = withByte(new Uint8Array(96), 0, top);
    assert.is(sum("p1", zeros), flags === 2 ? "0" : "1", `${flags} of zeros`);
    const zeros2 = withByte(new Uint8Array(192), 0, top);
    assert.is(sum("p2", zeros2), flags === 2 ? "0" : "1", `${flags} of zeros on the twist`);
  }
});

test("infinity has no other bits, in any place", () => {
  for (const at of [0, 1, 47, 48, 95]) {
    assert.is(sum("p1", withByte(INFINITY, at, at === 0 ? 0x41 : 1)), "1", `${at}`);
    assert.is(sum("p2", withByte(INFINITY_2, 2 * at, at === 0 ? 0x41 : 1)), "1", `${at}`);
  }
});

test("a sign is 0 or 1, also before infinity; any other makes all invalid", () => {
  for (const [sign, verdict] of [
    [0, "0"],
    [1, "0"],
    [2, "1"],
    [255, "1"],
  ] as const) {
    const data = concatBytes(Uint8Array.of(sign), INFINITY);
    assert.is(`${callCrypto("bls12381_p1_sum", [data, RESULT]).result}`, verdict);
    const both = concatBytes(Uint8Array.of(0), GENERATOR, data);
    assert.is(`${callCrypto("bls12381_p1_sum", [both, RESULT]).result}`, verdict);
  }
});

test("coordinates are below p", () => {
  const [x, y] = [GENERATOR.subarray(0, 48), GENERATOR.subarray(48)];
  const pastX = bigEndian(numberOf(x) + p, 48);
  const pastY = bigEndian(numberOf(y) + p, 48);
  // x + p takes the third bit, which is a flag; y + p stays below 2^382.
  assert.is(sum("p1", concatBytes(x, pastY)), "1");
  assert.is(sum("p1", concatBytes(pastX, y)), "1");
  assert.is(sum("p1", concatBytes(bigEndian(p, 48), bigEndian(2n, 48))), "1");
  for (const [value, verdict] of [
    [p - 1n, 0n],
    [p, 1n],
    [p + 1n, 1n],
    [2n ** 384n - 1n, 1n],
  ] as const) {
    const element = bigEndian(value, 48);
    assert.is(callCrypto("bls12381_map_fp_to_g1", [element, RESULT]).result, verdict);
    for (const pair of [concatBytes(element, x), concatBytes(x, element)])
      assert.is(callCrypto("bls12381_map_fp2_to_g2", [pair, RESULT]).result, verdict);
  }
});

test("points that are not on the curve are none", () => {
  assert.is(sum("p1", withByte(GENERATOR, 95, 0)), "1");
  assert.is(sum("p1", concatBytes(bigEndian(0n, 48), bigEndian(0n, 48))), "1");
  assert.is(sum("p2", concatBytes(GENERATOR, GENERATOR)), "1");
});

test("(0, ±2) is refused everywhere, as protocol 86 has it", () => {
  for (const y of [2n, p - 2n]) {
    const point = concatBytes(bigEndian(0n, 48), bigEndian(y, 48));
    assert.is(sum("p1", point), "1");
    const product = concatBytes(point, bigEndian(0n, 32));
    assert.is(callCrypto("bls12381_g1_multiexp", [product, RESULT]).result, 1n);
    assert.is(callCrypto("bls12381_pairing_check", [concatBytes(point, INFINITY_2)]).result, 1n);
  }
  for (const flags of [0x80, 0xa0]) {
    const compressed = withByte(new Uint8Array(48), 0, flags);
    assert.is(callCrypto("bls12381_p1_decompress", [compressed, RESULT]).result, 1n);
    // On the twist there is no point with x = 0.
    const compressed2 = withByte(new Uint8Array(96), 0, flags);
    assert.is(callCrypto("bls12381_p2_decompress", [compressed2, RESULT]).result, 1n);
  }
});

test("compressed: the highest bit is a must, infinity takes no sign, x is below p", () => {
  const x = GENERATOR.subarray(0, 48);
  const verdict = (bytes: Uint8Array): bigint | null =>
    callCrypto("bls12381_p1_decompress", [bytes, RESULT]).result;
  for (let flags = 0; flags < 8; flags++) {
    const isPoint = flags === 4 || flags === 5;
    assert.is(verdict(withByte(x, 0, x[0] ?? 0, flags << 5)), isPoint ? 0n : 1n, `${flags}`);
    const zeros = withByte(new Uint8Array(48), 0, flags << 5);
    assert.is(verdict(zeros), flags === 6 ? 0n : 1n, `${flags} of zeros`);
  }
  assert.is(verdict(withByte(withByte(new Uint8Array(48), 47, 1), 0, 0xc0)), 1n);
  const pastP = bigEndian(p + 1n, 48);
  assert.is(verdict(withByte(pastP, 0, pastP[0] ?? 0, 0x80)), 1n);
  const infinity = withByte(new Uint8Array(48), 0, 0xc0);
  const { register } = callCrypto("bls12381_p1_decompress", [infinity, RESULT]);
  assert.is(register, encodeHex(INFINITY));
});

test("decompressing x that is on no point", () => {
  // Between the x of two points that follow each other in the schoolbook's search there are only such x.
  const { x } = pointFrom(BLS12381, 1n);
  const next = pointFrom(BLS12381, x + 1n).x;
  assert.ok(next > x + 1n || x > 1n);
  const bad = bigEndian(x > 1n ? 1n : x + 1n, 48);
  const outcome = callCrypto("bls12381_p1_decompress", [withByte(bad, 0, 0x80), RESULT]);
  assert.is(outcome.result, 1n);
});

test("one bad element makes all invalid, whatever stands before it", () => {
  const good = concatBytes(Uint8Array.of(0), GENERATOR);
  const bad = concatBytes(Uint8Array.of(0), withByte(GENERATOR, 95, 0));
  const outcome = callCrypto("bls12381_p1_sum", [concatBytes(good, bad), RESULT]);
  assert.is(outcome.result, 1n);
  assert.is(outcome.register, null);
});

test("elements in the kernel of the isogeny map to infinity", () => {
  // Two of the 16 elements that simplified SWU maps to points of order 11 of the isogenous curve.
  for (const element of [
    "1377c0192d99508a317127abf17c64205c7aad448380027efb47ae73ea231dbd6ecd3f2841b63d309c35bb8fd13e48f0",
    "998e1e079710a43d477d37ab7f0c430d601a85b9e8e6dbc808410dfd7dc5a5976e3bc7792cb83163665df3d00f0377c",
  ]) {
    const input = decodeHex(element.padStart(96, "0"));
    const outcome = callCrypto("bls12381_map_fp_to_g1", [input, RESULT]);
    assert.is(outcome.register, encodeHex(INFINITY));
  }
});

test.run();

/** Result of the sum of one point. */
function sum(group: "p1" | "p2", point: Uint8Array): string {
  const data = concatBytes(Uint8Array.of(0), point);
  return `${callCrypto(`bls12381_${group}_sum`, [data, RESULT]).result}`;
}

function withByte(bytes: Uint8Array, at: number, value: number, more = 0): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  copy[at] = value | more;
  return copy;
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${encodeHex(bytes)}`);
}
