/** Our contracts by other clients over HTTP: what they call, view, deploy, share and relay is there. */
import { failure, type Node, openNode } from "@yoctonear/conformance";
import { type ContractName, loadContract } from "@yoctonear/contracts";
import {
  Account,
  actions,
  getTransactionLastResult,
  JsonRpcProvider,
  KeyPair,
  nearToYocto,
  teraToGas,
} from "near-api-js";
import { ContractExecutionError } from "near-api-js/rpc-errors";
import { FungibleToken } from "near-api-js/tokens";
import { FunctionCallError, InMemoryKeyStore, Near, parseKey } from "near-kit";
import { suite } from "uvu";
import * as assert from "uvu/assert";

interface Context {
  node: Node;
  provider: JsonRpcProvider;
  near: Near;
  keys: InMemoryKeyStore;
  /** An account for near-api-js, with a contract where one is named. */
  open(accountId: string, contract?: ContractName): Promise<Account>;
}

const test = suite<Context>("contracts: other clients");

test.before(async (context) => {
  const node = await openNode();
  const provider = new JsonRpcProvider({ url: node.url });
  const keys = new InMemoryKeyStore();
  context.node = node;
  context.provider = provider;
  context.keys = keys;
  context.near = new Near({
    network: { rpcUrl: node.url, networkId: "localnet" },
    keyStore: keys,
  });
  context.open = async (id, contract) => {
    const secret = await node.account(id);
    await keys.add(id, parseKey(secret));
    const account = new Account(id, provider, secret);
    if (contract !== undefined) await account.deployContract(await loadContract(contract));
    return account;
  };
});
test.after(({ node }) => node.close());

test("near-api-js deploys with init in one transaction, calls and views", async ({
  open,
  provider,
}) => {
  const counter = await open("counter.near");
  await counter.signAndSendTransaction({
    receiverId: "counter.near",
    actions: [
      actions.deployContract(await loadContract("counter")),
      actions.functionCall("new", { value: 41 }, teraToGas("10"), 0n),
    ],
  });
  const value = await counter.callFunction({
    contractId: "counter.near",
    methodName: "increment",
    args: {},
  });
  assert.is(value, 42);
  const view = { contractId: "counter.near", method: "get", args: {} };
  assert.is(await provider.callFunction(view), 42);
  const { logs } = await provider.callFunctionRaw(view);
  assert.equal(logs, []);
});

test("near-api-js names the panic", async ({ open }) => {
  const counter = await open("panic.near", "counter");
  const args = { contractId: "panic.near", methodName: "reset", args: {}, deposit: 1n };
  const error = await failure(counter.callFunction(args), ContractExecutionError);
  assert.match(error.message, "Smart contract panicked: Method reset doesn't accept deposit");
});

test("near-api-js creates a named account through the registrar", async ({
  node,
  open,
  provider,
}) => {
  await node.chain.createAccount("near", { balance: "100 NEAR" });
  const registrar = await open("near");
  await registrar.deployContract(await loadContract("registrar"));
  const alice = await open("alice.near");
  const publicKey = KeyPair.fromRandom("ed25519").getPublicKey();
  const create = { newAccountId: "named.near", publicKey, nearToTransfer: nearToYocto("1") };
  for (const isCreated of [true, false]) {
    // It waits for the block of the transaction only.
    const { transaction } = await alice.createAccount(create);
    const waitUntil = "FINAL";
    const asked = { txHash: transaction.hash, accountId: "alice.near", waitUntil } as const;
    assert.is(getTransactionLastResult(await provider.viewTransactionStatus(asked)), isCreated);
  }
});

