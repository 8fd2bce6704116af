/**
 * Runs every example in order and shows what a person wants to see. `pnpm tour` takes a fresh chain
 * in this process; `pnpm tour --http` the same over HTTP; with `NEAR_URL`, `NEAR_ACCOUNT` and
 * `NEAR_KEY` in the environment it takes that network.
 * @module
 */
import { examples } from "./index.ts";
import { openFromEnvironment, openLocalnet, openLocalnetOverHttp } from "./network.ts";
import { createTrace } from "./trace.ts";

const started = performance.now();
const trace = createTrace();
const open = process.argv.includes("--http") ? openLocalnetOverHttp : openLocalnet;
const network = openFromEnvironment(process.env, trace.wrap) ?? (await open(trace.wrap));

print(0, `yoctonear on ${network.name}`);
let transactions = 0;
for (const [index, { title, run }] of examples.entries()) {
  print(0, "", `${String(index + 1).padStart(2)}  ${title}`);
  const seen = await run(network.context);
  for (const text of await trace.report()) {
    transactions += 1;
    const [who = "", ...rest] = text.split("\n");
    print(4, who);
    print(6, ...rest);
  }
  print(4, ...seen.split("\n").map((line) => `• ${line}`));
}
const seconds = ((performance.now() - started) / 1000).toFixed(2);
print(0, "", `${examples.length} tasks, ${transactions} transactions, ${seconds} s`);
await network.close();

function print(indent: number, ...lines: readonly string[]): void {
  for (const line of lines)
    process.stdout.write(`${" ".repeat(line === "" ? 0 : indent)}${line}\n`);
}
