/**
 * near-api-js: every kind of action that it has, each type of key, tokens.
 * @module
 */
import { executed, type Feature } from "@yoctonear/conformance";
import { loadContract } from "@yoctonear/contracts";
import { Account, actions, KeyPair, KeyPairSigner, teraToGas } from "near-api-js";
import { FungibleToken, NFTContract } from "near-api-js/tokens";
import * as assert from "uvu/assert";
import { type Context, errorOf, YOCTO } from "./context.ts";

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** The features, in order: later ones build on earlier ones. */
export const ACTIONS: readonly Feature<Context>[] = [
  {
    name: "`createAccount`, `transfer`, `addFullAccessKey` in one transaction",
    run: async ({ root, provider }) => {
      const pair = KeyPair.fromRandom("ed25519");
      const result = await root.signAndSendTransaction({
        receiverId: "made.test.near",
        actions: [
          actions.createAccount(),
          actions.transfer(YOCTO),
          actions.addFullAccessKey(pair.getPublicKey()),
        ],
      });
      const made = new Account("made.test.near", provider, new KeyPairSigner(pair));
      assert.is((await made.getState()).balance.total, YOCTO);
      return executed(result);
    },
  },
  {
    name: "`createSubAccount`, `deleteAccount`",
    run: async ({ root, provider }) => {
      const pair = KeyPair.fromRandom("ed25519");
      await root.createSubAccount({
        accountOrPrefix: "gone",
        publicKey: pair.getPublicKey(),
        nearToTransfer: YOCTO,
      });
      const gone = new Account("gone.test.near", provider, new KeyPairSigner(pair));
      const result = await gone.deleteAccount("test.near");
      assert.is(await errorOf(gone.getState()), "AccountDoesNotExistError");
      return executed(result);
    },
  },
  {
    name: "`addFunctionCallAccessKey`, `getAccessKey`",
    run: async ({ account }) => {
      const owner = await account("keys");
      const publicKey = KeyPair.fromRandom("ed25519").getPublicKey();
      const result = await owner.addFunctionCallAccessKey({
        publicKey,
        contractId: "test.near",
        methodNames: ["vote"],
        allowance: YOCTO / 4n,
      });
      const { permission } = await owner.getAccessKey(publicKey);
      assert.equal(permission, {
        FunctionCall: {
          allowance: (YOCTO / 4n).toString(),
          receiver_id: "test.near",
          method_names: ["vote"],
        },
      });
      return executed(result);
    },
  },
  {
    name: "`deleteKey`, `getAccessKeyList`",
    run: async ({ account }) => {
      const owner = await account("keys");
      const publicKey = KeyPair.fromRandom("ed25519").getPublicKey();
      await owner.addFullAccessKey(publicKey);
      const result = await owner.deleteKey(publicKey);
      assert.is((await owner.getAccessKeyList()).keys.length, 2);
      return executed(result);
    },
  },
  ...(["ed25519", "secp256k1"] as const).map((curve) => ({
    name: `signs with a key of ${curve}`,
    run: async ({ account, provider }: Context) => {
      const owner = await account("keys");
      const pair = KeyPair.fromRandom(curve);
      await owner.addFullAccessKey(pair.getPublicKey());
      const other = new Account(owner.accountId, provider, new KeyPairSigner(pair));
      return executed(await other.transfer({ receiverId: "test.near", amount: 1n }));
    },
  })),
  {
    name: "`deployContract` and `functionCall` of its init in one transaction",
    run: async ({ account, provider }) => {
      const { accountId } = await account("counter");
      const result = await (
        await account("counter")
      ).signAndSendTransaction({
        receiverId: accountId,
        actions: [
          actions.deployContract(await loadContract("counter")),
          actions.functionCall("new", { value: 41 }, teraToGas("10"), 0n),
        ],
      });
      const call = { contractId: accountId, method: "get", args: {} };
      assert.is(await provider.callFunction(call), 41);
      return executed(result);
    },
  },
  {
    name: "`callFunction`, its value",
    run: async ({ account }) => {
      const caller = await account("counter");
      const call = { contractId: caller.accountId, methodName: "increment", args: {} };
      return `value ${String(await caller.callFunction(call))}`;
    },
  },
  {
    name: "`stake`",
    run: async ({ root, provider }) => {
      const [validator] = (await provider.viewValidators()).current_validators;
      const { keys } = await root.getAccessKeyList();
      assert.is(validator?.public_key, keys[0]?.public_key);
      const publicKey = KeyPair.fromRandom("ed25519").getPublicKey();
      const action = actions.stake(60_000_000n * YOCTO, publicKey);
      const all = { receiverId: "test.near", actions: [action] };
      return executed(await root.signAndSendTransaction(all));
    },
  },
  {
    name: "`createSignedMetaTransaction`, `relayMetaTransaction`",
    run: async ({ account, root }) => {
      const sender = await account("meta");
      const { signedDelegate } = await sender.createSignedMetaTransaction({
        receiverId: "app.meta.test.near",
        actions: [actions.createAccount(), actions.transfer(YOCTO)],
      });
      const result = await root.relayMetaTransaction(signedDelegate);
      // NEP-366: the relayer pays, what is attached too.
      assert.is((await sender.getState()).balance.total, 100n * YOCTO);
      return executed(result);
    },
  },
  {
    name: "`deployGlobalContract` by hash and by account",
    run: async ({ account, provider }) => {
      const publisher = await account("publisher");
      const code = await loadContract("hello");
      const byHash = await publisher.deployGlobalContract(code, "codeHash");
      const byAccount = await publisher.deployGlobalContract(code, "accountId");
      const { accountId } = publisher;
      // What is executed is not yet with every shard, on any node.
      const txHash = byAccount.transaction.hash;
      await provider.viewTransactionStatus({ txHash, accountId, waitUntil: "FINAL" });
      const identifier = { accountId };
      assert.equal((await provider.viewGlobalContractCode({ identifier })).code, code);
      return `${executed(byHash)}; ${executed(byAccount)}`;
    },
  },
  {
    name: "`useGlobalContract` by hash and by account, view",
    run: async ({ account, provider }) => {
      const user = await account("user");
      const codeHash = await sha256(await loadContract("hello"));
      const byHash = await user.useGlobalContract({ codeHash });
      const byAccount = await user.useGlobalContract({ accountId: "publisher.test.near" });
      const call = { contractId: user.accountId, method: "hello", args: {} };
      const value = await provider.callFunction(call);
      return `${executed(byHash)}; ${executed(byAccount)}; ${String(value)}`;
    },
  },
  {
    name: "`FungibleToken`: register, transfer, transfer and call, balance, unregister",
    run: async ({ account, provider }) => {
      const owner = await account("owner");
      const bob = await account("bob");
      const token = await account("token");
      await token.deployContract(await loadContract("fungible-token"));
      await token.callFunction({
        contractId: token.accountId,
        methodName: "new",
        args: {
          owner_id: owner.accountId,
          total_supply: "1000",
          metadata: { spec: "ft-1.0.0", name: "Token", symbol: "TOK", decimals: 2 },
        },
      });
      const defi = await account("defi");
      await defi.deployContract(await loadContract("receiver"));
      const ft = new FungibleToken(token.accountId, { decimals: 2, symbol: "TOK", name: "Token" });
      for (const { accountId } of [bob, defi]) {
        await ft.registerAccount({ accountIdToRegister: accountId, fundingAccount: owner });
      }
      await ft.transfer({ from: owner, receiverId: bob.accountId, amount: 300n });
      // Their own `transferCall` attaches 30 Tgas, which is less than contracts of near-sdk want.
      await owner.callFunction({
        contractId: token.accountId,
        methodName: "ft_transfer_call",
        args: { receiver_id: defi.accountId, amount: "100", msg: "40" },
        deposit: 1n,
        gas: teraToGas("100"),
        waitUntil: "FINAL",
      });
      const balances = [await owner.getBalance(ft), await bob.getBalance(ft)];
      balances.push(await ft.getBalance({ accountId: defi.accountId, provider }));
      await ft.unregisterAccount({ account: bob, force: true });
      const isLeft = await ft.isAccountRegistered({ accountId: bob.accountId, provider });
      return `balances ${balances.join(", ")}; then registered: ${isLeft}`;
    },
  },
  {
    name: "`NFTContract`: transfer",
    run: async ({ account, provider }) => {
      const collection = await account("collection");
      const bob = await account("bob");
      const contractId = collection.accountId;
      const metadata = { spec: "nft-1.0.0", name: "Collection", symbol: "COL" };
      await collection.deployContract(await loadContract("non-fungible-token"));
      const args = { owner_id: contractId, metadata };
      await collection.callFunction({ contractId, methodName: "new", args });
      await collection.callFunction({
        contractId,
        methodName: "nft_mint",
        args: { token_id: "1", token_owner_id: contractId, token_metadata: { title: "One" } },
        deposit: YOCTO / 10n,
      });
      const nft = new NFTContract(contractId, metadata);
      await nft.transfer({ from: collection, receiverId: bob.accountId, tokenId: "1" });
      const token = await provider.callFunction<{ owner_id: string }>({
        contractId,
        method: "nft_token",
        args: { token_id: "1" },
      });
      return `owner ${token?.owner_id}`;
    },
  },
];