test("near-api-js registers for a token, transfers it, and leaves", async ({ open, provider }) => {
  const alice = await open("owner.near");
  const bob = await open("bob.near");
  await open("defi.near", "receiver");
  const token = await open("token.near", "fungible-token");
  const metadata = { spec: "ft-1.0.0", name: "Token", symbol: "TOK", decimals: 2 };
  await token.callFunction({
    contractId: "token.near",
    methodName: "new",
    args: { owner_id: "owner.near", total_supply: "1000", metadata },
  });
  const ft = new FungibleToken("token.near", { decimals: 2, symbol: "TOK", name: "Token" });
  for (const accountIdToRegister of ["bob.near", "defi.near"]) {
    await ft.registerAccount({ accountIdToRegister, fundingAccount: alice });
  }
  assert.is(await ft.isAccountRegistered({ accountId: "bob.near", provider }), true);
  assert.is(await ft.isAccountRegistered({ accountId: "carol.near", provider }), false);
  await ft.transfer({ from: alice, receiverId: "bob.near", amount: 300n });
  const call = { receiver_id: "defi.near", amount: "100", msg: "40" };
  const used = await alice.callFunction({
    contractId: "token.near",
    methodName: "ft_transfer_call",
    args: call,
    deposit: 1n,
    gas: teraToGas("100"),
    waitUntil: "FINAL",
  });
  assert.is(used, "60");
  assert.is(await alice.getBalance(ft), 640n);
  assert.is(await bob.getBalance(ft), 300n);
  assert.is(await ft.getBalance({ accountId: "defi.near", provider }), 60n);
  await ft.unregisterAccount({ account: bob, force: true });
  assert.is(await ft.isAccountRegistered({ accountId: "bob.near", provider }), false);

  // theirs: 30 Tgas, of which contracts of near-sdk want more too
  const short = ft.transferCall({ from: alice, receiverId: "defi.near", amount: 1n, msg: "0" });
  const error = await failure(short, ContractExecutionError);
  assert.match(error.message, "More gas is required");
});

test("near-api-js publishes a global contract, and uses it by hash and by account", async ({
  open,
  provider,
}) => {
  const publisher = await open("publisher.near");
  const code = await loadContract("hello");
  await publisher.deployGlobalContract(code, "codeHash");
  await publisher.deployGlobalContract(code, "accountId");
  const byHash = await open("by-hash.near");
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", code));
  await byHash.useGlobalContract({ codeHash: hash });
  const byAccount = await open("by-account.near");
  await byAccount.useGlobalContract({ accountId: "publisher.near" });
  for (const contractId of ["by-hash.near", "by-account.near"]) {
    assert.is(await provider.callFunction({ contractId, method: "hello", args: {} }), "Hello");
  }
  const seen = await provider.viewGlobalContractCode({
    identifier: { accountId: "publisher.near" },
  });
  assert.is(seen.code.length, code.length);
});

test("near-kit calls, views, and reads the state", async ({ near, open }) => {
  await open("kit-book.near", "guestbook");
  await open("kit.near");
  await near.call(
    "kit-book.near",
    "add_message",
    { text: "hi" },
    { signerId: "kit.near", attachedDeposit: "0.1 NEAR", gas: "10 Tgas" },
  );
  assert.equal(await near.view("kit-book.near", "get_messages", { limit: 10 }), [
    { premium: true, sender: "kit.near", text: "hi" },
  ]);
  const { values } = await near.viewState("kit-book.near");
  assert.is(values.length, 2);
});

test("near-kit names the panic", async ({ near, open }) => {
  await open("kit-panic.near", "guestbook");
  await open("kit-caller.near");
  const call = near.call("kit-panic.near", "add_message", {}, { signerId: "kit-caller.near" });
  const error = await failure(call, FunctionCallError);
  assert.match(`${error.panic} ${error.message}`, "missing field `text`");
});

test("near-kit deploys, calls and publishes in its builder's transactions", async ({
  near,
  open,
}) => {
  await open("kit-deploy.near");
  const code = await loadContract("counter");
  await near
    .transaction("kit-deploy.near")
    .deployContract("kit-deploy.near", code)
    .functionCall("kit-deploy.near", "new", { value: 41 }, { gas: "10 Tgas" })
    .send();
  assert.is(await near.view("kit-deploy.near", "get"), 41);

  await open("kit-publish.near");
  await near
    .transaction("kit-publish.near")
    .publishContract(await loadContract("hello"), { identifiedBy: "account" })
    .send();
  await open("kit-user.near");
  await near
    .transaction("kit-user.near")
    .deployFromPublished({ accountId: "kit-publish.near" })
    .send();
  assert.is(await near.view("kit-user.near", "hello"), "Hello");
});

test("near-kit relays a call that another account signed", async ({ near, open }) => {
  await open("kit-relayed.near", "guestbook");
  await open("kit-signer.near");
  await open("kit-relayer.near");
  const { signedDelegateAction } = await near
    .transaction("kit-signer.near")
    .functionCall("kit-relayed.near", "add_message", { text: "relayed" }, { gas: "10 Tgas" })
    .delegate();
  await near
    .transaction("kit-relayer.near")
    .signedDelegateAction(signedDelegateAction)
    .send({ waitUntil: "FINAL" });
  assert.equal(await near.view("kit-relayed.near", "get_messages"), [
    { premium: false, sender: "kit-signer.near", text: "relayed" },
  ]);
});

test.run();
