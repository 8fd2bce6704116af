import { decodeBase64, encodeBase64, encodeHex } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseHash, sha256 } from "@yoctonear/primitives";
import { block, isRpcError, viewState } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const ID = "alice.near";

const testViewState = suite("view_state: pages and proofs");

testViewState("gives all that begins with the prefix, without the prefix of the row", async () => {
  const { transport } = await withData(["", "a", "ab", "b"]);
  const answer = await viewState(transport, { accountId: ID, prefixBase64: base64("a") });
  assert.equal(keysOf(answer), ["a", "ab"]);
});

testViewState("gives pages, and says where the next one begins while there is one", async () => {
  const { transport } = await withData(["", "a", "ab", "b", "c"]);
  const pages: (readonly string[])[] = [];
  let afterKeyBase64: string | undefined;
  do {
    const answer = await transport({
      method: "query",
      params: {
        request_type: "view_state",
        finality: "optimistic",
        account_id: ID,
        prefix_base64: "",
        limit: 2,
        after_key_base64: afterKeyBase64,
      },
    });
    const page = readPage(answer);
    pages.push(page.keys);
    afterKeyBase64 = page.lastKey;
  } while (afterKeyBase64 !== undefined);
  assert.equal(pages, [["", "a"], ["ab", "b"], ["c"]]);
});

testViewState("refuses a page that begins outside the prefix", async () => {
  const { transport } = await withData(["a"]);
  const params = {
    request_type: "view_state",
    finality: "optimistic",
    account_id: ID,
    prefix_base64: base64("a"),
    after_key_base64: base64("b"),
  };
  const error = await transport({ method: "query", params }).catch((reason: unknown) => reason);
  assert.ok(isRpcError(error, "PARSE_ERROR"));
});

testViewState("proves what is there and what is not, from the state root down", async () => {
  const chain = await withData(["", "a", "ab", "b", "c"]);
  for (const prefix of ["", "a", "absent"]) {
    const answer = await viewState(chain.transport, {
      accountId: ID,
      prefixBase64: base64(prefix),
      includeProof: true,
      block: { finality: "final" },
    });
    const nodes = (answer.proof ?? []).map((node) => decodeBase64(node));
    const { chunks } = await block(chain.transport, {
      block: { blockId: answer.block_height + 1n },
    });
    const known = [encodeHex(parseHash(chunks[0]?.prev_state_root ?? ""))];
    for (const node of nodes) {
      const hash = encodeHex(sha256(node));
      assert.ok(known.some((text) => text.includes(hash)));
      known.push(encodeHex(node));
    }
    assert.ok(nodes.length > 1);
  }
});

testViewState.run();

async function withData(keys: readonly string[]): Promise<Localnet> {
  const chain = await createLocalnet({ accounts: { [ID]: "1 NEAR" } });
  await chain.patchState(
    keys.map((key) => ({
      Data: { account_id: ID, data_key: base64(key), value: base64(`of ${key}`) },
    })),
  );
  return chain;
}

function base64(text: string): string {
  return encodeBase64(new TextEncoder().encode(text));
}

function keysOf(answer: {
  readonly values: readonly { readonly key: string }[];
}): readonly string[] {
  return answer.values.map(({ key }) => new TextDecoder().decode(decodeBase64(key)));
}

function readPage(answer: unknown): { keys: readonly string[]; lastKey: string | undefined } {
  const text = JSON.stringify(answer);
  const keys = [...text.matchAll(/"key":"([^"]*)"/g)].map(([, key = ""]) =>
    new TextDecoder().decode(decodeBase64(key)),
  );
  return { keys, lastKey: /"last_key":"([^"]*)"/.exec(text)?.[1] };
}
