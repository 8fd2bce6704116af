// Compiles WebAssembly at run time, which workerd forbids.
import { has, type Json, list, loadProbeContract, loadRecording, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { MiniChain } from "./mini-chain.ts";
import { deployProbe, replayCall } from "./probe-replay.ts";
import { recordedChain, replayScenarios } from "./scenarios.ts";
import { totalTokens } from "./supply.ts";

const test = suite("runtime: recorded calls of the probe contract");

/** Replays calls in order; gives what differs by name, and prints the counts by group. */
function replayAll(chain: MiniChain, calls: readonly Json[], name: string): readonly string[] {
  const counts = new Map<string, { ran: number; exact: number }>();
  const different: string[] = [];
  for (const call of calls) {
    const group = has(call, "group") ? text(call, "group") : "all";
    const count = counts.get(group) ?? { ran: 0, exact: 0 };
    counts.set(group, count);
    const tokens = totalTokens(chain);
    const [first] = replayCall(chain, call);
    assert.is(
      totalTokens(chain),
      tokens,
      `${group}: ${text(call, "name")}: tokens appear or vanish`,
    );
    count.ran++;
    if (first === undefined) count.exact++;
    else different.push(`${group}: ${text(call, "name")}: ${first}`);
  }
  for (const [group, { ran, exact }] of counts) {
    console.log(`${name} ${group}: ${ran} ran, ${exact} exact`);
  }
  return different;
}

test("probe: all 493, after the scenarios on the same chain", async () => {
  const chain = await recordedChain();
  await replayScenarios(chain);
  const calls = list(await loadRecording("probe"));
  assert.is(calls.length, 493);
  assert.equal(replayAll(chain, calls, "probe"), []);
});

for (const [name, count] of [
  ["probe-more", 55],
  ["probe-trie", 15],
] as const) {
  test(`${name}: all ${count}, on a fresh chain`, async () => {
    const chain = await recordedChain();
    deployProbe(chain, await loadProbeContract());
    const calls = list(await loadRecording(name));
    assert.is(calls.length, count);
    assert.equal(replayAll(chain, calls, name), []);
  });
}

test.run();
