import { encodeBase64 } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { formatHash, sha256 } from "@yoctonear/primitives";
import { isRpcError, type RpcError } from "@yoctonear/rpc";
import { field, type Json, loadRecording, record, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const ALICE = "alice.near";
const KEY = "ed25519:8cHLM5qkHsmdNrJK2xwsRc4FNutyFo5ks95DQKpnr4pS";
const CODE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const CODE_HASH = formatHash(sha256(CODE));
const NO_CODE = "1".repeat(32);

type Fields = { readonly [key: string]: Json };

type Ask = (method: string, params: Json) => Promise<Json>;

async function start(): Promise<Ask> {
  return asker(await createLocalnet({ accounts: { [ALICE]: "1 NEAR" } }));
}

function asker({ transport }: Localnet): Ask {
  return async (method, params) => {
    const result = await transport({ method, params });
    if (isJson(result)) return result;
    throw new TypeError(`expected an answer to ${method}`);
  };
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}

function query(ask: Ask, type: string, params: Fields): Promise<Json> {
  return ask("query", {
    request_type: type,
    finality: "optimistic",
    account_id: ALICE,
    ...params,
  });
}

async function height(ask: Ask): Promise<number> {
  return Number(field(await ask("status", []), "sync_info", "latest_block_height"));
}

async function failure(run: Promise<unknown>): Promise<RpcError> {
  const error = await run.catch((reason: unknown) => reason);
  if (isRpcError(error)) return error;
  throw new TypeError("expected an RpcError");
}

function account(codeHash: string, more: { readonly [key: string]: Json } = {}): Json {
  const fields = { amount: "7", locked: "0", code_hash: codeHash, storage_usage: 999, ...more };
  return { Account: { account_id: ALICE, account: fields } };
}

const testPatch = suite("sandbox_patch_state");

testPatch(
  "writes accounts as they are, keys, code and data, and answers with nothing",
  async () => {
    const ask = await start();
    const before = await height(ask);
    const permission = { allowance: "5", receiver_id: "bob.near", method_names: ["a"] };
    const key = { nonce: 3, permission: { FunctionCall: permission } };
    const records: Json = [
      account(CODE_HASH),
      { Contract: { account_id: ALICE, code: encodeBase64(CODE) } },
      { Data: { account_id: ALICE, data_key: "YQ==", value: "Yg==" } },
      { AccessKey: { account_id: ALICE, public_key: KEY, access_key: key } },
    ];
    assert.equal(await ask("sandbox_patch_state", { records }), {});
    assert.ok((await height(ask)) > before);
    const shown = await query(ask, "view_account", {});
    assert.is(text(shown, "amount"), "7");
    // Not recomputed: the records are taken at their word.
    assert.is(Number(field(shown, "storage_usage")), 999);
    assert.is(text(await query(ask, "view_code", {}), "hash"), CODE_HASH);
    const state = await query(ask, "view_state", { prefix_base64: "" });
    assert.equal(field(state, "values"), [{ key: "YQ==", value: "Yg==" }]);
    const shownKey = await query(ask, "view_access_key", { public_key: KEY });
    assert.equal(field(shownKey, "permission"), { FunctionCall: permission });
  },
);

testPatch("writes gas keys, whose nonces it cannot write", async () => {
  const ask = await start();
  const gasKey = { balance: "10", num_nonces: 2 };
  const call = { allowance: null, receiver_id: "bob.near", method_names: [] };
  for (const [permission, shown] of [
    [{ GasKeyFullAccess: gasKey }, { GasKeyFullAccess: gasKey }],
    [{ GasKeyFunctionCall: [gasKey, call] }, { GasKeyFunctionCall: { ...gasKey, ...call } }],
  ] as const) {
    const key = { nonce: 0, permission };
    const records = [{ AccessKey: { account_id: ALICE, public_key: KEY, access_key: key } }];
    await ask("sandbox_patch_state", { records });
    const view = await query(ask, "view_access_key", { public_key: KEY });
    assert.equal(field(view, "permission"), shown);
    const error = await failure(query(ask, "view_gas_key_nonces", { public_key: KEY }));
    assert.is(error.code, "INTERNAL_ERROR");
    assert.equal(error.data, {
      error_message: `gas key nonce at index 0 does not exist for account ${ALICE} and public key ${KEY}`,
    });
  }
});

testPatch("knows global contracts only in the second version of an account", async () => {
  const ask = await start();
  const global = { global_contract_hash: CODE_HASH };
  await ask("sandbox_patch_state", { records: [account(NO_CODE, global)] });
  assert.is(
    Object.hasOwn(Object(await query(ask, "view_account", {})), "global_contract_hash"),
    false,
  );
  await ask("sandbox_patch_state", { records: [account(NO_CODE, { ...global, version: "V2" })] });
  assert.is(text(await query(ask, "view_account", {}), "global_contract_hash"), CODE_HASH);
});

testPatch("refuses what makes a node abort, and writes none of it", async () => {
  const ask = await start();
  const code = { Contract: { account_id: ALICE, code: encodeBase64(CODE) } };
  const lane = { account_id: ALICE, public_key: KEY, index: 0, nonce: 1 };
  const onlySome =
    "not implemented: patch_state can only patch Account, AccessKey, Contract and Data kind of StateRecord";
  for (const [records, message] of [
    [
      [account(NO_CODE), code],
      `assertion \`left == right\` failed\n  left: ${CODE_HASH}\n right: ${NO_CODE}`,
    ],
    [
      [{ Contract: { account_id: "nobody.near", code: "" } }],
      "Code state record should be preceded by the corresponding account record",
    ],
    [[account(NO_CODE), { GasKeyNonce: lane }], onlySome],
    [[{ DelayedReceipt: {} }], onlySome],
  ] as const) {
    const error = await failure(ask("sandbox_patch_state", { records }));
    assert.is(error.code, "INTERNAL_ERROR");
    assert.equal(error.data, { error_message: message });
  }
  assert.is(text(await query(ask, "view_account", {}), "amount"), `1${"0".repeat(24)}`);
});

testPatch("refuses what is no record", async () => {
  const ask = await start();
  const cases: readonly (readonly [Json, RegExp])[] = [
    [{}, /missing field `records`/],
    [{ records: {} }, /invalid type: map, expected a sequence/],
    [
      { records: [{ Accounts: {} }] },
      /unknown variant `Accounts`, expected one of `Account`, `Data`/,
    ],
    [{ records: [{}] }, /expected map with a single key/],
    [
      { records: [{ Data: { account_id: "Bad Id", data_key: "", value: "" } }] },
      /account_id|account id/,
    ],
    [{ records: [{ Data: { account_id: ALICE, data_key: "!", value: "" } }] }, /base64/],
    [
      {
        records: [
          {
            AccessKey: {
              account_id: ALICE,
              public_key: "ed25519:short",
              access_key: { nonce: 0, permission: "FullAccess" },
            },
          },
        ],
      },
      /./,
    ],
  ];
  for (const [params, message] of cases) {
    const error = await failure(ask("sandbox_patch_state", params));
    assert.is(error.code, "PARSE_ERROR");
    assert.match(JSON.stringify(error.data), message);
  }
});

testPatch.run();

const testFastForward = suite("sandbox_fast_forward");

testFastForward("lets heights pass, and answers with nothing when they have", async () => {
  const ask = await start();
  const before = await height(ask);
  assert.equal(await ask("sandbox_fast_forward", { delta_height: 100 }), {});
  assert.ok((await height(ask)) >= before + 100);
  assert.equal(await ask("sandbox_fast_forward", { delta_height: 0 }), {});
});

testFastForward("takes no second request while one is under way, and does not tell", async () => {
  const ask = await start();
  const before = await height(ask);
  const both = [100, 1000].map((delta) => ask("sandbox_fast_forward", { delta_height: delta }));
  assert.equal(await Promise.all(both), [{}, {}]);
  assert.ok((await height(ask)) < before + 1000);
  await ask("sandbox_fast_forward", { delta_height: 1000 });
  assert.ok((await height(ask)) >= before + 1000);
});

testFastForward("refuses short epochs", async () => {
  const genesis = { ...record(await loadRecording("genesis")), epoch_length: 3 };
  const ask = asker(await createLocalnet({ genesis }));
  const error = await failure(ask("sandbox_fast_forward", { delta_height: 10 }));
  assert.is(error.code, "INTERNAL_ERROR");
  const message = "Unsupported: fast_forward with an epoch length of 3 or less";
  assert.equal(error.data, { error_message: message });
});

testFastForward.run();
