import { encodeHex } from "@yoctonear/base";
import { ed25519KeyPairFromSeed } from "@yoctonear/keys/ed25519";
import { field, list, loadRecording, loadVectors, record, text } from "@yoctonear/vectors";
import {
  DEFAULT_NEAR_KEY,
  DEFAULT_VALIDATOR_KEY,
  defaultGenesis,
  testKeySeed,
} from "#localnet/chain/default-genesis";
import { genesisEpoch } from "#localnet/chain/epoch";
import {
  blockInfo,
  encodeBlockInfo,
  encodeEpochInfo,
  epochSyncHash,
  NO_BLOCK_INFO,
} from "#localnet/chain/epoch-sync";
import { type Genesis, parseGenesis } from "#localnet/chain/genesis";
import { createGenesisBlock } from "#localnet/chain/genesis-block";
import { parseTime } from "#localnet/chain/genesis-config";
import { ZERO_HASH } from "#localnet/chain/hash";
import { trieRoot } from "#localnet/state/trie";
import type { BlockHeader } from "#localnet/chain/block-header";
import type { ChunkHeader } from "#localnet/chain/chunk-header";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readBlock } from "./recorded.ts";

const json = record(await loadRecording("genesis"));
const vectors = await loadVectors("chain");
const genesis: Genesis = parseGenesis(json);

const parse = suite("genesis: parseGenesis");

parse("gives the recorded state root", () => {
  assert.is(trieRoot(genesis.state), text(vectors, "genesis", "state_root"));
});

parse("keeps the configuration as it was, without the records", () => {
  const { records: _, ...rest } = json;
  assert.equal(genesis.json, rest);
});

parse("reads text too", () => {
  assert.is(trieRoot(parseGenesis(JSON.stringify(json)).state), trieRoot(genesis.state));
});

parse("refuses what is no genesis, naming the field", () => {
  assert.throws(() => parseGenesis("{}"), /expected records to be a list, got undefined/);
  assert.throws(() => parseGenesis({ ...json, gas_limit: -1 }), /gas_limit to be an integer/);
  assert.throws(() => parseGenesis({ ...json, records: [{ Unknown: {} }] }), TypeError);
});

parse("refuses more than one shard", () => {
  const layout = { V2: { ...record(json, "shard_layout", "V2"), shard_ids: [0, 1] } };
  assert.throws(() => parseGenesis({ ...json, shard_layout: layout }), RangeError);
});

parse.run();

const block = suite("genesis-block: createGenesisBlock");

function withSignature(header: BlockHeader | ChunkHeader): object {
  return { ...header, signature: header.signature() };
}

block("equals the recorded block 0 of each recording", async () => {
  for (const name of ["chain", "load", "epochs"] as const) {
    const recorded = readBlock(field(await loadRecording(name), "blocks", 0));
    const own = createGenesisBlock(genesis);
    assert.equal(own.chunks.map(withSignature), recorded.chunks.map(withSignature));
    assert.equal(withSignature(own.header), withSignature(recorded.header));
  }
});

block.run();

const sync = suite("epoch-sync: epochSyncHash");

sync("equals that of block 1, and so do the parts", () => {
  const vector = field(vectors, "epoch_sync");
  const { header } = createGenesisBlock(genesis);
  const { current } = genesisEpoch(genesis.config);
  const last = blockInfo(header, { finalHeight: 0, epochFirstBlock: ZERO_HASH });
  // The vectors come from chains with epochs of two lengths; the length is not among the bytes.
  assert.is(encodeHex(encodeBlockInfo(NO_BLOCK_INFO)), text(vector, "dummy_block_info"));
  assert.is(encodeHex(encodeBlockInfo(last)), text(vector, "genesis_block_info"));
  assert.is(encodeHex(encodeEpochInfo(current, genesis.config)), text(vector, "epoch_info"));
  const hash = epochSyncHash(
    { first: NO_BLOCK_INFO, lastButOne: NO_BLOCK_INFO, last },
    [current, current, current],
    genesis.config,
  );
  assert.is(hash, text(vector, "hash"));
});

sync.run();

const standard = suite("default-genesis: defaultGenesis");

standard("has the accounts asked for, and the supply that is theirs", () => {
  const { publicKey } = ed25519KeyPairFromSeed(testKeySeed("alice.near"));
  const made = defaultGenesis([{ accountId: "alice.near", publicKey, balance: 5n }]);
  const nears = 10n ** 24n;
  assert.is(made.config.totalSupply, 2_050_000_000n * nears + 5n);
  assert.is(made.config.chainId, "localnet");
  assert.is(
    trieRoot(made.state),
    trieRoot(defaultGenesis([{ accountId: "alice.near", publicKey, balance: 5n }]).state),
  );
});

standard("has the fields of nearcore's", () => {
  const keys = (value: object): readonly string[] => Object.keys(value).sort();
  assert.equal(keys(defaultGenesis([]).json), keys(genesis.json));
});

standard("knows the public keys of the seeds", () => {
  assert.is(ed25519KeyPairFromSeed(testKeySeed("test.near")).publicKey, DEFAULT_VALIDATOR_KEY);
  assert.is(ed25519KeyPairFromSeed(testKeySeed("near")).publicKey, DEFAULT_NEAR_KEY);
  const near = list(json, "records").find(
    (row) => "AccessKey" in record(row) && text(row, "AccessKey", "account_id") === "near",
  );
  assert.is(text(near ?? null, "AccessKey", "public_key"), DEFAULT_NEAR_KEY);
});

standard.run();

const times = suite("genesis-config: parseTime");

times("keeps nanoseconds", () => {
  assert.is(parseTime("2026-11-23T06:48:04.126825144Z"), 1795416484126825144n);
  assert.is(parseTime("1970-01-01T00:00:01Z"), 1_000_000_000n);
  assert.is(parseTime("1970-01-01T00:00:01.5+00:00"), 1_500_000_000n);
});

times("refuses other forms", () => {
  for (const time of ["", "2026-11-23", "2026-13-23T06:48:04Z", "2026-11-23T06:48:04+01:00"]) {
    assert.throws(() => parseTime(time), TypeError, time);
  }
});

times.run();
