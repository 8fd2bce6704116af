import { failure, type Node, openNode } from "@yoctonear/conformance";
import { KeyPair as SecpPair } from "near-api-js";
import {
  AccessKeyDoesNotExistError,
  AccountDoesNotExistError,
  decodeSignedDelegateAction,
  decodeSignedDelegateActionV2,
  deriveAccountId,
  FunctionCallError,
  generateKey,
  InMemoryKeyStore,
  type KeyPair,
  Near,
  NearError,
  parseKey,
  RotatingKeyStore,
} from "near-kit";
import { suite } from "uvu";
import * as assert from "uvu/assert";

interface Context {
  node: Node;
  near: Near;
  keys: InMemoryKeyStore;
  open(accountId: string): Promise<KeyPair>;
}

const YOCTO = 10n ** 24n;
const test = suite<Context>("near-kit");

test.before(async (context) => {
  const node = await openNode();
  const keys = new InMemoryKeyStore();
  context.node = node;
  context.keys = keys;
  context.near = new Near({
    network: { rpcUrl: node.url, networkId: "localnet" },
    keyStore: keys,
  });
  context.open = async (accountId) => {
    const pair = parseKey(await node.account(accountId));
    await keys.add(accountId, pair);
    return pair;
  };
});
test.after(({ node }) => node.close());

async function amountOf(near: Near, accountId: string): Promise<bigint> {
  return BigInt((await near.rpc.getAccount(accountId)).amount);
}

test("views an account and its balance", async ({ near, open }) => {
  await open("viewed.near");
  assert.is(await amountOf(near, "viewed.near"), 10n * YOCTO);
  const account = await near.getAccount("viewed.near");
  assert.is(account.storageBytes, 182);
  assert.is(account.hasContract, false);
  assert.is(Number(account.balance), 10);
  assert.is(await near.getBalance("viewed.near"), account.available);
  assert.is(await near.accountExists("viewed.near"), true);
  assert.is(await near.accountExists("missing.near"), false);
});

test("names the account that is missing", async ({ near }) => {
  const error = await failure(near.getAccount("missing.near"), AccountDoesNotExistError);
  assert.is(error.accountId, "missing.near");
  assert.is(error.code, "ACCOUNT_NOT_FOUND");
});

test("lists keys and views one", async ({ near, open }) => {
  const { publicKey } = await open("keys.near");
  const { keys } = await near.getAccessKeys("keys.near");
  assert.is(keys.length, 1);
  assert.is(keys[0]?.public_key, publicKey.toString());
  assert.is((await near.getAccessKey("keys.near", publicKey.toString()))?.permission, "FullAccess");
  const unknown = generateKey().publicKey.toString();
  assert.is(await near.getAccessKey("keys.near", unknown), null);
  await failure(near.rpc.getAccessKey("keys.near", unknown), AccessKeyDoesNotExistError);
});

test("creates a sub-account and deletes it, its balance to the beneficiary", async ({
  near,
  keys,
  open,
}) => {
  await open("parent.near");
  const pair = generateKey();
  await near
    .transaction("parent.near")
    .createAccount("app.parent.near")
    .transfer("app.parent.near", "1 NEAR")
    .addKey(pair.publicKey.toString(), { type: "fullAccess" })
    .send();
  await keys.add("app.parent.near", pair);
  assert.is(await amountOf(near, "app.parent.near"), YOCTO);
  const before = await amountOf(near, "parent.near");
  await near.transaction("app.parent.near").deleteAccount({ beneficiary: "parent.near" }).send();
  assert.ok((await amountOf(near, "parent.near")) - before > (99n * YOCTO) / 100n);
  assert.is(await near.accountExists("app.parent.near"), false);
});

test("transfers, waits for every level, and finds the transaction again", async ({
  near,
  open,
}) => {
  await open("sender.near");
  await open("receiver.near");
  const sent = await near.transaction("sender.near").transfer("receiver.near", "0.5 NEAR").send();
  assert.is(await amountOf(near, "receiver.near"), (105n * YOCTO) / 10n);
  const status = await near.getTransactionStatus(sent.transaction.hash, "sender.near", "FINAL");
  assert.is(status.final_execution_status, "FINAL");
  assert.ok(status.receipts.length > 0);
  for (const waitUntil of [
    "NONE",
    "INCLUDED",
    "EXECUTED_OPTIMISTIC",
    "INCLUDED_FINAL",
    "EXECUTED",
    "FINAL",
  ] as const) {
    const result = await near
      .transaction("sender.near")
      .transfer("receiver.near", "1 yocto")
      .send({ waitUntil });
    assert.is(typeof result.transaction?.hash, "string");
  }
});

