/**
 * What the node's protocol version takes, asked only where it decides.
 * @module
 */
import { type CallOptions, status, type Transport } from "@yoctonear/rpc";

/** The version that a network has reached: it never goes back. */
const reached = /* @__PURE__ */ new WeakMap<Transport, number>();

/**
 * Refuses what the node would refuse for its protocol version. Most is taken by every version, or by all from the one on that
 * was seen last, and then nothing is asked.
 * @param check - throws for what a version does not take: `assertAccepted` or `assertActionsAccepted`
 * @throws {LimitError} with nearcore's name of the refusal
 */
export async function assertNodeTakes(
  transport: Transport,
  check: (version: number) => void,
  options: CallOptions,
): Promise<void> {
  const least = reached.get(transport) ?? 0;
  try {
    // The oldest that it may have; the one that has a rule of its own; newer than any that is known here. What these take,
    // those in between take.
    for (const version of [least, 87, 1e9]) if (version >= least) check(version);
  } catch {
    const { protocol_version } = await status(transport, options);
    reached.set(transport, protocol_version);
    check(protocol_version);
  }
}
