/**
 * Whatever a node changes in what it sends, it is refused.
 */
import { signingAccount, transfer } from "@yoctonear/account";
import { encodeBase64, encodeHex, isNearError } from "@yoctonear/base";
import {
  contractDataStateKey,
  decodeLightClientState,
  encodeLightClientState,
  LightClientError,
  type LightClientState,
  syncLightClient,
  trustBlock,
  verifyLightClientBlock,
  verifyOutcomeProof,
  verifyStateProof,
  verifyStateRoot,
  verifyViewState,
} from "@yoctonear/light-client";
import { createLocalnet } from "@yoctonear/localnet";
import {
  block,
  experimentalLightClientBlockProof,
  lightClientProof,
  nextLightClientBlock,
  type Transport,
  viewState,
} from "@yoctonear/rpc";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { buildTrie, type Row } from "./trie-builder.ts";

const forged = suite("light-client: forged");

type Path = readonly (string | number)[];

/** Everywhere in a value that something stands. */
function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => leaves(item, [...path, i]));
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}

/** The value with another leaf. */
function changed(
  value: unknown,
  [key, ...rest]: Path,
  change: (leaf: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((item, i) => (i === key ? changed(item, rest, change) : item));
  }
  const fields: { readonly [name: string]: unknown } = { ...Object(value) };
  return { ...fields, [key]: changed(fields[key], rest, change) };
}

/** Another value of the same kind. */
function flip(leaf: unknown): unknown {
  if (typeof leaf === "bigint") return leaf + 1n;
  if (typeof leaf === "number") return leaf + 1;
  if (typeof leaf !== "string") return "11111111111111111111111111111111";
  if (leaf === "Left" || leaf === "Right") return leaf === "Left" ? "Right" : "Left";
  if (leaf === "V1") return "V2";
  if (/^\d+$/.test(leaf)) return (BigInt(leaf) + 1n).toString();
  if (leaf === "") return "AA==";
  const other = leaf.endsWith("2") ? "3" : "2";
  return `${leaf.slice(0, -1)}${other}`;
}

const ACCOUNTS: Readonly<Record<string, `${number} NEAR`>> = {
  "alice.near": "100 NEAR",
  "bob.near": "1 NEAR",
};

interface Proved {
  readonly transport: Transport;
  /** Before the transactions. */
  readonly state: LightClientState;
  /** After them. */
  readonly head: LightClientState["head"];
  /** Of the first transaction. */
  readonly hash: string;
}

/** A chain with two transactions in it. Made in each test, since workerd binds what was begun outside. */
async function startChain(): Promise<Proved> {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const { transport } = chain;
  await chain.patchState(
    ["a2V5", "a2V6"].map((data_key) => ({
      Data: { account_id: "alice.near", data_key, value: "dmFsdWU=" },
    })),
  );
  await chain.produceBlocks(5);
  const { header } = await block(transport, { block: { finality: "final" } });
  const state = await trustBlock(transport, header.hash);
  const alice = signingAccount(transport, "alice.near", chain.signer("alice.near"));
  const { hash } = await transfer(alice, "bob.near", "1 NEAR");
  await transfer(alice, "bob.near", "2 NEAR");
  await chain.produceBlocks(5);
  const { head } = await syncLightClient(transport, state);
  return { transport, state, head, hash };
}

forged("any field of a block", async () => {
  const { transport, state, head } = await startChain();
  const next = await nextLightClientBlock(transport, { lastBlockHash: state.head.hash });
  assert.is(verifyLightClientBlock(state, next).head.hash, head.hash);
  let count = 0;
  for (const path of leaves(next)) {
    const name = path.join(".");
    // The exact timestamp counts; a tag of producers is no part of what they are.
    if (name === "inner_lite.timestamp" || name.endsWith("struct_version")) continue;
    const other = await nextLightClientBlock(async () => changed(next, path, flip), {
      lastBlockHash: "",
    });
    assert.throws(() => verifyLightClientBlock(state, other), isRefusal, name);
    count += 1;
  }
  assert.is(count, 8 + 3 + 3 + 1);
  const without = { ...next, approvals_after_next: [null] };
  assert.throws(() => verifyLightClientBlock(state, without), /more than 2\/3/);
  const none = { ...next, next_bps: null };
  assert.is(verifyLightClientBlock(state, none).nextProducers, state.nextProducers);
});

