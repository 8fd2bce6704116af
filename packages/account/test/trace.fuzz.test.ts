import { formatTrace, type ReceiptTrace, readTrace } from "@yoctonear/account";
import type { ActionView, ExecutionStatusView, RpcTransactionResponse } from "@yoctonear/rpc";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("trace: of any answer");

const anyText = fc.string({ unit: "binary", maxLength: 300 });
const amount = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map(String);
const gas = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

const action: fc.Arbitrary<ActionView> = fc.oneof(
  fc.constant("CreateAccount" as const),
  fc.record({ Transfer: fc.record({ deposit: amount }) }),
  fc.record({
    FunctionCall: fc.record({ method_name: anyText, args: anyText, gas, deposit: amount }),
  }),
  fc.record({ DeleteAccount: fc.record({ beneficiary_id: anyText }) }),
);

/** Ids are few, so that receipts make each other, twice, or nobody knows them. */
const id = fc.constantFrom("hash", "a", "b", "c", "d", "e");

const status: fc.Arbitrary<ExecutionStatusView> = fc.oneof(
  fc.constant("Unknown" as const),
  fc.record({ SuccessValue: anyText }),
  fc.record({ SuccessValue: fc.constantFrom("", "bnVsbA==", "/w==") }),
  fc.record({ SuccessReceiptId: id }),
  fc.record({
    Failure: fc.record({
      ActionError: fc.record({
        index: gas,
        kind: fc.record({ FunctionCallError: fc.record({ ExecutionError: anyText }) }),
      }),
    }),
  }),
);

const outcome = fc.record({
  id,
  block_hash: anyText,
  proof: fc.constant([]),
  outcome: fc.record({
    executor_id: anyText,
    gas_burnt: gas,
    tokens_burnt: amount,
    logs: fc.array(anyText, { maxLength: 3 }),
    receipt_ids: fc.array(id, { maxLength: 4 }),
    status,
  }),
});

const receipt = fc.record({
  receipt_id: id,
  predecessor_id: fc.oneof(anyText, fc.constant("system")),
  receiver_id: anyText,
  receipt: fc.oneof(
    fc.record({
      Action: fc.record({
        actions: fc.array(action, { maxLength: 3 }),
        gas_price: amount,
        input_data_ids: fc.array(anyText, { maxLength: 2 }),
        output_data_receivers: fc.constant([]),
        signer_id: anyText,
        signer_public_key: anyText,
      }),
    }),
    fc.record({ Data: fc.record({ data_id: anyText }) }),
  ),
});

const response: fc.Arbitrary<RpcTransactionResponse> = fc.record(
  {
    final_execution_status: fc.constant("FINAL" as const),
    transaction_outcome: outcome.map((root) => ({ ...root, id: "hash" })),
    receipts_outcome: fc.array(outcome, { maxLength: 8 }),
    receipts: fc.array(receipt, { maxLength: 8 }),
  },
  { requiredKeys: ["final_execution_status"] },
);

test("has each receipt once, a line for each and for what is said of it, and nothing unprintable", () => {
  fc.assert(
    fc.property(response, (answer) => {
      const trace = readTrace("hash", answer);
      const all = flat(trace);
      assert.is(new Set(all.map((each) => each.id)).size, all.length);
      const lines = formatTrace(trace).split("\n");
      const said = all.map(({ outcome: of, failure, bytes }) => {
        return (of?.logs ?? []).length + (failure ? 1 : 0) + (bytes && bytes.length > 0 ? 1 : 0);
      });
      assert.is(
        lines.length,
        said.reduce((sum, count) => sum + count, all.length + 1),
      );
      for (const line of lines) assert.not.match(line, /[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});

function flat(trace: ReceiptTrace): ReceiptTrace[] {
  return [trace, ...trace.receipts.flatMap(flat)];
}

test.run();
