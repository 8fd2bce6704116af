/**
 * One attempt at something, with a signal of its own.
 * @module
 */

/**
 * Runs a task whose signal aborts with the caller's, when the task itself says so, and at the end. What
 * aborts it is thrown untouched, at once, also where the task ignores its signal.
 * @param caller - signal of the caller
 * @param task - gets the controller of the attempt's own signal
 */
export async function attempt<T>(
  caller: AbortSignal | undefined,
  task: (own: AbortController) => Promise<T>,
): Promise<T> {
  caller?.throwIfAborted();
  const own = new AbortController();
  const onAbort = (): void => own.abort(caller?.reason);
  caller?.addEventListener("abort", onAbort);
  try {
    return await new Promise<T>((resolve, reject) => {
      own.signal.addEventListener("abort", () => reject(own.signal.reason));
      task(own).then(resolve, reject);
    });
  } finally {
    caller?.removeEventListener("abort", onAbort);
    own.abort();
  }
}
