import { decodeBase64, encodeBase64, encodeHex, encodeUtf8 } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseHash, sha256 } from "@yoctonear/primitives";
import { block, isRpcError, viewState } from "@yoctonear/rpc";
import { field, type Json, list, loadRecording, text } from "@yoctonear/vectors";
import { contractDataKey } from "#localnet/state/trie-key";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { provedRows } from "./state-proof.ts";

const ID = "alice.near";

const testViewState = suite("view_state: prefixes and pages");

testViewState("gives all that begins with the prefix, without the prefix of the row", async () => {
  const { transport } = await withData(["", "a", "ab", "b"]);
  const answer = await viewState(transport, { accountId: ID, prefixBase64: base64("a") });
  assert.equal(keysOf(answer), ["a", "ab"]);
});

testViewState("gives pages, and says where the next one begins while there is one", async () => {
  const { transport } = await withData(["", "a", "ab", "b", "c"]);
  const pages: (readonly string[])[] = [];
  let afterKeyBase64: string | null = null;
  do {
    const answer = await transport(page({ limit: 2, after_key_base64: afterKeyBase64 }));
    const { keys, lastKey } = readPage(answer);
    pages.push(keys);
    afterKeyBase64 = lastKey ?? null;
  } while (afterKeyBase64 !== null);
  assert.equal(pages, [["", "a"], ["ab", "b"], ["c"]]);
});

testViewState("resumes behind a key that is not there any more", async () => {
  const { transport } = await withData(["a", "ab", "abc", "b"]);
  for (const [after, keys] of [
    ["aa", ["ab", "abc", "b"]],
    ["abb", ["abc", "b"]],
    ["abcd", ["b"]],
    ["b", []],
    ["\u007f", []],
    ["", ["a", "ab", "abc", "b"]],
  ] as const) {
    const answer = await transport(page({ after_key_base64: base64(after) }));
    assert.equal(readPage(answer).keys, keys, `after ${after}`);
  }
});

testViewState(
  "ends a page once its rows, with the prefixes of their keys, have 50,000 bytes",
  async () => {
    // Each row counts 1 + 11 for "alice.near,", 2 for its key, and its value.
    const chain = await createLocalnet({ accounts: { [ID]: "1 NEAR" } });
    const value = encodeBase64(new Uint8Array(10_000 - 1 - ID.length - 1 - 2));
    const names = ["00", "01", "02", "03", "04", "05"];
    await chain.patchState(
      names.map((key) => ({ Data: { account_id: ID, data_key: base64(key), value } })),
    );
    const answer = await chain.transport(page({ limit: 10 }));
    assert.equal(readPage(answer), { keys: names.slice(0, 5), lastKey: base64("04") });
  },
);

testViewState("refuses a page that begins outside the prefix, or with a proof", async () => {
  const { transport } = await withData(["a"]);
  for (const [params, message] of [
    [
      { prefix_base64: base64("a"), after_key_base64: base64("b") },
      "after_key_base64 must start with prefix_base64",
    ],
    [
      { include_proof: true, after_key_base64: base64("b") },
      "include_proof is not supported with paginated view_state (after_key_base64 / limit)",
    ],
  ] as const) {
    const error = await transport(page(params)).catch((reason: unknown) => reason);
    assert.ok(isRpcError(error, "PARSE_ERROR"));
    assert.is(text(readJson(error.data), "error_message"), message);
  }
});

testViewState("refuses too much at once, but gives it by pages", async () => {
  const { transport, patchState } = await withData(["a"]);
  const account = { amount: "1", locked: "0", code_hash: "1".repeat(32), storage_usage: 50_001 };
  await patchState([{ Account: { account_id: ID, account } }]);
  const all = viewState(transport, { accountId: ID, prefixBase64: "" });
  const error = await all.catch((reason: unknown) => reason);
  assert.ok(isRpcError(error, "TOO_LARGE_CONTRACT_STATE"));
  assert.equal(readPage(await transport(page({ limit: 1 }))).keys, ["a"]);
});

testViewState.run();

const testProofs = suite("view_state: proofs");

