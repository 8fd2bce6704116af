/**
 * Runs the compiled tests of all packages, each file in its own process. The last line holds the real counts.
 * `--filter text` takes the files whose name contains the text, `--slow` takes `*.slow.test.ts` too.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findTests, flaw, root } from "./test-files.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number, suites: number, errors: string }} Result */
/** @typedef {{ result: Result, logs: string[], seconds: number }} Report */

const TIMEOUT = 180_000;
const worker = fileURLToPath(new URL("test-worker.mjs", import.meta.url));

/**
 * @param {import("./test-files.mjs").TestFile} file
 * @param {readonly string[]} [command] the runtime and its arguments
 * @returns {Promise<Report>}
 */
export function runFile(file, command = [process.execPath]) {
  const start = performance.now();
  const marker = `${randomUUID()} `;
  return new Promise((resolve) => {
    const [program = "", ...options] = command;
    const child = spawn(program, [...options, worker, marker, file.compiled], {
      cwd: root,
      timeout: TIMEOUT,
    });
    let output = "";
    let noise = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => (output += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk) => (noise += chunk));
    child.on("error", (error) => (noise += error.message));
    child.on("close", (code, signal) => {
      /** @type {{ log?: string, result?: Result }[]} */
      const messages = output
        .split("\n")
        .filter((line) => line.startsWith(marker))
        .map((line) => JSON.parse(line.slice(marker.length)));
      const logs = messages.flatMap(({ log }) => (log === undefined ? [] : log.split("\n")));
      const seconds = (performance.now() - start) / 1000;
      const result = messages.find((message) => message.result !== undefined)?.result;
      const ending = `ended early (${signal ?? `code ${code}`})\n${noise}`;
      resolve({ result: checked(result ?? broken(ending)), logs, seconds });
    });
  });
}

/** @param {string} errors @returns {Result} */
const broken = (errors) => ({ passed: 0, failed: 1, skipped: 0, suites: 0, errors: `  ${errors}` });

/** @param {Result} result @returns {Result} */
function checked(result) {
  if (result.failed === 0 && result.passed + result.skipped === 0)
    return broken("registered no test");
  if (result.failed > 0 && result.errors === "")
    return { ...result, errors: "  a hook failed, or a test never ended" };
  return result;
}

/**
 * @template T, R
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<R>} work
 * @returns {Promise<R[]>} in the order of the items
 */
export async function inParallel(items, work) {
  /** @type {R[]} */
  const results = [];
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}

async function main() {
  const { values } = parseArgs({
    options: { filter: { type: "string", default: "" }, slow: { type: "boolean", default: false } },
  });
  const files = findTests({ slow: values.slow }).filter(({ name }) => name.includes(values.filter));
  // Properties take longest: first, so that no core waits for them at the end.
  files.sort((a, b) => Number(b.name.endsWith(".fuzz")) - Number(a.name.endsWith(".fuzz")));
  const width = Math.max(0, ...files.map(({ name }) => name.length));
  const reports = await inParallel(files, async (file) => {
    const problem = flaw(file);
    const report =
      problem === undefined
        ? await runFile(file)
        : { result: broken(problem), logs: [], seconds: 0 };
    const { passed, failed, skipped } = report.result;
    const counts = `${String(passed).padStart(5)} passed${failed > 0 ? `, ${failed} FAILED` : ""}${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    console.log(`${file.name.padEnd(width)} ${counts}  ${report.seconds.toFixed(1)} s`);
    for (const line of report.logs) console.log(`    ${line}`);
    return { file, ...report };
  });
  for (const { file, result } of reports) {
    if (result.failed > 0) console.log(`\n${file.name}\n${result.errors.trimEnd()}`);
  }
  const passed = reports.reduce((sum, { result }) => sum + result.passed, 0);
  const failed = reports.reduce((sum, { result }) => sum + result.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
