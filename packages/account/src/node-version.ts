/**
 * What the node's protocol version takes, asked only where it decides.
 * @module
 */
import { type CallOptions, status, type Transport } from "@yoctonear/rpc";

/** Older than any network, and newer than any version that is known here. */
const VERSIONS = [80, 2 ** 31];

/**
 * Refuses what the node would refuse for its protocol version. Most is taken by every version, and then nothing is asked.
 * @param check - throws for what a version does not take: `assertAccepted` or `assertActionsAccepted`
 * @throws {LimitError} with nearcore's name of the refusal
 */
export async function assertNodeTakes(
  transport: Transport,
  check: (version: number) => void,
  options: CallOptions,
): Promise<void> {
  try {
    for (const version of VERSIONS) check(version);
  } catch {
    check((await status(transport, options)).protocol_version);
  }
}
