/**
 * A model of two payments by one key, small enough to try every order of events: a chain that takes whatever is valid,
 * one node at its head and one that lags behind, requests and answers that get lost, held back or doubled. What the
 * sender decides comes from the machine that is given.
 * @module
 */
import { type Course, type CourseEvent, startCourse, type Step } from "@yoctonear/account/course";

/** The machine that is tried. */
export type Machine = (course: Course, event: CourseEvent, usedAt?: bigint) => Course;

/** How far to go. */
export interface Bounds {
  readonly machine: Machine;
  /** Whether each payment has a process of its own, whose nonces the other does not know. */
  readonly processes: 1 | 2;
  /** Transactions that somebody else sends by the same key. */
  readonly foreign: number;
  /** Requests lost, answers lost, requests that arrive later or twice. */
  readonly faults: number;
  /** Crashes of a process that has a journal; none without. */
  readonly crashes?: number | undefined;
  /** How often a proof looks for the transaction before it counts: what the sender does is 2. */
  readonly looks?: number | undefined;
}

/** What was found. */
export interface Findings {
  readonly states: number;
  /** In how many of them a payment had been signed anew. */
  readonly signedAnew: number;
  /** In how many of them both payments had ended, by how. */
  readonly ends: ReadonlyMap<string, number>;
  /** What went wrong, with the events that led there; undefined if nothing did. */
  readonly problem: string | undefined;
}

interface Transaction {
  /** Whose; 2 for somebody else. */
  readonly payment: number;
  readonly nonce: number;
}

interface Payment {
  readonly course: Course | undefined;
  /** Index of its transaction. */
  readonly own: number;
  /** Requests of a proof that are through: a look at the final block, then pairs of look and check. */
  readonly proof: number;
  readonly usedAt: number;
  /** Whether the node of a pair is the one that lags. */
  readonly isStale: boolean;
  readonly resumes: number;
}

interface World {
  readonly transactions: readonly Transaction[];
  /** Indices of those executed, and the height of each. */
  readonly chain: readonly number[];
  readonly heights: readonly number[];
  readonly head: number;
  /** Height that the lagging node has come to. */
  readonly stale: number;
  readonly pool: readonly number[];
  readonly held: readonly number[];
  readonly faults: number;
  readonly foreign: number;
  readonly crashes: number;
  /** The last nonce that each process has handed out. */
  readonly last: readonly number[];
  readonly payments: readonly Payment[];
}

/** Something that may happen: its name, and what the world is then. */
type Move = readonly [name: string, world: World];

const ENDS: readonly Step[] = ["executed", "dead", "unknown", "withdrawn"];
/** Of `course.ts`; the node that lags does so by fewer blocks. */
const GRACE = 5;
const MAX_TRANSACTIONS = 7;

/** Tries everything. */
export function explore(bounds: Bounds): Findings {
  const start = begin(bounds);
  const from = new Map<string, readonly [before: string, move: string]>();
  const ends = new Map<string, number>();
  let signedAnew = 0;
  const open: (readonly [string, World])[] = [[nameOf(start), start]];
  const seen = new Set([nameOf(start)]);
  const calm = new Set<string>();
  const path = (name: string): string => {
    const moves: string[] = [];
    for (let at = from.get(name); at !== undefined; at = from.get(at[0])) moves.unshift(at[1]);
    return moves.join(", ");
  };
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [name, world] = next;
    const problem = problemOf(world) ?? endlessness(bounds, world, calm);
    if (problem !== undefined) {
      return { states: seen.size, signedAnew, ends, problem: `${problem}: ${path(name)}` };
    }
    const owners = world.transactions.map(({ payment }) => payment).filter((owner) => owner < 2);
    if (new Set(owners).size < owners.length) signedAnew += 1;
    const label = world.payments.map(({ course }) => endOf(course)).join(" + ");
    if (!/not|under/.test(label)) ends.set(label, (ends.get(label) ?? 0) + 1);
    for (const [move, after] of movesOf(bounds, world)) {
      const afterName = nameOf(after);
      if (seen.has(afterName)) continue;
      seen.add(afterName);
      from.set(afterName, [name, move]);
      open.push([afterName, after]);
    }
  }
  return { states: seen.size, signedAnew, ends, problem: undefined };
}

