import type { Action, Transaction } from "@yoctonear/transactions";
import { checkTransaction, checkTransactionForm } from "#localnet/runtime/verifier";
import { StateUpdate } from "#localnet/state/state-update";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { produceBlock } from "./mini-chain.ts";
import { runTransaction, transactionOf, transfer, unsigned, WORLD_KEY, worldOf } from "./world.ts";

const NEAR = 10n ** 24n;

const test = suite("runtime: transactions in a chunk");

test("a transaction that the chunk has twice is applied once", () => {
  const { chain } = worldOf();
  const signed = unsigned(transactionOf("alice.near", "bob.near", [transfer(NEAR)], 1n));
  const result = produceBlock(chain, [signed, signed]);
  assert.is(result.outcomes.length, 1);
  assert.is(result.skippedTransactions.length, 1);
});

test("a rejected one leaves an outcome without gas", () => {
  const world = worldOf();
  const tooLarge = runTransaction(world, transactionOf("alice.near", "bob.near", [], 11_000_000n));
  assert.equal(tooLarge.error, {
    InvalidTxError: { NonceTooLarge: { tx_nonce: 11_000_000, upper_bound: 11_000_000 } },
  });
  assert.is(tooLarge.outcomes[0]?.gasBurnt, 0n);
  const nobody = runTransaction(world, transactionOf("nobody.near", "bob.near", [], 1n));
  assert.equal(nobody.error, { InvalidTxError: { InvalidSignerId: { signer_id: "nobody.near" } } });
  const expired = runTransaction(world, transactionOf("alice.near", "bob.near", [], 1n), {
    isExpired: () => true,
  });
  assert.equal(expired.error, { InvalidTxError: "Expired" });
  assert.is(world.key("alice.near", WORLD_KEY)?.nonce, 0n);
});

test("the pre-check names a missing signer otherwise than the chunk", () => {
  const signed = unsigned(transactionOf("nobody.near", "bob.near", [], 1n));
  const options = {
    gasPrice: 100_000_000n,
    height: null,
    protocolVersion: 86,
    isSigned: true,
  };
  assert.equal(checkTransaction(new StateUpdate(worldOf().chain.state), signed, options), {
    SignerDoesNotExist: { signer_id: "nobody.near" },
  });
  const unsignedOptions = { ...options, isSigned: false };
  assert.is(checkTransaction(new StateUpdate(null), signed, unsignedOptions), "InvalidSignature");
});

test("a strict nonce must be the next one", () => {
  const world = worldOf();
  const strict = (nonce: bigint): Transaction => ({
    ...transactionOf("alice.near", "bob.near", [], 0n),
    version: 1,
    nonce: { type: "nonce", nonce },
    nonceMode: "strict",
  });
  assert.equal(runTransaction(world, strict(2n)).error, {
    InvalidTxError: { InvalidNonce: { tx_nonce: 2, ak_nonce: 0 } },
  });
  assert.is(runTransaction(world, strict(1n)).error, null);
});

test("the size of a signed transaction is limited", () => {
  const code = new Uint8Array(1_572_864);
  const actions: Action[] = [{ type: "deployContract", code }];
  const signed = unsigned(transactionOf("alice.near", "alice.near", actions, 1n));
  assert.equal(checkTransactionForm(signed, 86), {
    TransactionSizeExceeded: { size: 1_573_039, limit: 1_572_864 },
  });
});

test("a transaction to oneself runs in its own block", () => {
  const { chain } = worldOf();
  const signed = unsigned(transactionOf("alice.near", "alice.near", [transfer(1n)], 1n));
  const { outcomes, outgoingReceipts } = produceBlock(chain, [signed]);
  assert.is(outcomes.length, 2);
  assert.equal(
    outgoingReceipts.map(({ predecessorId }) => predecessorId),
    ["system"],
  );
});

test.run();
