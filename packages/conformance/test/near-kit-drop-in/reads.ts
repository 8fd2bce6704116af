/**
 * near-kit: reads, errors, levels of waiting, transactions in parallel.
 * @module
 */
import { executed, type Feature, reached } from "@yoctonear/conformance";
import { KeyPair as OtherKeyPair } from "near-api-js";
import { generateKey, Near, parseKey, RotatingKeyStore } from "near-kit";
import * as assert from "uvu/assert";
import { amountOf, type Context, errorOf, YOCTO } from "./context.ts";

/** The features. */
export const READS: readonly Feature<Context>[] = [
  {
    name: "`getBalance`, `getAccount`",
    run: async ({ near, open }) => {
      const { id } = await open("viewed");
      const { balance, available, storageBytes } = await near.getAccount(id);
      assert.is(await near.getBalance(id), available);
      return `balance ${balance}, ${storageBytes} bytes`;
    },
  },
  {
    name: "`getBlock` final, by height, by hash",
    run: async ({ near }) => {
      const { header } = await near.rpc.getBlock({ finality: "final" });
      for (const blockId of [header.height, header.hash]) {
        assert.is((await near.rpc.getBlock({ blockId })).header.hash, header.hash);
      }
      return "the same block";
    },
  },
  {
    name: "`getStatus`, `getGasPrice`, `genesisConfig`",
    run: async ({ near }) => {
      const { chain_id, protocol_version } = await near.getStatus();
      const { gas_price } = await near.rpc.getGasPrice();
      const genesis = await near.rpc.genesisConfig();
      return `${chain_id}, protocol ${protocol_version}, ${gas_price} yocto, epochs of ${String(genesis["epoch_length"])}`;
    },
  },
  {
    name: "`rpc.call` of validators, protocol config",
    run: async ({ near }) => {
      const { current_validators: validators } = await near.rpc.call<{
        current_validators: readonly { account_id: string }[];
      }>("validators", [null]);
      const config = await near.rpc.call<{ chain_id: string }>("EXPERIMENTAL_protocol_config", {
        finality: "final",
      });
      return `${validators.map(({ account_id }) => account_id).join()}, ${config.chain_id}`;
    },
  },
  {
    name: "`getTransactionStatus` at once, and when final",
    run: async ({ near, open }) => {
      const { id } = await open("history");
      const waitUntil = "EXECUTED_OPTIMISTIC";
      const sent = await near.transaction(id).transfer("test.near", "1 yocto").send({ waitUntil });
      const { hash } = sent.transaction;
      const atOnce = await near.getTransactionStatus(hash, id, waitUntil);
      const { final_execution_status: level, receipts } = await near.getTransactionStatus(
        hash,
        id,
        "FINAL",
      );
      // How far beyond it is by then depends on the machine.
      const isExecuted = /^(EXECUTED|FINAL)/.test(atOnce.final_execution_status);
      return `${isExecuted ? "executed" : atOnce.final_execution_status}; ${level}, ${receipts.length} receipts`;
    },
  },
  ...(
    ["NONE", "INCLUDED", "EXECUTED_OPTIMISTIC", "INCLUDED_FINAL", "EXECUTED", "FINAL"] as const
  ).map((waitUntil) => ({
    name: `\`send\` until ${waitUntil}`,
    run: async ({ near, open }: Context) => {
      const { id } = await open(`waits-${waitUntil.toLowerCase()}`);
      const result = await near
        .transaction(id)
        .transfer("test.near", "1 yocto")
        .send({ waitUntil });
      return reached(result.final_execution_status, waitUntil);
    },
  })),
  {
    name: "eight at once by one key, eight by four (`RotatingKeyStore`)",
    run: async ({ near, open, sandbox }) => {
      const { id } = await open("parallel");
      await open("target");
      // Amounts differ: where its nonces collide, two equal transfers are one transaction.
      const transfers = (client: Near): Promise<readonly object[]> =>
        Promise.all(
          Array.from({ length: 8 }, (_, index) =>
            client
              .transaction(id)
              .transfer("target.test.near", BigInt(index + 1))
              .send(),
          ),
        );
      await transfers(near);
      const pairs = Array.from({ length: 4 }, generateKey);
      const add = near.transaction(id);
      for (const { publicKey } of pairs) add.addKey(publicKey.toString(), { type: "fullAccess" });
      await add.send();
      const keyStore = new RotatingKeyStore({ [id]: pairs.map(({ secretKey }) => secretKey) });
      await transfers(new Near({ network: sandbox, keyStore }));
      return `${(await amountOf(near, "target.test.near")) - 10n * YOCTO} yocto came`;
    },
  },
  {
    name: "`strictNonceMode`",
    run: async ({ near, open }) => {
      const { id } = await open("strict");
      const transaction = near.transaction(id).transfer("test.near", "1 yocto").strictNonceMode();
      return executed(await transaction.send());
    },
  },
  {
    name: "account, key, block that are not there",
    run: async ({ near }) => {
      const key = generateKey().publicKey.toString();
      return [
        await errorOf(near.getAccount("missing.near")),
        await errorOf(near.rpc.getAccessKey("test.near", key)),
        await errorOf(near.rpc.getBlock({ blockId: 1_000_000 })),
      ].join("; ");
    },
  },
  {
    name: "more than one has",
    run: async ({ near, open }) => {
      const { id } = await open("poor");
      return errorOf(near.transaction(id).transfer("test.near", "11 NEAR").send());
    },
  },
  {
    name: "transfer to an account that is not there",
    run: async ({ near, open }) => {
      const { id } = await open("failing");
      return errorOf(near.transaction(id).transfer("missing.near", "1 NEAR").send());
    },
  },
  {
    name: "call and view of an account without code; a panic",
    run: async ({ near, open }) => {
      const { id } = await open("caller");
      const options = { signerId: id, attachedDeposit: "1 yocto" } as const;
      return [
        await errorOf(near.call(id, "vote", {}, { signerId: id })),
        await errorOf(near.view(id, "vote")),
        await errorOf(near.call("counter.test.near", "reset", {}, options)),
      ].join("; ");
    },
  },
  {
    name: "a secp256k1 key (P25, theirs: its signature is never valid)",
    run: async ({ near, open }) => {
      const { id } = await open("curves");
      const pair = parseKey(OtherKeyPair.fromRandom("secp256k1").toString());
      await near.transaction(id).addKey(pair.publicKey.toString(), { type: "fullAccess" }).send();
      const secret: `secp256k1:${string}` = `secp256k1:${pair.secretKey.slice("secp256k1:".length)}`;
      return errorOf(near.transaction(id).signWith(secret).transfer("test.near", "1 yocto").send());
    },
  },
];
