import { advance, type Course, type CourseEvent, startCourse } from "@yoctonear/account/course";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { explore, type Machine } from "./model.ts";

const test = suite("course: what to do next");

const FRESH = startCourse(false, false, true);

function after(start: Course, ...events: readonly (CourseEvent | bigint)[]): Course {
  return events.reduce(
    (course: Course, event) =>
      typeof event === "bigint" ? advance(course, "proved", event) : advance(course, event),
    start,
  );
}

test("P1: a lost answer is followed by a question, that by the same bytes, never by a signature", () => {
  const steps: string[] = [];
  let course = after(FRESH, "begun");
  for (let i = 0; i < 4; i += 1) {
    course = advance(course, "lost");
    steps.push(course.step);
    if (course.step === "broadcast") course = advance(course, "begun");
  }
  assert.equal(steps, ["ask", "broadcast", "ask", "broadcast"]);
  assert.ok(course.rests);
});

test("a node that tells more when asked is asked at once, another after a rest", () => {
  assert.equal(
    [after(FRESH, "begun", "tells more").rests, after(FRESH, "begun", "below").rests],
    [false, true],
  );
  assert.ok(after(FRESH, "begun", "below", "tells more").rests);
});

test("signs anew five final blocks after the first proof, no sooner", () => {
  const refused = after(FRESH, "begun", "refused");
  assert.is(refused.step, "prove");
  assert.is(after(refused, 100n).step, "prove");
  assert.is(after(refused, 100n, 102n, 104n).step, "prove");
  assert.is(after(refused, 100n, 105n).step, "sign");
  assert.is(after(refused, 100n, "lost", 105n).step, "sign");
  assert.is(after(refused, 100n, "not proved").step, "ask");
  const again = after(refused, 100n, "not proved", "lost", "begun", "refused", 105n);
  assert.is(again.step, "prove", "the grace begins anew");
});

test("P2: what the sender has not signed itself is dead at the first proof", () => {
  assert.is(after(startCourse(true, false, false), "begun", "refused", 100n).step, "dead");
});

test("what has expired is signed anew at once, but not what the user signed", () => {
  const expired = after(FRESH, "begun", "refused", "expired");
  assert.is(expired.step, "sign");
  const anew = after(expired, "signed");
  assert.equal([anew.step, anew.copies], ["broadcast", 0]);
  assert.is(after(startCourse(true, false, false), "begun", "refused", "expired").step, "dead");
});

test("on a chain that makes no blocks the refusal stands", () => {
  let course = after(FRESH, "begun", "refused");
  let proofs = 0;
  for (; course.step === "prove"; proofs += 1) course = after(course, 100n);
  assert.is(course.step, "dead");
  assert.is(proofs, 13);
});

test("when time is up it depends on what may be out", () => {
  const refused = after(FRESH, "begun", "refused", 100n);
  const ends = [
    after(FRESH, "time is up"),
    after(startCourse(false, true, true), "time is up"),
    after(FRESH, "begun", "time is up"),
    after(refused, "time is up"),
    after(refused, 105n, "signed", "time is up"),
    after(startCourse(false, true, true), "begun", "refused", 1n, 6n, "signed", "time is up"),
    after(refused, 105n, "signed", "begun", "time is up"),
  ];
  assert.equal(
    ends.map(({ step }) => step),
    ["withdrawn", "unknown", "unknown", "dead", "dead", "unknown", "unknown"],
  );
});

for (const { states, ...bounds } of [
  { processes: 1, foreign: 0, faults: 1, states: 27_000 },
  { processes: 2, foreign: 0, faults: 0, states: 60_000 },
] as const) {
  const by = bounds.processes === 1 ? "one process" : "two processes";
  const name = `P1, P3: whatever the order, two sends by ${by}, ${bounds.foreign} by others, ${bounds.faults} faults, are each executed once or reported as not executed, and end: over ${states} states`;
  test(name, () => {
    const found = explore({ ...bounds, machine: advance });
    assert.is(found.problem, undefined);
    assert.ok(found.states > states, `${found.states} states`);
    assert.is(found.signedAnew > 0, bounds.foreign > 0 || bounds.processes > 1);
    assert.ok((found.ends.get("executed + executed") ?? 0) > 0);
  });
}

/** Machines with a mistake, and what the model says of each. */
const MISTAKES: readonly (readonly [string, Machine, RegExp])[] = [
  [
    "signs anew when an answer is lost",
    (course, event, usedAt) => {
      const next = advance(course, event, usedAt);
      return event === "lost" && course.step === "broadcast" ? { ...next, step: "sign" } : next;
    },
    /executed twice/,
  ],
  [
    "signs anew when the nonce is refused",
    (course, event, usedAt) => {
      const next = advance(course, event, usedAt);
      return event === "refused" ? { ...next, step: "sign" } : next;
    },
    /executed twice/,
  ],
  [
    "takes a refused nonce for the end",
    (course, event, usedAt) =>
      event === "refused" ? { ...course, step: "dead" } : advance(course, event, usedAt),
    /said to be dead and was executed/,
  ],
  [
    "takes a node's word that it has it for the execution",
    (course, event, usedAt) => advance(course, event === "below" ? "reached" : event, usedAt),
    /said to be executed and is not/,
  ],
  [
    "forgets what is out when time is up",
    (course, event, usedAt) =>
      event === "time is up" ? { ...course, step: "withdrawn" } : advance(course, event, usedAt),
    /said to be withdrawn and was executed/,
  ],
  [
    "never sends the bytes again",
    (course, event, usedAt) => {
      const next = advance(course, event, usedAt);
      return course.step === "ask" && event === "lost" ? { ...next, step: "ask" } : next;
    },
    /never ends/,
  ],
];

for (const [mistake, machine, expected] of MISTAKES) {
  test(`the model finds a machine that ${mistake}`, () => {
    const { problem } = explore({ machine, processes: 1, foreign: 0, faults: 1 });
    assert.match(problem ?? "nothing", expected);
  });
}

test("the model finds what one look at a node does that lags: dead it says, and executed it is", () => {
  const bounds = { processes: 1, foreign: 0, faults: 1 } as const;
  const { problem } = explore({ ...bounds, machine: advance, looks: 1 });
  assert.match(problem ?? "nothing", /said to be dead and was executed/);
  const hasty: Machine = (course, event, usedAt) => {
    const next = advance(course, event, usedAt);
    return event === "proved" ? { ...next, step: "sign" } : next;
  };
  const { problem: worse } = explore({ ...bounds, machine: hasty, looks: 1 });
  assert.match(worse ?? "nothing", /executed twice/);
});

test.run();
