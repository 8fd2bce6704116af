import { encodeBase58 } from "@yoctonear/base";
import type { AccessKeyPermission, Action, NonDelegateAction } from "@yoctonear/transactions";
import { validateActions } from "#localnet/runtime/actions-validation";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { WORLD_KEY } from "./world.ts";

const test = suite("runtime: validateActions");

const MEGABYTES_4 = 4_194_304;
const SIGNATURE = `ed25519:${"1".repeat(64)}`;
const STATE_INIT = { type: "v1", code: { type: "accountId", accountId: "ft.near" } } as const;
const DERIVED_ID = "0s69284a5453e7be5632b28b6a01baecf6c12c156d";

const call = (parts: Partial<Extract<Action, { type: "functionCall" }>>): NonDelegateAction => ({
  type: "functionCall",
  methodName: "m",
  args: new Uint8Array(),
  gas: 1n,
  deposit: 0n,
  ...parts,
});
const addKey = (permission: AccessKeyPermission): NonDelegateAction => ({
  type: "addKey",
  publicKey: WORLD_KEY,
  accessKey: { nonce: 0n, permission },
});
const callPermission = (methodNames: readonly string[], receiverId = "bob.near") =>
  ({ type: "functionCall", allowance: null, receiverId, methodNames }) as const;
const stake = (publicKey: string): Action => ({ type: "stake", stake: 1n, publicKey });
const deploy = (length: number): NonDelegateAction => ({
  type: "deployContract",
  code: new Uint8Array(length),
});
const end = (beneficiaryId: string): NonDelegateAction => ({
  type: "deleteAccount",
  beneficiaryId,
});
const delegate = (actions: readonly NonDelegateAction[]): Action => ({
  type: "delegate",
  delegateAction: {
    senderId: "alice.near",
    receiverId: DERIVED_ID,
    actions,
    nonce: 1n,
    maxBlockHeight: 1n,
    publicKey: WORLD_KEY,
  },
  signature: SIGNATURE,
});
const times = <T>(count: number, item: T): readonly T[] =>
  Array.from({ length: count }, () => item);
const keyOf = (byte: number): string => {
  const bytes = new Uint8Array(32);
  bytes[0] = byte;
  return `ed25519:${encodeBase58(bytes)}`;
};

