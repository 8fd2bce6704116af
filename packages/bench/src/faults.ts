/**
 * `node packages/bench/dist/faults.js [--http]`: the table of the libraries that pay through a network that fails, as Markdown.
 * @module
 */
import { markdown } from "@yoctonear/faults";
import { type Conditions, payThroughFaults, type Tally } from "./cases/faults.ts";
import { nearApiJsPayer, nearKitPayer, patientPayer, yoctonearPayer } from "./peers/payers.ts";

const COLUMNS: readonly (readonly [title: string, key: keyof Tally])[] = [
  ["executed once", "once"],
  ["executed twice", "twice"],
  ["told failed, but executed", "failedButPaid"],
  ["told paid, but not executed", "lost"],
  ["told paid, with the hash of another", "wrongHash"],
  ["not executed, and told so", "failed"],
  ["never answered", "never"],
  ["unknown, settled by `resume()`", "unknown"],
  ["requests", "requests"],
];
const RATES = [0, 0.05, 0.3];
const conditions: Omit<Conditions, "rate"> = {
  isOverHttp: process.argv.includes("--http"),

  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  payments: 100,
  keys: 10,
};

// Its warnings about each retry.
process.env["NEAR_NO_LOGS"] = "1";
const rows: string[][] = [["faults, library", ...COLUMNS.map(([title]) => title)]];
for (const rate of RATES) {
  for (const payer of [yoctonearPayer, patientPayer, nearApiJsPayer, nearKitPayer]) {
    const tally = await payThroughFaults(payer, { ...conditions, rate });
    rows.push([`${rate * 100} %, ${payer.name}`, ...COLUMNS.map(([, key]) => String(tally[key]))]);
  }
}
const { seeds, payments, keys } = conditions;
console.log(
  `${seeds.length * payments} payments each: ${payments} at once from one account with ${keys} keys, ${seeds.length} seeds.\n`,
);
console.log(markdown(rows));
