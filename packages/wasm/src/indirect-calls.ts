/**
 * Where a function calls through the table. V8 does not tell a call of nothing from one with a wrong signature;
 * so the index is noted before each, and the host looks into the table.
 * @module
 */

/** The `call_indirect` instructions of one function. */
export class IndirectCalls {
  count = 0;
  offsets: Int32Array = new Int32Array(0);

  /** Begins a function: an instruction takes three bytes at least. */
  reset(bodySize: number): void {
    if (this.offsets.length * 3 < bodySize) {
      this.offsets = new Int32Array(Math.ceil(bodySize / 3));
    }
    this.count = 0;
  }

  /** Adds the instruction that begins at the offset. */
  add(offset: number): void {
    this.offsets[this.count] = offset;
    this.count += 1;
  }
}
