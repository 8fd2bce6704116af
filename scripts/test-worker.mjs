/**
 * Runs one compiled test file on whichever runtime executes this: Node, Deno or Bun.
 * Arguments: a marker that starts each line meant for the parent, and the file. What tests log goes out marked as well,
 * so neither their output nor uvu's can be taken for a count.
 */
import process from "node:process";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

const [marker, file] = process.argv.slice(2);
if (marker === undefined || file === undefined) throw new Error("expected a marker and a file");

const write = process.stdout.write.bind(process.stdout);
/** @param {object} message @param {() => void} [done] */
const tell = (message, done) => void write(`\n${marker}${JSON.stringify(message)}\n`, done);

process.stdout.write = () => true;
for (const name of /** @type {const} */ (["log", "info", "debug", "warn", "error"])) {
  console[name] = (...parts) => tell({ log: format(...parts) });
}

/** @type {(() => Promise<[errors: string | true, passed: number, skipped: number, total: number]>)[]} */
const queue = [];
Object.assign(globalThis, { UVU_DEFER: 1, UVU_QUEUE: [queue] });
await import(pathToFileURL(file).href);

const result = { passed: 0, failed: 0, skipped: 0, suites: queue.length, errors: "" };
for (const run of queue) {
  const [errors, passed, skipped, total] = await run();
  result.passed += passed;
  result.failed += total - passed;
  result.skipped += skipped;
  if (errors !== true) result.errors += errors;
}
tell({ result }, () => process.exit(result.failed > 0 ? 1 : 0));
