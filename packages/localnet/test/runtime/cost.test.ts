import {
  concatBytes,
  decodeBase58,
  decodeHex,
  encodeBase58,
  encodeHex,
  encodeUtf8,
} from "@yoctonear/base";
import { decode, encode, string } from "@yoctonear/borsh";
import { formatPublicKey, parsePublicKey, publicKeyHandleCodec } from "@yoctonear/keys";
import { ed25519KeyPairFromSeed } from "@yoctonear/keys/ed25519";
import { deterministicAccountId, nearImplicitAccountId, sha256 } from "@yoctonear/primitives";
import {
  type Action,
  type ContractIdentifier,
  deterministicStateInitCodec,
} from "@yoctonear/transactions";
import { field, integer, list, loadVectors, text } from "@yoctonear/vectors";
import { ethWalletCodeHash } from "#localnet/runtime/eth-wallet";
import { actionHash, derivedHash, receiptId } from "#localnet/runtime/receipt-id";
import { transactionCost, type TransactionCost } from "@yoctonear/transactions/cost";
import { publicKeyHandle } from "#localnet/state/trie-key";
import { accessKeyStorage, ACCOUNT_STORAGE, dataStorage } from "#localnet/state/storage-usage";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { run, worldOf } from "./world.ts";

const test = suite("runtime: costs");

const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";
const IMPLICIT = "bb4dc639b212e075a751685b26bdcea5920a504181ff2910e8549742127092a0";
const fullAccess = { nonce: 0n, permission: { type: "fullAccess" } } as const;
const transfer: Action = { type: "transfer", deposit: 1_000_000_000_000_000_000_000_000n };
const callKey: Action = {
  type: "addKey",
  publicKey: KEY,
  accessKey: {
    nonce: 0n,
    permission: {
      type: "functionCall",
      allowance: null,
      receiverId: "app.near",
      methodNames: ["a", "bc"],
    },
  },
};

/** The vectors' cases, in their order: receiver and actions of a transaction of alice.near. */
const CASES: readonly (readonly [receiverId: string, actions: readonly Action[]])[] = [
  ["bob.near", [transfer]],
  ["alice.near", [transfer]],
  [IMPLICIT, [transfer]],
  [`0x${"ab".repeat(20)}`, [transfer]],
  ["sub.alice.near", [{ type: "createAccount" }]],
  [
    "sub.alice.near",
    [
      { type: "createAccount" },
      transfer,
      { type: "addKey", publicKey: KEY, accessKey: fullAccess },
    ],
  ],
  ["alice.near", [callKey]],
  ["alice.near", [{ type: "deleteKey", publicKey: KEY }]],
  ["alice.near", [{ type: "deployContract", code: new Uint8Array(1000) }]],
];

test("what a transaction is charged, burns and gets back is as in nearcore's tests", async () => {
  const vectors = list(await loadVectors("runtime"), "tx_cost_pv86", "cases");
  for (const [index, [receiverId, actions]] of CASES.entries()) {
    const spec = vectors[index] ?? null;
    const cost = costOf(KEY, receiverId, actions);
    assert.is(cost.burntGas, integer(spec, "tx_gas_burnt"), text(spec, "case"));
    assert.is(
      cost.totalCost - cost.deposit,
      integer(spec, "charged_up_front_without_deposit"),
      text(spec, "case"),
    );
    const world = worldOf();
    const before = world.balance("alice.near");
    const deposit = receiverId === "alice.near" ? 0n : cost.deposit;
    const { outcomes } = run(world, "alice.near", receiverId, actions);
    const receipt = outcomes[1];
    assert.is(receipt?.gasBurnt, integer(spec, "receipt_gas_burnt"), text(spec, "case"));
    assert.is(receipt?.tokensBurnt, integer(spec, "receipt_tokens_burnt"), text(spec, "case"));
    const paid = before - world.balance("alice.near") - deposit;
    assert.is(paid, integer(spec, "net_cost"), text(spec, "case"));
  }
  // The last case is the one of the next test.
  assert.is(vectors.length, CASES.length + 1);
});

test("a signature of ML-DSA-65 costs 0.1 Tgas more", async () => {
  const vectors = list(await loadVectors("runtime"), "tx_cost_pv86", "cases");
  const spec = vectors.find((one) => text(one, "case").includes("ML-DSA-65")) ?? null;
  const key = `ml-dsa-65:${encodeBase58(new Uint8Array(1952))}`;
  const cost = costOf(key, "bob.near", [transfer]);
  assert.is(cost.burntGas, integer(spec, "tx_gas_burnt"));
  const charged = cost.totalCost - cost.deposit;
  assert.is(charged, integer(spec, "charged_up_front_without_deposit"));
});

test("a cost beyond u128 has none", () => {
  const deposit = 2n ** 128n - 1n;
  const actions: Action[] = [{ type: "transfer", deposit }];
  assert.is(transactionCost("alice.near", KEY, "bob.near", actions, 100_000_000n), null);
});