test("sends a batch of actions", async ({ near, open }) => {
  await open("batch.near");
  const pair = generateKey();
  await near
    .transaction("batch.near")
    .createAccount("new.batch.near")
    .transfer("new.batch.near", "2 NEAR")
    .addKey(pair.publicKey.toString(), { type: "fullAccess" })
    .addKey(generateKey().publicKey.toString(), {
      type: "functionCall",
      receiverId: "app.near",
      methodNames: ["vote"],
      allowance: "0.25 NEAR",
    })
    .send({ waitUntil: "FINAL" });
  assert.is((await near.getAccessKeys("new.batch.near")).keys.length, 2);
});

test("adds full-access and function-call keys, and deletes them", async ({ near, open }) => {
  await open("rotating.near");
  const full = generateKey().publicKey.toString();
  const limited = generateKey().publicKey.toString();
  await near.transaction("rotating.near").addKey(full, { type: "fullAccess" }).send();
  await near
    .transaction("rotating.near")
    .addKey(limited, {
      type: "functionCall",
      receiverId: "app.near",
      methodNames: ["vote"],
      allowance: "0.25 NEAR",
    })
    .send();
  assert.equal((await near.getAccessKey("rotating.near", limited))?.permission, {
    FunctionCall: {
      allowance: "250000000000000000000000",
      receiver_id: "app.near",
      method_names: ["vote"],
    },
  });
  await near.transaction("rotating.near").deleteKey("rotating.near", full).send();
  await near.transaction("rotating.near").deleteKey("rotating.near", limited).send();
  assert.is((await near.getAccessKeys("rotating.near")).keys.length, 1);
});

test("types an overdraft", async ({ near, open }) => {
  await open("poor.near");
  const overdraft = near.transaction("poor.near").transfer("near", "11 NEAR").send();
  const error = await failure(overdraft, NearError);
  assert.is(error.code, "INVALID_TRANSACTION");
  assert.ok("details" in error);
  assert.match(JSON.stringify(error.details), /"NotEnoughBalance":\{"signer_id":"poor\.near"/);
});

test("tells a failure of an action", async ({ near, open }) => {
  await open("failing.near");
  const transfer = near.transaction("failing.near").transfer("missing.near", "1 NEAR").send();
  const error = await failure(transfer, NearError);
  assert.is(error.code, "INVALID_TRANSACTION");
  assert.match(error.message, /AccountDoesNotExist \(account_id: missing\.near\)/);
});

test("types a call of an account without code, and its view", async ({ near, open }) => {
  await open("caller.near");
  const call = near.transaction("caller.near").functionCall("caller.near", "vote", {}).send();
  const error = await failure(call, FunctionCallError);
  assert.is(error.contractId, "caller.near");
  await failure(near.view("caller.near", "vote"), FunctionCallError);
});

test("asks for blocks, status, gas price, genesis config, state", async ({ near, node }) => {
  await node.chain.produceBlocks(3);
  const block = await near.rpc.getBlock({ finality: "final" });
  assert.is(
    (await near.rpc.getBlock({ blockId: block.header.height })).header.hash,
    block.header.hash,
  );
  assert.is(
    (await near.rpc.getBlock({ blockId: block.header.hash })).header.height,
    block.header.height,
  );
  const status = await near.getStatus();
  assert.is(status.chain_id, "localnet");
  assert.is((await near.rpc.getGasPrice()).gas_price, "100000000");
  assert.is((await near.rpc.genesisConfig()).chain_id, "localnet");
  const { epoch_height } = await near.rpc.call<{ epoch_height: number }>("validators", [null]);
  assert.is(epoch_height, 1);
  const config = await near.rpc.call<{ chain_id: string }>("EXPERIMENTAL_protocol_config", {
    finality: "final",
  });
  assert.is(config.chain_id, "localnet");
  assert.equal((await near.viewState("near")).values, []);
  await failure(near.rpc.getBlock({ blockId: 1_000_000 }), NearError);
});

test("sends in parallel with one key and with many", async ({ near, node, open }) => {
  await open("parallel.near");
  await open("target.near");
  // Amounts differ: where its nonces collide, two equal transfers are one transaction.
  const transfers = (client: Near) =>
    Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        client
          .transaction("parallel.near")
          .transfer("target.near", BigInt(index + 1))
          .send(),
      ),
    );
  await transfers(near);
  const pairs = Array.from({ length: 4 }, generateKey);
  const add = near.transaction("parallel.near");
  for (const { publicKey } of pairs) add.addKey(publicKey.toString(), { type: "fullAccess" });
  await add.send();
  const rotating = new Near({
    network: { rpcUrl: node.url, networkId: "localnet" },
    keyStore: new RotatingKeyStore({
      "parallel.near": pairs.map(({ secretKey }) => secretKey),
    }),
  });
  await transfers(rotating);
  assert.is(await amountOf(near, "target.near"), 10n * YOCTO + 72n);
});

