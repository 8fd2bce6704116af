/**
 * A figure of ours alone, with what it is to be.
 * @module
 */

/** One line of the table of the chain. */
export interface Figure {
  readonly title: string;
  readonly unit: "ms" | "/s";
  /** At most so many milliseconds, or at least so many a second */
  readonly target?: number;
  /** Measures it, in its unit */
  readonly measure: () => Promise<number>;
}
