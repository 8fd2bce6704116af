import {
  decodeBase64,
  decodeHex,
  encodeBase58,
  encodeBase64,
  encodeHex,
  isNearError,
} from "@yoctonear/base";
import { type Codec, decode, encode } from "@yoctonear/borsh";
import { parseSignature } from "@yoctonear/keys";
import { ed25519KeyPair } from "@yoctonear/keys/ed25519";
import { deterministicAccountId, formatHash, sha256 } from "@yoctonear/primitives";
import {
  type Action,
  actionCodec,
  addKey,
  createAccount,
  createDelegateAction,
  createTransaction,
  decodeSignedTransaction,
  decodeTransaction,
  deleteAccount,
  deleteKey,
  delegateActionRequest,
  deployContract,
  deployGlobalContract,
  deterministicStateInit,
  deterministicStateInitCodec,
  encodeSignedTransaction,
  encodeTransaction,
  fullAccess,
  functionCall,
  functionCallAccess,
  gasKeyFullAccess,
  gasKeyFunctionCallAccess,
  nonceModeCodec,
  signedDelegate,
  signTransaction,
  stake,
  stateInitAccountId,
  transactionHash,
  transactionNonceCodec,
  transfer,
  transferToGasKey,
  universalStateInit,
  useGlobalContract,
} from "@yoctonear/transactions";
import { field, has, type Json, list, text, type Vector, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const KEY = `ed25519:${encodeBase58(new Uint8Array(32).fill(7))}`;
const SIGNATURE = `ed25519:${encodeBase58(new Uint8Array(64).fill(9))}`;
const BLOCK_HASH = encodeBase58(new Uint8Array(32).fill(5));
const WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d);

const vectors = suite("vectors: known answers");
const counts: Record<string, number> = {};

vectors("tx-v0", async () => {
  const key = "ed25519:22skMptHjFWNyuEWY22ftn2AbLPSYpmYwGJRGwpNHbTV";
  const multi = [
    createAccount(),
    deployContract(Uint8Array.of(1, 2, 3)),
    functionCall("qqq", Uint8Array.of(1, 2, 3), { gas: 1000n, deposit: 1_000_000n }),
    transfer(123n),
    stake(1_000_000n, key),
    addKey(key, functionCallAccess("zzz", { methods: ["www"], allowance: "unlimited" })),
    deleteKey(key),
    deleteAccount("123"),
  ];
  await each("tx-v0", 5, ({ id, input, expected }) => {
    if (id === "tx-v0-004") {
      // An empty signer: near-api-js reads it, nearcore checks the grammar and refuses, as we do.
      refuses(() => decodeTransaction(decodeHex(text(input, "borsh_hex"))), "invalid_value");
      return;
    }
    if (id === "tx-v0-005") {
      const bytes = text(input, "borsh_hex");
      assert.is(
        encodeHex(encodeSignedTransaction(decodeSignedTransaction(decodeHex(bytes)))),
        bytes,
      );
      return;
    }
    const actions = {
      "tx-v0-001": multi,
      "tx-v0-002": [transfer(1n)],
      "tx-v0-006": [transfer("1 NEAR")],
    };
    checkTransactionVector(input, expected, actionsOf(id, actions));
  });
});

vectors("tx-v1", async () => {
  await each("tx-v1", 6, ({ id, input, expected }) => {
    const hex = text(expected, "borsh_hex");
    if (id === "tx-v1-005") {
      checkCodec(transactionNonceCodec, { type: "nonce", nonce: 9n }, hex);
    } else if (id === "tx-v1-006") {
      checkCodec(transactionNonceCodec, { type: "gasKeyNonce", nonce: 9n, nonceIndex: 2 }, hex);
    } else if (id === "tx-v1-008") {
      checkCodec(nonceModeCodec, "strict", hex);
    } else {
      checkTransactionVector(input, expected, [transfer("1 NEAR")], id === "tx-v1-002");
    }
  });
});

