/**
 * Headers of blocks: inner lite, which light clients see, and inner rest V6.
 * Source: nearcore core/primitives/src/block_header.rs.
 * @module
 */
import { bool, bytes, option, u128, u32, u64, u8, vec } from "@yoctonear/borsh";
import { signatureCodec } from "@yoctonear/keys";
import { combineHashes, formatHashBytes, hashBytes, hashCodec } from "./hash.ts";
import { type ValidatorStake, validatorStakesCodec } from "./validator-stake.ts";
import { sha256 } from "./sha256.ts";
import { written } from "./written.ts";

/** What a block commits to. Hashes are base58. */
export interface BlockHeaderFields {
  readonly prevHash: string;
  readonly height: number;
  readonly epochId: string;
  readonly nextEpochId: string;
  readonly prevStateRoot: string;
  readonly outcomeRoot: string;
  /** Nanoseconds since 1970. */
  readonly timestamp: bigint;
  /** Of the block producers of the next epoch. */
  readonly nextBpHash: string;
  /** Over all earlier blocks. */
  readonly blockMerkleRoot: string;
  readonly blockBodyHash: string;
  readonly prevChunkOutgoingReceiptsRoot: string;
  readonly chunkHeadersRoot: string;
  readonly chunkTxRoot: string;
  readonly randomValue: string;
  readonly prevValidatorProposals: readonly ValidatorStake[];
  /** By shard, whether the chunk is new. */
  readonly chunkMask: readonly boolean[];
  /** yoctoNEAR a gas unit, for the block after this one; RPC calls it `gas_price`. */
  readonly nextGasPrice: bigint;
  /** yoctoNEAR. */
  readonly totalSupply: bigint;
  readonly lastFinalBlock: string;
  readonly lastDsFinalBlock: string;
  /** Number of blocks up to this one. */
  readonly blockOrdinal: number;
  readonly prevHeight: number;
  /** In the first block of an epoch. */
  readonly epochSyncDataHash: string | null;
  /** By block producer, its signature under the block before. */
  readonly approvals: readonly (string | null)[];
  readonly latestProtocolVersion: number;
  /** By shard, a bitmap of the validators that endorsed the chunk. */
  readonly chunkEndorsements: readonly Uint8Array[];
}

/** A header with its hash and the block producer's signature over it. */
export interface BlockHeader extends BlockHeaderFields {
  readonly hash: string;
  /** Gives the signature; not a getter, which would cost every header a layout of its own. */
  readonly signature: () => string;
}

const approvalsCodec = /* @__PURE__ */ vec(/* @__PURE__ */ option(signatureCodec));
const maskCodec = /* @__PURE__ */ vec(bool);
const endorsementsCodec = /* @__PURE__ */ vec(bytes);
const optionalHashCodec = /* @__PURE__ */ option(hashCodec);

/** Hash of a block, base58. */
export function blockHash(header: BlockHeaderFields): string {
  return formatHashBytes(combineHashes(innerHash(header), hashBytes(header.prevHash)));
}

/** Hash of the two inner parts. */
export function innerHash(header: BlockHeaderFields): Uint8Array {
  return combineHashes(sha256(encodeInnerLite(header)), innerRestHash(header));
}

/** Hash of the inner part that light clients do not see. */
export function innerRestHash(header: BlockHeaderFields): Uint8Array {
  return sha256(encodeInnerRest(header));
}

/** BlockHeaderInnerLite in borsh. */
export function encodeInnerLite(header: BlockHeaderFields): Uint8Array<ArrayBuffer> {
  return written((writer) => {
    u64.write(writer, BigInt(header.height));
    hashCodec.write(writer, header.epochId);
    hashCodec.write(writer, header.nextEpochId);
    hashCodec.write(writer, header.prevStateRoot);
    hashCodec.write(writer, header.outcomeRoot);
    u64.write(writer, header.timestamp);
    hashCodec.write(writer, header.nextBpHash);
    hashCodec.write(writer, header.blockMerkleRoot);
  });
}

/** BlockHeaderInnerRestV6 in borsh. */
export function encodeInnerRest(header: BlockHeaderFields): Uint8Array<ArrayBuffer> {
  return written((writer) => {
    hashCodec.write(writer, header.blockBodyHash);
    hashCodec.write(writer, header.prevChunkOutgoingReceiptsRoot);
    hashCodec.write(writer, header.chunkHeadersRoot);
    hashCodec.write(writer, header.chunkTxRoot);
    hashCodec.write(writer, header.randomValue);
    validatorStakesCodec.write(writer, header.prevValidatorProposals);
    maskCodec.write(writer, header.chunkMask);
    u128.write(writer, header.nextGasPrice);
    u128.write(writer, header.totalSupply);
    hashCodec.write(writer, header.lastFinalBlock);
    hashCodec.write(writer, header.lastDsFinalBlock);
    u64.write(writer, BigInt(header.blockOrdinal));
    u64.write(writer, BigInt(header.prevHeight));
    optionalHashCodec.write(writer, header.epochSyncDataHash);
    approvalsCodec.write(writer, header.approvals);
    u32.write(writer, header.latestProtocolVersion);
    endorsementsCodec.write(writer, header.chunkEndorsements);
    // No shard split.
    u8.write(writer, 0);
  });
}

/**
 * What a block producer signs to approve the block before.
 * @param prevHeight - of the block before
 * @param height - of the block that takes the approval
 */
export function approvalMessage(prevHash: string, prevHeight: number, height: number): Uint8Array {
  return written((writer) => {
    // An endorsement names the block; after a gap, a skip names its height.
    const isEndorsement = height === prevHeight + 1;
    u8.write(writer, isEndorsement ? 0 : 1);
    if (isEndorsement) hashCodec.write(writer, prevHash);
    else u64.write(writer, BigInt(prevHeight));
    u64.write(writer, BigInt(height));
  });
}

/** The last blocks that are final and nearly so, once a block stands on `prev`. */
export function finalityAfter(
  prev: Pick<BlockHeader, "hash" | "height" | "prevHash" | "lastFinalBlock" | "lastDsFinalBlock">,
  height: number,
): { readonly lastFinalBlock: string; readonly lastDsFinalBlock: string } {
  const follows = height === prev.height + 1;
  return {
    lastDsFinalBlock: follows ? prev.hash : prev.lastDsFinalBlock,
    lastFinalBlock:
      follows && prev.lastDsFinalBlock === prev.prevHash ? prev.prevHash : prev.lastFinalBlock,
  };
}
