import { field, integer, type Json, list, loadRecording, record, text } from "@yoctonear/vectors";
import {
  approvers,
  endsEpoch,
  epochAfter,
  type EpochParent,
  type EpochPosition,
  genesisEpoch,
} from "#localnet/chain/epoch";
import type { EpochInfo } from "#localnet/chain/epoch-election";
import { type GenesisConfig, readGenesisConfig } from "#localnet/chain/genesis-config";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readBlock, readStake, type RecordedBlock } from "./recorded.ts";

const genesis = record(await loadRecording("genesis"));
const recorded = await loadRecording("epochs");
const config: GenesisConfig = { ...readGenesisConfig(genesis), epochLength: 60 };

type Placed = RecordedBlock & EpochParent;

function place(blocks: readonly RecordedBlock[], of: GenesisConfig): readonly Placed[] {
  const heights = new Map(blocks.map(({ header }) => [header.hash, header.height]));
  const placed: Placed[] = [];
  for (const block of blocks) {
    const { header, chunks } = block;
    const parent = placed.at(-1);
    const fresh = chunks.filter(({ heightIncluded }) => heightIncluded === header.height);
    const epoch: EpochPosition =
      parent === undefined
        ? genesisEpoch(of)
        : epochAfter(
            parent,
            {
              height: header.height,
              hasNewChunk: fresh.length > 0,
              proposals: fresh.flatMap(({ prevValidatorProposals }) => prevValidatorProposals),
            },
            of,
          );
    placed.push({ ...block, epoch, finalHeight: heights.get(header.lastFinalBlock) ?? 0 });
  }
  return placed;
}

const blocks = place(list(recorded, "blocks").map(readBlock), config);
const positions = suite("epoch: epochAfter");

positions("gives every recorded block its epoch and the hash of the next producers", () => {
  let starts = 0;
  for (const { header, epoch } of blocks) {
    const at = `block ${header.height}`;
    assert.is(epoch.epochId, header.epochId, at);
    assert.is(epoch.nextEpochId, header.nextEpochId, at);
    assert.is(epoch.nextBpHash, header.nextBpHash, at);
    if (epoch.update !== null) starts++;
    assert.is(epoch.update !== null, header.epochSyncDataHash !== null, at);
  }
  assert.is(blocks.length, 552);
  assert.is(starts, 10);
});

positions("mints what the recorded supply grew by", () => {
  let minting = 0;
  blocks.slice(1).forEach(({ header, chunks, epoch }, i) => {
    const burnt = chunks
      .filter(({ heightIncluded }) => heightIncluded === header.height)
      .reduce((sum, chunk) => sum + chunk.prevBalanceBurnt, 0n);
    const supply = (blocks[i]?.header.totalSupply ?? 0n) + epoch.minted - burnt;
    assert.is(supply, header.totalSupply, `block ${header.height}`);
    if (epoch.minted > 0n) minting++;
  });
  assert.is(minting, 9);
});

positions("settles the validators, proposals, kick-outs and rewards that the node tells", () => {
  const answers = list(recorded, "epochs");
  for (const answer of answers) {
    const first = blocks[Math.max(Number(integer(answer, "first_height")), 1)];
    const last = blocks.filter(({ epoch }) => epoch.epochId === first?.epoch.epochId).at(-1);
    assert.ok(first && last);
    assert.is(last.epoch.epochId, text(answer, "epoch_id"));
    checkValidators(last, field(answer, "validators"));
  }
  assert.is(answers.length, 10);
});

function checkValidators({ epoch }: Placed, answer: Json): void {
  const stakes = (info: EpochInfo): readonly string[] =>
    info.validators.map(({ accountId, stake }) => `${accountId} ${stake}`);
  const told = (name: string): readonly string[] =>
    list(answer, name).map((v) => `${text(v, "account_id")} ${integer(v, "stake")}`);
  assert.equal(stakes(epoch.current), told("current_validators"));
  assert.equal(stakes(epoch.next), told("next_validators"));
  assert.is(epoch.current.epochHeight, integer(answer, "epoch_height"));
  assert.equal([...epoch.proposals.values()], list(answer, "current_proposals").map(readStake));
  const kickouts = [...epoch.next.kickouts].map(([accountId, { type, ...figures }]) => ({
    account_id: accountId,
    reason: { [type]: figures },
  }));
  assert.equal(kickouts, list(answer, "prev_epoch_kickout"));
}

positions("keeps the epochs of the other recordings, whose epochs are long", async () => {
  const compared: number[] = [];
  for (const name of ["chain", "load"] as const) {
    const others = place(
      list(await loadRecording(name), "blocks").map(readBlock),
      readGenesisConfig(genesis),
    );
    for (const { header, epoch } of others) {
      assert.is(epoch.epochId, header.epochId);
      assert.is(epoch.nextEpochId, header.nextEpochId);
      assert.is(epoch.nextBpHash, header.nextBpHash);
    }
    compared.push(others.length);
  }
  assert.equal(compared, [426, 40]);
});

positions.run();

const updates = suite("epoch: validator updates");

updates("move locked and returned stake as the recorded accounts show", () => {
  let compared = 0;
  for (const [accountId, rows] of Object.entries(record(recorded, "accounts"))) {
    const history = list(rows);
    const at = (height: number): Json =>
      history.filter((row) => Number(integer(row, "height")) <= height).at(-1) ?? null;
    for (const { header, chunks, epoch } of blocks.slice(1)) {
      if (epoch.update === null) continue;
      const stake = epoch.update.maxStakes.get(accountId);
      if (stake === undefined) continue;
      const before = at(header.height - 1);
      const after = at(header.height);
      const locked = integer(before, "locked") + (epoch.update.rewards.get(accountId) ?? 0n);
      const proposal = chunks[0]?.prevValidatorProposals.find((p) => p.accountId === accountId);
      const kept = [stake, proposal?.stake ?? 0n].reduce((a, b) => (a > b ? a : b));
      const returned = locked > kept ? locked - kept : 0n;
      assert.is(integer(after, "locked"), locked - returned, `${accountId} ${header.height}`);
      if (returned > 0n) {
        assert.is(integer(after, "amount"), integer(before, "amount") + returned);
      }
      compared++;
    }
  }
  assert.is(compared, 16);
});

updates.run();

const approvals = suite("epoch: approvers");

approvals("are as many as the recorded approvals", () => {
  let compared = 0;
  blocks.slice(1).forEach(({ header }, i) => {
    const parent = blocks[i];
    assert.ok(parent);
    const expected = header.approvals.map((approval) => approval !== null);
    const own = approvers(parent, config).map(({ accountId }) => accountId === "test.near");
    assert.equal(own, expected, `block ${header.height}`);
    assert.is(endsEpoch(parent, config), header.epochSyncDataHash !== null);
    compared++;
  });
  assert.is(compared, 551);
});

approvals.run();