vectors("tx-sign", async () => {
  await each("tx-sign", 3, async ({ id, input, expected }) => {
    if (id === "tx-sign-003") {
      const bytes = decodeBase64(text(input, "signed_base64"));
      const signed = decodeSignedTransaction(bytes);
      assert.is(signed.transaction.signerId, text(expected, "signer_id"));
      assert.is(signed.transaction.publicKey, text(expected, "public_key"));
      assert.is(signed.signature, text(expected, "signature"));
      assert.is(transactionHash(signed.transaction), text(expected, "transaction_hash"));
      assert.equal(encodeSignedTransaction(signed), bytes);
      return;
    }
    const keyPair = ed25519KeyPair(text(input, "secret_key"));
    const transaction = has(input, "transaction_borsh_hex")
      ? decodeTransaction(decodeHex(text(input, "transaction_borsh_hex")))
      : createTransaction({
          signerId: text(input, "signer_id"),
          publicKey: keyPair.publicKey,
          nonce: BigInt(text(input, "nonce")),
          receiverId: text(input, "receiver_id"),
          blockHash: encodeBase58(decodeHex(text(input, "block_hash_hex"))),
          actions: [],
        });
    const signed = await signTransaction(transaction, keyPair);
    const { bytes } = parseSignature(signed.signature);
    if (has(expected, "signed_base64")) {
      assert.is(encodeBase64(encodeSignedTransaction(signed)), text(expected, "signed_base64"));
      assert.is(encodeBase64(bytes), text(expected, "signature_base64"));
    } else {
      assert.is(encodeHex(encodeTransaction(transaction)), text(expected, "borsh_hex"));
      assert.is(encodeHex(sha256(encodeTransaction(transaction))), text(expected, "hash_hex"));
      assert.is(encodeHex(bytes), text(expected, "signature_hex"));
    }
  });
});

vectors("tx-decode-errors", async () => {
  await each("tx-decode-errors", 3, ({ name, input }) => {
    const code = name.includes("version tag") ? "invalid_tag" : "invalid_value";
    refuses(() => decodeTransaction(decodeHex(text(input, "hex"))), code);
  });
});

vectors(
  "tx-ecc: the envelope of no released protocol is refused as an unknown version",
  async () => {
    await each("tx-ecc", 1, ({ expected }) => {
      refuses(() => decodeTransaction(decodeHex(text(expected, "borsh_hex"))), "invalid_tag");
    });
  },
);

vectors("P18: action-borsh, every action has nearcore's tag and fields", async () => {
  const code = { account: "ft.near" };
  const data = new Map([[Uint8Array.of(1), Uint8Array.of(2, 3)]]);
  const access = { methods: "any", allowance: "unlimited" } as const;
  const actions: Record<string, Action> = {
    CreateAccount: createAccount(),
    DeployContract: deployContract(Uint8Array.of(1, 2, 3)),
    Transfer: transfer("1 NEAR"),
    Stake: stake(5n, KEY),
    AddKey_FullAccess: addKey(KEY, fullAccess()),
    AddKey_FunctionCall_unlimited: addKey(KEY, functionCallAccess("app.near", access)),
    AddKey_GasKeyFunctionCall: addKey(
      KEY,
      gasKeyFunctionCallAccess("app.near", { methods: ["m"], numNonces: 2 }),
    ),
    AddKey_GasKeyFullAccess: addKey(KEY, gasKeyFullAccess({ numNonces: 4 })),
    DeleteAccount: deleteAccount("bob.near"),
    DeployGlobalContract_CodeHash: deployGlobalContract(WASM, { by: "hash" }),
    DeployGlobalContract_AccountId: deployGlobalContract(WASM, { by: "account" }),
    UseGlobalContract_AccountId: useGlobalContract({ account: "lib.near" }),
    DeterministicStateInit: deterministicStateInit({ code, data }, { deposit: 10n }),
    TransferToGasKey: transferToGasKey(KEY, 5n),
    UniversalStateInit: universalStateInit({}),
  };
  await each("action-borsh", 15, ({ name, expected }) => {
    const hex = text(expected, "borsh_hex");
    const action = actions[name];
    assert.ok(action, name);
    checkCodec(actionCodec, action, hex);
  });
});

