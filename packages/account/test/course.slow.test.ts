import { advance } from "@yoctonear/account/course";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { explore } from "./model.ts";

const test = suite("course: every order of events, further");

for (const bounds of [
  { processes: 1, foreign: 0, faults: 2 },
  { processes: 1, foreign: 1, faults: 0 },
  { processes: 1, foreign: 0, faults: 1, crashes: 1 },
  { processes: 1, foreign: 1, faults: 0, crashes: 1 },
  { processes: 2, foreign: 0, faults: 0, crashes: 1 },
  { processes: 2, foreign: 0, faults: 1 },
] as const) {
  test(`two sends are each executed once or reported as not executed: ${JSON.stringify(bounds)}`, () => {
    const { problem, states } = explore({ ...bounds, machine: advance });
    assert.is(problem, undefined);
    assert.ok(states > 25_000, `${states} states`);
  });
}

test.run();