testProofs("prove what is there and what is not, walked down from the state root", async () => {
  const chain = await withData(["", "a", "ab", "abcdef", "b", "c"], ["bob.near", "alice.nea"]);
  for (const prefix of ["", "a", "ab", "abcd", "b", "absent", "abcdefg", "\u0000", "zzz"]) {
    const answer = await viewState(chain.transport, {
      accountId: ID,
      prefixBase64: base64(prefix),
      includeProof: true,
      block: { finality: "final" },
    });
    const { chunks } = await block(chain.transport, {
      block: { blockId: answer.block_height + 1n },
    });
    const root = parseHash(chunks[0]?.prev_state_root ?? "");
    const proof = answer.proof ?? [];
    const rows = provedRows(root, proof, contractDataKey(ID, encodeUtf8(prefix)));
    assert.equal(
      rows,
      answer.values.map(({ key, value }) => ({
        key: encodeHex(contractDataKey(ID, decodeBase64(key))),
        hash: encodeHex(sha256(decodeBase64(value))),
        length: decodeBase64(value).length,
      })),
      `under "${prefix}"`,
    );
    const isThere = ["", "a", "ab", "abcd", "b"].includes(prefix);
    assert.is(rows.length > 0, isThere);
  }
});

testProofs("is refused by the check when a node is missing, altered, or one too many", async () => {
  const chain = await withData(["", "a", "ab", "b"]);
  const answer = await viewState(chain.transport, {
    accountId: ID,
    prefixBase64: "",
    includeProof: true,
    block: { finality: "final" },
  });
  const { chunks } = await block(chain.transport, { block: { blockId: answer.block_height + 1n } });
  const root = parseHash(chunks[0]?.prev_state_root ?? "");
  const proof = answer.proof ?? [];
  const prefix = contractDataKey(ID, new Uint8Array(0));
  const walk = (nodes: readonly string[]): unknown => provedRows(root, nodes, prefix);
  walk(proof);
  for (const [index, node] of proof.entries()) {
    assert.throws(() => walk(proof.filter((_, at) => at !== index)));
    const altered = decodeBase64(node);
    altered[altered.length - 1] = 1;
    assert.throws(() => walk(proof.map((old, at) => (at === index ? encodeBase64(altered) : old))));
  }
  assert.throws(() => walk([...proof, encodeBase64(new Uint8Array(11))]));
});

testProofs("of a real node are walked alike", async () => {
  const recorded = list(await loadRecording("epochs"), "state_proofs");
  const blocks = list(await loadRecording("epochs"), "blocks");
  for (const proof of recorded) {
    const height = Number(field(proof, "result", "block_height"));
    const next = blocks.find((shown) => Number(field(shown, "header", "height")) === height + 1);
    // The walk begins at the node of the first bytes where the block behind is not recorded.
    const [first = ""] = list(proof, "result", "proof").map((node) => text(node));
    const root =
      next === undefined
        ? sha256(decodeBase64(first))
        : parseHash(text(next, "chunks", 0, "prev_state_root"));
    const nodes = list(proof, "result", "proof").map((node) => text(node));
    assert.equal(provedRows(root, nodes, contractDataKey(ID, new Uint8Array(0))), []);
  }
  assert.is(recorded.length, 3);
});

testProofs.run();

async function withData(
  keys: readonly string[],
  others: readonly string[] = [],
): Promise<Localnet> {
  const chain = await createLocalnet({ accounts: { [ID]: "1 NEAR" } });
  const rows = [ID, ...others].flatMap((account) =>
    keys.map((key) => ({
      Data: { account_id: account, data_key: base64(key), value: base64(`of ${key}`) },
    })),
  );
  await chain.patchState(rows);
  return chain;
}

function page(params: { readonly [key: string]: Json }): {
  readonly method: string;
  readonly params: Json;
} {
  const common = { request_type: "view_state", finality: "optimistic", account_id: ID };
  return { method: "query", params: { ...common, prefix_base64: "", ...params } };
}

function base64(content: string): string {
  return encodeBase64(encodeUtf8(content));
}

function keysOf(answer: {
  readonly values: readonly { readonly key: string }[];
}): readonly string[] {
  return answer.values.map(({ key }) => new TextDecoder().decode(decodeBase64(key)));
}

function readPage(answer: unknown): { keys: readonly string[]; lastKey: string | undefined } {
  const shown = JSON.stringify(answer);
  const keys = [...shown.matchAll(/"key":"([^"]*)"/g)].map(([, key = ""]) =>
    new TextDecoder().decode(decodeBase64(key)),
  );
  return { keys, lastKey: /"last_key":"([^"]*)"/.exec(shown)?.[1] };
}

function readJson(value: unknown): Json {
  if (isJson(value)) return value;
  throw new TypeError("expected JSON");
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}
