import { encodeUtf8 } from "@yoctonear/base";
import { EXT_COSTS, type ExtCostName } from "@yoctonear/vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { call, type DirectHost, directHost, failureOf } from "./direct-call.ts";

const test = suite("vm: storage");

const KEY = encodeUtf8("key");

function withKey(): DirectHost {
  const direct = directHost();
  direct.host.memory.write(0n, KEY);
  direct.host.memory.write(10n, encodeUtf8("value"));
  return direct;
}

function burnt({ host }: DirectHost, cost: ExtCostName): number {
  const name = cost.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const gas = host.gas.profile.find((entry) => entry.cost === name)?.gas ?? 0n;
  return Number(gas) / EXT_COSTS[cost].gas;
}

test("a new row takes its bytes and 40 more, and pays for nodes but not for a value", () => {
  const direct = withKey();
  direct.external.nodes = { touched: 3, cached: 2 };
  direct.external.value = { touched: 1, cached: 1 };
  assert.is(call(direct, "storage_write", 3n, 0n, 5n, 10n, 0n), 0n);
  assert.is(direct.host.storageUsage, 12n + 48n);
  assert.is(burnt(direct, "touchingTrieNode"), 3);
  assert.is(burnt(direct, "readCachedTrieNode"), 2);
  assert.is(burnt(direct, "storageWriteEvictedByte"), 0);
});

test("a row written again hands out the old value, and pays for it and its node", () => {
  const direct = withKey();
  call(direct, "storage_write", 3n, 0n, 5n, 10n, 0n);
  direct.external.nodes = { touched: 3, cached: 2 };
  direct.external.value = { touched: 0, cached: 1 };
  assert.is(call(direct, "storage_write", 3n, 0n, 2n, 10n, 7n), 1n);
  assert.equal(direct.host.registers.get(7n), encodeUtf8("value"));
  assert.is(direct.host.storageUsage, 12n + 45n);
  assert.is(burnt(direct, "storageWriteEvictedByte"), 5);
  assert.is(burnt(direct, "touchingTrieNode"), 3);
  assert.is(burnt(direct, "readCachedTrieNode"), 3);
});

test("a removed row gives its bytes back", () => {
  const direct = withKey();
  call(direct, "storage_write", 3n, 0n, 5n, 10n, 0n);
  assert.is(call(direct, "storage_remove", 3n, 0n, 7n), 1n);
  assert.equal(direct.host.registers.get(7n), encodeUtf8("value"));
  assert.is(direct.host.storageUsage, 12n);
  assert.is(call(direct, "storage_remove", 3n, 0n, 8n), 0n);
  assert.is(direct.host.registers.get(8n), undefined);
  assert.is(call(direct, "storage_has_key", 3n, 0n), 0n);
});

test("reading pays for more than 4000 bytes apart, and never for nodes", () => {
  for (const [length, large] of [
    [4000, 0],
    [4001, 1],
  ] as const) {
    const direct = withKey();
    direct.external.nodes = { touched: 9, cached: 9 };
    direct.external.storageSet(KEY, new Uint8Array(length));
    assert.is(call(direct, "storage_read", 3n, 0n, 7n), 1n);
    assert.is(direct.host.registers.get(7n)?.length, length);
    assert.is(burnt(direct, "storageReadValueByte"), length);
    assert.is(burnt(direct, "storageLargeReadOverheadBase"), large);
    assert.is(burnt(direct, "storageLargeReadOverheadByte"), large * length);
    assert.is(burnt(direct, "touchingTrieNode"), 0);
    assert.equal(direct.external.reads, ["6b6579"]);
  }
});

test("a row that is not there is not noted as read", () => {
  const direct = withKey();
  assert.is(call(direct, "storage_read", 3n, 0n, 7n), 0n);
  assert.equal(direct.external.reads, []);
});

test("keys and values have limits, checked once they are read", () => {
  const key = failureOf(() => call(withKey(), "storage_has_key", 2049n, 0n));
  assert.equal(key, { name: "KeyLengthExceeded", fields: { length: 2049n, limit: 2048n } });
  const direct = withKey();
  direct.host.registers.set(1n, new Uint8Array(4_194_305));
  const value = failureOf(() => call(direct, "storage_write", 3n, 0n, 2n ** 64n - 1n, 1n, 0n));
  assert.equal(value, {
    name: "ValueLengthExceeded",
    fields: { length: 4_194_305n, limit: 4_194_304n },
  });
});

test("a view may read but not write", () => {
  const direct = directHost({ isView: true });
  assert.is(call(direct, "storage_read", 3n, 0n, 7n), 0n);
  for (const [name, args] of [
    ["storage_write", 5],
    ["storage_remove", 3],
    ["signer_account_id", 1],
    ["signer_account_pk", 1],
    ["predecessor_account_id", 1],
    ["refund_to_account_id", 1],
    ["prepaid_gas", 0],
    ["used_gas", 0],
  ] as const) {
    const error = failureOf(() => call(direct, name, ...Array.from({ length: args }, () => 0n)));
    assert.equal(error, { name: "ProhibitedInView", fields: { method_name: name } });
  }
});

test("iterators are gone, for free", () => {
  for (const [name, args] of [
    ["storage_iter_prefix", 2],
    ["storage_iter_range", 4],
    ["storage_iter_next", 3],
  ] as const) {
    const direct = directHost();
    const error = failureOf(() => call(direct, name, ...Array.from({ length: args }, () => 0n)));
    assert.equal(error, { name: "Deprecated", fields: { method_name: name } });
    assert.is(direct.host.gas.burnt, 0n);
  }
});

test.run();
