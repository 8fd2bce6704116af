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
    // A reason of its own, since the default one is made with a stack trace each time.
    own.abort("the attempt is over");
  }
}

/**
 * Runs a task that nothing but the caller's signal ends, as {@link attempt} does; without one there is
 * nothing to listen to, which costs nothing.
 */
export async function follow<T>(
  caller: AbortSignal | undefined,
  task: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  return caller ? attempt(caller, ({ signal }) => task(signal)) : task(undefined);
}
