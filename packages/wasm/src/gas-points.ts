/**
 * Where a function pays for gas: the first pass of finite-wasm's analysis, which notes for each instruction
 * what must be paid before and after it. Costs are counted in regular instructions, of which nearcore's
 * other costs are multiples.
 * Source: finite-wasm 0.6 src/gas.
 * @module
 */

/** What an instruction is to the payment before it. */
export const PURE = 0;
export const BEFORE_CONTROL = 1;
export const AFTER_CONTROL = 2;
export const BETWEEN_CONTROL = 3;
export const UNREACHABLE = 4;
/** Also pays by its count, the operand on top. */
export const AGGREGATE = 5;

/** What the code at a point must do besides paying. */
export const NOTHING = 0;
/** The gas is seen by others: a trap, a callee, a caller. */
export const SHOWS_GAS = 1;
/** A callee sees how much stack is left. */
export const SHOWS_STACK = 2;
/** A callee has used gas. */
export const TAKES_GAS = 4;

/** Constant cost of an instruction that also pays by its count. */
const AGGREGATE_COST = 32;

/** What branches to a frame have come to so far, unless it is a loop, whose first point is noted. */
const NO_BRANCH = -1;
const BRANCHED = -2;

/** The points of one function, in order. */
export class GasPoints {
  count = 0;
  offsets: Int32Array = new Int32Array(0);
  costs: Int32Array = new Int32Array(0);
  kinds: Uint8Array = new Uint8Array(0);
  duties: Uint8Array = new Uint8Array(0);
  /** Before this, the points of loops: branches change their kinds. */
  #fixed = 0;

  /** What to append at the next instruction. */
  #scheduled = false;
  #scheduledKind = PURE;
  #scheduledCost = 0;
  #scheduledDuty = NOTHING;

  #offset = 0;
  #depth = 0;
  #polymorphic = false;
  #labels = new Int32Array(0);
  #polymorphics = new Uint8Array(0);

  /** Begins a function whose body has this many bytes: an instruction makes two points at most. */
  reset(bodySize: number): void {
    const capacity = 2 * bodySize + 2;
    if (this.offsets.length < capacity) {
      this.offsets = new Int32Array(capacity);
      this.costs = new Int32Array(capacity);
      this.kinds = new Uint8Array(capacity);
      this.duties = new Uint8Array(capacity);
      this.#labels = new Int32Array(capacity);
      this.#polymorphics = new Uint8Array(capacity);
    }
    this.count = 0;
    this.#fixed = 0;
    this.#scheduled = false;
    this.#polymorphic = false;
    this.#labels[0] = NO_BRANCH;
    this.#depth = 1;
  }

  /** Begins an instruction. */
  at(offset: number): void {
    this.#offset = offset;
    if (this.#scheduled) {
      this.#scheduled = false;
      this.#append(this.#scheduledKind, this.#scheduledCost, this.#scheduledDuty);
    }
  }

  /** Pays before the present instruction, which is pure. */
  pure(cost: number): void {
    const kind = this.#polymorphic ? UNREACHABLE : PURE;
    const last = this.count - 1;
    // What the second pass would merge anyway is merged here, so that most instructions make no point.
    if (last >= this.#fixed && this.kinds[last] === kind) {
      this.costs[last] = (this.costs[last] ?? 0) + cost;
      return;
    }
    this.#append(kind, cost, NOTHING);
  }

  /** Pays before the present instruction, which may trap, branch or have an effect. */
  effect(cost: number, duty: number): void {
    this.#before(BEFORE_CONTROL, cost, duty);
    this.#after(AFTER_CONTROL, 0, NOTHING);
  }

  /** Pays for a call. */
  call(duty: number): void {
    this.#before(BEFORE_CONTROL, 1, duty);
    this.#after(AFTER_CONTROL, 0, TAKES_GAS);
  }

  /** Pays for an instruction whose cost depends on the operand on top. */
  aggregate(): void {
    this.#before(AGGREGATE, AGGREGATE_COST, SHOWS_GAS);
    this.#after(AFTER_CONTROL, 0, NOTHING);
  }

  /** Pays for `unreachable`. */
  trap(): void {
    this.#before(BEFORE_CONTROL, 1, SHOWS_GAS);
    this.#after(UNREACHABLE, 0, NOTHING);
    this.leave();
  }

  /** Opens a `block`. */
  block(): void {
    this.pure(0);
    this.#enter(NO_BRANCH);
  }

  /** Opens a `loop`. */
  loop(): void {
    const first = this.count;
    this.#append(this.#polymorphic ? UNREACHABLE : PURE, 0, NOTHING);
    this.#after(PURE, 1, NOTHING);
    this.#fixed = first + 2;
    this.#enter(first);
  }

  /** Opens an `if`. */
  condition(): void {
    this.effect(1, NOTHING);
    this.#enter(BRANCHED);
  }

  /** Ends the first half of an `if`. */
  otherwise(): void {
    this.#exit();
    this.#enter(BRANCHED);
    this.effect(0, NOTHING);
  }

  /** Ends a frame. */
  end(): void {
    if (this.#labels[this.#depth - 1] === BRANCHED) {
      this.effect(0, NOTHING);
    } else {
      this.pure(0);
    }
    if (this.#depth > 1) {
      this.#exit();
    }
  }

  /** Notes that the present instruction may branch to the label. */
  branch(label: number): void {
    const frame = this.#depth - 1 - label;
    const loop = this.#labels[frame] ?? NO_BRANCH;
    if (loop < 0) {
      this.#labels[frame] = BRANCHED;
      return;
    }
    this.kinds[loop] = BEFORE_CONTROL;
    this.kinds[loop + 1] = AFTER_CONTROL;
  }

  /** The rest of the frame is not reached. */
  leave(): void {
    this.#polymorphic = true;
  }

  #before(kind: number, cost: number, duty: number): void {
    this.#append(this.#polymorphic ? UNREACHABLE : kind, cost, duty);
  }

  #after(kind: number, cost: number, duty: number): void {
    this.#scheduled = true;
    this.#scheduledKind = kind;
    this.#scheduledCost = cost;
    this.#scheduledDuty = duty;
  }

  #append(kind: number, cost: number, duty: number): void {
    const index = this.count;
    this.offsets[index] = this.#offset;
    this.costs[index] = cost;
    this.kinds[index] = kind;
    this.duties[index] = duty;
    this.count = index + 1;
  }

  #enter(label: number): void {
    const depth = this.#depth;
    this.#labels[depth] = label;
    this.#polymorphics[depth] = this.#polymorphic ? 1 : 0;
    this.#depth = depth + 1;
  }

  #exit(): void {
    this.#depth -= 1;
    this.#polymorphic = this.#polymorphics[this.#depth] === 1;
  }
}
