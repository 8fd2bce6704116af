import { failure, type Node, openNode } from "@yoctonear/conformance";
import {
  Account,
  actions,
  baseDecode,
  getTransactionLastResult,
  JsonRpcProvider,
  KeyPair,
  KeyPairSigner,
  MultiKeySigner,
  NEAR_NOMINATION,
  nearToYocto,
  teraToGas,
} from "near-api-js";
import {
  AccessKeyDoesNotExistError,
  AccountAlreadyExistsActionError,
  AccountDoesNotExistActionError,
  AccountDoesNotExistError,
  AddKeyAlreadyExistsActionError,
  ContractCodeDoesNotExistError,
  DeleteKeyDoesNotExistActionError,
  NotEnoughBalanceError,
  RpcMethodNotFoundError,
  UnknownBlockError,
  UnknownTransactionError,
} from "near-api-js/rpc-errors";
import { NEAR } from "near-api-js/tokens";
import { suite } from "uvu";
import * as assert from "uvu/assert";

interface Context {
  node: Node;
  provider: JsonRpcProvider;
  open(accountId: string): Promise<Account>;
}

const test = suite<Context>("near-api-js");

test.before(async (context) => {
  const node = await openNode();
  const provider = new JsonRpcProvider({ url: node.url });
  context.node = node;
  context.provider = provider;
  context.open = async (id) => new Account(id, provider, await node.account(id));
});
test.after(({ node }) => node.close());

test("views an account, its balance and its state", async ({ open, provider }) => {
  const account = await open("viewed.near");
  const view = await provider.viewAccount({ accountId: "viewed.near" });
  assert.is(view.amount, 10n * NEAR_NOMINATION);
  assert.is(view.code_hash, "1".repeat(32));
  const { balance, storageUsage } = await account.getState();
  assert.is(storageUsage, 182);
  assert.is(balance.total, 10n * NEAR_NOMINATION);
  assert.is(balance.available, balance.total - 182n * 10n ** 19n);
  assert.is(await account.getBalance(), balance.available);
  assert.is(await account.getBalance(NEAR), balance.available);
});

test("names the account that is missing", async ({ provider }) => {
  const missing = provider.viewAccount({ accountId: "missing.near" });
  const error = await failure(missing, AccountDoesNotExistError);
  assert.is(error.accountId, "missing.near");
});

test("lists keys and views one", async ({ open, node }) => {
  const account = await open("keys.near");
  const { publicKey } = node.chain.signer("keys.near");
  const { keys } = await account.getAccessKeyList();
  assert.equal(
    keys.map(({ public_key, access_key }) => [public_key, access_key.permission]),
    [[publicKey, "FullAccess"]],
  );
  const { nonce, permission } = await account.getAccessKey(publicKey);
  assert.is(nonce, BigInt(keys[0]?.access_key.nonce ?? -1));
  assert.is(permission, "FullAccess");
  const unknown = KeyPair.fromRandom("ed25519").getPublicKey();
  const error = await failure(account.getAccessKey(unknown), AccessKeyDoesNotExistError);
  assert.is(String(error.publicKey), String(unknown));
});

test("creates a sub-account and deletes it, its balance to the beneficiary", async ({
  open,
  provider,
}) => {
  const parent = await open("parent.near");
  const keyPair = KeyPair.fromRandom("ed25519");
  await parent.createSubAccount({
    accountOrPrefix: "app",
    publicKey: keyPair.getPublicKey(),
    nearToTransfer: nearToYocto("1"),
  });
  const child = new Account("app.parent.near", provider, new KeyPairSigner(keyPair));
  assert.is((await child.getState()).balance.total, NEAR_NOMINATION);
  const before = await parent.getBalance();
  await child.deleteAccount("parent.near");
  assert.ok((await parent.getBalance()) - before > nearToYocto("0.99"));
  await failure(child.getState(), AccountDoesNotExistError);
});

test("transfers, and finds the transaction, its receipts and its block again", async ({
  open,
  provider,
}) => {
  const sender = await open("sender.near");
  const receiver = await open("receiver.near");
  const sent = await sender.transfer({ receiverId: "receiver.near", amount: nearToYocto("0.5") });
  assert.is((await receiver.getState()).balance.total, nearToYocto("10.5"));
  const txHash = sent.transaction.hash;
  const status = await provider.viewTransactionStatus({
    txHash,
    accountId: "sender.near",
    waitUntil: "FINAL",
  });
  assert.is(status.final_execution_status, "FINAL");
  assert.equal(status.transaction_outcome, sent.transaction_outcome);
  assert.is(getTransactionLastResult(status), "");
  const withReceipts = await provider.viewTransactionStatusWithReceipts({
    txHash,
    accountId: "sender.near",
    waitUntil: "FINAL",
  });
  assert.ok("receipts" in withReceipts);
  const [receiptId = ""] = sent.transaction_outcome.outcome.receipt_ids;
  const receipt = await provider.viewTransactionReceipt(receiptId);
  assert.is(receipt.receiver_id, "receiver.near");
  const block = await provider.viewBlock({ blockId: sent.transaction_outcome.block_hash });
  assert.is(block.header.hash, sent.transaction_outcome.block_hash);
});

