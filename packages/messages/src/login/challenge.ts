/**
 * Challenges that need not be kept: 8 bytes of time, 8 random ones, and 16 by which one's own are recognized. They are nonces of
 * NEP-413, and bound to the recipient and to the page's origin.
 * @module
 */
import { concatBytes } from "@yoctonear/base";
import { MessageError } from "../message-error.ts";
import { createTimedNonce } from "../nonce.ts";
import { equalSecrets, labelled, type Secret } from "./secret.ts";

const HEAD = 16;

/** For whom a challenge is. */
export interface ChallengeScope {
  readonly recipient: string;
  /** Of the page; empty for what is no page. */
  readonly origin: string;
}

/** Makes a challenge. */
export async function createChallenge(
  secret: Secret,
  scope: ChallengeScope,
  time: number,
): Promise<Uint8Array> {
  const head = createTimedNonce(time).subarray(0, HEAD);
  return concatBytes(head, await tagOf(secret, scope, head));
}

/** Refuses a challenge that was not made here, or for another page or recipient. */
export async function assertChallenge(
  secret: Secret,
  scope: ChallengeScope,
  nonce: Uint8Array,
): Promise<void> {
  const tag = await tagOf(secret, scope, nonce.subarray(0, HEAD));
  if (nonce.length === 2 * HEAD && equalSecrets(tag, nonce.subarray(HEAD))) return;
  throw new MessageError(
    "wrong_nonce",
    "expected the nonce of a challenge of this login, got another",
  );
}

async function tagOf(
  secret: Secret,
  { recipient, origin }: ChallengeScope,
  head: Uint8Array,
): Promise<Uint8Array> {
  const lines = ["yoctonear login challenge", recipient, origin];
  return (await secret.sign(labelled(lines, head))).subarray(0, HEAD);
}