const CASES: readonly (readonly [name: string, actions: readonly Action[], error: unknown])[] = [
  ["no action at all", [], null],
  ["100 actions", times(100, call({})), null],
  [
    "101 actions, before anything inside them",
    times(101, call({ gas: 0n })),
    { TotalNumberOfActionsExceeded: { total_number_of_actions: 101, limit: 100 } },
  ],
  ["10 deploys", times(10, deploy(1)), null],
  [
    "11 deploys",
    times(11, deploy(1)),
    { TotalNumberOfDeployActionsExceeded: { number_of_deploy_actions: 11, limit: 10 } },
  ],
  ["a deletion before the end", [end("bob.near"), deploy(1)], "DeleteActionMustBeFinal"],
  ["two delegates", [delegate([]), delegate([])], "DelegateActionMustBeOnlyOne"],
  [
    "a contract beyond 4 MiB",
    [deploy(MEGABYTES_4 + 1)],
    { ContractSizeExceeded: { size: MEGABYTES_4 + 1, limit: MEGABYTES_4 } },
  ],
  ["a call without gas", [call({ gas: 0n })], "FunctionCallZeroAttachedGas"],
  ["a call of the method without name", [call({ methodName: "" })], null],
  [
    "a long method name, in bytes",
    [call({ methodName: "ä".repeat(129) })],
    { FunctionCallMethodNameLengthExceeded: { length: 258, limit: 256 } },
  ],
  [
    "arguments beyond 4 MiB",
    [call({ args: new Uint8Array(MEGABYTES_4 + 1) })],
    { FunctionCallArgumentsLengthExceeded: { length: MEGABYTES_4 + 1, limit: MEGABYTES_4 } },
  ],
  [
    "more gas than 1 Pgas",
    times(2, call({ gas: 600_000_000_000_000n })),
    {
      TotalPrepaidGasExceeded: {
        total_prepaid_gas: 1_200_000_000_000_000,
        limit: 1_000_000_000_000_000,
      },
    },
  ],
  ["more gas than u64 holds", times(2, call({ gas: 2n ** 64n - 1n })), "IntegerOverflow"],
  ["a staking key of the prime-order group", [stake(WORLD_KEY)], null],
  // The identity is in every subgroup; the points of order 2 and 4 are not in this one.
  ["a staking key that is the identity", [stake(keyOf(1))], null],
  [
    "a staking key of order 4",
    [stake(keyOf(0))],
    { UnsuitableStakingKey: { public_key: keyOf(0) } },
  ],
  [
    "a staking key that is no point",
    [stake(keyOf(2))],
    { UnsuitableStakingKey: { public_key: keyOf(2) } },
  ],
  [
    "a key for an invalid account",
    [addKey(callPermission([], "A".repeat(200)))],
    { InvalidAccountId: { account_id: "A".repeat(128) } },
  ],
  [
    "a key with a long method name",
    [addKey(callPermission(["m".repeat(257)]))],
    { AddKeyMethodNameLengthExceeded: { length: 257, limit: 256 } },
  ],
  ["a key with 2,000 bytes of names", [addKey(callPermission(times(8, "m".repeat(249))))], null],
  [
    "a key with more",
    [addKey(callPermission([...times(8, "m".repeat(249)), ""]))],
    { AddKeyMethodNamesNumberOfBytesExceeded: { total_number_of_bytes: 2001, limit: 2000 } },
  ],
  [
    "a gas key with an allowance",
    [
      addKey({
        type: "gasKeyFunctionCall",
        balance: 0n,
        numNonces: 0,
        allowance: 0n,
        receiverId: "bob.near",
        methodNames: [],
      }),
    ],
    "GasKeyFunctionCallAllowanceNotAllowed",
  ],
  [
    "a gas key without lanes",
    [addKey({ type: "gasKeyFullAccess", balance: 1n, numNonces: 0 })],
    { GasKeyInvalidNumNonces: { requested_nonces: 0, limit: 1024 } },
  ],
  [
    "a gas key with 1,024 lanes",
    [addKey({ type: "gasKeyFullAccess", balance: 0n, numNonces: 1024 })],
    null,
  ],
  [
    "a gas key that starts with a balance",
    [addKey({ type: "gasKeyFullAccess", balance: 5n, numNonces: 1 })],
    { AddGasKeyWithNonZeroBalance: { balance: "5" } },
  ],
  ["an invalid beneficiary", [end("Bad Id")], { InvalidAccountId: { account_id: "Bad Id" } }],
  [
    "a state init for another receiver",
    [
      {
        type: "deterministicStateInit",
        stateInit: { ...STATE_INIT, data: new Map() },
        deposit: 0n,
      },
    ],
    {
      InvalidDeterministicStateInitReceiver: { receiver_id: "bob.near", derived_id: DERIVED_ID },
    },
  ],
  [
    "a state init inside a delegate, for the delegate's receiver",
    [
      delegate([
        {
          type: "deterministicStateInit",
          stateInit: { ...STATE_INIT, data: new Map() },
          deposit: 0n,
        },
      ]),
    ],
    null,
  ],
  [
    "a wrong action inside a delegate",
    [delegate([call({ gas: 0n })])],
    "FunctionCallZeroAttachedGas",
  ],
];

for (const [name, actions, error] of CASES) {
  const verdict = error === null ? "accepts" : "refuses";
  test(`${verdict} ${name}`, () => {
    assert.equal(validateActions(actions, "bob.near", 86), error);
  });
}

test.run();
