import { ed25519 } from "@noble/curves/ed25519.js";
import { decodeBase58, encodeHex } from "@yoctonear/base";
import { bytes as bytesCodec, encode } from "@yoctonear/borsh";
import { parsePublicKey, parseSignature } from "@yoctonear/keys";
import { encodeSignedTransaction } from "@yoctonear/transactions";
import {
  field,
  integer,
  type Json,
  list,
  loadRecording,
  loadVectors,
  text,
} from "@yoctonear/vectors";
import {
  approvalMessage,
  blockHash,
  encodeInnerLite,
  encodeInnerRest,
  finalityAfter,
} from "#localnet/chain/block-header";
import {
  chunkHash,
  chunkHeadersRoot,
  encodeChunkBody,
  encodeChunkInner,
  outgoingReceiptsRoot,
  rootOverChunks,
} from "#localnet/chain/chunk-header";
import { nextGasPrice } from "#localnet/chain/gas-price";
import { ZERO_HASH } from "#localnet/chain/hash";
import {
  appendBlockHash,
  type BlockMerkleTree,
  blockMerkleRoot,
  EMPTY_BLOCK_MERKLE_TREE,
  merkleRoot,
} from "#localnet/chain/merkle";
import { receiptsCodec } from "#localnet/chain/receipt";
import { createReedSolomon } from "#localnet/chain/reed-solomon";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  readBlock,
  readChunkHeader,
  readOutcomes,
  readReceipt,
  readTransactions,
  type RecordedBlock,
} from "./recorded.ts";

const vectors = await loadVectors("chain");
const chain = await loadRecording("chain");
const load = await loadRecording("load");
const epochs = await loadRecording("epochs");
const VALIDATOR = text(await loadRecording("genesis"), "validators", 0, "public_key");

const recordings = [
  { name: "chain", json: chain, count: 426 },
  { name: "load", json: load, count: 40 },
  { name: "epochs", json: epochs, count: 552 },
].map((recording) => ({
  ...recording,
  blocks: list(recording.json, "blocks").map(readBlock),
}));

function pairs(
  blocks: readonly RecordedBlock[],
): readonly (readonly [RecordedBlock, RecordedBlock])[] {
  return blocks.slice(1).map((block, i) => {
    const prev = blocks[i];
    assert.ok(prev);
    assert.is(prev.header.hash, block.header.prevHash);
    return [prev, block];
  });
}

const bytes = suite("headers: bytes of the known answers");

bytes("of three block headers", () => {
  const blocks = list(chain, "blocks").map(readBlock);
  let compared = 0;
  for (const header of list(vectors, "headers")) {
    const block = blocks[Number(integer(header, "height"))];
    assert.ok(block);
    assert.is(encodeHex(encodeInnerLite(block.header)), text(header, "inner_lite"));
    assert.is(encodeHex(encodeInnerRest(block.header)), text(header, "inner_rest"));
    assert.is(blockHash(block.header), text(header, "hash"));
    compared++;
  }
  assert.is(compared, 3);
});

bytes("of two chunk headers", () => {
  const blocks = list(chain, "blocks").map(readBlock);
  let compared = 0;
  for (const chunk of list(vectors, "chunks")) {
    const header = blocks[Number(integer(chunk, "block"))]?.chunks[0];
    assert.ok(header);
    assert.is(encodeHex(encodeChunkInner(header)), text(chunk, "inner"));
    assert.is(chunkHash(header), text(chunk, "chunk_hash"));
    compared++;
  }
  assert.is(compared, 2);
});

bytes.run();

const hashes = suite("headers: hashes and roots of recorded blocks");