forged("any field of an outcome's proof", async () => {
  const { transport, head, hash } = await startChain();
  const which = {
    type: "transaction",
    transactionHash: hash,
    senderId: "alice.near",
  } as const;
  const params = { ...which, lightClientHead: head.hash };
  const proof = await lightClientProof(transport, params);
  assert.is(verifyOutcomeProof(head, hash, proof).executorId, "alice.near");
  let count = 0;
  for (const path of leaves(proof)) {
    const name = path.join(".");
    if (name.includes("metadata") || name.endsWith("inner_lite.timestamp")) continue;
    const other = await lightClientProof(async () => changed(proof, path, flip), params);
    assert.throws(() => verifyOutcomeProof(head, hash, other), isRefusal, name);
    count += 1;
  }
  assert.ok(count > 20, String(count));
  for (const part of ["block_proof", "outcome_root_proof"] as const) {
    const longer = {
      ...proof,
      [part]: [...proof[part], { hash: head.hash, direction: "Left" as const }],
    };
    assert.throws(() => verifyOutcomeProof(head, hash, longer), isRefusal);
  }
});

forged("a block at random, and text at random in any place", async () => {
  const { transport, state } = await startChain();
  const next = await nextLightClientBlock(transport, { lastBlockHash: state.head.hash });
  const paths = leaves(next).filter((path) => path.at(-1) !== "timestamp");
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.string(), async (path, junk) => {
      const read = nextLightClientBlock(async () => changed(next, path, () => junk), {
        lastBlockHash: "",
      });
      const other = await read.catch(() => null);
      // What is not even an answer is no light client's block.
      if (other === null) return;
      if (path.at(-1) === "validator_stake_struct_version") return;
      assert.throws(() => verifyLightClientBlock(state, other), isRefusal);
    }),
    { numRuns: 200 },
  );
});

/** Everywhere in a value. */
function places(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value))
    return [path, ...value.flatMap((item, i) => places(item, [...path, i]))];
  if (typeof value !== "object" || value === null) return [path];
  const fields: readonly (readonly [string, unknown])[] = Object.entries(value);
  return [path, ...fields.flatMap(([key, item]) => places(item, [...path, key]))];
}

const JUNK = [undefined, null, 1, -1n, 2n ** 64n, "", "x", "\ud800", [], ["x"], {}, true] as const;

forged("junk of any kind in any place: the same is read, or it is refused by us", async () => {
  const { transport, state, head, hash } = await startChain();
  const params = {
    type: "transaction",
    transactionHash: hash,
    senderId: "alice.near",
    lightClientHead: "",
  } as const;
  const at = { block: { blockId: head.hash } };
  const root = verifyStateRoot(head, await block(transport, at), 0);
  const asked = { accountId: "alice.near", includeProof: true };
  const kinds: readonly (readonly [
    answer: unknown,
    check: (node: Transport) => Promise<unknown>,
  ])[] = [
    [
      await nextLightClientBlock(transport, { lastBlockHash: state.head.hash }),
      async (node) =>
        verifyLightClientBlock(state, await nextLightClientBlock(node, { lastBlockHash: "" })),
    ],
    [
      await lightClientProof(transport, { ...params, lightClientHead: head.hash }),
      async (node) => verifyOutcomeProof(head, hash, await lightClientProof(node, params)),
    ],
    [await block(transport, at), async (node) => verifyStateRoot(head, await block(node, at), 0)],
    [
      await viewState(transport, { ...asked, block: { blockId: head.prevHash } }),
      async (node) => verifyViewState(root, asked, await viewState(node, asked)),
    ],
  ];
  for (const [answer, check] of kinds) {
    const honest = await check(async () => answer);
    for (const path of places(answer)) {
      for (const value of JUNK) {
        const read = await check(async () => changed(answer, path, () => value)).catch(
          (error: unknown) => assert.ok(isNearError(error), `${path.join(".")}: ${String(error)}`),
        );
        if (read !== undefined) assert.equal(read, honest, `${path.join(".")}: ${String(value)}`);
      }
    }
  }
});

