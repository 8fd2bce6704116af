/**
 * The error of a promise, narrowed to its class.
 * @module
 */

/**
 * Gives the error with which a promise fails.
 * @throws {Error} when it does not fail, or with an error of another class
 */
export async function failure<T extends Error>(
  promise: Promise<unknown>,
  errorClass: abstract new (...args: never[]) => T,
): Promise<T> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (error instanceof errorClass) return error;
    throw new Error(`expected ${errorClass.name}, got ${String(error)}`, { cause: error });
  }
  throw new Error(`expected ${errorClass.name}, got ${typeof value}`);
}