for (const { name, blocks, count } of recordings) {
  hashes(`${name}: block hashes`, () => {
    for (const { header } of blocks) assert.is(blockHash(header), header.hash);
    assert.is(blocks.length, count);
  });

  hashes(`${name}: chunk hashes`, () => {
    let compared = 0;
    for (const { chunks } of blocks) {
      for (const chunk of chunks) {
        assert.is(chunkHash(chunk), chunk.chunkHash);
        compared++;
      }
    }
    assert.is(compared, count);
  });

  hashes(`${name}: roots over the chunks of a block`, () => {
    for (const { header, chunks } of blocks) {
      const roots = (
        part: keyof (typeof chunks)[0] &
          ("prevStateRoot" | "txRoot" | "prevOutcomeRoot" | "prevOutgoingReceiptsRoot"),
      ): string => rootOverChunks(chunks.map((chunk) => chunk[part]));
      assert.is(roots("prevStateRoot"), header.prevStateRoot);
      assert.is(roots("prevOutgoingReceiptsRoot"), header.prevChunkOutgoingReceiptsRoot);
      assert.is(roots("txRoot"), header.chunkTxRoot);
      const outcomeRoot = header.height === 0 ? ZERO_HASH : roots("prevOutcomeRoot");
      assert.is(outcomeRoot, header.outcomeRoot);
      assert.is(chunkHeadersRoot(chunks), header.chunkHeadersRoot);
    }
    assert.is(blocks.length, count);
  });

  hashes(`${name}: block merkle roots`, () => {
    let tree: BlockMerkleTree = EMPTY_BLOCK_MERKLE_TREE;
    for (const { header } of blocks) {
      assert.is(blockMerkleRoot(tree), header.blockMerkleRoot);
      tree = appendBlockHash(tree, header.hash);
    }
    assert.is(tree.size, count);
  });

  hashes(`${name}: finality, ordinal, previous height`, () => {
    let compared = 0;
    for (const [prev, { header }] of pairs(blocks)) {
      const { lastFinalBlock, lastDsFinalBlock } = header;
      assert.equal(finalityAfter(prev.header, header.height), { lastFinalBlock, lastDsFinalBlock });
      assert.is(header.blockOrdinal, prev.header.blockOrdinal + 1);
      assert.is(header.prevHeight, prev.header.height);
      compared++;
    }
    assert.is(compared, count - 1);
  });

  hashes(`${name}: gas prices`, () => {
    const rule = {
      min: 100_000_000n,
      max: 2_000_000_000n,
      rateNumerator: 1n,
      rateDenominator: 100n,
    };
    let compared = 0;
    for (const [prev, { header, chunks }] of pairs(blocks)) {
      const fresh = chunks.filter((chunk) => chunk.heightIncluded === header.height);
      const used = fresh.reduce((sum, chunk) => sum + chunk.prevGasUsed, 0n);
      const limit = fresh.reduce((sum, chunk) => sum + chunk.gasLimit, 0n);
      assert.is(nextGasPrice(prev.header.nextGasPrice, used, limit, rule), header.nextGasPrice);
      compared++;
    }
    assert.is(compared, count - 1);
  });

  hashes(`${name}: signatures of blocks, chunks and approvals`, () => {
    const { bytes: publicKey } = parsePublicKey(VALIDATOR);
    const verify = (signature: string | null | undefined, message: Uint8Array): void => {
      assert.ok(signature);
      assert.ok(ed25519.verify(parseSignature(signature).bytes, message, publicKey));
    };
    // Every tenth, since a check takes a millisecond; the hashes above are all compared.
    for (const [prev, { header, chunks }] of pairs(blocks).filter((_, i) => i % 10 === 1)) {
      verify(header.signature(), decodeBase58(header.hash));
      for (const chunk of chunks) verify(chunk.signature(), decodeBase58(chunk.chunkHash));
      verify(
        header.approvals[0],
        approvalMessage(header.prevHash, prev.header.height, header.height),
      );
    }
  });
}

hashes("load: the price of gas took ten values", () => {
  const load = recordings.find(({ name }) => name === "load");
  assert.is(new Set(load?.blocks.map(({ header }) => header.nextGasPrice)).size, 10);
});

