/**
 * A process that writes into a journal until it is killed: `put 7` once entry 7 is there for good,
 * `removed 7` once it is gone for good.
 * @module
 */
import process from "node:process";
import { openFileJournal } from "@yoctonear/node";
import { entryOf } from "./samples.ts";

const [path = "", start = ""] = process.argv.slice(2);
const journal = await openFileJournal(path);
process.stdout.write(`open ${journal.recovered}\n`);
for (let index = Number(start); ; index += 2) {
  const pair = [index, index + 1];
  await Promise.all(pair.map(async (each) => journal.put(entryOf(each, 3000))));
  process.stdout.write(pair.map((each) => `put ${each}\n`).join(""));
  if (index % 4 === 0) continue;
  process.stdout.write(`removing ${index}\n`);
  await journal.remove(`hash${index}`);
  process.stdout.write(`removed ${index}\n`);
}
