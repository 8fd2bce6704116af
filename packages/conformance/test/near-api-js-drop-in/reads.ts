/**
 * near-api-js: reads, levels of waiting, transactions in parallel, errors, and the sandbox's own methods.
 * @module
 */
import { type Feature, reached } from "@yoctonear/conformance";
import { Account, actions, KeyPair, KeyPairSigner, MultiKeySigner, nearToYocto } from "near-api-js";
import { NEAR } from "near-api-js/tokens";
import * as assert from "uvu/assert";
import { type Context, errorOf, YOCTO } from "./context.ts";

/** The features. */
export const READS: readonly Feature<Context>[] = [
  {
    name: "`getState`, `getBalance`, `viewAccount`",
    run: async ({ account, provider }) => {
      const owner = await account("viewed");
      const { balance, storageUsage } = await owner.getState();
      const { amount } = await provider.viewAccount({ accountId: owner.accountId });
      assert.is(amount, balance.total);
      assert.is(await owner.getBalance(NEAR), balance.available);
      return `${balance.total / YOCTO} NEAR, ${storageUsage} bytes`;
    },
  },
  {
    name: "`viewContractState`, `getContractCode`",
    run: async ({ account }) => {
      const counter = await account("counter");
      const { values } = await counter.getContractState();
      return `${values.length} row, code: ${(await counter.getContractCode()).code.length > 100}`;
    },
  },
  {
    name: "`viewBlock` final, by height, by hash; `viewChunk`",
    run: async ({ provider }) => {
      const { header, chunks } = await provider.viewBlock({ finality: "final" });
      for (const blockId of [header.height, header.hash]) {
        assert.is((await provider.viewBlock({ blockId })).header.hash, header.hash);
      }
      const chunk = await provider.viewChunk(chunks[0]?.chunk_hash ?? "");
      assert.is(chunk.header.chunk_hash, chunks[0]?.chunk_hash);
      return "the same block, its chunk";
    },
  },
  {
    name: "`viewNodeStatus`, `getNetworkId`, `viewGasPrice`",
    run: async ({ provider }) => {
      const { protocol_version: protocol } = await provider.viewNodeStatus();
      const { gas_price: price } = await provider.viewGasPrice();
      return `protocol ${protocol}, ${await provider.getNetworkId()}, ${price} yocto`;
    },
  },
  {
    name: "`viewValidators`, `getCurrentEpochSeatPrice`, `getNextEpochSeatPrice`",
    run: async ({ provider }) => {
      const { current_validators: validators } = await provider.viewValidators();
      assert.ok((await provider.getCurrentEpochSeatPrice()) > 0n);
      assert.ok((await provider.getNextEpochSeatPrice()) > 0n);
      return validators.map(({ account_id }) => account_id).join();
    },
  },
  {
    name: "`experimental_protocolConfig` final and at genesis",
    run: async ({ provider }) => {
      const final = await provider.experimental_protocolConfig({ finality: "final" });
      const first = await provider.experimental_protocolConfig({ sync_checkpoint: "genesis" });
      return `${final.chain_id}, ${first.chain_id}`;
    },
  },
  {
    name: "`blockChanges`, `accountChanges`",
    run: async ({ account, provider }) => {
      const owner = await account("changing");
      const { transaction_outcome: sent } = await owner.transfer({
        receiverId: "test.near",
        amount: 1n,
      });
      const blockId = sent.block_hash;
      const { changes } = await provider.blockChanges({ blockId });
      const ofOne = await provider.accountChanges([owner.accountId], { blockId });
      assert.ok(changes.length > 0);
      return `${ofOne.changes.length} of the account`;
    },
  },
  {
    name: "`viewTransactionStatus`, with receipts, `viewTransactionReceipt`",
    run: async ({ account, provider }) => {
      const owner = await account("history");
      const sent = await owner.transfer({ receiverId: "test.near", amount: 1n });
      const asked = {
        txHash: sent.transaction.hash,
        accountId: owner.accountId,
        waitUntil: "FINAL",
      } as const;
      const status = await provider.viewTransactionStatus(asked);
      const more = await provider.viewTransactionStatusWithReceipts(asked);
      assert.ok("receipts" in more);
      const [receiptId = ""] = sent.transaction_outcome.outcome.receipt_ids;
      const receipt = await provider.viewTransactionReceipt(receiptId);
      return `${status.final_execution_status}, receipt to ${receipt.receiver_id}`;
    },
  },
  ...(
    ["NONE", "INCLUDED", "EXECUTED_OPTIMISTIC", "INCLUDED_FINAL", "EXECUTED", "FINAL"] as const
  ).map((waitUntil) => ({
    name: `\`sendTransactionUntil\` ${waitUntil}`,
    run: async ({ provider, open }: Context) => {
      const owner = await open(`waits-${waitUntil.toLowerCase().replace("_", "-")}`);
      const signer = owner.getSigner();
      assert.ok(signer);
      const transaction = await owner.createTransaction({
        receiverId: "test.near",
        actions: [actions.transfer(1n)],
        publicKey: await signer.getPublicKey(),
      });
      const { signedTransaction } = await signer.signTransaction(transaction);
      const result = await provider.sendTransactionUntil(signedTransaction, waitUntil);
      return reached(result.final_execution_status, waitUntil);
    },
  })),
  {
    name: "eight at once by one key, eight by four (`MultiKeySigner`)",
    run: async ({ account, provider }) => {
      const owner = await account("parallel");
      const target = await account("target");
      const amounts = Array.from({ length: 8 }, (_, index) => BigInt(index + 1));
      const receiverId = target.accountId;
      await owner.signAndSendTransactions({
        transactions: amounts.map((amount) => ({
          receiverId,
          actions: [actions.transfer(amount)],
        })),
      });
      const pairs = Array.from({ length: 4 }, () => KeyPair.fromRandom("ed25519"));
      await owner.signAndSendTransaction({
        receiverId: owner.accountId,
        actions: pairs.map((pair) => actions.addFullAccessKey(pair.getPublicKey())),
      });
      const many = new Account(owner.accountId, provider, new MultiKeySigner(pairs));
      await Promise.all(
        amounts.map((amount) => many.transfer({ token: NEAR, receiverId, amount })),
      );
      return `${(await target.getState()).balance.total - 100n * YOCTO} yocto came`;
    },
  },
  {
    name: "account, key, block, transaction, method that are not there",
    run: async ({ account, provider }) => {
      const owner = await account("viewed");
      const unknown = KeyPair.fromRandom("ed25519").getPublicKey();
      const txHash = "1".repeat(32);
      const asked = { txHash, accountId: "test.near", waitUntil: "NONE" } as const;
      return [
        await errorOf(provider.viewAccount({ accountId: "missing.near" })),
        await errorOf(owner.getAccessKey(unknown)),
        await errorOf(provider.viewBlock({ blockId: 1_000_000 })),
        await errorOf(provider.viewTransactionStatus(asked)),
        await errorOf(provider.sendJsonRpc("EXPERIMENTAL_view_gas_key", {})),
      ].join(", ");
    },
  },
  {
    name: "more than one has; an account that is not there, or is there already",
    run: async ({ account }) => {
      const owner = await account("viewed");
      const create = { receiverId: owner.accountId, actions: [actions.createAccount()] };
      return [
        await errorOf(owner.transfer({ receiverId: "test.near", amount: nearToYocto("101") })),
        await errorOf(owner.transfer({ receiverId: "missing.near", amount: 1n })),
        await errorOf(owner.signAndSendTransaction(create)),
      ].join(", ");
    },
  },
  {
    name: "a key that may not, one that is gone",
    run: async ({ account, provider }) => {
      const owner = await account("limited");
      const pair = KeyPair.fromRandom("ed25519");
      const publicKey = pair.getPublicKey();
      await owner.addFunctionCallAccessKey({ publicKey, contractId: "test.near", methodNames: [] });
      const limited = new Account(owner.accountId, provider, new KeyPairSigner(pair));
      const transfer = { receiverId: "test.near", amount: 1n };
      const before = await errorOf(limited.transfer(transfer));
      await owner.deleteKey(publicKey);
      return `${before}, ${await errorOf(limited.transfer(transfer))}`;
    },
  },
  {
    name: "call and view of an account without code; a panic",
    run: async ({ account, provider }) => {
      const owner = await account("viewed");
      const contractId = owner.accountId;
      const counter = "counter.test.near";
      const reset = { contractId: counter, methodName: "reset", args: {}, deposit: 1n };
      return [
        await errorOf(owner.callFunction({ contractId, methodName: "vote", args: {} })),
        await errorOf(provider.callFunction({ contractId, method: "vote", args: {} })),
        await errorOf(owner.callFunction(reset)),
      ].join(", ");
    },
  },
  {
    name: "`sandbox_patch_state` of an account",
    run: async ({ account, provider }) => {
      const owner = await account("patched");
      const { accountId } = owner;
      const patched = { amount: (77n * YOCTO).toString(), locked: "0", storage_usage: 182 };
      const record = { account_id: accountId, account: { ...patched, code_hash: "1".repeat(32) } };
      // Their type knows no methods of the sandbox.
      const params = { records: [{ Account: record }] };
      await Reflect.apply(provider.sendJsonRpc, provider, ["sandbox_patch_state", params]);
      return `${(await owner.getState()).balance.total / YOCTO} NEAR`;
    },
  },
  {
    name: "`sandbox_fast_forward`",
    run: async ({ provider }) => {
      const height = async (): Promise<number> =>
        (await provider.viewBlock({ finality: "optimistic" })).header.height;
      const before = await height();
      const params = { delta_height: 1000 };
      await Reflect.apply(provider.sendJsonRpc, provider, ["sandbox_fast_forward", params]);
      assert.ok((await height()) >= before + 1000);
      return "at least 1000 heights on";
    },
  },
];
