import { connect, contractRows, globalContractCode } from "@yoctonear/account";
import { decodeUtf8, encodeBase64, encodeUtf8, isNearError } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { formatHash, sha256 } from "@yoctonear/primitives";
import type { RpcRequest, Transport } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const CODE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const ID = "alice.near";

function start(): Promise<Localnet> {
  return createLocalnet({ accounts: { [ID]: "10 NEAR", "bob.near": "10 NEAR" } });
}

async function withRows(names: readonly string[]): Promise<Localnet> {
  const chain = await start();
  const base64 = (text: string): string => encodeBase64(encodeUtf8(text));
  await chain.patchState(
    names.map((name) => ({
      Data: { account_id: ID, data_key: base64(name), value: base64(`of ${name}`) },
    })),
  );
  return chain;
}

const code = suite("contract-reads: contractCode");

code("is the code of the account's own contract, or null", async () => {
  const chain = await start();
  const near = connect(chain);
  const alice = near.account(ID, chain.signer(ID));
  assert.is(await alice.contractCode(), null);
  await alice.deploy(CODE);
  assert.equal(await alice.contractCode(), CODE);
  assert.is(await alice.contractCode({ block: { syncCheckpoint: "genesis" } }), null);
});

code("is that of the global contract which the account uses", async () => {
  const chain = await start();
  const near = connect(chain);
  const alice = near.account(ID, chain.signer(ID));
  const bob = near.account("bob.near", chain.signer("bob.near"));
  await alice.deployGlobal(CODE, { by: "hash" });
  await bob.useGlobal({ hash: formatHash(sha256(CODE)) });
  assert.equal(await bob.contractCode(), CODE);
});

code("fails for an account that is not there, or a node that does not answer", async () => {
  const near = connect(await start());
  const missing = await near
    .account("nobody.near")
    .contractCode()
    .catch((e: unknown) => e);
  assert.ok(isNearError(missing, "UNKNOWN_ACCOUNT"));
  const down = connect(() => Promise.reject(new Error("down")));
  const error = await down
    .account(ID)
    .contractCode()
    .catch((e: unknown) => e);
  assert.match(String(error), "down");
});

code.run();

const global = suite("contract-reads: globalContractCode");

global("is found by hash or by account, else null", async () => {
  const chain = await start();
  const near = connect(chain);
  const alice = near.account(ID, chain.signer(ID));
  const hash = formatHash(sha256(CODE));
  assert.is(await globalContractCode(near, { hash }), null);
  assert.is(await globalContractCode(near, { account: ID }), null);
  await alice.deployGlobal(CODE, { by: "hash" });
  assert.equal(await globalContractCode(near, { hash }), CODE);
  assert.is(await globalContractCode(near, { account: ID }), null);
  await alice.deployGlobal(CODE, { by: "account" });
  assert.equal(await globalContractCode(near, { account: ID }), CODE);
});

global.run();

const storage = suite("contract-reads: contractState");

function keysOf({ rows }: { readonly rows: readonly { readonly key: Uint8Array }[] }): string[] {
  return rows.map(({ key }) => decodeUtf8(key));
}

storage("gives rows by prefix, text or bytes, with their values", async () => {
  const alice = connect(await withRows(["", "a", "ab", "b"])).account(ID);
  assert.equal(keysOf(await alice.contractState()), ["", "a", "ab", "b"]);
  const page = await alice.contractState({ prefix: "a" });
  assert.equal(
    page.rows.map(({ value }) => decodeUtf8(value)),
    ["of a", "of ab"],
  );
  assert.equal(keysOf(await alice.contractState({ prefix: Uint8Array.of(0x62) })), ["b"]);
  assert.is(page.next, null);
  assert.equal(page.proof, []);
  assert.is(page.blockHash.length > 40, true);
});

storage("gives pages that begin behind a key", async () => {
  const alice = connect(await withRows(["a", "ab", "b", "c"])).account(ID);
  const first = await alice.contractState({ limit: 2 });
  assert.equal(keysOf(first), ["a", "ab"]);
  assert.equal(first.next, encodeUtf8("ab"));
  const second = await alice.contractState({ limit: 2, after: first.next ?? undefined });
  assert.equal(keysOf(second), ["b", "c"]);
  assert.is(second.next, null);
});

storage("gives the nodes that prove the answer, in bytes", async () => {
  const alice = connect(await withRows(["a"])).account(ID);
  for (const prefix of ["a", "absent"]) {
    const { proof } = await alice.contractState({ prefix, includeProof: true });
    assert.ok(proof.length > 1);
    assert.ok(proof.every((node) => node.length > 30));
  }
  const both = alice.contractState({ limit: 1, includeProof: true });
  assert.ok(isNearError(await both.catch((e: unknown) => e), "PARSE_ERROR"));
});

storage.run();

const rows = suite("contract-reads: contractRows");

rows("reads all rows, page after page", async () => {
  const names = Array.from({ length: 25 }, (_, i) => String(i).padStart(2, "0"));
  const { transport } = await withRows(names);
  let requests = 0;
  const counting: Transport = (request, options) => {
    requests += 1;
    return transport(request, options);
  };
  const found: string[] = [];
  const account = { transport: counting, accountId: ID };
  for await (const { key, value } of contractRows(account, { limit: 10 })) {
    assert.is(decodeUtf8(value), `of ${decodeUtf8(key)}`);
    found.push(decodeUtf8(key));
  }
  assert.equal(found, names);
  assert.is(requests, 3);
});

rows("reads every page at the block of the first, though the state goes on", async () => {
  const chain = await withRows(["a", "b", "c"]);
  const asked: unknown[] = [];
  const account = {
    accountId: ID,
    transport: async (request: RpcRequest): Promise<unknown> => {
      asked.push(request.params);
      const answer = await chain.transport(request);
      const value = encodeBase64(encodeUtf8("new"));
      await chain.patchState([{ Data: { account_id: ID, data_key: "Yw==", value } }]);
      return answer;
    },
  };
  const values: string[] = [];
  for await (const { value } of contractRows(account, { limit: 1 })) values.push(decodeUtf8(value));
  assert.equal(values, ["of a", "of b", "of c"]);
  assert.is(Reflect.get(Object(asked[0]), "finality"), "optimistic");
  const later = asked.slice(1).map((params): unknown => Reflect.get(Object(params), "block_id"));
  assert.is(new Set(later).size, 1);
  assert.is(typeof later[0], "string");
});

rows(
  "reads contracts that are too large to be read at once, and stops where the caller does",
  async () => {
    const chain = await withRows(["a", "b"]);
    const account = { amount: "1", locked: "0", code_hash: "1".repeat(32), storage_usage: 60_000 };
    await chain.patchState([{ Account: { account_id: ID, account } }]);
    const alice = { transport: chain.transport, accountId: ID };
    const whole = await connect(chain)
      .account(ID)
      .contractState()
      .catch((e: unknown) => e);
    assert.ok(isNearError(whole, "TOO_LARGE_CONTRACT_STATE"));
    const found: string[] = [];
    for await (const { key } of contractRows(alice, { limit: 1 })) {
      found.push(decodeUtf8(key));
      break;
    }
    assert.equal(found, ["a"]);
  },
);

rows.run();