test("sends a batch of actions", async ({ open, node }) => {
  const parent = await open("batch.near");
  const keys = [KeyPair.fromRandom("ed25519"), KeyPair.fromRandom("ed25519")] as const;
  await parent.signAndSendTransaction({
    receiverId: "new.batch.near",
    actions: [
      actions.createAccount(),
      actions.transfer(nearToYocto("2")),
      actions.addFullAccessKey(keys[0].getPublicKey()),
      actions.addFunctionCallAccessKey(keys[1].getPublicKey(), "app.near", ["vote"], 5n),
    ],
    waitUntil: "FINAL",
  });
  const created = new Account("new.batch.near", node.url);
  const found = (await created.getAccessKeyList()).keys;
  assert.equal(
    found.map(({ public_key }) => public_key).sort(),
    keys.map((pair) => String(pair.getPublicKey())).sort(),
  );
});

test("adds full-access and function-call keys, and deletes them", async ({ open }) => {
  const account = await open("rotating.near");
  const full = KeyPair.fromRandom("ed25519").getPublicKey();
  const limited = KeyPair.fromRandom("ed25519").getPublicKey();
  await account.addFullAccessKey(full);
  await account.addFunctionCallAccessKey({
    publicKey: limited,
    contractId: "app.near",
    methodNames: ["vote"],
    allowance: nearToYocto("0.25"),
  });
  assert.is((await account.getAccessKey(full)).permission, "FullAccess");
  assert.equal((await account.getAccessKey(limited)).permission, {
    FunctionCall: {
      allowance: "250000000000000000000000",
      receiver_id: "app.near",
      method_names: ["vote"],
    },
  });
  await failure(account.addFullAccessKey(full), AddKeyAlreadyExistsActionError);
  await account.deleteKey(full);
  await account.deleteKey(limited);
  assert.is((await account.getAccessKeyList()).keys.length, 1);
  await failure(account.deleteKey(full), DeleteKeyDoesNotExistActionError);
});

test("a secp256k1 key signs", async ({ open, provider }) => {
  const account = await open("curves.near");
  const pair = KeyPair.fromRandom("secp256k1");
  await account.addFullAccessKey(pair.getPublicKey());
  const other = new Account("curves.near", provider, new KeyPairSigner(pair));
  await other.transfer({ receiverId: "near", amount: 1n });
});

test("types an overdraft, and what it would cost", async ({ open }) => {
  const account = await open("poor.near");
  const overdraft = account.transfer({ receiverId: "near", amount: nearToYocto("11") });
  const error = await failure(overdraft, NotEnoughBalanceError);
  assert.is(error.signerId, "poor.near");
  assert.is(error.balance, nearToYocto("10"));
  assert.ok(error.cost > nearToYocto("11"));
});

test("types the failures of actions", async ({ open }) => {
  const account = await open("failing.near");
  const transfer = account.transfer({ receiverId: "missing.near", amount: 1n });
  const missing = await failure(transfer, AccountDoesNotExistActionError);
  assert.is(missing.accountId, "missing.near");
  assert.is(missing.actionIndex, 0);
  const create = account.signAndSendTransaction({
    receiverId: "failing.near",
    actions: [actions.createAccount()],
  });
  await failure(create, AccountAlreadyExistsActionError);
  const result = await account.signAndSendTransaction({
    receiverId: "missing.near",
    actions: [actions.transfer(1n)],
    throwOnFailure: false,
  });
  assert.ok(typeof result.status === "object" && "Failure" in result.status);
});

test("types a call of an account without code, and its view", async ({ open, provider }) => {
  const account = await open("caller.near");
  const call = account.callFunction({
    contractId: "caller.near",
    methodName: "vote",
    args: {},
    gas: teraToGas(30),
  });
  await failure(call, Error);
  const view = provider.callFunction({ contractId: "caller.near", method: "vote", args: {} });
  await failure(view, ContractCodeDoesNotExistError);
});

