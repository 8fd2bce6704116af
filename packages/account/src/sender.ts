/**
 * Prepares, signs and sends with the signers at hand: each key's transactions one after another, the
 * next once the one before it is included.
 * @module
 */
import type { Signer } from "@yoctonear/keys";
import type { Transport } from "@yoctonear/rpc";
import { signTransaction } from "@yoctonear/transactions";
import { type Deadline, within } from "./deadline.ts";
import type { Executed, ExecuteRequest, Executor } from "./executor.ts";
import { inLane, type Lane, laneOf, type Lanes } from "./lane.ts";
import { lanesOf } from "./network.ts";
import { DEFAULT_WAIT, reaches } from "./options.ts";
import { prepareInLane } from "./prepare.ts";
import { startSending } from "./sending.ts";
import { settle } from "./settle.ts";
import { TransactionError } from "./transaction-error.ts";

/**
 * Makes the executor of signers that are at hand.
 * @param transport - reaches the network
 * @param accountId - whose keys the signers have
 * @param signers - one or more; each transaction goes by the one with the fewest in flight
 */
export function createSender(
  transport: Transport,
  accountId: string,
  signers: readonly Signer[],
): Executor {
  return {
    execute: async (request) => {
      const lanes = await lanesOf(transport, request);
      const { signer, lane } = leastBusy(lanes, accountId, signers, request.nonceIndex);
      return inLane(lane, request.signal, (release) =>
        within(request, (deadline) =>
          send(transport, accountId, signer, lane, request, release, deadline),
        ),
      );
    },
  };
}

async function send(
  transport: Transport,
  signerId: string,
  signer: Signer,
  lane: Lane,
  request: ExecuteRequest,
  release: () => void,
  deadline: Deadline,
): Promise<Executed> {
  const { publicKey } = signer;
  const { signal, race } = deadline;
  const transaction = await race(
    prepareInLane(transport, lane, { ...request, signerId, publicKey, signal }),
  );
  const sending = startSending(await race(signTransaction(transaction, signer)), false);
  try {
    if (lane.waiting > 1 && reaches(request.wait ?? DEFAULT_WAIT, "INCLUDED")) {
      await settle(transport, sending, request, deadline, "INCLUDED");
      release();
    }
    return { ...sending, response: await settle(transport, sending, request, deadline) };
  } catch (error) {
    // Perhaps somebody else uses the key: the newest block knows.
    if (error instanceof TransactionError) lane.isOurs = false;
    throw error;
  }
}

function leastBusy(
  lanes: Lanes,
  accountId: string,
  signers: readonly Signer[],
  nonceIndex: number | undefined,
): { readonly signer: Signer; readonly lane: Lane } {
  return signers
    .map((signer) => ({ signer, lane: laneOf(lanes, accountId, signer.publicKey, nonceIndex) }))
    .reduce((best, other) => (other.lane.waiting < best.lane.waiting ? other : best));
}
