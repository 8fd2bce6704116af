/**
 * Keeps secrets out of what is printed.
 * @module
 */

/** The methods that printers look for, each showing only what it is given. */
export interface Redacted<Shown> {
  toString(): string;
  toJSON(): Shown;
  readonly [inspector: symbol]: () => string;
}

/**
 * Makes the methods by which an object that holds a secret in its closures is printed.
 * @param text - what text, templates and the inspectors of Node, Deno and Bun show
 * @param shown - what JSON shows
 */
export function redacted<Shown>(text: string, shown: Shown): Redacted<Shown> {
  return {
    toString: () => text,
    toJSON: () => shown,
    [Symbol.for("nodejs.util.inspect.custom")]: () => text,
    [Symbol.for("Deno.customInspect")]: () => text,
  };
}
