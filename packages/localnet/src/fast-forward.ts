/**
 * Lets heights pass without blocks, as nearcore's sandbox does: in jumps, with a few real blocks around
 * the end of each epoch, so that epochs turn.
 * Source: nearcore chain/client/src/client_actor.rs.
 * @module
 */
import type { BlockPlan } from "./producer.ts";

/** So near to its end an epoch is left to normal blocks. */
const MARGIN = 3;

/**
 * Plans the blocks, one at a time.
 * @param headHeight - tells the height of the head, when the first block is planned
 * @param heights - how many heights are to pass
 * @param epochLength - heights of an epoch, above 3
 */
export function* fastForwardPlans(
  headHeight: () => number,
  heights: number,
  epochLength: number,
): Generator<BlockPlan> {
  let height = headHeight();
  const target = height + heights;
  while (height < target) {
    const left = epochLength - (height % epochLength);
    const isNearEnd = left <= MARGIN || height % epochLength === 0;
    height = isNearEnd ? height + 1 : Math.min(target, height + left - MARGIN);
    yield { height };
  }
}
