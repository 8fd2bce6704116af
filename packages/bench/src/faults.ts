/**
 * `node packages/bench/dist/faults.js [--http]`: the table of the libraries that pay through a network that fails, as Markdown.
 * @module
 */
import { FAULT_KINDS, markdown } from "@yoctonear/faults";
import { type Conditions, payThroughFaults, type Tally } from "./cases/faults.ts";
import { nearApiJsPayer, nearKitPayer, resilientPayer, yoctonearPayer } from "./peers/payers.ts";

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
/** Nodes that answer with another transaction, or say what is not so, are rarer than broken networks. */
const HONEST = FAULT_KINDS.filter((kind) => !/^(another|false)/.test(kind));
const NETWORKS: readonly (readonly [title: string, Pick<Conditions, "rate" | "kinds">])[] = [
  ["no faults", { rate: 0 }],
  ["5 %", { rate: 0.05 }],
  ["30 %", { rate: 0.3 }],
  ["30 %, none a lie", { rate: 0.3, kinds: HONEST }],
];
const conditions: Omit<Conditions, "rate" | "kinds"> = {
  isOverHttp: process.argv.includes("--http"),

  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  payments: 100,
  keys: 10,
};

// Its warnings about each retry.
process.env["NEAR_NO_LOGS"] = "1";
const rows: string[][] = [["faults: library", ...COLUMNS.map(([title]) => title)]];
for (const [title, network] of NETWORKS) {
  for (const payer of [yoctonearPayer, resilientPayer, nearApiJsPayer, nearKitPayer]) {
    const tally = await payThroughFaults(payer, { ...conditions, ...network });
    rows.push([`${title}: ${payer.name}`, ...COLUMNS.map(([, key]) => String(tally[key]))]);
  }
}
const { seeds, payments, keys } = conditions;
console.log(
  `${seeds.length * payments} payments each: ${payments} at once from one account with ${keys} keys, ${seeds.length} seeds.\n`,
);
console.log(markdown(rows));