function begin({ processes }: Bounds): World {
  const payment: Payment = {
    course: undefined,
    own: -1,
    proof: 0,
    usedAt: 0,
    isStale: false,
    resumes: 0,
  };
  return {
    transactions: [],
    chain: [],
    heights: [],
    head: 0,
    stale: 0,
    pool: [],
    held: [],
    faults: 0,
    foreign: 0,
    crashes: 0,
    last: processes === 1 ? [0] : [0, 0],
    payments: [payment, payment],
  };
}

function endOf(course: Course | undefined): string {
  if (course === undefined) return "not begun";
  return ENDS.includes(course.step) ? course.step : "under way";
}

/** What must never be. */
function problemOf({ chain, transactions, payments }: World): string | undefined {
  for (const [index, { course, own }] of payments.entries()) {
    const executed = chain.filter((id) => transactions[id]?.payment === index);
    const step = course?.step;
    if (executed.length > 1) return `payment ${index} was executed twice`;
    if (step === "executed" && !executed.includes(own)) {
      return `payment ${index} is said to be executed and is not`;
    }
    if ((step === "dead" || step === "withdrawn") && executed.length > 0) {
      return `payment ${index} is said to be ${step} and was executed`;
    }
  }
  return undefined;
}

/** With nothing against them any more, and time, both payments come to an end that is known. */
function endlessness(bounds: Bounds, start: World, calm: Set<string>): string | undefined {
  // Where a node lags, it can catch up first.
  if (start.stale < start.head) return undefined;
  const passed: string[] = [];
  let world = start;
  for (let steps = 0; steps < 120; steps += 1) {
    const name = nameOf(world);
    if (calm.has(name)) break;
    passed.push(name);
    const payment = world.payments.findIndex(
      ({ course }) => course === undefined || !ENDS.includes(course.step),
    );
    if (payment < 0) break;
    const quiet = { ...bounds, faults: 0, foreign: 0, crashes: 0 };
    const moves = movesOf(quiet, world).filter(([name]) => !/time is up|resume|crash/.test(name));
    const block = moves.find(([name]) => name.startsWith("block") || name.startsWith("pass"));
    const step = moves.find(([name]) => name.startsWith(`${payment}:`));
    const other = moves.find(([name]) => /^\d:/.test(name));
    const [, after] = (steps % 2 === 0 ? block : undefined) ?? step ?? other ?? block ?? [];
    if (after === undefined) return `payment ${payment} is stuck`;
    world = { ...after, stale: after.head };
    if (steps === 119) return `payment ${payment} never ends`;
  }
  for (const name of passed) calm.add(name);
  return undefined;
}

function nonceAt(world: World, height: number): number {
  const known = world.chain.filter((_, i) => (world.heights[i] ?? 0) <= height);
  return Math.max(0, ...known.map((id) => world.transactions[id]?.nonce ?? 0));
}

function isKnown({ chain, heights }: World, id: number, height: number): boolean {
  return chain.some((other, i) => other === id && (heights[i] ?? 0) <= height);
}

function movesOf(bounds: Bounds, world: World): Move[] {
  return [
    ...chainMoves(bounds, world),
    ...world.payments.flatMap((payment, index) => paymentMoves(bounds, world, payment, index)),
  ];
}

/** What happens without the sender. */
function chainMoves(bounds: Bounds, world: World): Move[] {
  const { head, stale, pool, held, transactions, chain, heights } = world;
  const moves: Move[] = [];
  const lagging = (to: number): number => Math.max(stale, to - (GRACE - 1));
  const include = (id: number, all: readonly Transaction[], rest: readonly number[]): World => ({
    ...world,
    transactions: all,
    chain: [...chain, id],
    heights: [...heights, head + 1],
    head: head + 1,
    stale: lagging(head + 1),
    pool: rest,
  });
  const nonce = nonceAt(world, head);
  for (const id of pool) {
    const rest = pool.filter((other) => other !== id);
    const isValid = (transactions[id]?.nonce ?? 0) > nonce;
    moves.push([
      `block with ${id}`,
      isValid ? include(id, transactions, rest) : { ...world, pool: rest },
    ]);
  }
  if (stale < head) moves.push(["stale node catches up", { ...world, stale: head }]);
  for (const id of held) {
    const rest = held.filter((other) => other !== id);
    moves.push([`${id} arrives late`, { ...world, held: rest, pool: insert(pool, id) }]);
  }
  if (world.foreign < bounds.foreign && transactions.length < MAX_TRANSACTIONS) {
    const used = include(
      transactions.length,
      [...transactions, { payment: 2, nonce: nonce + 1 }],
      pool,
    );
    moves.push(["somebody else's block", { ...used, foreign: world.foreign + 1 }]);
  }
  // Only a grace looks at heights.
  const since = world.payments.map(({ course }) => course?.grace?.since);
  if (since.some((height) => height !== undefined && Number(height) + GRACE > head)) {
    moves.push([
      "pass some blocks",
      { ...world, head: head + GRACE, stale: lagging(head + GRACE) },
    ]);
  }
  return moves;
}

