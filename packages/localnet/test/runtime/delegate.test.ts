import type { Action, TransactionNonce } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failureAt, run, type World, WORLD_KEY, worldOf } from "./world.ts";

const test = suite("runtime: delegates");

const GAS_KEY = `ed25519:${"1".repeat(31)}2`;
const CALL_KEY = `ed25519:${"1".repeat(31)}3`;
const ABSENT_KEY = `ed25519:${"1".repeat(31)}4`;

/** Verdicts of a chain on which whatever is delegated was signed. */
const ALL_SIGNED = Object.assign(new Map<string, boolean>(), { get: () => true });

interface Options {
  readonly publicKey?: string;
  readonly senderId?: string;
  readonly maxBlockHeight?: bigint;
}

function delegateV2(nonce: TransactionNonce, options: Options = {}): Action {
  const { publicKey = GAS_KEY, senderId = "alice.near", maxBlockHeight = 1000n } = options;
  return {
    type: "delegateV2",
    delegateAction: {
      type: "v2",
      senderId,
      receiverId: "carol.near",
      actions: [{ type: "transfer", deposit: 5n }],
      nonce,
      maxBlockHeight,
      publicKey,
    },
    signature: `ed25519:${"1".repeat(64)}`,
  };
}

function plain(nonce: bigint): TransactionNonce {
  return { type: "nonce", nonce };
}

function lane(nonceIndex: number, nonce: bigint): TransactionNonce {
  return { type: "gasKeyNonce", nonce, nonceIndex };
}

/** alice.near has a gas key of two lanes and a function-call key besides her own. */
function worldWithKeys(): World {
  const world = worldOf();
  run(world, "alice.near", "alice.near", [
    {
      type: "addKey",
      publicKey: GAS_KEY,
      accessKey: { nonce: 0n, permission: { type: "gasKeyFullAccess", balance: 0n, numNonces: 2 } },
    },
    {
      type: "addKey",
      publicKey: CALL_KEY,
      accessKey: {
        nonce: 0n,
        permission: {
          type: "functionCall",
          allowance: null,
          receiverId: "carol.near",
          methodNames: [],
        },
      },
    },
  ]);
  return world;
}

function errorOf(action: Action, verdicts: ReadonlyMap<string, boolean> = ALL_SIGNED): unknown {
  return failureAt(run(worldWithKeys(), "bob.near", "alice.near", [action], { verdicts }), 1);
}

function failure(kind: unknown): unknown {
  return { ActionError: { index: 0, kind } };
}

test("a lane of a gas key signs, once for each nonce, at the relayer's cost", () => {
  const world = worldWithKeys();
  const before = [world.balance("bob.near"), world.balance("alice.near")] as const;
  const action = delegateV2(lane(1, 10_000_001n));
  const first = run(world, "bob.near", "alice.near", [action], { verdicts: ALL_SIGNED });
  assert.is(first.error, null);
  assert.is(world.balance("alice.near"), before[1]);
  assert.is(world.balance("carol.near"), 1000n * 10n ** 24n + 5n);
  assert.ok(world.balance("bob.near") < before[0] - 5n);
  const again = run(world, "bob.near", "alice.near", [action], { verdicts: ALL_SIGNED });
  assert.equal(
    failureAt(again, 1),
    failure({
      DelegateActionInvalidNonce: { delegate_nonce: 10_000_001, ak_nonce: 10_000_001 },
    }),
  );
});

test("what is wrong is told in nearcore's order", () => {
  const cases: readonly (readonly [Action, unknown])[] = [
    [
      delegateV2(lane(0, 0n), { maxBlockHeight: 1n, senderId: "bob.near" }),
      "DelegateActionExpired",
    ],
    [
      delegateV2(lane(0, 0n), { senderId: "bob.near" }),
      {
        DelegateActionSenderDoesNotMatchTxReceiver: {
          sender_id: "bob.near",
          receiver_id: "alice.near",
        },
      },
    ],
    [
      delegateV2(lane(9, 0n), { publicKey: ABSENT_KEY }),
      {
        DelegateActionAccessKeyError: {
          AccessKeyNotFound: { account_id: "alice.near", public_key: ABSENT_KEY },
        },
      },
    ],
    [delegateV2(plain(0n)), { DelegateActionAccessKeyError: "DelegateActionRequiresNonGasKey" }],
    [
      delegateV2(lane(0, 0n), { publicKey: WORLD_KEY }),
      { DelegateActionAccessKeyError: "DelegateActionRequiresGasKey" },
    ],
    [
      delegateV2(lane(2, 0n)),
      { DelegateActionInvalidNonceIndex: { nonce_index: 2, num_nonces: 2 } },
    ],
    [
      delegateV2(lane(0, 10_000_000n)),
      { DelegateActionInvalidNonce: { delegate_nonce: 10_000_000, ak_nonce: 10_000_000 } },
    ],
    [
      delegateV2(lane(0, 2n ** 64n - 1n)),
      {
        DelegateActionNonceTooLarge: {
          delegate_nonce: 2n ** 64n - 1n,
          upper_bound: 14_000_000,
        },
      },
    ],
    [
      delegateV2(plain(10_000_001n), { publicKey: CALL_KEY }),
      { DelegateActionAccessKeyError: "RequiresFullAccess" },
    ],
  ];
  for (const [action, kind] of cases) assert.equal(errorOf(action), failure(kind));
});

test("a signature of nobody is refused first", () => {
  const action = delegateV2(lane(0, 0n), { maxBlockHeight: 1n, publicKey: WORLD_KEY });
  assert.equal(errorOf(action, new Map()), failure("DelegateActionInvalidSignature"));
});

test.run();
