/**
 * Blocks while nothing happens. nearcore makes them all the time, and there are clients that wait for one: they poll until the
 * height has grown, or hold a request that is answered some heights later. So blocks are made here too, but only while somebody
 * asks: a chain that nobody looks at stands still and costs nothing.
 * @module
 */

/** Makes blocks while requests come. */
export interface IdleBlocks {
  /** Takes note of a request; the function given back, of its end. */
  begin(): () => void;
  stop(): void;
}

/** Milliseconds from a request to the block after it: whoever polls every 100 sees another height each time. */
const DELAY = 80;

/** Starts to watch. */
export function createIdleBlocks(produceBlock: () => Promise<void>): IdleBlocks {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = 0;
  let isStopped = false;
  const arm = (): void => {
    if (isStopped) return;
    timer ??= setTimeout(tick, DELAY);
  };
  const tick = (): void => {
    const again = (): void => {
      timer = undefined;
      if (held > 0) arm();
    };
    // Whoever waits for the block learns what is wrong with the chain.
    produceBlock().then(again, again);
  };
  return {
    begin: () => {
      held += 1;
      arm();
      let isOver = false;
      return () => {
        if (!isOver) held -= 1;
        isOver = true;
      };
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
