/**
 * The largest operand stack of a function as finite-wasm finds it, whose simulation differs from validation:
 * `call_indirect` leaves the lowest of its operands behind, and in code that is not reached nothing happens.
 * Source: finite-wasm 0.6 src/max_stack.
 * @module
 */

/** Sizes of the operands, in bytes. */
export class OperandSizes {
  /** The largest sum so far. */
  maximum = 0;
  #sizes = new Uint8Array(0);
  #count = 0;
  #sum = 0;
  #polymorphic = false;

  #depth = 0;
  #counts = new Int32Array(0);
  #polymorphics = new Uint8Array(0);

  /** Begins a function whose body has this many bytes. */
  reset(bodySize: number): void {
    const capacity = bodySize + 2;
    if (this.#sizes.length < capacity) {
      this.#sizes = new Uint8Array(capacity);
      this.#counts = new Int32Array(capacity);
      this.#polymorphics = new Uint8Array(capacity);
    }
    this.maximum = 0;
    this.#count = 0;
    this.#sum = 0;
    this.#polymorphic = false;
    this.#depth = 0;
  }

  /** Pops operands, then pushes one of `size` bytes, none if that is 0. */
  apply(pops: number, size: number): void {
    if (this.#polymorphic) {
      return;
    }
    let count = this.#count;
    let sum = this.#sum;
    for (let left = pops; left > 0; left -= 1) {
      count -= 1;
      sum -= this.#sizes[count] ?? 0;
    }
    if (size > 0) {
      this.#sizes[count] = size;
      count += 1;
      sum += size;
      if (sum > this.maximum) {
        this.maximum = sum;
      }
    }
    this.#count = count;
    this.#sum = sum;
  }

  /** Opens a frame. */
  enter(): void {
    this.#counts[this.#depth] = this.#count;
    this.#polymorphics[this.#depth] = this.#polymorphic ? 1 : 0;
    this.#depth += 1;
  }

  /** The rest of the frame is not reached. */
  leave(): void {
    this.#polymorphic = true;
  }

  /** Ends the first half of an `if`. */
  otherwise(): void {
    this.#closeFrame();
    this.enter();
  }

  /** Ends a frame, which leaves an operand of `size` bytes, none if that is 0. */
  end(size: number): void {
    if (this.#depth > 0) {
      this.#closeFrame();
      this.apply(0, size);
    }
  }

  #closeFrame(): void {
    this.#depth -= 1;
    this.#polymorphic = this.#polymorphics[this.#depth] === 1;
    this.apply(this.#count - (this.#counts[this.#depth] ?? 0), 0);
  }
}
