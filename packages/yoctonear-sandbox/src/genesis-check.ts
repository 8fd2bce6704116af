/**
 * Whether a genesis agrees with itself: what nearcore checks before it starts.
 * Source: nearcore core/chain-configs/src/genesis_validate.rs.
 * @module
 */
import { isJsonObject, type JsonObject } from "./json-file.ts";
import { SandboxError } from "./sandbox-error.ts";

/**
 * Checks a genesis, and gives it in the form in which the chain takes it.
 *
 * Where an account has more locked than it stakes, the rest is freed, as nearcore's own dump does: wrappers put the accounts
 * of a dump, whose stakes have grown by rewards, under the validators of the first genesis.
 * @throws {SandboxError} `genesis`
 */
export function checkGenesis(genesis: JsonObject): JsonObject {
  const stakes = readStakes(genesis);
  const seen = new Set<string>();
  const coded = new Set<string>();
  const needed = new Map<string, string>();
  let supply = 0n;
  const records = listOf(genesis, "records").map((record, index) => {
    const [[kind, value] = ["", null]] = isJsonObject(record) ? Object.entries(record) : [];
    if (!isJsonObject(value)) throw fault(`record ${index} is no record`);
    const accountId = String(value["account_id"]);
    if (kind === "Account") {
      if (seen.has(accountId)) throw fault(`account ${accountId} is there twice`);
      seen.add(accountId);
      const account = isJsonObject(value["account"]) ? value["account"] : {};
      const amount = amountOf(account, "amount", accountId);
      const locked = amountOf(account, "locked", accountId);
      supply += amount + locked;
      const stake = stakes.get(accountId) ?? 0n;
      if (locked === stake) return record;
      if (locked < stake || stake === 0n) throw stakeFault(accountId, locked, stake);
      const freed = { amount: String(amount + locked - stake), locked: String(stake) };
      return { Account: { account_id: accountId, account: { ...account, ...freed } } };
    }
    if (kind === "Contract") {
      if (coded.has(accountId)) throw fault(`account ${accountId} has more than one contract`);
      coded.add(accountId);
    }
    if (kind !== "GlobalContract") needed.set(accountId, kind);
    return record;
  });
  for (const [accountId, kind] of needed) {
    if (!seen.has(accountId)) throw fault(`${kind} of ${accountId}, an account that is not there`);
  }
  for (const [accountId, stake] of stakes) {
    if (!seen.has(accountId)) throw stakeFault(accountId, 0n, stake);
  }
  const total = amountOf(genesis, "total_supply", "the genesis");
  if (total !== supply) {
    throw fault(`its accounts have ${supply} yoctoNEAR in all, its total_supply is ${total}`);
  }
  checkEpochs(genesis);
  return { ...genesis, records };
}

function readStakes(genesis: JsonObject): ReadonlyMap<string, bigint> {
  const stakes = new Map<string, bigint>();
  for (const validator of listOf(genesis, "validators")) {
    if (!isJsonObject(validator)) throw fault("a validator is no object");
    const accountId = String(validator["account_id"]);
    if (stakes.has(accountId)) throw fault(`validator ${accountId} is there twice`);
    stakes.set(accountId, amountOf(validator, "amount", `validator ${accountId}`));
  }
  if (stakes.size === 0) throw fault("it has no validators");
  return stakes;
}

function checkEpochs(genesis: JsonObject): void {
  const length = genesis["epoch_length"];
  if (length === 0 || length === 0n) throw fault("its epoch_length is 0");
}

function listOf(genesis: JsonObject, name: string): readonly unknown[] {
  const list = genesis[name];
  if (!Array.isArray(list)) throw fault(`it has no list of ${name}`);
  return list;
}

function amountOf(object: JsonObject, name: string, owner: string): bigint {
  const value = object[name];
  if (typeof value === "string" && /^\d{1,39}$/.test(value)) return BigInt(value);
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === "bigint" && value >= 0n) return value;
  throw fault(`${name} of ${owner} is no amount`);
}

function stakeFault(accountId: string, locked: bigint, stake: bigint): SandboxError {
  return fault(`${accountId} has ${locked} yoctoNEAR locked, as a validator it stakes ${stake}`);
}

function fault(message: string): SandboxError {
  return new SandboxError("genesis", `the genesis contradicts itself: ${message}`);
}
