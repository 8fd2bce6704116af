/**
 * What a light client trusts, and how it is stored.
 * @module
 */
import { type Codec, decode, encode, struct } from "@yoctonear/borsh";
import { type TrustedBlock, trustedBlockCodec } from "./header.ts";
import { type BlockProducer, producersCodec } from "./producers.ts";

/** The newest trusted block, and who may approve the ones after it. Plain data that never changes. */
export interface LightClientState {
  readonly head: TrustedBlock;
  /** Of the head's epoch. */
  readonly producers: readonly BlockProducer[];
  /** Of the epoch after. */
  readonly nextProducers: readonly BlockProducer[];
}

const stateCodec: Codec<LightClientState> = /* @__PURE__ */ struct({
  head: trustedBlockCodec,
  producers: producersCodec,
  nextProducers: producersCodec,
});

/**
 * Writes the state of a light client, to be stored where nobody else can write.
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { decodeLightClientState, encodeLightClientState, trustBlock } from "@yoctonear/light-client";
 * import { block } from "@yoctonear/rpc";
 * const { transport, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await produceBlocks(5);
 * const state = await trustBlock(transport, (await block(transport, { block: { finality: "final" } })).header.hash);
 * decodeLightClientState(encodeLightClientState(state)).head.hash === state.head.hash; // true
 * ```
 */
export function encodeLightClientState(state: LightClientState): Uint8Array<ArrayBuffer> {
  return encode(stateCodec, state);
}

/**
 * Reads what {@link encodeLightClientState} wrote.
 * @throws {BorshError} for anything else
 * @example
 * ```ts
 * import { decodeLightClientState } from "@yoctonear/light-client";
 * try {
 *   decodeLightClientState(new Uint8Array(3));
 * } catch (error) {
 *   String(error).slice(0, 10); // "BorshError"
 * }
 * ```
 */
export function decodeLightClientState(bytes: Uint8Array): LightClientState {
  return decode(stateCodec, bytes);
}