const bytes = fc.uint8Array({ minLength: 0, maxLength: 4 });
const nearBytes = fc
  .array(fc.constantFrom(0, 1, 16, 17), { maxLength: 4 })
  .map((list) => Uint8Array.from(list));

forged("any set of rows is proved, each of them and what is beside them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(nearBytes, bytes), { maxLength: 12 }),
      nearBytes,
      (rows, wanted) => {
        const unique = new Map(rows.map(([key, value]) => [encodeHex(key), [key, value] as const]));
        const trie = buildTrie(
          [...unique.values()].map(([key, value]): Row => [
            contractDataStateKey("app.near", key),
            value,
          ]),
        );
        for (const key of [...[...unique.values()].map(([known]) => known), wanted]) {
          const found = verifyStateProof({ ...trie, key: contractDataStateKey("app.near", key) });
          assert.is(found?.length, unique.get(encodeHex(key))?.[1].length);
        }
        const begins = [...unique.entries()].filter(([key]) => key.startsWith(encodeHex(wanted)));
        const values = begins.map(([, [key, value]]) => ({
          key: encodeBase64(key),
          value: encodeBase64(value),
        }));
        const params = { accountId: "app.near", prefixBase64: encodeBase64(wanted) };
        const view = { values, proof: trie.nodes, block_hash: "1", block_height: 1n };
        assert.is(verifyViewState(trie.root, params, view).length, values.length);
        for (const [index] of values.entries()) {
          const fewer = { ...view, values: values.filter((_, i) => i !== index) };
          assert.throws(() => verifyViewState(trie.root, params, fewer), isRefusal);
        }
      },
    ),
    { numRuns: 100 },
  );
});

forged("a node that is changed in any bit is not the node that is needed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(nearBytes, bytes), { minLength: 1, maxLength: 6 }),
      fc.nat(),
      fc.nat(),
      (rows, which, bit) => {
        const unique = new Map(rows.map(([key, value]) => [encodeHex(key), [key, value] as const]));
        const trie = buildTrie([...unique.values()]);
        // Two places may have the same node.
        const all = [...new Set(trie.nodes)];
        const index = which % all.length;
        const node = Uint8Array.from(atob(all[index] ?? ""), (character) =>
          character.charCodeAt(0),
        );
        const at = bit % (node.length * 8);
        node[at >> 3] = (node[at >> 3] ?? 0) ^ (1 << (at & 7));
        const nodes = all.map((one, i) => (i === index ? encodeBase64(node) : one));
        const isBroken = [...unique.values()].some(([key]) => {
          try {
            verifyStateProof({ root: trie.root, nodes, key });
            return false;
          } catch (error) {
            return isRefusal(error);
          }
        });
        assert.ok(isBroken);
      },
    ),
    { numRuns: 100 },
  );
});

forged("a state that is stored in part is none", async () => {
  const { state } = await startChain();
  const stored = encodeLightClientState(state);
  assert.equal(decodeLightClientState(stored), state);
  for (let length = 0; length < stored.length; length += 7) {
    assert.throws(() => decodeLightClientState(stored.subarray(0, length)), /BorshError|expected/);
  }
});

forged("a header that is not the one asked for", async () => {
  const { transport, state, head } = await startChain();
  const params = { blockHash: state.head.prevHash, lightClientHead: head.hash };
  const proof = await experimentalLightClientBlockProof(transport, params);
  const error = await trustBlock(async () => proof, head.hash).catch((reason: unknown) => reason);
  assert.ok(isRefusal(error));
});

forged.run();

function isRefusal(error: unknown): boolean {
  return error instanceof LightClientError;
}