function paymentMoves(bounds: Bounds, world: World, payment: Payment, index: number): Move[] {
  const { course } = payment;
  const set = (to: Partial<Payment>, more: Partial<World> = {}): World => ({
    ...world,
    ...more,
    payments: world.payments.map((old, i) => (i === index ? { ...old, ...to } : old)),
  });
  const see = (event: CourseEvent, more: Partial<World> = {}): World =>
    course === undefined
      ? world
      : set({ course: bounds.machine(course, event), proof: 0, isStale: false, usedAt: 0 }, more);
  if (course === undefined) {
    // The second begins after the first, which is all the same to two processes. In the queue of a lane it goes when
    // the first is included, or has ended.
    const before = index === 0 ? "" : endOf(world.payments[0]?.course);
    const waits = before === "not begun" || (before === "under way" && bounds.processes === 1);
    return waits ? [] : sign(bounds, world, index, set);
  }
  const { step } = course;
  if (ENDS.includes(step)) {
    if (step !== "unknown" || payment.resumes > 0) return [];
    const again = startCourse(true, course.isWritten, false);
    return [[`${index} resumes`, set({ course: again, resumes: 1 })]];
  }
  const moves: Move[] = [[`${index} time is up`, see("time is up")]];
  if (course.isWritten && world.crashes < (bounds.crashes ?? 0)) {
    // Whoever restarts has the bytes, and does not know how far they came.
    const again = startCourse(true, true, false);
    const restarted = set({ course: again, proof: 0 }, { crashes: world.crashes + 1 });
    moves.push([`${index} crashes`, restarted]);
  }
  const mayFail = world.faults < bounds.faults;
  const failed = { faults: world.faults + 1 };
  if (step === "sign") return [...moves, ...sign(bounds, world, index, set)];
  if (step === "prove") {
    if (mayFail) moves.push([`${index}: proof lost`, see("lost", failed)]);
    return [...moves, ...prove(bounds, world, payment, index, set, see)];
  }
  const { own } = payment;
  const nodes = world.stale < world.head ? [world.head, world.stale] : [world.head];
  if (step === "ask") {
    if (mayFail) moves.push([`${index}: answer lost`, see("lost", failed)]);
    for (const height of nodes) {
      const event = isKnown(world, own, height) ? "reached" : "lost";
      moves.push([`${index}: asks ${nodeName(world, height)}: ${event}`, see(event)]);
    }
    return moves;
  }
  const begun = bounds.machine(course, "begun");
  const answer = (event: CourseEvent, more: Partial<World> = {}): World =>
    set({ course: bounds.machine(begun, event), proof: 0 }, more);
  const held = insert(world.held, own);
  if (mayFail) {
    moves.push([`${index}: request lost`, answer("lost", failed)]);
    moves.push([`${index}: request held back`, answer("lost", { ...failed, held })]);
  }
  for (const height of nodes) {
    const node = nodeName(world, height);
    const nonce = world.transactions[own]?.nonce ?? 0;
    const pool = { pool: insert(world.pool, own) };
    const isIn = isKnown(world, own, height);
    const more = isIn || nonceAt(world, height) >= nonce ? {} : pool;
    // What has been executed has used its own nonce: a node may know it, or refuse it for that.
    const events: readonly CourseEvent[] =
      more === pool ? ["below"] : isIn ? ["refused", "reached"] : ["refused"];
    for (const event of events) {
      moves.push([`${index}: sends to ${node}: ${event}`, answer(event, more)]);
      if (!mayFail) continue;
      const twice = { ...more, ...failed, held };
      moves.push([`${index}: sends to ${node} twice: ${event}`, answer(event, twice)]);
    }
    if (!mayFail) continue;
    moves.push([`${index}: sends to ${node}, answer lost`, answer("lost", { ...more, ...failed })]);
  }
  return moves;
}

