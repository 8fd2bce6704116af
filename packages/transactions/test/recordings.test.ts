import { decodeBase64, encodeHex, isNearError } from "@yoctonear/base";
import {
  checkTransaction,
  decodeSignedTransaction,
  encodeSignedTransaction,
  LimitError,
  type SignedTransaction,
  summarizeTransaction,
  transactionHash,
} from "@yoctonear/transactions";
import { field, has, type Json, list, loadRecording, record, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { toTransaction } from "./nearcore-json.ts";

const recordings = suite("recordings: signed transactions of a real node");

interface Recorded {
  readonly place: string;
  /** Fields as the node shows them, where the recording has them. */
  readonly tx: Json;
  readonly bytes: Uint8Array;
  /** What the node said of it when it refused it. */
  readonly error: Json;
}

recordings(
  "scenarios: decode to the JSON shown, encode to the same bytes, hash alike",
  async () => {
    const all = await scenarioTransactions();
    const decoded = all.filter(({ error }) => !isParseError(error));
    for (const { place, tx, bytes } of decoded) {
      const signed = checkSame(place, bytes, text(tx, "hash"));
      assert.equal(signed.transaction, toTransaction(tx), place);
      assert.ok(summarizeTransaction(signed.transaction).length > 0, place);
    }
    assert.is(decoded.length, 136);
    console.log(
      `scenarios: ${decoded.length} of ${all.length} decode, the rest nearcore refuses too`,
    );
  },
);

recordings("scenarios: what the node could not decode is a BorshError", async () => {
  const refused = (await scenarioTransactions()).filter(({ error }) => isParseError(error));
  for (const { place, bytes } of refused) {
    assert.throws(
      () => decodeSignedTransaction(bytes),
      (error: unknown) => isNearError(error) && error.name === "BorshError",
      place,
    );
  }
  assert.is(refused.length, 4);
});

recordings("scenarios: the limits are the node's, with its names and figures", async () => {
  const left: string[] = [];
  let agreed = 0;
  for (const { place, bytes, error } of await scenarioTransactions()) {
    if (isParseError(error)) continue;
    const found = limitOf(decodeSignedTransaction(bytes));
    const expected = validationError(error);
    if (found === null && expected !== null) left.push(expected.code);
    else {
      assert.equal(found, expected, place);
      agreed++;
    }
  }
  // The node alone derives the id, which needs Keccak.
  assert.equal(left, ["InvalidDeterministicStateInitReceiver"]);
  assert.is(agreed, 135);
});

recordings("chain, load, mldsa, methods: encode to the same bytes, hash alike", async () => {
  const counts: Record<string, number> = {};
  for (const name of ["chain", "load", "mldsa", "methods"] as const) {
    const all = signedIn(await loadRecording(name), name);
    for (const { place, tx, bytes } of all) {
      const signed = checkSame(place, bytes, has(tx, "hash") ? text(tx, "hash") : undefined);
      if (has(tx, "actions")) assert.equal(signed.transaction, toTransaction(tx), place);
    }
    counts[name] = all.length;
  }
  assert.equal(counts, { chain: 38, load: 106, mldsa: 17, methods: 8 });
  console.log(`recordings: ${JSON.stringify(counts)}; epochs has no signed bytes`);
});

recordings.run();

function checkSame(place: string, bytes: Uint8Array, hash: string | undefined): SignedTransaction {
  const signed = decodeSignedTransaction(bytes);
  assert.is(encodeHex(encodeSignedTransaction(signed)), encodeHex(bytes), place);
  if (hash !== undefined) assert.is(transactionHash(signed.transaction), hash, place);
  return signed;
}

function limitOf({ transaction }: SignedTransaction): { code: string; data: unknown } | null {
  try {
    checkTransaction(transaction);
  } catch (error) {
    if (error instanceof LimitError) return { code: error.code, data: plain(error.data) };
    throw error;
  }
  return null;
}

function validationError(error: Json): { code: string; data: unknown } | null {
  if (!has(error, "data") || !has(field(error, "data"), "TxExecutionError")) return null;
  const invalid = field(error, "data", "TxExecutionError", "InvalidTxError");
  if (typeof invalid === "string" || !has(invalid, "ActionsValidation")) return null;
  const kind = field(invalid, "ActionsValidation");
  if (typeof kind === "string") return { code: kind, data: plain({}) };
  const [[code, data] = ["", null]] = Object.entries(record(kind));
  return { code, data: plain(data) };
}

function plain(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(
      Object.entries(Object(data)).sort(([a], [b]) => (a < b ? -1 : 1)),
      (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value),
    ),
  );
}

function isParseError(error: Json): boolean {
  return has(error, "cause") && text(error, "cause", "name") === "PARSE_ERROR";
}

async function scenarioTransactions(): Promise<readonly Recorded[]> {
  return list(await loadRecording("scenarios")).flatMap((scenario) =>
    list(scenario, "steps")
      .filter((step) => has(step, "tx"))
      .map((step) => ({
        place: text(scenario, "name"),
        tx: field(step, "tx"),
        bytes: decodeBase64(text(step, "tx", "signed_tx_base64")),
        error: has(step, "error") ? field(step, "error") : null,
      })),
  );
}

/** Every object with bytes of a transaction in it, anywhere; what a test of the node broke is left out. */
function signedIn(value: Json, place: string): readonly Recorded[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, item]) => signedIn(item, `${place}.${key}`));
  const base64 = has(value, "signed_tx_base64") ? text(value, "signed_tx_base64") : "";
  if (!/^[\w+/]{100,}=*$/.test(base64)) return inner;
  return [{ place, tx: value, bytes: decodeBase64(base64), error: null }, ...inner];
}
