/**
 * What to do next with one transaction, by what has been seen of it: the sender's decisions, without its clock,
 * its network and its keys, so that they can be tried in every order. `settle.ts` carries them out.
 *
 * ```text
 * sign → broadcast ⇄ ask → executed
 *            ↓         (each after a rest, as often as it takes)
 *          prove → dead, or sign anew: it has expired, or its nonce is long known to be another's
 * ```
 * @module
 */

/**
 * What is to be done, or how it ended:
 * - `sign`: prepare a transaction anew and sign it
 * - `broadcast`: send the bytes
 * - `ask`: ask for it by hash
 * - `prove`: look for a proof that it can never be included
 * - `executed`: it came as far as was wanted
 * - `dead`: it was refused for good, and nothing else is out
 * - `unknown`: time was up, and it may be out
 * - `withdrawn`: time was up, and nothing was out
 */
export type Step =
  | "sign"
  | "broadcast"
  | "ask"
  | "prove"
  | "executed"
  | "dead"
  | "unknown"
  | "withdrawn";

/** Where a transaction stands. */
export interface Course {
  readonly step: Step;
  /** Whether to wait a little before it. */
  readonly rests: boolean;
  /** How often the bytes may have gone out. */
  readonly copies: number;
  /** Whether its bytes are where somebody else may take them up. */
  readonly isWritten: boolean;
  /** Whether this process signed it of its own accord, so that it may sign another. */
  readonly maySign: boolean;
  /** Runs since its nonce was proved to be another's. */
  readonly grace?: Grace | undefined;
}

/** The time between two proofs that a nonce is used. */
export interface Grace {
  /** Height of the final block of the first. */
  readonly since: bigint;
  /** Height of the newest final block seen, and how often it was the same one again. */
  readonly height: bigint;
  readonly stalls: number;
}

/**
 * What was seen:
 * - `signed`: it was signed, and written down where there is a journal
 * - `begun`: the bytes go out
 * - `reached`, `below`, `tells more`: a node has it, as far as wanted, not so far, or so that it tells more at once when
 *   asked
 * - `refused`: a node refused it
 * - `proved`, `not proved`: it can never be included, or perhaps it can, or is
 * - `expired`: the final block is past the last one that could include it
 * - `lost`: there was no answer, or none that tells anything
 */
export type CourseEvent =
  | "signed"
  | "begun"
  | "reached"
  | "below"
  | "tells more"
  | "refused"
  | "proved"
  | "not proved"
  | "expired"
  | "lost"
  | "time is up";

/**
 * Final blocks between the first and the last look at a nonce that another transaction has used: whichever node
 * lags behind by fewer knows by then whether it was this one.
 */
const GRACE_BLOCKS = 5n;

/** A chain that makes no block for so long will prove nothing; the refusal stands. */
const MAX_STALLS = 10;

/**
 * Begins with a transaction that is signed.
 * @param isOut - whether it may have been broadcast before: then a refusal proves nothing by itself
 * @param isWritten - whether others may take it up
 * @param maySign - whether another may be signed in its place once it is proved dead
 * @example
 * ```ts
 * import { startCourse } from "@yoctonear/account/course";
 * startCourse(false, false, true).step; // "broadcast"
 * ```
 */
export function startCourse(isOut: boolean, isWritten: boolean, maySign: boolean): Course {
  return { step: "broadcast", rests: false, copies: isOut ? 1 : 0, isWritten, maySign };
}

/**
 * Tells what is to be done after something was seen.
 * @param usedAt - of what is proved: height of the final block at which another had its nonce, where that is the reason
 * @example
 * ```ts
 * import { advance, startCourse } from "@yoctonear/account/course";
 * const sent = advance(startCourse(false, false, true), "begun");
 * advance(sent, "lost").step; // "ask"
 * ```
 */
export function advance(course: Course, event: CourseEvent, usedAt?: bigint): Course {
  const { step, copies, isWritten, maySign, grace } = course;
  const go = (next: Step, rests = false): Course => ({ ...course, step: next, rests });
  switch (event) {
    case "signed":
      // The proof counts until this one goes out.
      return { ...go("broadcast"), copies: 0 };
    case "begun":
      return { ...course, copies: copies + 1, grace: undefined };
    case "reached":
      return go("executed");
    case "tells more":
    case "below":
      return go("ask", event === "below" || step === "ask");
    case "refused":
      return go("prove");
    case "not proved":
      return { ...go("ask", true), grace: undefined };
    case "lost":
      // Asked in vain, the same bytes go out again; sent in vain, it is asked for. A proof is looked for once more.
      return go(step === "ask" ? "broadcast" : grace === undefined ? "ask" : step, true);
    case "expired":
      return go(maySign ? "sign" : "dead");
    case "proved": {
      if (usedAt === undefined || !maySign) return go("dead");
      const { since, stalls, height } = grace ?? { since: usedAt, stalls: 0, height: -1n };
      // Another may be signed.
      if (usedAt >= since + GRACE_BLOCKS) return go("sign");
      if (stalls > MAX_STALLS) return go("dead");
      const next = { since, height: usedAt, stalls: usedAt === height ? stalls + 1 : 0 };
      return { ...go("prove", true), grace: next };
    }
    case "time is up":
      if (grace !== undefined && !(isWritten && copies === 0)) return go("dead");
      return go(isWritten || copies > 0 ? "unknown" : "withdrawn");
  }
}
