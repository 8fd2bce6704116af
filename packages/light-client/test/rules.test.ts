/**
 * Each rule alone: a true block of a true chain, before a state for which it is not the next.
 */
import { encodeBase64, encodeUtf8 } from "@yoctonear/base";
import {
  LightClientError,
  type LightClientErrorCode,
  type LightClientState,
  proveState,
  trustBlock,
  verifyApprovals,
  verifyLightClientBlock,
} from "@yoctonear/light-client";
import { createLocalnet } from "@yoctonear/localnet";
import {
  block,
  type ExecutionOutcomeWithIdView,
  type MerklePathItem,
  nextLightClientBlock,
  type RpcLightClientNextBlockResponse,
  type Transport,
} from "@yoctonear/rpc";
import { foldPath } from "#light-client/merkle";
import { readOutcome } from "#light-client/outcome";
import { readProducers } from "#light-client/producers";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const rules = suite("light-client: rules");

const KEY = "ed25519:11111111111111111111111111111111";
const OTHER = "4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi";

interface Step {
  readonly state: LightClientState;
  readonly next: RpcLightClientNextBlockResponse;
}

async function step(): Promise<Step> {
  const { transport, produceBlocks } = await createLocalnet();
  await produceBlocks(5);
  const { header } = await block(transport, { block: { finality: "final" } });
  const state = await trustBlock(transport, header.hash);
  await produceBlocks(5);
  return {
    state,
    next: await nextLightClientBlock(transport, { lastBlockHash: header.hash }),
  };
}

function refuses(code: LightClientErrorCode, look: () => unknown): void {
  assert.throws(look, (error: unknown) => error instanceof LightClientError && error.code === code);
}

function withHead(
  state: LightClientState,
  head: Partial<LightClientState["head"]>,
): LightClientState {
  return { ...state, head: { ...state.head, ...head } };
}

rules("the head itself is not above the head", async () => {
  const { state, next } = await step();
  const moved = verifyLightClientBlock(state, next);
  refuses("not_newer", () => verifyLightClientBlock(moved, next));
});

rules("an epoch that is neither the head's nor the next", async () => {
  const { state, next } = await step();
  const elsewhere = withHead(state, { epochId: OTHER, nextEpochId: OTHER });
  refuses("wrong_epoch", () => verifyLightClientBlock(elsewhere, next));
});

rules("in the next epoch its producers sign, and those after it must be shown", async () => {
  const { state, next } = await step();
  const { epochId } = state.head;
  const before: LightClientState = {
    ...withHead(state, { epochId: OTHER, nextEpochId: epochId }),
    producers: [],
    nextProducers: state.producers,
  };
  assert.is(verifyLightClientBlock(before, next).producers, state.producers);
  const hiding = { ...next, next_bps: null };
  refuses("wrong_producers", () => verifyLightClientBlock(before, hiding));
  const swapped = { ...before, producers: state.producers, nextProducers: [] };
  refuses("not_enough_stake", () => verifyLightClientBlock(swapped, next));
});

rules("producers that are not shown are those of before, if the block says so", async () => {
  const { state, next } = await step();
  const hiding = { ...next, next_bps: null };
  assert.is(verifyLightClientBlock(state, hiding).nextProducers, state.nextProducers);
  const other = withHead(state, { nextBpHash: OTHER });
  refuses("wrong_producers", () => verifyLightClientBlock(other, hiding));
});

rules("two thirds of the stake are not enough, one yoctoNEAR more is", async () => {
  const { state, next } = await step();
  const [own] = state.producers;
  if (own === undefined) throw new TypeError("expected a producer");
  const silent = { ...own, accountId: "silent.near", stake: 10n ** 37n };
  const most = 2n * silent.stake;
  const ask = (stake: bigint): unknown => verifyApprovals(next, [{ ...own, stake }, silent]);
  refuses("not_enough_stake", () => ask(most));
  assert.equal(ask(most + 1n), { approved: most + 1n, total: most + 1n + silent.stake });
});

rules("a header of a form that is not known", async () => {
  const { state, next } = await step();
  const inner_lite = Object({ ...next.inner_lite, chunk_execution_root: OTHER });
  refuses("unsupported", () => verifyLightClientBlock(state, { ...next, inner_lite }));
});

rules("a producer without an account could be one of the older form", () => {
  const version = { validator_stake_struct_version: "V1" } as const;
  const producer = { ...version, account_id: "", public_key: KEY, stake: "1" };
  refuses("malformed", () => readProducers([producer], OTHER));
});

rules("another value of the same length", async () => {
  const { transport, patchState, produceBlocks } = await createLocalnet({
    accounts: { "app.near": "10 NEAR" },
  });
  const base64 = (text: string): string => encodeBase64(encodeUtf8(text));
  const row = { account_id: "app.near", data_key: base64("key"), value: base64("true") };
  await patchState([{ Data: row }]);
  await produceBlocks(5);
  const { hash } = (await block(transport, { block: { finality: "final" } })).header;
  const { head } = await trustBlock(transport, hash);
  const lying: Transport = async (request) => {
    const answer: object = Object(await transport(request));
    if (request.method !== "query") return answer;
    return { ...answer, values: [{ key: base64("key"), value: base64("lies") }] };
  };
  const params = { accountId: "app.near" };
  assert.is((await proveState(transport, head, params)).entries.length, 1);
  const error = await proveState(lying, head, params).catch((reason: unknown) => reason);
  refuses("wrong_state", () => {
    throw error;
  });
});

rules("logs that are no texts, paths that lead nowhere", () => {
  const view = (logs: unknown): ExecutionOutcomeWithIdView => {
    const found: ExecutionOutcomeWithIdView = Object({
      id: OTHER,
      outcome: { logs, tokens_burnt: "1", status: "Unknown" },
    });
    return found;
  };
  assert.equal(readOutcome(view(["5"])).logs, ["5"]);
  for (const logs of ["5", [5], null]) refuses("malformed", () => readOutcome(view(logs)));
  const item: MerklePathItem = Object({ hash: OTHER, direction: "Up" });
  refuses("malformed", () => foldPath(new Uint8Array(32), [item]));
});

rules.run();