test("derived ids are those of nearcore", async () => {
  const ids = field(await loadVectors("runtime"), "ids");
  const first = field(ids, "hash_index_computed", 0);
  const base = encodeBase58(decodeHex(text(first, "base_hex")));
  assert.is(base, encodeBase58(sha256(encodeUtf8("atata"))));
  const height = Number(integer(first, "height"));
  const hash = derivedHash(base, height, integer(first, "salt"));
  assert.is(encodeHex(decodeBase58(hash)), text(first, "hash_hex"));
  assert.is(receiptId(base, height, 3), hash);
  const action = actionHash(base, height, 0);
  assert.is(encodeHex(decodeBase58(action)), text(ids, "hash_index_computed", 1, "hash_hex"));
  for (const [chainId, name] of [
    ["mainnet", "mainnet"],
    ["testnet", "testnet"],
    ["localnet", "other_chain_ids"],
  ] as const) {
    assert.is(ethWalletCodeHash(chainId), text(ids, "eth_wallet_code_hash_base58", name));
    const hex = encodeHex(decodeBase58(ethWalletCodeHash(chainId)));
    assert.is(hex, text(ids, "eth_wallet_code_hash_hex", name));
  }
  const key = formatPublicKey({ type: "ml-dsa-65", bytes: new Uint8Array(1952) });
  const handle = publicKeyHandle(key);
  assert.is(encodeHex(handle), `03${text(ids, "ml_dsa_65_handle_computed", "handle_hex")}`);
  assert.is(decode(publicKeyHandleCodec, handle), text(ids, "ml_dsa_65_handle_computed", "text"));
  const state = concatBytes(
    Uint8Array.of(0, 1),
    encode(string, "ft.near"),
    Uint8Array.of(0, 0, 0, 0),
  );
  assert.is(deterministicAccountId(state), text(ids, "account_ids", 2, "expected"));
  const seed = encodeUtf8("test".padEnd(32, " "));
  const { bytes } = parsePublicKey(ed25519KeyPairFromSeed(seed).publicKey);
  assert.is(nearImplicitAccountId(bytes), text(ids, "account_ids", 0, "expected"));
});

test("storage usage is counted as nearcore does", async () => {
  const cases = list(await loadVectors("runtime"), "storage_usage");
  const bytes = (part: string): bigint =>
    integer(cases.find((one) => text(one, "case").includes(part)) ?? null, "bytes");
  assert.is(ACCOUNT_STORAGE, bytes("CreateAccount only"));
  assert.is(accessKeyStorage(KEY, fullAccess), bytes("add ed25519 full access key"));
  assert.is(dataStorage(new Uint8Array(3), new Uint8Array(5)), 48n);
  const world = worldOf();
  run(world, "alice.near", IMPLICIT, [transfer]);
  assert.is(world.account(IMPLICIT)?.storageUsage, bytes("NEAR-implicit"));
  const eth = `0x${"ab".repeat(20)}`;
  run(world, "alice.near", eth, [transfer]);
  assert.is(world.account(eth)?.storageUsage, bytes("ETH-implicit"));
});

test("a state init takes the least deposit for its storage, and fails below it", async () => {
  const cases = list(await loadVectors("runtime"), "deterministic_state_init_storage", "cases");
  const code = encodeUtf8("not even wasm");
  for (const [spec, deployMode] of [
    [cases[0] ?? null, "accountId"],
    [cases[1] ?? null, "codeHash"],
  ] as const) {
    const minimum = integer(spec, "minimum_deposit");
    const world = worldOf();
    run(world, "account", "account", [{ type: "deployGlobalContract", code, deployMode }]);
    const identifier: ContractIdentifier =
      deployMode === "accountId"
        ? { type: "accountId", accountId: "account" }
        : { type: "codeHash", hash: encodeBase58(sha256(code)) };
    const stateInit = {
      type: "v1",
      code: identifier,
      data: new Map([[encodeUtf8("key"), new Uint8Array(100_000)]]),
    } as const;
    const id = deterministicAccountId(encode(deterministicStateInitCodec, stateInit));
    const init = (deposit: bigint): Action => ({
      type: "deterministicStateInit",
      stateInit,
      deposit,
    });
    const failed = run(world, "alice.near", id, [init(minimum - 1n)]);
    assert.equal(failed.error, {
      ActionError: { index: null, kind: { LackBalanceForState: { account_id: id, amount: "1" } } },
    });
    assert.is(world.account(id), null);
    const { error } = run(world, "alice.near", id, [init(minimum)]);
    assert.is(error, null);
    assert.is(world.balance(id), minimum);
  }
});

function costOf(
  publicKey: string,
  receiverId: string,
  actions: readonly Action[],
): TransactionCost {
  const cost = transactionCost("alice.near", publicKey, receiverId, actions, 100_000_000n);
  if (cost === null) throw new RangeError("expected a cost, got an overflow");
  return cost;
}

test.run();