type Setter = (to: Partial<Payment>, more?: Partial<World>) => World;

function sign(bounds: Bounds, world: World, index: number, set: Setter): Move[] {
  const { transactions, last, payments } = world;
  if (transactions.length >= MAX_TRANSACTIONS) return [];
  const process = bounds.processes === 1 ? 0 : index;
  const course = payments[index]?.course;
  const isWritten = bounds.crashes !== undefined;
  const signed =
    course === undefined ? startCourse(false, isWritten, true) : bounds.machine(course, "signed");
  const nonce = Math.max(last[process] ?? 0, nonceAt(world, world.head)) + 1;
  const after = set(
    { course: signed, own: transactions.length, proof: 0 },
    {
      transactions: [...transactions, { payment: index, nonce }],
      last: last.map((old, i) => (i === process ? nonce : old)),
    },
  );
  return [[`${index}: signs ${transactions.length} with nonce ${nonce}`, after]];
}

function prove(
  bounds: Bounds,
  world: World,
  payment: Payment,
  index: number,
  set: Setter,
  see: (event: CourseEvent) => World,
): Move[] {
  const { own, proof, course } = payment;
  const nonce = world.transactions[own]?.nonce ?? 0;
  const { looks = 2 } = bounds;
  const heights = world.stale < world.head ? [world.head, world.stale] : [world.head];
  if (proof === 0) {
    return heights.map((height) => {
      const isUsed = nonceAt(world, height) >= nonce;
      const after = isUsed ? set({ proof: 1, usedAt: height }) : see("not proved");
      return [`${index}: final block of ${nodeName(world, height)}, used ${isUsed}`, after];
    });
  }
  // A look at a node; the check of the same node comes later.
  if (proof % 2 === 1) {
    return heights.map((height) => {
      const isIn = isKnown(world, own, height);
      const after = set({ proof: proof + 1, isStale: height < world.head });
      return [
        `${index}: ${nodeName(world, height)} knows it: ${isIn}`,
        isIn ? see("not proved") : after,
      ];
    });
  }
  const height = payment.isStale ? world.stale : world.head;
  const name = `${index}: ${nodeName(world, height)} checks it`;
  if (nonceAt(world, height) < nonce) return [[name, see("lost")]];
  if (proof < 2 * looks) return [[name, set({ proof: proof + 1, isStale: false })]];
  if (course === undefined) return [];
  const proved = bounds.machine(course, "proved", BigInt(payment.usedAt));
  return [[`${name}: proved`, set({ course: proved, proof: 0, isStale: false, usedAt: 0 })]];
}

function nodeName({ head }: World, height: number): string {
  return height === head ? "a node" : "the stale node";
}

function insert(ids: readonly number[], id: number): readonly number[] {
  return ids.includes(id) ? ids : [...ids, id].sort((a, b) => a - b);
}

/** Two worlds of one name go on alike. */
function nameOf(world: World): string {
  const { transactions, payments } = world;
  return [
    transactions.map(({ payment, nonce }) => `${payment}${nonce}`).join(""),
    world.chain.map((id, i) => `${id}@${world.heights[i]}`).join(""),
    `${world.head} ${world.stale} ${world.faults} ${world.foreign} ${world.crashes}`,
    world.pool.join(""),
    world.held.join(""),
    world.last.join(""),
    ...payments.map(nameOfPayment),
  ].join("/");
}

function nameOfPayment({ course, own, proof, usedAt, isStale, resumes }: Payment): string {
  if (course === undefined) return "";
  const { step, copies, maySign, isWritten, grace } = course;
  // Beyond two, a copy more changes nothing; nor do rests, which take no time here, and stalls, which blocks undo.
  return [
    `${own}${step}${Math.min(copies, 2)}${maySign ? "s" : ""}${isWritten ? "w" : ""}${grace?.since}`,
    `${proof}${usedAt}${isStale ? "l" : ""}${resumes}`,
  ].join(" ");
}
