/**
 * Prepares, signs and sends with the signers at hand: each key's transactions one after another, the
 * next once the one before it is included.
 * @module
 */
import type { Signer } from "@yoctonear/keys";
import type { Transport } from "@yoctonear/rpc";
import { signTransaction } from "@yoctonear/transactions";
import type { Executed, ExecuteRequest, Executor } from "./executor.ts";
import { forgetNonces, inLane, type Lane, laneOf, type Lanes } from "./lane.ts";
import { lanesOf } from "./network.ts";
import { DEFAULT_WAIT, reaches } from "./options.ts";
import { prepareInLane } from "./prepare.ts";
import { type Sending, startSending } from "./sending.ts";
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
      const lanes = await lanesOf(transport);
      const { signer, lane } = leastBusy(lanes, accountId, signers, request.nonceIndex);
      return inLane(lane, (release) => send(transport, accountId, signer, lane, request, release));
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
): Promise<Executed> {
  const sending = await sign(transport, signerId, signer, lane, request);
  const wait = request.wait ?? DEFAULT_WAIT;
  try {
    if (lane.waiting > 1 && reaches(wait, "INCLUDED")) {
      await settle(transport, sending, { ...request, wait: "INCLUDED" });
      sending.maybeSent = true;
      release();
    }
    const response = await settle(transport, sending, request);
    return { hash: sending.hash, signerId, response };
  } catch (error) {
    // Its nonce is free again, and the chain knows better which comes next.
    if (error instanceof TransactionError && error.code !== "unknown_outcome") forgetNonces(lane);
    throw error;
  }
}

async function sign(
  transport: Transport,
  signerId: string,
  signer: Signer,
  lane: Lane,
  request: ExecuteRequest,
): Promise<Sending> {
  const { publicKey } = signer;
  const transaction = await prepareInLane(transport, lane, { ...request, signerId, publicKey });
  try {
    return startSending(await signTransaction(transaction, signer), false);
  } catch (error) {
    forgetNonces(lane);
    throw error;
  }
}

function leastBusy(
  lanes: Lanes,
  accountId: string,
  signers: readonly Signer[],
  nonceIndex: number | undefined,
): { readonly signer: Signer; readonly lane: Lane } {
  const [first, ...rest] = signers.map((signer) => ({
    signer,
    lane: laneOf(lanes, accountId, signer.publicKey, nonceIndex),
  }));
  if (first === undefined) throw new RangeError("expected a signer, got none");
  return rest.reduce(
    (best, other) => (other.lane.waiting < best.lane.waiting ? other : best),
    first,
  );
}
