/**
 * What every library is asked to do, with the same values and the same bytes as the result.
 * @module
 */

/** Does a task once; what comes back is consumed by the one who measures. */
export type Task = () => unknown;

/** A library's way to do each task; a task is missing where its public API has no way. */
export interface Peer {
  readonly name: string;
  /** One prepared transfer, again and again */
  readonly encodeTransfer?: Task;
  /** Many prepared transfers in turn, each with a key and a block that are not remembered */
  readonly encodeVariedTransfers?: Task;
  readonly encodeSignedTransfer?: Task;
  readonly encodeDeploy?: Task;
  readonly encodeSignedDeploy?: Task;
  readonly decodeTransfer?: Task;
  readonly decodeDeploy?: Task;
  /** From texts and numbers to a signed transaction, with another nonce each time */
  readonly signTransfer?: Task;
  /** The same, to the bytes that a node takes */
  readonly signAndEncodeTransfer?: Task;
  readonly parsePublicKey?: Task;
  readonly parseSecretKey?: Task;
  /** Bytes that all libraries must agree on before anything is measured */
  readonly proof: Proof;
}

/** What a library made of the samples. */
export interface Proof {
  readonly transfer?: Uint8Array;
  readonly deploy?: Uint8Array;
  readonly signedTransfer: Uint8Array;
  readonly signedDeploy: Uint8Array;
  readonly publicKey: string;
}
