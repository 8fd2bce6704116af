/**
 * The way from a block's hash to the root over all blocks before a later one. No node of that tree is kept but those at its right
 * edge, which every block has; from them each other node follows with a few hashes.
 * Source: nearcore core/store/src/merkle_proof.rs.
 * @module
 */
import type { Block } from "./block.ts";
import { combineHashes, formatHashBytes, hashBytes } from "./hash.ts";
import type { BlockMerkleTree, MerkleStep } from "./merkle.ts";

/** What of a block the proof needs. */
type Leaf = Pick<Block, "merkleTree"> & { readonly header: Pick<Block["header"], "hash"> };

/**
 * Proves a block to a later one; `null` where a block on the way is not kept any more.
 * @param index - of the block, 0 for the genesis
 * @param tree - over the blocks before the later one; larger than the index
 * @param blockAt - gives a block by its index
 */
export function proveBlock(
  index: number,
  tree: BlockMerkleTree,
  blockAt: (index: number) => Leaf | undefined,
): readonly MerkleStep[] | null {
  const steps: MerkleStep[] = [];
  for (let level = 0, width = 1; width < tree.size; level++, width *= 2) {
    const place = Math.floor(index / width);
    const isRight = place % 2 === 1;
    const start = (isRight ? place - 1 : place + 1) * width;
    // Without a sibling it moves up as it is.
    if (start >= tree.size) continue;
    const isWhole = start + width <= tree.size;
    const hash = isWhole ? wholeNode(start + width, level, blockAt) : edgeNode(tree, width);
    if (hash === null) return null;
    steps.push({ hash: formatHashBytes(hash), direction: isRight ? "Left" : "Right" });
  }
  return steps;
}

/** The node over the 2^level leaves before an end: the last of them with what its own edge has to its left. */
function wholeNode(
  end: number,
  level: number,
  blockAt: (index: number) => Leaf | undefined,
): Uint8Array | null {
  const last = blockAt(end - 1);
  if (last === undefined) return null;
  const { path } = last.merkleTree;
  const left = level === 0 ? [] : path.slice(-level);
  return left.reduceRight<Uint8Array>(
    (right, hash) => combineHashes(hash, right),
    hashBytes(last.header.hash),
  );
}

/** The node at the edge, over less leaves than its width. */
function edgeNode({ path, size }: BlockMerkleTree, width: number): Uint8Array | null {
  const rest = (size % width).toString(2).replaceAll("0", "").length;
  const [first, ...others] = path.slice(-rest).reverse();
  if (first === undefined) return null;
  return others.reduce<Uint8Array>((right, hash) => combineHashes(hash, right), first);
}