hashes.run();

const chunks = suite("chunk-header: contents of recorded chunks");

function checkChunks(json: Json): { readonly listed: number; readonly empty: number } {
  const transactions = readTransactions(json);
  const fromTransactions = new Set(
    [...readOutcomes(json).values()].flatMap(({ outcome }) =>
      transactions.has(outcome.id) ? outcome.receiptIds : [],
    ),
  );
  const code = createReedSolomon(50);
  const bodies = new Map(
    list(json, "chunks").map((chunk) => [text(chunk, "header", "chunk_hash"), chunk]),
  );
  let [listed, empty] = [0, 0];
  for (const block of list(json, "blocks").slice(2)) {
    const header = readChunkHeader(field(block, "chunks", 0));
    const chunk = bodies.get(header.chunkHash);
    const own = (chunk === undefined ? [] : list(chunk, "transactions")).map((transaction) => {
      const signed = transactions.get(text(transaction, "hash"));
      assert.ok(signed);
      return signed;
    });
    const receipts = (chunk === undefined ? [] : list(chunk, "receipts")).map((receipt) =>
      readReceipt(receipt, fromTransactions),
    );
    const encoded = own.map(encodeSignedTransaction);
    const receiptBytes = encode(receiptsCodec, receipts);
    const body = encodeChunkBody(encoded, receiptBytes);
    const at = `chunk of block ${header.heightCreated}`;
    assert.is(body.length, header.encodedLength, at);
    assert.is(code.root(body), header.encodedMerkleRoot, at);
    assert.is(merkleRoot(encoded), header.txRoot, at);
    assert.is(outgoingReceiptsRoot(0, receiptBytes), header.prevOutgoingReceiptsRoot, at);
    if (own.length + receipts.length === 0) empty++;
    else listed++;
  }
  return { listed, empty };
}

chunks("chain: lengths, roots of parts, of transactions and of receipts", () => {
  assert.equal(checkChunks(chain), { listed: 118, empty: 306 });
});

chunks("load: lengths, roots of parts, of transactions and of receipts", () => {
  assert.equal(checkChunks(load), { listed: 23, empty: 15 });
});

chunks("the known answers: parts and roots", () => {
  const code = createReedSolomon(50);
  const data = field(vectors, "encoded_chunk");
  const hex = text(data, "bytes");
  const body = Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
  const parts = code.encode(body);
  assert.is(BigInt(body.length), integer(data, "encoded_length"));
  assert.is(BigInt(parts[0]?.length ?? 0), integer(data, "part_length"));
  for (const index of [15, 16, 49]) {
    assert.is(encodeHex(parts[index] ?? new Uint8Array(0)), text(data, `part_${index}`));
  }
  assert.is(code.root(body), text(data, "encoded_merkle_root"));
  const empty = field(vectors, "empty_chunk");
  assert.is(code.root(new Uint8Array(8)), text(empty, "encoded_merkle_root_16_of_50"));
  const genesis = createReedSolomon(2);
  assert.is(
    createReedSolomon(3).root(new Uint8Array(8)),
    text(empty, "encoded_merkle_root_1_of_3"),
  );
  assert.is(genesis.dataParts, 1);
  assert.is(outgoingReceiptsRoot(0, new Uint8Array(4)), text(empty, "outgoing_receipts_root"));
});

chunks("a chunk of one data part is copied, and so are the hashes", () => {
  const data = Uint8Array.of(0, 1, 2, 3, 253, 254, 255);
  for (const seats of [2, 3, 4, 5, 6]) {
    const code = createReedSolomon(seats);
    const parts = code.encode(data);
    assert.is(code.dataParts, 1);
    assert.equal(
      parts,
      Array.from({ length: seats }, () => data),
    );
    assert.is(code.root(data), merkleRoot(parts.map((part) => encode(bytesCodec, part))));
  }
  assert.is(createReedSolomon(7).dataParts, 2);
});

chunks.run();
