/**
 * Figures of ours alone, with what they are to be.
 * @module
 */

/** One line of the table of the chain. */
export interface Figure {
  readonly title: string;
  readonly value: number;
  readonly unit: "ms" | "/s";
  /** At most so many milliseconds, or at least so many a second */
  readonly target?: number;
}

/** Figures that are measured together. */
export interface Group {
  readonly title: string;
  readonly measure: () => Promise<readonly Figure[]>;
}