test("signs in strict nonce mode: a V1 transaction", async ({ near, open }) => {
  await open("strict.near");
  for (let index = 0; index < 2; index += 1) {
    const result = await near
      .transaction("strict.near")
      .transfer("near", "1 yocto")
      .strictNonceMode()
      .send();
    assert.equal(result.status, { SuccessValue: "" });
  }
});

test("adds a gas key, funds it, signs with its lanes in parallel, withdraws", async ({
  near,
  open,
}) => {
  await open("gas.near");
  const pair = generateKey();
  const publicKey = pair.publicKey.toString();
  await near
    .transaction("gas.near")
    .addKey(publicKey, { type: "gasKeyFullAccess", numNonces: 3 })
    .send();
  await near.transaction("gas.near").transferToGasKey(publicKey, "1 NEAR").send();
  assert.is((await near.rpc.getGasKeyNonces("gas.near", publicKey)).nonces.length, 3);
  const secret: `ed25519:${string}` = `ed25519:${pair.secretKey.slice("ed25519:".length)}`;
  const lanes = [0, 1, 2, 0, 1, 2].map((lane) =>
    near
      .transaction("gas.near")
      .signWith(secret)
      .useGasKey(lane)
      .transfer("near", "0.01 NEAR")
      .send(),
  );
  for (const result of await Promise.all(lanes)) {
    assert.equal(result.status, { SuccessValue: "" });
  }
  const limited = generateKey().publicKey.toString();
  await near
    .transaction("gas.near")
    .addKey(limited, { type: "gasKeyFunctionCall", numNonces: 2, receiverId: "app.near" })
    .send();
  await near.transaction("gas.near").withdrawFromGasKey(publicKey, "0.5 NEAR").send();
  assert.is((await near.getAccessKeys("gas.near")).keys.length, 3);
});

test("relays a delegate action", async ({ near, open }) => {
  await open("meta.near");
  await open("relayer.near");
  const { payload } = await near
    .transaction("meta.near")
    .transfer("receiver.near", "1 NEAR")
    .delegate();
  const result = await near
    .transaction("relayer.near")
    .signedDelegateAction(decodeSignedDelegateAction(payload))
    .send({ waitUntil: "FINAL" });
  assert.equal(result.status, { SuccessValue: "" });
  // NEP-366: the relayer pays, what is attached too.
  assert.is(await amountOf(near, "meta.near"), 10n * YOCTO);
  assert.ok((await amountOf(near, "relayer.near")) < 9n * YOCTO);
});

test("relays a delegate action of version 2", async ({ near, open }) => {
  await open("meta2.near");
  await open("relayer2.near");
  const { payload } = await near
    .transaction("meta2.near")
    .transfer("receiver.near", "1 NEAR")
    .delegateV2();
  const result = await near
    .transaction("relayer2.near")
    .signedDelegateActionV2(decodeSignedDelegateActionV2(payload))
    .send({ waitUntil: "FINAL" });
  assert.equal(result.status, { SuccessValue: "" });
  // NEP-366: the relayer pays, what is attached too.
  assert.is(await amountOf(near, "meta2.near"), 10n * YOCTO);
  assert.ok((await amountOf(near, "relayer2.near")) < 9n * YOCTO);
});

test("deploys, publishes, uses code, and inits a deterministic account", async ({ near, open }) => {
  await open("contract.near");
  const code = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  await near.transaction("contract.near").deployContract("contract.near", code).send();
  const found = await near.getContractCode("contract.near");
  assert.equal([...found.code], [...code]);
  await near.transaction("contract.near").publishContract(code, { identifiedBy: "hash" }).send();
  await near.transaction("contract.near").publishContract(code, { identifiedBy: "account" }).send();
  const byHash = await near.getGlobalContract({ codeHash: found.hash });
  assert.equal([...byHash.code], [...code]);
  await open("user.near");
  await near.transaction("user.near").deployFromPublished({ codeHash: found.hash }).send();
  await near.transaction("user.near").deployFromPublished({ accountId: "contract.near" }).send();
  const init = { code: { accountId: "contract.near" }, deposit: "1 NEAR" } as const;
  await near.transaction("user.near").stateInit(init).send();
  assert.is(await near.accountExists(deriveAccountId({ code: init.code })), true);
});

test("P25, theirs: a secp256k1 signature is never valid", async ({ near, open }) => {
  await open("curves.near");
  const pair = parseKey(SecpPair.fromRandom("secp256k1").toString());
  const publicKey = pair.publicKey.toString();
  await near.transaction("curves.near").addKey(publicKey, { type: "fullAccess" }).send();
  const secret: `secp256k1:${string}` = `secp256k1:${pair.secretKey.slice("secp256k1:".length)}`;
  const transfer = near.transaction("curves.near").signWith(secret).transfer("near", "1 yocto");
  const error = await failure(transfer.send(), NearError);
  assert.ok("details" in error);
  assert.match(JSON.stringify(error.details), /InvalidSignature/);
});

test.run();
