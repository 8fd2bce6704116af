import { decodeUtf8, encodeUtf8 } from "@yoctonear/base";
import type { ActionReceipt } from "#localnet/chain/receipt";
import { hashOf } from "#localnet/chain/hash";
import type { ContractVm } from "#localnet/runtime/contract-vm";
import type { ActionScope, NewReceipt } from "#localnet/runtime/action-scope";
import { trieEntries } from "#localnet/state/trie";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { produceBlock, settle } from "./mini-chain.ts";
import { transactionOf, unsigned, type World, worldOf } from "./world.ts";

const test = suite("runtime: receipts that wait");

const GAS = 10n ** 12n;
const [FIRST, SECOND] = [hashOf(encodeUtf8("first")), hashOf(encodeUtf8("second"))];
const WAITING_COLUMNS = [3, 4, 5, 6];

function callOf(receiverId: string, methodName: string, parts: Partial<ActionReceipt>): NewReceipt {
  const action = { type: "functionCall", methodName, args: new Uint8Array(), gas: GAS } as const;
  return {
    predecessorId: "alice.near",
    receiverId,
    body: {
      type: "actionV2",
      signerId: "carol.near",
      signerPublicKey: "ed25519:11111111111111111111111111111111",
      gasPrice: 10n ** 9n,
      outputDataReceivers: [],
      inputDataIds: [],
      actions: [{ ...action, deposit: 0n }],
      refundTo: null,
      ...parts,
    },
  };
}

/** Contracts that say `one` or fail, wait for both, join what came, or leave their result to another. */
const vm: ContractVm = {
  call: (scope, { methodName }) => {
    const { result, promiseResults } = scope;
    switch (methodName) {
      case "both":
        result.newReceipts.push(
          callOf("bob.near", "one", { outputDataReceivers: [toJoin(FIRST)] }),
          callOf("bob.near", "fail", { outputDataReceivers: [toJoin(SECOND)] }),
          callOf("alice.near", "join", { inputDataIds: [FIRST, SECOND] }),
        );
        usePrepaid(scope, 3n);
        result.returned = { type: "receiptIndex", index: 2 };
        return null;
      case "one":
        result.returned = { type: "value", value: encodeUtf8("1") };
        return null;
      case "join": {
        const parts = promiseResults.map((part) => (part === null ? "-" : decodeUtf8(part)));
        result.returned = { type: "value", value: encodeUtf8(parts.join(",")) };
        return null;
      }
      default:
        return { FunctionCallError: { ExecutionError: "no" } };
    }
  },
};

function toJoin(dataId: string): { readonly dataId: string; readonly receiverId: string } {
  return { dataId, receiverId: "alice.near" };
}

/** What the receipts it made will need. */
function usePrepaid({ result }: ActionScope, calls: bigint): void {
  result.gasUsed += calls * (GAS + 780_000_000_000n + 108_059_500_000n + 20_000_000n);
}

function start(world: World, methodName: string): void {
  const action = {
    type: "functionCall",
    methodName,
    args: new Uint8Array(),
    gas: 20n * GAS,
    deposit: 0n,
  } as const;
  const signed = unsigned(transactionOf("carol.near", "alice.near", [action], 1n));
  produceBlock(world.chain, [signed], { vm });
}

function worldWithContracts(): World {
  const world = worldOf();
  const code = encodeUtf8("code");
  const contract = { type: "local", hash: hashOf(code) } as const;
  const statePatch = ["alice.near", "bob.near"].flatMap((accountId) => {
    const account = world.account(accountId);
    return account === null
      ? []
      : ([
          { type: "account", accountId, account: { ...account, contract } },
          { type: "contract", accountId, code },
        ] as const);
  });
  produceBlock(world.chain, [], { statePatch });
  return world;
}

function waitingRows(world: World): number {
  return WAITING_COLUMNS.flatMap((column) => [
    ...trieEntries(world.chain.state, Uint8Array.of(column)),
  ]).length;
}

test("a receipt runs when all its data has come, in the block of the last", () => {
  const world = worldWithContracts();
  const { chain } = world;
  start(world, "both");
  produceBlock(chain, [], { vm });
  assert.is(waitingRows(world), 0);
  const calls = produceBlock(chain, [], { vm });
  // `join` waits: a row of the receipt, of its count, and of each data that it lacks.
  assert.is(waitingRows(world), 4);
  assert.is(calls.outcomes.filter(({ executorId }) => executorId === "bob.near").length, 2);
  const { outcomes } = produceBlock(chain, [], { vm });
  const join = outcomes.find(({ executorId }) => executorId === "alice.near");
  const { status } = join ?? {};
  assert.is(status?.type === "successValue" ? decodeUtf8(status.value) : null, "1,-");
  settle(chain, { vm });
  assert.is(waitingRows(world), 0);
});

test("the result of a call that leaves it to a receipt is that receipt's", () => {
  const world = worldWithContracts();
  start(world, "both");
  settle(world.chain, { vm });
  const outcomes = [...world.chain.outcomes.values()];
  const left = outcomes.filter(({ status }) => status.type === "successReceiptId");
  // The transaction, and the call: the last of its listed receipts but the refund.
  assert.is(left.length, 2);
  const status = left[1]?.status;
  const heir = status?.type === "successReceiptId" ? status.receiptId : "";
  assert.is(left[1]?.receiptIds[2], heir);
  assert.is(world.chain.outcomes.get(heir)?.executorId, "alice.near");
});

test("without a VM a call of a contract fails and says why", () => {
  const world = worldWithContracts();
  const { chain } = world;
  const action = {
    type: "functionCall",
    methodName: "one",
    args: new Uint8Array(),
    gas: GAS,
    deposit: 5n,
  } as const;
  produceBlock(chain, [unsigned(transactionOf("carol.near", "bob.near", [action], 1n))]);
  settle(chain);
  const failed = [...chain.outcomes.values()].find(({ status }) => status.type === "failure");
  assert.match(JSON.stringify(failed?.status), "runs no contract code yet");
});

test.run();
