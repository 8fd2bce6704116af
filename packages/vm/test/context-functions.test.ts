import { encodeUtf8 } from "@yoctonear/base";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { call, type DirectHost, directHost, failureOf } from "./direct-call.ts";

const test = suite("vm: context and economics");

const HASH = new Uint8Array(32).fill(9);

function register(direct: DirectHost): Uint8Array | undefined {
  return direct.host.registers.get(0n);
}

for (const [name, expected] of [
  ["current_account_id", encodeUtf8("alice.near")],
  ["signer_account_id", encodeUtf8("bob.near")],
  ["predecessor_account_id", encodeUtf8("carol.near")],
  ["refund_to_account_id", encodeUtf8("david.near")],
  ["chain_id", encodeUtf8("mocknet")],
  ["random_seed", Uint8Array.of(0, 1, 2)],
  ["signer_account_pk", Uint8Array.of(0, ...new Uint8Array(32).fill(7))],
] as const) {
  test(`${name} writes a register, byte by byte paid`, () => {
    const direct = directHost();
    call(direct, name, 0n);
    assert.equal(register(direct), expected);
    const bytes = BigInt(expected.length) * 3_801_564n;
    assert.is(direct.host.gas.burnt, 264_768_111n + 2_865_522_486n + bytes);
  });
}

test("input costs no bytes", () => {
  const direct = directHost({ input: new Uint8Array(1000) });
  call(direct, "input", 0n);
  assert.is(register(direct)?.length, 1000);
  assert.is(direct.host.gas.burnt, 264_768_111n + 2_865_522_486n);
});

test("numbers of the block and the account", () => {
  const direct = directHost();
  assert.is(call(direct, "block_index"), 10n);
  assert.is(call(direct, "block_timestamp"), 42n);
  assert.is(call(direct, "epoch_height"), 1n);
  assert.is(call(direct, "storage_usage"), 12n);
  assert.is(call(direct, "prepaid_gas"), 10n ** 15n);
  assert.is(call(direct, "used_gas"), 6n * 264_768_111n);
});

test("amounts are 16 bytes, the balance with the deposit in it", () => {
  const direct = directHost({ attachedDeposit: 2n ** 127n });
  const amount = (name: string): bigint => {
    call(direct, name, 0n);
    const view = new DataView(direct.host.memory.read(0n, 16n).buffer);
    return view.getBigUint64(0, true) + (view.getBigUint64(8, true) << 64n);
  };
  assert.is(amount("attached_deposit"), 2n ** 127n);
  assert.is(amount("account_balance"), 2n ** 127n + 2n);
  assert.is(amount("account_locked_balance"), 1n);
  assert.is(amount("validator_total_stake"), 5n);
});

test("validator_stake takes an account id, and refuses what is none", () => {
  const direct = directHost();
  direct.host.memory.write(0n, encodeUtf8("validator.near"));
  call(direct, "validator_stake", 14n, 0n, 100n);
  assert.is(direct.host.memory.read(100n, 1n)[0], 5);
  direct.host.memory.write(0n, encodeUtf8("Validator.near"));
  const error = failureOf(() => call(direct, "validator_stake", 14n, 0n, 100n));
  assert.is(error.name, "InvalidAccountId");
  direct.host.memory.write(0n, Uint8Array.of(0xff));
  assert.is(failureOf(() => call(direct, "validator_stake", 1n, 0n, 0n)).name, "BadUTF8");
});

test("current_contract_code tells which kind, and what names it", () => {
  const kinds = [
    [{ type: "none" }, 0n, undefined],
    [{ type: "local", hash: HASH }, 1n, HASH],
    [{ type: "global", hash: HASH }, 2n, HASH],
    [{ type: "globalByAccount", accountId: "bob.near" }, 3n, encodeUtf8("bob.near")],
  ] as const;
  for (const [contract, kind, name] of kinds) {
    const direct = directHost({ contract });
    assert.is(call(direct, "current_contract_code", 0n), kind);
    assert.equal(register(direct), name);
  }
});

test.run();
