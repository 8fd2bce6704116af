import { connect, readOutcome } from "@yoctonear/account";
import { encodeBase64, encodeUtf8, isNearError, NearError } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { createLocalnet } from "@yoctonear/localnet";
import { formatHash, parseNear, sha256 } from "@yoctonear/primitives";
import { type RpcRequest, RpcError, type Transport, TransportError } from "@yoctonear/rpc";
import {
  deployContract,
  deployGlobalContract,
  fullAccess,
  useGlobalContract,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("account: reading");

/** A node that knows one account. */
function node(amount: string, locked: string, storageUsage: number): Transport {
  return async ({ method, params }: RpcRequest) => {
    if (method === "EXPERIMENTAL_protocol_config") {
      return { runtime_config: { storage_amount_per_byte: "10000000000000000000" } };
    }
    assert.match(JSON.stringify(params), "view_account");
    return {
      amount,
      locked,
      code_hash: "11111111111111111111111111111111",
      storage_usage: storageUsage,
      storage_paid_at: 0,
      block_height: 1,
      block_hash: "11111111111111111111111111111111",
    };
  };
}

test("P20: the balance is exact, and adds up", async () => {
  const account = connect(node("1000000000000000000000001", "0", 1000)).account("alice.near");
  const balance = await account.balance();
  assert.equal(balance, {
    total: 1_000_000_000_000_000_000_000_001n,
    available: 990_000_000_000_000_000_000_001n,
    staked: 0n,
    lockedForStorage: 10_000_000_000_000_000_000_000n,
  });
});

test("a small account has nothing locked (NEP-448), a stake counts for storage", async () => {
  const small = await connect(node("5", "0", 770))
    .account("alice.near")
    .balance();
  assert.is(small.available, 5n);
  const validator = await connect(node("5", parseNear("1 NEAR").toString(), 1000))
    .account("alice.near")
    .balance();
  assert.equal(validator, {
    total: parseNear("1 NEAR") + 5n,
    available: 5n,
    staked: parseNear("1 NEAR"),
    lockedForStorage: 0n,
  });
});

test("an account that owes more storage than it has can spend nothing", async () => {
  const balance = await connect(node("7", "0", 1000))
    .account("alice.near")
    .balance();
  assert.is(balance.available, 0n);
  assert.is(balance.lockedForStorage, 7n);
});

test("P38: a missing account is false, an unreachable network is an error", async () => {
  const unknown: Transport = () =>
    Promise.reject(new RpcError("query", { cause: { name: "UNKNOWN_ACCOUNT", info: {} } }));
  assert.is(await connect(unknown).account("alice.near").exists(), false);
  const down: Transport = () => Promise.reject(new TransportError("network", "refused"));
  const error = await connect(down)
    .account("alice.near")
    .exists()
    .catch((caught: unknown) => caught);
  assert.ok(isNearError(error, "network"));
});

test("P38: a missing key is null, any other error stays one", async () => {
  const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  const { publicKey } = randomEd25519KeyPair();
  assert.is(await alice.key(publicKey), null);
  await alice.addKey(publicKey, fullAccess());
  assert.is((await alice.key(publicKey))?.permission, "FullAccess");
  assert.is((await alice.keys()).length, 2);
  for (const failure of [
    new TransportError("network", "refused"),
    new RpcError("query", { cause: { name: "UNKNOWN_BLOCK", info: {} } }),
    new RpcError("query", { cause: { name: "UNKNOWN_ACCOUNT", info: {} } }),
  ]) {
    const failing = connect(() => Promise.reject(failure)).account("alice.near");
    assert.is(await failing.key(publicKey).catch((caught: unknown) => caught), failure);
  }
  const nobody = connect(chain).account("nobody.near");
  assert.equal(await nobody.keys(), []);
  const error = await nobody.balance().catch((caught: unknown) => caught);
  assert.ok(isNearError(error, "UNKNOWN_ACCOUNT"));
});

test("P39: reads at an old block, block 0 too", async () => {
  const chain = await createLocalnet({
    accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" },
  });
  const near = connect(chain);
  await near.account("alice.near", chain.signer("alice.near")).transfer("bob.near", "1 NEAR");
  const bob = near.account("bob.near");
  assert.is((await bob.balance()).total, parseNear("2 NEAR"));
  assert.is((await bob.balance({ block: { blockId: 0 } })).total, parseNear("1 NEAR"));
});

test("P41: tells which contract an account has, a global one too", async () => {
  const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  assert.is(await alice.contract(), null);
  const code = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
  const hash = formatHash(sha256(code));
  await alice.send("alice.near", [deployContract(code)]);
  assert.equal(await alice.contract(), { type: "local", hash });
  await alice.send("alice.near", [deployGlobalContract(code, { by: "hash" })]);
  await alice.send("alice.near", [deployGlobalContract(code, { by: "account" })]);
  await alice.send("alice.near", [useGlobalContract({ hash })]);
  assert.equal(await alice.contract(), { type: "globalHash", hash });
  await alice.send("alice.near", [useGlobalContract({ account: "alice.near" })]);
  assert.equal(await alice.contract(), { type: "globalAccountId", accountId: "alice.near" });
});

test("P40: what a view returns is UTF-8 and JSON without loss, or an error, never another text", async () => {
  const viewing = (bytes: Uint8Array): Promise<unknown> => {
    const answer = { result: [...bytes], logs: [], block_height: 1, block_hash: "1".repeat(32) };
    return connect(async () => answer).view("app.near", "get");
  };
  assert.equal(await viewing(encodeUtf8('{"name":"é€😀","n":18446744073709551615}')), {
    name: "é€😀",
    n: 2n ** 64n - 1n,
  });
  assert.is(await viewing(new Uint8Array()), undefined);
  const binary = await viewing(Uint8Array.of(34, 255, 34)).catch((caught: unknown) => caught);
  assert.ok(isNearError(binary, "invalid_encoding"));
});

test("P40: what a transaction returns is UTF-8 and JSON without loss, and bytes as they are", () => {
  const outcome = (bytes: Uint8Array) => {
    const status = { SuccessValue: encodeBase64(bytes) };
    return readOutcome("hash", { final_execution_status: "FINAL", status });
  };
  assert.equal(outcome(encodeUtf8('["é",18446744073709551615]')).value, ["é", 2n ** 64n - 1n]);
  const binary = Uint8Array.of(34, 255, 34);
  assert.is(outcome(binary).value, undefined);
  assert.equal(outcome(binary).bytes, binary);
});

test("a node without the price of storage is an error, not a guess", async () => {
  const account: Transport = async ({ method }) =>
    method === "query" ? node("1", "0", 1)({ method, params: "view_account" }) : {};
  const error = await connect(account)
    .account("alice.near")
    .balance()
    .catch((caught: unknown) => caught);
  assert.instance(error, NearError);
  assert.ok(isNearError(error, "no_protocol_config"));
});

test.run();
