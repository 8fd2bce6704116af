import { describeFailure } from "@yoctonear/account";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("describeFailure: nearcore's nested errors");

test("finds the innermost error, its fields and the action", () => {
  const failure = describeFailure({
    ActionError: { index: 2n, kind: { AccountDoesNotExist: { account_id: "bob.near" } } },
  });
  assert.is(failure.kind, "AccountDoesNotExist");
  assert.equal(failure.fields, { account_id: "bob.near" });
  assert.is(failure.actionIndex, 2);
  assert.is(failure.description, "action 2: AccountDoesNotExist (account id bob.near)");
});

test("reads unit variants at any depth", () => {
  assert.is(describeFailure("Expired").kind, "Expired");
  assert.is(describeFailure({ InvalidTxError: "InvalidSignature" }).kind, "InvalidSignature");
  assert.is(
    describeFailure({ InvalidAccessKeyError: "RequiresFullAccess" }).kind,
    "RequiresFullAccess",
  );
  assert.is(
    describeFailure({ ActionsValidation: "DeleteActionMustBeFinal" }).kind,
    "DeleteActionMustBeFinal",
  );
});

test("shows amounts in NEAR, exactly", () => {
  const { description } = describeFailure({
    NotEnoughBalance: {
      signer_id: "alice.near",
      balance: "1500000000000000000000000",
      cost: "2000000000000000000000001",
    },
  });
  assert.is(
    description,
    "NotEnoughBalance (signer id alice.near, balance 1.5 NEAR, cost 2.000000000000000000000001 NEAR, missing 0.500000000000000000000001 NEAR)",
  );
});

test("P43: shows what a contract said", () => {
  const { kind, description } = describeFailure({
    ActionError: {
      index: 0,
      kind: { FunctionCallError: { ExecutionError: "Smart contract panicked: no votes" } },
    },
  });
  assert.is(kind, "ExecutionError");
  assert.is(description, "action 0: ExecutionError: Smart contract panicked: no votes");
});

test("P8: passes unknown variants through", () => {
  assert.is(describeFailure({ FromTheFuture: { x: 1 } }).kind, "FromTheFuture");
  assert.is(describeFailure({ ActionError: { index: null, kind: { New: {} } } }).kind, "New");
  for (const odd of [null, undefined, 7, [], {}, { a: 1, b: 2 }]) {
    assert.is(describeFailure(odd).kind, "Unknown");
  }
});

test.run();