vectors("delegate", async () => {
  const call = functionCall("do_it", { a: 1 }, { deposit: 1n });
  await each("delegate", 6, ({ id, input, expected }) => {
    if (id === "delegate-001") {
      const zero = new Uint8Array(64);
      const delegateAction = {
        senderId: "aaa",
        publicKey: `ed25519:${encodeBase58(zero.subarray(32))}`,
        nonce: 1n,
        receiverId: "bbb",
        actions: [createAccount()],
        maxBlockHeight: 2n,
      };
      // By hand: a signature that ends in the public key would be the secret key.
      const signature = `ed25519:${encodeBase58(zero)}`;
      const action = { type: "delegate", delegateAction, signature } as const;
      checkCodec(actionCodec, action, text(expected, "borsh_hex"));
      return;
    }
    if (id === "delegate-002") {
      const action = decode(actionCodec, decodeHex(text(input, "borsh_hex")));
      assert.is(action.type, "delegate");
      if (action.type !== "delegate") return;
      assert.is(action.delegateAction.senderId, text(expected, "sender_id"));
      assert.is(action.delegateAction.receiverId, text(expected, "receiver_id"));
      assert.is(action.delegateAction.nonce, BigInt(text(expected, "nonce")));
      checkCodec(actionCodec, action, text(input, "borsh_hex"));
      return;
    }
    const parts = {
      senderId: text(input, "sender_id"),
      publicKey: KEY,
      nonce: BigInt(text(input, "nonce")),
      receiverId: text(input, "receiver_id"),
      maxBlockHeight: BigInt(text(input, "max_block_height")),
      actions: id === "delegate-004" ? [call, transferToGasKey(KEY, 5n)] : [call],
    };
    const nonceIndex = { "delegate-005": 3, "delegate-008": 3 }[id];
    const made = createDelegateAction({ ...parts, nonceIndex });
    // The builder makes V2 for gas keys alone; a plain nonce in V2 is legal as well.
    const delegateAction =
      id === "delegate-006"
        ? ({ type: "v2", ...parts, nonce: { type: "nonce", nonce: parts.nonce } } as const)
        : made;
    const hex = text(expected, "hex");
    if (id === "delegate-008") {
      checkCodec(actionCodec, signedDelegate(delegateAction, SIGNATURE), hex);
      assert.is(encodeHex(sha256(decodeHex(hex))), text(expected, "sha256_hex"));
      return;
    }
    const request = delegateActionRequest(delegateAction);
    assert.is(request.kind, "delegate_action");
    assert.is(encodeHex(request.bytes), hex, id);
    assert.is(encodeHex(request.hash), text(expected, "sha256_hex"), id);
  });
});

vectors("nep461-discriminant, those of delegate actions", async () => {
  const parts = {
    senderId: "alice.near",
    publicKey: KEY,
    nonce: 1n,
    receiverId: "bob.near",
    actions: [],
    maxBlockHeight: 1n,
  };
  const prefixOf = (nonceIndex?: number): string =>
    encodeHex(
      delegateActionRequest(createDelegateAction({ ...parts, nonceIndex })).bytes.subarray(0, 4),
    );
  const prefixes: Record<string, string> = {
    "NEP-366 on-chain": prefixOf(),
    "NEP-611 on-chain": prefixOf(0),
  };
  let ran = 0;
  for (const { name, expected } of await vectorsOf("nep461-discriminant")) {
    // NEP-413 is of messages, which have a package of their own.
    if (name === "NEP-413 off-chain") continue;
    assert.is(prefixes[name], text(expected, "le_hex"), name);
    ran++;
  }
  assert.is(ran, 2);
  counts["nep461-discriminant (without NEP-413)"] = ran;
});

