import { encodeBase58, isNearError } from "@yoctonear/base";
import {
  type Action,
  addKey,
  checkActions,
  checkTransaction,
  createAccount,
  createDelegateAction,
  createTransaction,
  deleteAccount,
  deployContract,
  deployGlobalContract,
  deterministicStateInit,
  encodeTransaction,
  functionCall,
  functionCallAccess,
  LimitError,
  type NonDelegateAction,
  signedDelegate,
  signingRequest,
  signTransaction,
  stake,
  type Transaction,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { caught, codeOf } from "./refused.ts";

const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";
const SIGNATURE = `ed25519:${encodeBase58(new Uint8Array(64))}`;
const TGAS = 1_000_000_000_000n;
const BASE = {
  version: 0,
  signerId: "alice.near",
  publicKey: KEY,
  nonce: 1n,
  receiverId: "bob.near",
  blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
} as const;

const limits = suite("limits: checkTransaction and signing");

limits("100 actions pass, 101 do not", () => {
  passes(Array(100).fill(transfer(1n)));
  refuses(Array(101).fill(transfer(1n)), "TotalNumberOfActionsExceeded", {
    total_number_of_actions: 101,
    limit: 100,
  });
});

limits("10 deploys of both kinds pass, 11 do not", () => {
  const code = new Uint8Array(1);
  const deploys = [
    ...Array<Action>(5).fill(deployContract(code)),
    ...Array<Action>(5).fill(deployGlobalContract(code, { by: "hash" })),
  ];
  passes(deploys);
  refuses([...deploys, deployContract(code)], "TotalNumberOfDeployActionsExceeded", {
    number_of_deploy_actions: 11,
    limit: 10,
  });
});

limits("deleteAccount must be the last action", () => {
  passes([transfer(1n), deleteAccount("bob.near")]);
  refuses([deleteAccount("bob.near"), transfer(1n)], "DeleteActionMustBeFinal", {});
  refuses([deleteAccount("bob.near"), deleteAccount("bob.near")], "DeleteActionMustBeFinal", {});
});

limits("a second delegate is refused, of either version", () => {
  passes([transfer(1n), delegate([transfer(1n)])]);
  refuses([delegate([]), delegate([])], "DelegateActionMustBeOnlyOne", {});
  refuses([delegate([]), delegate([], 0)], "DelegateActionMustBeOnlyOne", {});
});

limits("the actions inside a delegate are checked alike", () => {
  const inside = [deleteAccount("bob.near"), transfer(1n)];
  assert.is(
    codeOf(() => delegate(inside)),
    "DeleteActionMustBeFinal",
  );
  const action: Action = {
    type: "delegate",
    delegateAction: {
      senderId: "bob.near",
      receiverId: "app.near",
      actions: inside,
      nonce: 1n,
      maxBlockHeight: 1n,
      publicKey: KEY,
    },
    signature: SIGNATURE,
  };
  refuses([action], "DeleteActionMustBeFinal", {});
});

limits("gas must be above 0 and in all at most 1,000 Tgas", () => {
  refuses([functionCall("a", {}, { gas: 0n })], "FunctionCallZeroAttachedGas", {});
  passes([
    functionCall("a", {}, { gas: 500n * TGAS }),
    functionCall("b", {}, { gas: 500n * TGAS }),
  ]);
  const over = [functionCall("a", {}, { gas: 1000n * TGAS }), functionCall("b", {}, { gas: 1n })];
  const data = { total_prepaid_gas: 1000n * TGAS + 1n, limit: 1000n * TGAS };
  refuses(over, "TotalPrepaidGasExceeded", data);
  const most = functionCall("a", {}, { gas: 2n ** 64n - 1n });
  refuses([most, most], "IntegerOverflow", {});
});

limits("gas inside a delegate counts", () => {
  const inside = delegate([functionCall("a", {}, { gas: 1000n * TGAS })]);
  refuses([inside, functionCall("b", {}, { gas: 1n })], "TotalPrepaidGasExceeded", {
    total_prepaid_gas: 1000n * TGAS + 1n,
    limit: 1000n * TGAS,
  });
});

limits("a method name has at most 256 bytes of UTF-8", () => {
  passes([functionCall("m".repeat(256))]);
  refuses([functionCall("m".repeat(257))], "FunctionCallMethodNameLengthExceeded", {
    length: 257,
    limit: 256,
  });
  refuses([functionCall("é".repeat(129))], "FunctionCallMethodNameLengthExceeded", {
    length: 258,
    limit: 256,
  });
});

limits("code and arguments have at most 4 MiB", () => {
  const large = new Uint8Array(4_194_305);
  const data = { size: 4_194_305, limit: 4_194_304 };
  refuses([deployContract(large)], "ContractSizeExceeded", data);
  refuses([deployGlobalContract(large, { by: "account" })], "ContractSizeExceeded", data);
  refuses([functionCall("a", large)], "FunctionCallArgumentsLengthExceeded", {
    length: 4_194_305,
    limit: 4_194_304,
  });
});

limits("a signed transaction has at most 1,572,864 bytes", () => {
  const empty = encodeTransaction({ ...BASE, actions: [deployContract(new Uint8Array())] }).length;
  const most = 1_572_864 - empty - 65;
  passes([deployContract(new Uint8Array(most))]);
  refuses([deployContract(new Uint8Array(most + 1))], "TransactionSizeExceeded", {
    size: 1_572_865,
    limit: 1_572_864,
  });
});

limits("the size counts a signature of the transaction's key type, in both versions", () => {
  const secp = `secp256k1:${encodeBase58(new Uint8Array(64).fill(1))}`;
  const mlDsa = `ml-dsa-65:${encodeBase58(new Uint8Array(1952).fill(1))}`;
  for (const [publicKey, signature] of [
    [KEY, 65],
    [secp, 66],
    [mlDsa, 3_310],
  ] as const) {
    const versions: readonly Transaction[] = [
      { ...BASE, publicKey, actions: [] },
      {
        ...BASE,
        publicKey,
        version: 1,
        nonce: { type: "nonce", nonce: 1n },
        nonceMode: "strict",
        actions: [],
      },
    ];
    for (const transaction of versions) {
      // A deploy of no code adds its tag and its length.
      const most = 1_572_864 - encodeTransaction(transaction).length - 5 - signature;
      const sized = (length: number): Transaction => ({
        ...transaction,
        actions: [deployContract(new Uint8Array(length))],
      });
      checkTransaction(sized(most));
      assert.is(
        codeOf(() => checkTransaction(sized(most + 1))),
        "TransactionSizeExceeded",
      );
    }
  }
});

limits("a staking key is ed25519", () => {
  const secp = `secp256k1:${encodeBase58(new Uint8Array(64).fill(1))}`;
  refuses([stake(1n, secp)], "UnsuitableStakingKey", { public_key: secp });
});

limits("the permission of a key is checked", () => {
  const access = (methods: readonly string[]): Action =>
    addKey(KEY, functionCallAccess("app.near", { methods, allowance: 0n }));
  passes([access(["m".repeat(256)])]);
  refuses([access(["m".repeat(257)])], "AddKeyMethodNameLengthExceeded", {
    length: 257,
    limit: 256,
  });
  passes([access(Array<string>(20).fill("m".repeat(99)))]);
  refuses(
    [access(Array<string>(20).fill("m".repeat(100)))],
    "AddKeyMethodNamesNumberOfBytesExceeded",
    {
      total_number_of_bytes: 2020,
      limit: 2000,
    },
  );
  const call = { allowance: null, receiverId: "app.near", methodNames: [] };
  refuses(
    [addKey(KEY, { type: "functionCall", ...call, receiverId: "BAD ID!!" })],
    "InvalidAccountId",
    { account_id: "BAD ID!!" },
  );
  const gasKey = { balance: 0n, numNonces: 1 };
  passes([addKey(KEY, { type: "gasKeyFunctionCall", ...gasKey, ...call })]);
  refuses(
    [addKey(KEY, { type: "gasKeyFunctionCall", ...gasKey, ...call, allowance: 0n })],
    "GasKeyFunctionCallAllowanceNotAllowed",
    {},
  );
  for (const numNonces of [0, 1025]) {
    refuses(
      [addKey(KEY, { type: "gasKeyFullAccess", balance: 0n, numNonces })],
      "GasKeyInvalidNumNonces",
      {
        requested_nonces: numNonces,
        limit: 1024,
      },
    );
  }
  refuses(
    [addKey(KEY, { type: "gasKeyFullAccess", balance: 1n, numNonces: 1 })],
    "AddGasKeyWithNonZeroBalance",
    { balance: 1n },
  );
});

limits("a state init goes to a deterministic account, with keys of at most 2,048 bytes", () => {
  const receiverId = "0s69284a5453e7be5632b28b6a01baecf6c12c156d";
  const code = { account: "ft.near" };
  const withKey = (length: number): Action =>
    deterministicStateInit({ code, data: new Map([[new Uint8Array(length), new Uint8Array()]]) });
  checkActions([withKey(2_048)], receiverId);
  assert.is(
    codeOf(() => checkActions([withKey(2_049)], receiverId)),
    "DeterministicStateInitKeyLengthExceeded",
  );
  const data = new Map([[new Uint8Array(), new Uint8Array(4_194_305)]]);
  assert.is(
    codeOf(() => checkActions([deterministicStateInit({ code, data })], receiverId)),
    "DeterministicStateInitValueLengthExceeded",
  );
  refuses([withKey(1)], "InvalidDeterministicStateInitReceiver", { receiver_id: "bob.near" });
});

limits("a signer is never asked for what is refused", async () => {
  let asked = 0;
  const signer = { publicKey: KEY, sign: async () => String(asked++) };
  const transaction: Transaction = {
    ...BASE,
    actions: [deleteAccount("bob.near"), createAccount()],
  };
  try {
    await signTransaction(transaction, signer);
    assert.unreachable();
  } catch (error) {
    assert.ok(isNearError(error, "DeleteActionMustBeFinal"));
  }
  assert.is(asked, 0);
});

limits("the message names nearcore's error and its figures", () => {
  assert.is(
    messageOf(() => checkActions([functionCall("m".repeat(257))], "bob.near")),
    "expected a transaction within nearcore's limits, " +
      "got FunctionCallMethodNameLengthExceeded, length 257, limit 256",
  );
});

limits.run();

function delegate(actions: readonly NonDelegateAction[], nonceIndex?: number): Action {
  const delegateAction = createDelegateAction({
    senderId: "bob.near",
    publicKey: KEY,
    nonce: 1n,
    receiverId: "app.near",
    actions,
    maxBlockHeight: 1n,
    nonceIndex,
  });
  return signedDelegate(delegateAction, SIGNATURE);
}

function passes(actions: readonly Action[]): void {
  checkTransaction({ ...BASE, actions });
  const { version: _, ...parts } = BASE;
  createTransaction({ ...parts, actions });
}

function refuses(actions: readonly Action[], code: string, data: object): void {
  const { version: _, ...parts } = BASE;
  for (const step of [
    () => checkTransaction({ ...BASE, actions }),
    () => signingRequest({ ...BASE, actions }),
    () => createTransaction({ ...parts, actions }),
  ]) {
    const error = caught(step);
    assert.instance(error, LimitError);
    assert.is(error instanceof LimitError && error.code, code);
    assert.equal(error instanceof LimitError && error.data, data);
  }
}

function messageOf(step: () => unknown): string | undefined {
  const error = caught(step);
  return error instanceof Error ? error.message : undefined;
}
