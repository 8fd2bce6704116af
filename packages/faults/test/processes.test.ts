import { runProcesses } from "@yoctonear/faults/processes";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("campaign: real processes over HTTP");

test("P4: two processes on the same two keys", async () => {
  const options = { seed: 1, transfers: 6, rate: 0.1, lanes: 2, processes: 2 };
  const { violations, faults } = await runProcesses(options);
  assert.equal(violations, []);
  assert.ok(faults > 0);
});

test("P1: a process that is killed with SIGKILL and started from its journal on the disk", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yoctonear-"));
  try {
    const path = join(folder, `${randomUUID()}.journal`);
    const options = { seed: 2, transfers: 12, rate: 0.1, lanes: 4, processes: 1 };
    const { violations, kills } = await runProcesses({ ...options, journal: { path, kills: 3 } });
    assert.equal(violations, []);
    assert.ok(kills > 0);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.run();
