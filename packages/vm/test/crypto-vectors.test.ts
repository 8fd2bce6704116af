import { sha256 } from "@noble/hashes/sha2.js";
import { decodeHex } from "@yoctonear/base";
import {
  field,
  has,
  integer,
  type Json,
  list,
  loadVectors,
  record,
  text,
} from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { callCrypto, type CryptoOutcome, RESULT } from "./crypto-host.ts";

const test = suite("vm: crypto of the runtime's vectors");

test("hashes: 4 of 4", async () => {
  const vectors = await cryptoVectors("hash_of_7_bytes_tesdsst");
  const input = decodeHex(text(vectors, "input_hex"));
  const names = Object.keys(record(vectors, "output"));
  assert.is(names.length, 4);
  for (const name of names) {
    const outcome = callCrypto(name, [input, RESULT]);
    assert.is(outcome.register, text(vectors, "output", name), name);
    const blocks = integer(vectors, "ripemd160_blocks_charged");
    const part = name === "ripemd160" ? { ripemd160_block: blocks } : { [`${name}_byte`]: 7n };
    assert.equal(outcome.costs, {
      [`${name}_base`]: 1n,
      ...part,
      read_memory_base: 1n,
      read_memory_byte: 7n,
      write_register_base: 1n,
      write_register_byte: BigInt(text(vectors, "output", name).length / 2),
    });
  }
});

for (const { key, count } of [
  { key: "ed25519_verify", count: 6 },
  { key: "p256_verify", count: 8 },
] as const) {
  test(`${key}: ${count} of ${count}, with costs`, async () => {
    const cases = list(await cryptoVectors(key), "cases");
    assert.is(cases.length, count);
    for (const [index, vector] of cases.entries()) {
      const outcome = callCrypto(key, [
        bytes(vector, "sig"),
        bytes(vector, "msg"),
        bytes(vector, "pk"),
      ]);
      assert.is(verdict(outcome), text(vector, "result"), `${index}`);
      assert.equal(outcome.costs, counts(field(vector, "costs")), `${index}`);
    }
  });
}

test("p256_wycheproof: 6 of 6", async () => {
  const cases = list(await cryptoVectors("p256_wycheproof"), "cases");
  assert.is(cases.length, 6);
  for (const vector of cases) {
    const prehash = sha256(bytes(vector, "msg"));
    const outcome = callCrypto("p256_verify", [bytes(vector, "sig"), prehash, bytes(vector, "pk")]);
    assert.is(verdict(outcome), text(vector, "result"), text(vector, "name"));
  }
});

test("ecrecover: 121 of 121, with costs", async () => {
  const vectors = await cryptoVectors("ecrecover");
  const rows = list(vectors, "rows");
  assert.is(rows.length, 121);
  for (const [index, row] of rows.entries()) {
    const [hash, signature] = [bytes(row, 0), bytes(row, 2)];
    const flags = [integer(row, 1), integer(row, 3)];
    const outcome = callCrypto("ecrecover", [hash, signature, ...flags, RESULT]);
    const expected = field(row, 4);
    assert.is(outcome.register, expected, `${index}`);
    assert.is(outcome.result, expected === null ? 0n : 1n, `${index}`);
    const costs = field(vectors, "costs", expected === null ? "failure" : "success");
    assert.equal(outcome.costs, counts(costs), `${index}`);
  }
});

test("alt_bn128: 19 of 19", async () => {
  const functions = record(await cryptoVectors("alt_bn128"), "cases");
  let ran = 0;
  for (const [name, rows] of Object.entries(functions)) {
    for (const row of list(rows)) {
      const input = bytes(row, 0);
      const isCheck = name === "alt_bn128_pairing_check";
      const outcome = callCrypto(name, isCheck ? [input] : [input, RESULT]);
      const expected = field(row, 1);
      if (typeof expected === "string") {
        assert.is(isCheck ? verdict(outcome) : outcome.register, expected, `${name} ${ran}`);
      } else {
        const message = text(expected, "AltBn128InvalidInput contains");
        assert.ok(
          outcome.error?.startsWith(`AltBn128InvalidInput: ${message}`),
          outcome.error ?? "",
        );
      }
      ran++;
    }
  }
  assert.is(ran, 19);
});

test("bls12381: 35 of 35", async () => {
  const groups = record(await cryptoVectors("bls12381"), "cases");
  let ran = 0;
  for (const [group, cases] of Object.entries(groups)) {
    const name = text(cases, "function");
    for (const row of list(cases, "rows")) {
      const input = bytes(row, 0);
      const isCheck = name === "bls12381_pairing_check";
      const outcome = callCrypto(name, isCheck ? [input] : [input, RESULT]);
      assert.is(outcome.result, integer(row, 1, "return"), `${group} ${ran}`);
      const register = has(field(row, 1), "register") ? text(row, 1, "register") : null;
      assert.is(outcome.register, register, `${group} ${ran}`);
      ran++;
    }
  }
  assert.is(ran, 35);
});

async function cryptoVectors(key: string): Promise<Json> {
  return field(await loadVectors("runtime"), "crypto", key);
}

function bytes(vector: Json, key: string | number): Uint8Array {
  return decodeHex(text(vector, key));
}

function verdict({ result, error }: CryptoOutcome): string {
  return error ?? String(result);
}

/** Costs that were paid for nothing stand in the vectors too. */
function counts(costs: Json): Record<string, bigint> {
  const all = Object.keys(record(costs)).map((name): [string, bigint] => [
    name,
    integer(costs, name),
  ]);
  return Object.fromEntries(all.filter(([, count]) => count !== 0n));
}

test.run();
