import { isNearError } from "@yoctonear/base";
import {
  FAULT_KINDS,
  type FaultKind,
  faultyFetch,
  faultyTransport,
  inVirtualTime,
} from "@yoctonear/faults";
import { fetchTransport, isRpcError, type Transport, TransportError } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStage, type Stage } from "./stage.ts";

const test = suite("faultyTransport, faultyFetch");

/** What a fault of `send_tx` is told by: the code of the error, or that there is an answer. */
const TOLD: { readonly [kind in FaultKind]: readonly string[] } = {
  "drop request": ["network"],
  "drop answer": ["network"],
  late: ["network", "http 504"],
  hang: ["http 504", "timeout"],
  reorder: ["answer"],
  truncate: ["malformed"],
  "408": ["TIMEOUT_ERROR", "http 408"],
  "429": ["http 429 2000"],
  "500": ["http 500"],
  "502": ["http 502"],
  "503": ["http 503"],
  "504": ["http 504"],
  html: ["malformed"],
  lag: ["TIMEOUT_ERROR"],
  duplicate: ["answer"],
  another: ["another answer", "UNKNOWN_TRANSACTION"],
  "false InvalidNonce": ["INVALID_TRANSACTION"],
  "false Expired": ["INVALID_TRANSACTION"],
  // Only a question can get it.
  "false UNKNOWN_TRANSACTION": ["answer"],
};

/** Kinds of which it follows whether the transaction arrives. */
const ARRIVES: readonly FaultKind[] = [
  "drop answer",
  "late",
  "hang",
  "reorder",
  "truncate",
  "lag",
  "duplicate",
];
const NEVER: readonly FaultKind[] = ["drop request", "429"];

async function toldBy(answer: Promise<unknown>, { hash }: Stage): Promise<string> {
  try {
    return JSON.stringify(await answer).includes(hash) ? "answer" : "another answer";
  } catch (error) {
    if (!isNearError(error)) return String(error);
    if (!(error instanceof TransportError) || error.code !== "http") return error.code;
    return `http ${error.status ?? ""} ${error.retryAfter ?? ""}`.trim();
  }
}

async function isKnown({ chain, ask }: Stage): Promise<boolean> {
  try {
    await chain.transport(ask);
    return true;
  } catch (error) {
    if (isRpcError(error, "UNKNOWN_TRANSACTION")) return false;
    throw error;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

type Wrap = (stage: Stage, kind: FaultKind, seed: number) => Transport;

const WRAPS: readonly (readonly [name: string, wrap: Wrap])[] = [
  [
    "transport",
    ({ chain }, kind, seed) =>
      faultyTransport(chain.transport, { seed, rate: 1, kinds: [kind] }).transport,
  ],
  [
    "fetch",
    ({ chain }, kind, seed) => {
      const { fetch } = faultyFetch(chain.fetch, { seed, rate: 1, kinds: [kind] });
      return fetchTransport("http://node.test", {
        fetch: (url, init) => fetch(new Request(url, init)),
        timeout: 100_000,
      });
    },
  ],
];

for (const [name, wrap] of WRAPS) {
  for (const kind of FAULT_KINDS) {
    test(`${name}: ${kind}`, () =>
      inVirtualTime(async () => {
        for (const seed of [1, 2, 3]) {
          const stage = await openStage();
          const transport = wrap(stage, kind, seed);
          if (kind === "another") await toldBy(transport(stage.other), stage);
          const told = await toldBy(transport(stage.send), stage);
          assert.ok(TOLD[kind].includes(told), `seed ${seed}: ${told}`);
          await pause(30_000);
          if (ARRIVES.includes(kind)) assert.ok(await isKnown(stage), `seed ${seed}`);
          if (NEVER.includes(kind)) assert.not.ok(await isKnown(stage), `seed ${seed}`);
          stage.chain.stop();
        }
      }));
  }

  test(`${name}: a lie is told about a transaction once`, () =>
    inVirtualTime(async () => {
      const stage = await openStage();
      const transport = wrap(stage, "false UNKNOWN_TRANSACTION", 1);
      await transport(stage.send);
      assert.is(await toldBy(transport(stage.ask), stage), "UNKNOWN_TRANSACTION");
      assert.is(await toldBy(transport(stage.ask), stage), "answer");
      stage.chain.stop();
    }));

  test(`${name}: an old node does not know what came since`, () =>
    inVirtualTime(async () => {
      const stage = await openStage();
      const transport = wrap(stage, "lag", 1);
      await stage.chain.transport(stage.send);
      assert.is(await toldBy(transport(stage.ask), stage), "UNKNOWN_TRANSACTION");
      const key = { method: "query", params: keyParams(stage) };
      const nonce = async (from: Transport): Promise<unknown> => {
        const answer = await from(key);
        return typeof answer === "object" && answer !== null && "nonce" in answer && answer.nonce;
      };
      const [old, newest] = [await nonce(transport), await nonce(stage.chain.transport)];
      assert.is(Number(newest) - Number(old), 1);
      await pause(10_000);
      assert.is(await toldBy(transport(stage.ask), stage), "answer");
      assert.is(await nonce(transport), newest);
      stage.chain.stop();
    }));
}

function keyParams({ chain }: Stage): object {
  return {
    request_type: "view_access_key",
    account_id: "alice.near",
    public_key: chain.signer("alice.near").publicKey,
    finality: "optimistic",
  };
}

test("a calm plan lets everything pass", () =>
  inVirtualTime(async () => {
    const stage = await openStage();
    const { transport, plan } = faultyTransport(stage.chain.transport, { seed: 1, rate: 1 });
    plan.calm();
    assert.is(await toldBy(transport(stage.send), stage), "answer");
    assert.is(plan.counts.size, 0);
    assert.is(plan.requests(), 1);
    stage.chain.stop();
  }));

test.run();
