/**
 * Ours beside the others: encode, decode, sign, parse.
 * @module
 */
import type { Peer } from "../peers/peer.ts";

/** A task that every peer may have. */
type TaskName = Exclude<keyof Peer, "name" | "proof">;

/** One line of the table. */
export interface Case {
  readonly title: string;
  readonly task: TaskName;
  /** Which of our signers does it, where that matters */
  readonly signer?: "noble";
  /** How many are under way at once; one after another unless told */
  readonly together?: number;
  /** How many times as fast as near-api-js ours is to be */
  readonly target?: number;
}

/** The lines of the table. */
export const cases: readonly Case[] = [
  { title: "encode a transfer", task: "encodeTransfer", target: 10 },
  { title: "  other key and block each time", task: "encodeVariedTransfers" },
  { title: "  with its signature", task: "encodeSignedTransfer" },
  { title: "encode a 300 kB deploy", task: "encodeDeploy", target: 100 },
  { title: "  with its signature", task: "encodeSignedDeploy" },
  { title: "decode a transfer", task: "decodeTransfer" },
  { title: "decode a 300 kB deploy", task: "decodeDeploy" },
  { title: "build + sign a transfer, WebCrypto", task: "signTransfer", target: 4 },
  { title: "  64 at once, WebCrypto", task: "signTransfer", together: 64, target: 4 },
  { title: "  to the bytes sent, WebCrypto", task: "signAndEncodeTransfer" },
  { title: "build + sign a transfer, noble", task: "signTransfer", signer: "noble" },
  { title: "parse a public key", task: "parsePublicKey" },
  { title: "parse a secret key", task: "parseSecretKey" },
];
