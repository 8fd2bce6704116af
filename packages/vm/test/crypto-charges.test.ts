import { suite } from "uvu";
import * as assert from "uvu/assert";
import { callCrypto, type CryptoArgument, RESULT } from "./crypto-host.ts";

const test = suite("vm: what crypto functions charge before they fail");

const bytes = (length: number, value = 0): Uint8Array => new Uint8Array(length).fill(value);

/** A read of memory. */
const read = (count: number, length: number): Record<string, bigint> => ({
  read_memory_base: BigInt(count),
  ...(length === 0 ? {} : { read_memory_byte: BigInt(length) }),
});

interface Failure {
  readonly name: string;
  readonly args: readonly CryptoArgument[];
  readonly error: string;
  readonly costs: Readonly<Record<string, bigint>>;
}

function fails({ name, args, error, costs }: Failure, message: string): void {
  const outcome = callCrypto(name, args);
  assert.is(outcome.error, error, message);
  assert.equal(outcome.costs, costs, message);
  assert.is(outcome.register, null, message);
}

test("a missing register fails after the base cost alone", () => {
  const functions = [
    ["sha256", "sha256_base"],
    ["keccak256", "keccak256_base"],
    ["keccak512", "keccak512_base"],
    ["ripemd160", "ripemd160_base"],
    ["alt_bn128_g1_sum", "alt_bn128_g1_sum_base"],
    ["alt_bn128_g1_multiexp", "alt_bn128_g1_multiexp_base"],
  ] as const;
  for (const [name, cost] of functions) {
    const args = [2n ** 64n - 1n, 5n, RESULT];
    fails({ name, args, error: "InvalidRegisterId", costs: { [cost]: 1n } }, name);
  }
});

test("memory out of bounds is paid for by its length", () => {
  const args = [10n, 2n ** 64n - 5n, RESULT];
  const costs = { sha256_base: 1n, ...read(1, 10) };
  fails({ name: "sha256", args, error: "MemoryAccessViolation", costs }, "sha256");
});

test("ripemd160 pays for whole blocks, with the padding in them", () => {
  for (const [length, blocks] of [
    [0, 1n],
    [55, 1n],
    [56, 2n],
    [119, 2n],
    [120, 3n],
  ] as const) {
    const { costs } = callCrypto("ripemd160", [bytes(length), RESULT]);
    assert.is(costs["ripemd160_block"], blocks, `${length}`);
  }
});

test("a value in a register costs a read of a register", () => {
  const outcome = callCrypto("keccak512", [{ register: bytes(9) }, RESULT]);
  assert.equal(outcome.costs, {
    keccak512_base: 1n,
    keccak512_byte: 9n,
    read_register_base: 1n,
    read_register_byte: 9n,
    write_register_base: 1n,
    write_register_byte: 64n,
  });
});

test("ecrecover checks the signature and v before it reads the hash, the flag last", () => {
  const [hash, signature] = [bytes(32), bytes(64)];
  const base = { ecrecover_base: 1n };
  const failures: readonly (readonly [
    readonly CryptoArgument[],
    string,
    Record<string, bigint>,
  ])[] = [
    [
      [bytes(31), bytes(65), 4n, 2n, RESULT],
      "The length of the signature: 65, exceeds the limit of 64 bytes",
      { ...base, ...read(1, 65) },
    ],
    [
      [bytes(31), signature, 4n, 2n, RESULT],
      "V recovery byte 0 through 3 are valid but was provided 4",
      { ...base, ...read(1, 64) },
    ],
    [
      [hash, signature, 2n ** 64n - 1n, 0n, RESULT],
      "V recovery byte 0 through 3 are valid but was provided 18446744073709551615",
      { ...base, ...read(1, 64) },
    ],
    [
      [bytes(33), signature, 3n, 2n, RESULT],
      "The length of the hash: 33, exceeds the limit of 32 bytes",
      { ...base, ...read(2, 97) },
    ],
    [
      [hash, signature, 0n, 2n ** 63n, RESULT],
      "Malleability flag needs to be 0 or 1, but is instead 9223372036854775808",
      { ...base, ...read(2, 96) },
    ],
  ];
  for (const [args, text, costs] of failures)
    fails({ name: "ecrecover", args, error: `ECRecoverError: ${text}`, costs }, text);
});

for (const { name, kind, keySize } of [
  { name: "ed25519_verify", kind: "Ed25519VerifyInvalidInput", keySize: 32 },
  { name: "p256_verify", kind: "P256VerifyInvalidInput", keySize: 33 },
] as const) {
  test(`${name} refuses lengths where it meets them`, () => {
    const base = { [`${name}_base`]: 1n };
    for (const size of [0, 63, 65]) {
      const args = [bytes(size, 1), bytes(5), bytes(1)];
      const error = `${kind}: invalid signature length`;
      fails({ name, args, error, costs: { ...base, ...read(1, size) } }, `${size}`);
    }
    for (const size of [0, keySize - 1, keySize + 1]) {
      const args = [bytes(64, 1), bytes(5), bytes(size)];
      const error = `${kind}: invalid public key length`;
      const costs = { ...base, [`${name}_byte`]: 5n, ...read(3, 69 + size) };
      fails({ name, args, error, costs }, `${size}`);
    }
  });

  test(`${name} returns 0 for a signature that cannot be one before it reads the rest`, () => {
    const outcome = callCrypto(name, [bytes(64, 255), bytes(5), bytes(1)]);
    assert.is(outcome.result, 0n);
    assert.equal(outcome.costs, { [`${name}_base`]: 1n, ...read(1, 64) });
  });
}

