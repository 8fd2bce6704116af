/**
 * A genesis with which another chain starts where this one is.
 * Source: nearcore tools/state-viewer/src/state_dump.rs.
 * @module
 */
import type { Account } from "../state/account.ts";
import type { Json } from "../runtime/json.ts";
import { recordOfRow, stateRecordJson } from "../state/state-record-text.ts";
import { trieEntries } from "../state/trie.ts";
import type { Block } from "./block.ts";
import type { Genesis } from "./genesis.ts";
import type { JsonObject } from "./json-field.ts";

const NANOSECONDS = 1_000_000_000n;
const MILLISECONDS = 1_000n;

/**
 * Writes the state after a block as genesis.json: its configuration is that of the first genesis, but for
 * height, time, validators and supply. What is on its way is not in it: receipts that wait, promise yields.
 */
export function dumpGenesis(genesis: Genesis, { header, state, epoch }: Block): JsonObject {
  const stakes = new Map(
    epoch.current.validators.map(({ accountId, stake }) => [accountId, stake]),
  );
  const records: Json[] = [];
  let supply = 0n;
  for (const [key, value] of trieEntries(state, new Uint8Array(0))) {
    const record = recordOfRow(key, value);
    if (record === null) continue;
    if (record.type !== "account") {
      records.push(stateRecordJson(record));
      continue;
    }
    const account = withStake(record.account, stakes.get(record.accountId) ?? 0n);
    supply += account.amount + account.locked;
    records.push(stateRecordJson({ ...record, account }));
  }
  const validators = [...epoch.current.validators]
    .sort((one, other) => (one.accountId < other.accountId ? -1 : 1))
    .map(({ accountId, publicKey, stake }) => ({
      account_id: accountId,
      public_key: publicKey,
      amount: stake.toString(),
    }));
  return {
    ...genesis.json,
    genesis_time: formatTime(header.timestamp),
    genesis_height: header.height + 1,
    validators,
    total_supply: supply.toString(),
    records,
  };
}

/** In the first epoch of a chain exactly that is locked which its validators stake: the rest is free. */
function withStake(account: Account, stake: bigint): Account {
  if (account.locked === stake) return account;
  return { ...account, amount: account.amount + account.locked - stake, locked: stake };
}

/** Time of RFC 3339, exact to the nanosecond. */
function formatTime(nanoseconds: bigint): string {
  const seconds = new Date(Number((nanoseconds / NANOSECONDS) * MILLISECONDS)).toISOString();
  const fraction = (nanoseconds % NANOSECONDS).toString().padStart(9, "0");
  return `${seconds.slice(0, -5)}.${fraction}Z`;
}