test("asks for blocks, chunks, status, gas price, validators, protocol config", async ({
  node,
  provider,
}) => {
  await node.chain.produceBlocks(3);
  const block = await provider.viewBlock({ finality: "final" });
  const byHeight = await provider.viewBlock({ blockId: block.header.height });
  assert.is(byHeight.header.hash, block.header.hash);
  const [first] = block.chunks;
  const chunk = await provider.viewChunk(first?.chunk_hash ?? "");
  assert.is(chunk.header.chunk_hash, first?.chunk_hash);
  const status = await provider.viewNodeStatus();
  assert.is(status.chain_id, "localnet");
  assert.is(await provider.getNetworkId(), "localnet");
  assert.is((await provider.viewGasPrice()).gas_price, "100000000");
  assert.is((await provider.viewGasPrice(block.header.height)).gas_price, "100000000");
  const validators = await provider.viewValidators();
  assert.is(validators.current_validators[0]?.account_id, "test.near");
  assert.ok((await provider.getCurrentEpochSeatPrice()) > 0n);
  assert.ok((await provider.getNextEpochSeatPrice()) > 0n);
  const config = await provider.experimental_protocolConfig({ finality: "final" });
  assert.is(config.protocol_version, status.protocol_version);
  assert.is(config.chain_id, "localnet");
  const atGenesis = await provider.experimental_protocolConfig({ sync_checkpoint: "genesis" });
  assert.is(atGenesis.chain_id, "localnet");
  await failure(provider.viewBlock({ blockId: 1_000_000 }), UnknownBlockError);
  await failure(
    provider.viewTransactionStatus({
      txHash: "1".repeat(32),
      accountId: "near",
      waitUntil: "NONE",
    }),
    UnknownTransactionError,
  );
});

test("types a method that the node does not have", async ({ provider }) => {
  // Their type knows no other name than those of nearcore; this one 2.13 has no longer.
  const call = provider.sendJsonRpc("EXPERIMENTAL_view_gas_key", {});
  const error = await failure(call, RpcMethodNotFoundError);
  assert.is(error.methodName, "EXPERIMENTAL_view_gas_key");
});

test("sends in parallel with one key and with many", async ({ open, node, provider }) => {
  const account = await open("parallel.near");
  await open("target.near");
  // Amounts differ: where its nonces collide, two equal transfers are one transaction (P4).
  const amounts = Array.from({ length: 8 }, (_, index) => BigInt(index + 1));
  await account.signAndSendTransactions({
    transactions: amounts.map((amount) => ({
      receiverId: "target.near",
      actions: [actions.transfer(amount)],
    })),
  });
  const pairs = Array.from({ length: 4 }, () => KeyPair.fromRandom("ed25519"));
  await account.signAndSendTransaction({
    receiverId: "parallel.near",
    actions: pairs.map((pair) => actions.addFullAccessKey(pair.getPublicKey())),
  });
  const many = new Account("parallel.near", provider, new MultiKeySigner(pairs));
  await Promise.all(
    amounts.map((amount) => many.transfer({ token: NEAR, receiverId: "target.near", amount })),
  );
  const target = await new Account("target.near", node.url).getState();
  assert.is(target.balance.total, nearToYocto("10") + 72n);
});

test("signs elsewhere what it prepared, and sends it by every way", async ({
  open,
  node,
  provider,
}) => {
  await open("cold.near");
  const { publicKey } = node.chain.signer("cold.near");
  const account = new Account("cold.near", provider);
  const signer = KeyPairSigner.fromSecretKey(await node.account("cold.near"));
  const sign = async () => {
    const transaction = await account.createTransaction({
      receiverId: "near",
      actions: [actions.transfer(1n)],
      publicKey,
    });
    return (await signer.signTransaction(transaction)).signedTransaction;
  };
  const executed = await provider.sendTransaction(await sign());
  assert.is(executed.final_execution_status, "EXECUTED_OPTIMISTIC");
  for (const level of ["INCLUDED", "INCLUDED_FINAL", "EXECUTED", "FINAL"] as const) {
    const result = await provider.sendTransactionUntil(await sign(), level);
    assert.ok(typeof result.final_execution_status === "string");
  }
  const sent = await sign();
  await provider.sendTransactionAsync(sent);
});

test("deploys code and reads it back", async ({ open, provider }) => {
  const account = await open("contract.near");
  const code = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  await account.deployContract(code);
  const found = await account.getContractCode();
  assert.equal(found.code, code);
  await account.deployGlobalContract(code, "codeHash");
  await account.deployGlobalContract(code, "accountId");
  const byHash = await provider.viewGlobalContractCode({ identifier: { codeHash: found.hash } });
  assert.equal(byHash.code, code);
  const user = await open("user.near");
  await user.useGlobalContract({ accountId: "contract.near" });
  await user.useGlobalContract({ codeHash: baseDecode(found.hash) });
  assert.equal((await user.getContractState()).values, []);
});

test("P17, theirs: a code hash in base58 is read as hex", async ({ open }) => {
  const account = await open("hash.near");
  const use = account.useGlobalContract({ codeHash: "1".repeat(32) });
  assert.match(
    (await failure(use, Error)).message,
    /^Array length \d+ does not match schema length 32/,
  );
});

test("relays a meta-transaction", async ({ open, node }) => {
  const sender = await open("meta.near");
  const relayer = await open("relayer.near");
  const { signedDelegate } = await sender.createSignedMetaTransaction({
    receiverId: "app.meta.near",
    actions: [actions.createAccount(), actions.transfer(NEAR_NOMINATION)],
  });
  await relayer.relayMetaTransaction(signedDelegate);
  const created = await new Account("app.meta.near", node.url).getState();
  assert.is(created.balance.total, NEAR_NOMINATION);
});

test.run();