test("alt_bn128 refuses a remainder before elements are paid, bad elements after", () => {
  const functions = [
    ["alt_bn128_g1_sum", 65],
    ["alt_bn128_g1_multiexp", 96],
    ["alt_bn128_pairing_check", 192],
  ] as const;
  for (const [name, size] of functions) {
    const rest = name === "alt_bn128_pairing_check" ? [] : [RESULT];
    const length = size * 2 + 1;
    const text = `slice of size ${length} cannot be precisely split into chunks of size ${size}`;
    fails(
      {
        name,
        args: [bytes(length), ...rest],
        error: `AltBn128InvalidInput: ${text}`,
        costs: { [`${name}_base`]: 1n, ...read(1, length) },
      },
      name,
    );
    const outcome = callCrypto(name, [bytes(size * 2, 255), ...rest]);
    assert.equal(
      outcome.costs,
      { [`${name}_base`]: 1n, [`${name}_element`]: 2n, ...read(1, size * 2) },
      name,
    );
    assert.ok(outcome.error?.startsWith("AltBn128InvalidInput: invalid "), name);
  }
});

test("bls12381 pays for elements by the length named, before it reads, and refuses a remainder then", () => {
  const functions = [
    ["bls12381_p1_sum", "bls12381_p1_sum", 97],
    ["bls12381_p2_sum", "bls12381_p2_sum", 193],
    ["bls12381_g1_multiexp", "bls12381_p1_multiexp", 128],
    ["bls12381_g2_multiexp", "bls12381_p2_multiexp", 224],
    ["bls12381_map_fp_to_g1", "bls12381_map_fp_to_g1", 48],
    ["bls12381_map_fp2_to_g2", "bls12381_map_fp2_to_g2", 96],
    ["bls12381_p1_decompress", "bls12381_p1_decompress", 48],
    ["bls12381_p2_decompress", "bls12381_p2_decompress", 96],
  ] as const;
  for (const [name, called, size] of functions) {
    const length = size * 3 - 1;
    const base = { [`${name}_base`]: 1n };
    const paid = { ...base, [`${name}_element`]: 2n, ...read(1, length) };
    const text = `Incorrect input length for ${called}: ${length} is not divisible by ${size}`;
    const args = [bytes(length), RESULT];
    fails({ name, args, error: `BLS12381InvalidInput: ${text}`, costs: paid }, name);
    const beyond = [BigInt(length), 2n ** 64n - 1n, RESULT];
    fails({ name, args: beyond, error: "MemoryAccessViolation", costs: paid }, name);
    const register = [{ register: bytes(size) }, RESULT];
    fails({ name, args: register, error: "IntegerOverflow", costs: base }, name);
    // 1 stands for an element that is none, and writes nothing.
    const outcome = callCrypto(name, [bytes(size * 2, 255), RESULT]);
    assert.is(outcome.result, 1n, name);
    assert.is(outcome.register, null, name);
    assert.equal(outcome.costs, { ...paid, ...read(1, size * 2) }, name);
  }
});

test("bls12381_pairing_check reads first, and pays for whole elements", () => {
  const name = "bls12381_pairing_check";
  const base = { bls12381_pairing_base: 1n };
  const text = `Incorrect input length for ${name}: 384 is not divisible by 288`;
  const costs = { ...base, bls12381_pairing_element: 1n, ...read(1, 384) };
  fails({ name, args: [bytes(384)], error: `BLS12381InvalidInput: ${text}`, costs }, "384");
  const outcome = callCrypto(name, [{ register: bytes(288) }]);
  assert.is(outcome.result, 1n);
  assert.equal(outcome.costs, {
    ...base,
    bls12381_pairing_element: 1n,
    read_register_base: 1n,
    read_register_byte: 288n,
  });
  const args = [2n ** 64n - 1n, 5n];
  fails({ name, args, error: "InvalidRegisterId", costs: base }, "no register");
});

test("no elements give infinity, nothing, or a product of one", () => {
  const infinity = (size: number): string => "40".padEnd(2 * size, "0");
  for (const [name, register] of [
    ["alt_bn128_g1_sum", "00".repeat(64)],
    ["alt_bn128_g1_multiexp", "00".repeat(64)],
    ["bls12381_p1_sum", infinity(96)],
    ["bls12381_p2_sum", infinity(192)],
    ["bls12381_g1_multiexp", infinity(96)],
    ["bls12381_g2_multiexp", infinity(192)],
    ["bls12381_map_fp_to_g1", ""],
    ["bls12381_map_fp2_to_g2", ""],
    ["bls12381_p1_decompress", ""],
    ["bls12381_p2_decompress", ""],
  ] as const) {
    const outcome = callCrypto(name, [bytes(0), RESULT]);
    assert.is(outcome.register, register, name);
    assert.is(outcome.result, name.startsWith("alt") ? null : 0n, name);
    assert.is(outcome.costs["write_register_byte"] ?? 0n, BigInt(register.length / 2), name);
  }
  assert.is(callCrypto("alt_bn128_pairing_check", [bytes(0)]).result, 1n);
  assert.is(callCrypto("bls12381_pairing_check", [bytes(0)]).result, 0n);
});

test("gas that does not reach for the elements ends the call before they are looked at", () => {
  const outcome = callCrypto("bls12381_g2_multiexp", [bytes(224 * 60, 255), RESULT], {
    prepaidGas: 100_000_000_000_000n,
  });
  assert.is(outcome.error, "GasExceeded");
});

test.run();
