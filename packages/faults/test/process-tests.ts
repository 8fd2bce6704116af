import { runProcesses } from "@yoctonear/faults/processes";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

/** How much the processes pay, and how often one is killed meanwhile. */
export interface ProcessScale {
  readonly rate: number;
  /** Payments of the two processes. */
  readonly payments: number;
  /** Payments of the one that is killed. */
  readonly killed: number;
  readonly kills: number;
}

/** Runs the tests of real processes over HTTP. */
export function testProcesses(
  title: string,
  { rate, payments, killed, kills }: ProcessScale,
): void {
  const test = suite(title);

  test("P4: two processes on the same two keys", async () => {
    const options = { seed: 1, transfers: payments, rate, lanes: 2, processes: 2 };
    const { violations, faults } = await runProcesses(options);
    assert.equal(violations, []);
    assert.ok(faults > 0);
  });

  test("P1: a process that is killed with SIGKILL and started from its journal on the disk", async () => {
    const folder = await mkdtemp(join(tmpdir(), "yoctonear-"));
    try {
      const journal = { path: join(folder, `${randomUUID()}.journal`), kills };
      const options = { seed: 2, transfers: killed, rate, lanes: 4, processes: 1, journal };
      const result = await runProcesses(options);
      assert.equal(result.violations, []);
      assert.ok(result.kills > 0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test.run();
}
