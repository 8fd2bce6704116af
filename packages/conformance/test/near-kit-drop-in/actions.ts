/**
 * near-kit: every kind of action.
 * @module
 */
import { executed, type Feature } from "@yoctonear/conformance";
import { loadContract } from "@yoctonear/contracts";
import { deriveAccountId, generateKey, parseKey } from "near-kit";
import * as assert from "uvu/assert";
import { codeHash } from "yoctonear";
import { amountOf, type Context, secretOf, YOCTO } from "./context.ts";

/** The features, in order: later ones build on earlier ones. */
export const ACTIONS: readonly Feature<Context>[] = [
  {
    name: "`createAccount`, `transfer`, `addKey` in one transaction",
    run: async ({ near, keys }) => {
      const key = generateKey();
      const result = await near
        .transaction("test.near")
        .createAccount("made.test.near")
        .transfer("made.test.near", "1 NEAR")
        .addKey(key.publicKey.toString(), { type: "fullAccess" })
        .send();
      await keys.add("made.test.near", key);
      assert.is(await amountOf(near, "made.test.near"), YOCTO);
      return executed(result);
    },
  },
  {
    name: "`deleteAccount`",
    run: async ({ near }) => {
      const result = await near
        .transaction("made.test.near")
        .deleteAccount({ beneficiary: "test.near" })
        .send();
      assert.is(await near.accountExists("made.test.near"), false);
      return executed(result);
    },
  },
  {
    name: "`addKey` of function calls, `getAccessKey`",
    run: async ({ near, open }) => {
      const { id } = await open("limited");
      const key = generateKey().publicKey.toString();
      const result = await near
        .transaction(id)
        .addKey(key, {
          type: "functionCall",
          receiverId: "test.near",
          methodNames: ["get"],
          allowance: "0.25 NEAR",
        })
        .send();
      const seen = await near.getAccessKey(id, key);
      assert.equal(seen?.permission, {
        FunctionCall: {
          allowance: (YOCTO / 4n).toString(),
          receiver_id: "test.near",
          method_names: ["get"],
        },
      });
      assert.is((await near.getAccessKeys(id)).keys.length, 2);
      return executed(result);
    },
  },
  {
    name: "`deleteKey`",
    run: async ({ near, open }) => {
      const { id } = await open("rotating");
      const key = generateKey().publicKey.toString();
      await near.transaction(id).addKey(key, { type: "fullAccess" }).send();
      const result = await near.transaction(id).deleteKey(id, key).send();
      assert.is(await near.getAccessKey(id, key), null);
      return executed(result);
    },
  },
  {
    name: "`deployContract`, `functionCall` of its init, `view`",
    run: async ({ near, open }) => {
      const { id } = await open("counter");
      const result = await near
        .transaction(id)
        .deployContract(id, await loadContract("counter"))
        .functionCall(id, "new", { value: 41 }, { gas: "10 Tgas" })
        .send();
      assert.is(await near.view(id, "get"), 41);
      return executed(result);
    },
  },
  {
    name: "`call`",
    run: async ({ near }) => {
      const id = "counter.test.near";
      return executed(await near.call(id, "increment", {}, { signerId: id }));
    },
  },
  {
    name: "`viewState`, `getContractCode`, `getAccount`",
    run: async ({ near }) => {
      const { values } = await near.viewState("counter.test.near");
      const found = await near.getContractCode("counter.test.near");
      assert.equal(new Uint8Array(found.code), await loadContract("counter"));
      const { hasContract } = await near.getAccount("counter.test.near");
      return `${values.length} row, code as deployed, hasContract ${hasContract}`;
    },
  },
  {
    name: "`stake`",
    run: async ({ near, sandbox }) => {
      const key = parseKey(sandbox.rootAccount.secretKey).publicKey.toString();
      return executed(await near.transaction("test.near").stake(key, "60000000 NEAR").send());
    },
  },
  {
    name: "`delegate`, `signedDelegateAction`",
    run: async ({ near, open }) => {
      const { id } = await open("meta");
      const { signedDelegateAction } = await near
        .transaction(id)
        .transfer("test.near", "1 NEAR")
        .delegate();
      const result = await near
        .transaction("test.near")
        .signedDelegateAction(signedDelegateAction)
        .send({ waitUntil: "FINAL" });
      assert.is(await amountOf(near, id), 10n * YOCTO);
      return executed(result);
    },
  },
  {
    name: "`delegateV2`, `signedDelegateActionV2`",
    run: async ({ near, open }) => {
      const { id } = await open("meta2");
      const { signedDelegateAction } = await near
        .transaction(id)
        .transfer("test.near", "1 NEAR")
        .delegateV2();
      const result = await near
        .transaction("test.near")
        .signedDelegateActionV2(signedDelegateAction)
        .send({ waitUntil: "FINAL" });
      return executed(result);
    },
  },
  {
    name: "`publishContract` by hash, `globalContractExists`",
    run: async ({ near, open }) => {
      const { id } = await open("publisher");
      const code = await loadContract("hello");
      const result = await near
        .transaction(id)
        .publishContract(code, { identifiedBy: "hash" })
        .send({ waitUntil: "FINAL" });
      assert.is(await near.globalContractExists({ codeHash: codeHash(code) }), true);
      return executed(result);
    },
  },
  {
    name: "`publishContract` by account, `getGlobalContract`",
    run: async ({ near }) => {
      const accountId = "publisher.test.near";
      const code = await loadContract("hello");
      const result = await near
        .transaction(accountId)
        .publishContract(code, { identifiedBy: "account" })
        .send({ waitUntil: "FINAL" });
      const found = await near.getGlobalContract({ accountId });
      assert.equal(new Uint8Array(found.code), code);
      return executed(result);
    },
  },
  {
    name: "`deployFromPublished` by hash, `view`",
    run: async ({ near, open }) => {
      const { id } = await open("by-hash");
      const hash = codeHash(await loadContract("hello"));
      const result = await near.transaction(id).deployFromPublished({ codeHash: hash }).send();
      assert.is(await near.view(id, "hello"), "Hello");
      return executed(result);
    },
  },
  {
    name: "`deployFromPublished` by account, `view`",
    run: async ({ near, open }) => {
      const { id } = await open("by-account");
      const accountId = "publisher.test.near";
      const result = await near.transaction(id).deployFromPublished({ accountId }).send();
      assert.is(await near.view(id, "hello"), "Hello");
      return executed(result);
    },
  },
  {
    name: "`stateInit`, `deriveAccountId`",
    run: async ({ near, open }) => {
      const { id } = await open("initiator");
      const init = { code: { accountId: "publisher.test.near" }, deposit: "1 NEAR" } as const;
      const result = await near.transaction(id).stateInit(init).send();
      const derived = deriveAccountId({ code: init.code });
      assert.is(await near.view(derived, "hello"), "Hello");
      return executed(result);
    },
  },
  {
    name: "`addKey` of a gas key, `getGasKeyNonces`",
    run: async ({ near, keys, open }) => {
      const { id } = await open("gas");
      const key = generateKey();
      await keys.add("gas-key", key);
      const publicKey = key.publicKey.toString();
      const permission = { type: "gasKeyFullAccess", numNonces: 3 } as const;
      const result = await near.transaction(id).addKey(publicKey, permission).send();
      assert.is((await near.rpc.getGasKeyNonces(id, publicKey)).nonces.length, 3);
      return executed(result);
    },
  },
  {
    name: "`transferToGasKey`",
    run: async ({ near, keys }) => {
      const key = (await keys.get("gas-key"))?.publicKey.toString() ?? "";
      return executed(
        await near.transaction("gas.test.near").transferToGasKey(key, "1 NEAR").send(),
      );
    },
  },
  {
    name: "`useGasKey`, three lanes in parallel",
    run: async ({ near, keys }) => {
      const key = await keys.get("gas-key");
      assert.ok(key);
      const results = await Promise.all(
        [0, 1, 2, 0, 1, 2].map((lane) =>
          near
            .transaction("gas.test.near")
            .signWith(secretOf(key))
            .useGasKey(lane)
            .transfer("test.near", BigInt(lane + 1))
            .send(),
        ),
      );
      return [...new Set(results.map(executed))].join("; ");
    },
  },
  {
    name: "`addKey` of a gas key for function calls",
    run: async ({ near }) => {
      const permission = {
        type: "gasKeyFunctionCall",
        numNonces: 2,
        receiverId: "test.near",
      } as const;
      const key = generateKey().publicKey.toString();
      return executed(await near.transaction("gas.test.near").addKey(key, permission).send());
    },
  },
  {
    name: "`withdrawFromGasKey`",
    run: async ({ near, keys }) => {
      const key = (await keys.get("gas-key"))?.publicKey.toString() ?? "";
      const transaction = near.transaction("gas.test.near");
      return executed(await transaction.withdrawFromGasKey(key, "0.5 NEAR").send());
    },
  },
];
