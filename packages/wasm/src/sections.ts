/**
 * The sections of a module: their numbers, their order, where they are.
 * @module
 */
import { invalid } from "./refuse.ts";

export const CUSTOM = 0;
export const TYPES = 1;
export const IMPORTS = 2;
export const FUNCTIONS = 3;
export const TABLES = 4;
export const MEMORIES = 5;
export const GLOBALS = 6;
export const EXPORTS = 7;
export const START = 8;
export const ELEMENTS = 9;
export const CODE = 10;
export const DATA = 11;
export const DATA_COUNT = 12;

/** Place in the order; the count of data segments stands before the code that refers to them. */
function rankOf(id: number): number {
  return id === DATA_COUNT ? ELEMENTS + 0.5 : id;
}

/** Where the contents of a section are in the original. */
export interface Section {
  readonly start: number;
  readonly end: number;
}

/** The sections found so far, but for custom ones. */
export class Sections {
  readonly #sections = new Map<number, Section>();
  #rank = 0;

  /** Notes a section; each may come once, in order, custom ones anywhere. */
  add(id: number, start: number, end: number): void {
    if (id === CUSTOM) {
      return;
    }
    const rank = rankOf(id);
    if (rank <= this.#rank) {
      invalid(`expected sections in order, got section ${id}`);
    }
    this.#rank = rank;
    this.#sections.set(id, { start, end });
  }

  /** The section, if the module has it. */
  get(id: number): Section | undefined {
    return this.#sections.get(id);
  }
}