vectors("nep616", async () => {
  await each("nep616", 3, ({ input, expected }) => {
    const hex = text(input, "borsh_hex");
    const code = field(input, "state_init", "V1", "code");
    const data = Object.entries(Object(field(input, "state_init", "V1", "data")));
    const { stateInit } = deterministicStateInit({
      code: has(code, "hash")
        ? { hash: text(code, "hash") }
        : { account: text(code, "account_id") },
      data: new Map(data.map(([key, value]) => [decodeBase64(key), decodeBase64(String(value))])),
    });
    checkCodec(deterministicStateInitCodec, stateInit, hex);
    assert.is(deterministicAccountId(decodeHex(hex)), text(expected, "account_id"));
    assert.is(stateInitAccountId(stateInit), text(expected, "account_id"));
  });
});

vectors("counts by category", () => {
  console.log(
    Object.entries(counts)
      .map(([category, count]) => `${category}: ${count} vectors`)
      .join("\n"),
  );
  assert.is(
    Object.values(counts).reduce((sum, count) => sum + count),
    44,
  );
});

vectors.run();

async function each(
  category: string,
  count: number,
  check: (vector: Vector) => void | Promise<void>,
): Promise<void> {
  const all = await vectorsOf(category);
  for (const vector of all) await check(vector);
  assert.is(all.length, count);
  counts[category] = all.length;
}

function actionsOf(id: string, actions: Record<string, readonly Action[]>): readonly Action[] {
  const found = actions[id];
  if (found === undefined) throw new RangeError(`expected actions for ${id}`);
  return found;
}

function checkTransactionVector(
  input: Json,
  expected: Json,
  actions: readonly Action[],
  strict = false,
): void {
  const publicKey = text(input, "public_key");
  const blockHash = text(input, "block_hash");
  const isV1 = text(expected, "borsh_hex").startsWith("010a000000");
  const nonceIndex = has(input, "nonce_index") ? field(input, "nonce_index") : null;
  const transaction = createTransaction({
    signerId: text(input, "signer_id"),
    publicKey: publicKey.includes("*") ? KEY : publicKey,
    nonce: BigInt(text(input, "nonce")),
    receiverId: text(input, "receiver_id"),
    blockHash: blockHash.includes("*") ? BLOCK_HASH : blockHash,
    actions,
    nonceIndex: nonceIndex === null ? undefined : Number(nonceIndex),
    nonceMode: isV1 ? (strict ? "strict" : "monotonic") : undefined,
  });
  assert.is(list(input, "actions").length, actions.length);
  const isSigned = has(input, "signature") && field(input, "signature") !== null;
  const bytes = isSigned
    ? encodeSignedTransaction({ transaction, signature: SIGNATURE })
    : encodeTransaction(transaction);
  assert.is(encodeHex(bytes), text(expected, "borsh_hex"));
  const decoded = isSigned ? decodeSignedTransaction(bytes).transaction : decodeTransaction(bytes);
  assert.equal(decoded, transaction);
  if (has(expected, "hash_base58")) {
    assert.is(transactionHash(transaction), text(expected, "hash_base58"));
  } else {
    assert.is(encodeHex(sha256(bytes)), text(expected, "sha256_hex"));
    if (!isSigned) assert.is(transactionHash(transaction), formatHash(sha256(bytes)));
  }
}

function checkCodec<T>(codec: Codec<T>, value: T, hex: string): void {
  assert.is(encodeHex(encode(codec, value)), hex);
  assert.equal(decode(codec, decodeHex(hex)), value);
}

function refuses(step: () => unknown, code: string): void {
  assert.throws(step, (error: unknown) => isNearError(error, code) && error.name === "BorshError");
}
