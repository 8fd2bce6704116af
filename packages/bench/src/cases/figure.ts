/**
 * Figures of ours alone, with what they are to be.
 * @module
 */

/** One line of the table of the chain. */
export interface Figure {
  readonly title: string;
  readonly value: number;
  /** `×`: how many times as long */
  readonly unit: "ms" | "/s" | "×" | "MB";
  /** At least so many a second, or at most so much of anything else unless told */
  readonly target?: number;
  /** The target is the least. */
  readonly isLeast?: true;
}

/** Figures that are measured together. */
export interface Group {
  readonly title: string;
  /** Measured only when asked for by name. */
  readonly isLong?: true;
  readonly measure: () => Promise<readonly Figure[]>;
}
