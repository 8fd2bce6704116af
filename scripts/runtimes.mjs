/**
 * Runs the same compiled tests of the core packages on Node 20, 22 and 24, Deno, Bun and workerd, and compares the counts file by
 * file. Installs the runtimes from npm first. `--filter text` as in test.mjs; `--only name` for one runtime.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkRelayerWorker } from "./relayer-worker.mjs";
import { EVERYWHERE, findTests, flaw, root } from "./test-files.mjs";
import { inParallel, runFile } from "./test.mjs";
import { startWorkerd } from "./workerd.mjs";

/** What needs files runs on Node, Deno and Bun. */
const NEEDS_FILES = "node";
/** In a test file: it is left out where WebAssembly comes compiled or not at all. */
const COMPILES = "// Compiles WebAssembly at run time, which workerd forbids.";
const home = `${root}packages/runtimes`;
const bin = `${home}/node_modules`;

/** @typedef {import("./test.mjs").Result} Result */
/** @typedef {import("./test-files.mjs").TestFile} TestFile */
/** @type {Record<string, string[] | "workerd">} */
const RUNTIMES = {
  "Node 20": [`${bin}/node20/bin/node`],
  "Node 22": [`${bin}/node22/bin/node`],
  "Node 24": [`${bin}/node24/bin/node`],
  Deno: [`${bin}/deno/deno`, "run", "--allow-all", "--quiet"],
  Bun: [`${bin}/bun/bin/bun.exe`, "run"],
  workerd: "workerd",
};

const options = /** @type {const} */ ({
  filter: { type: "string", default: "" },
  only: { type: "string" },
});
const { filter, only } = parseArgs({ options }).values;

const pnpm = process.env.npm_execpath ?? "pnpm";
const [program, first] = /\.[cm]?js$/.test(pnpm) ? [process.execPath, [pnpm]] : [pnpm, []];
execFileSync(program, [...first, "install", "--frozen-lockfile", "--reporter=silent"], {
  cwd: home,
  stdio: "inherit",
});

const files = findTests({ packages: [...EVERYWHERE, NEEDS_FILES] }).filter(({ name }) =>
  name.includes(filter),
);
/** @type {string[]} */
const problems = files.flatMap((file) => {
  const problem = flaw(file);
  return problem === undefined ? [] : [`${file.name} ${problem}`];
});
/** @type {Map<string, ReadonlyMap<string, Result>>} */
const results = new Map();

if (problems.length === 0) {
  for (const [name, command] of Object.entries(RUNTIMES)) {
    if (only !== undefined && only !== name) continue;
    const start = performance.now();
    const tests = command === "workerd" ? files.filter(runsInWorkerd) : files;
    const list =
      command === "workerd"
        ? await runInWorkerd(tests)
        : await inParallel(tests, async (file) => (await runFile(file, command)).result);
    const found = new Map(tests.map((file, index) => [file.name, orNothing(list[index])]));
    results.set(name, found);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const sum = (/** @type {"passed" | "failed"} */ key) =>
      String([...found.values()].reduce((total, result) => total + result[key], 0));
    const left = files.length - tests.length;
    console.log(
      `${name.padEnd(8)} ${sum("passed").padStart(6)} passed ${sum("failed").padStart(4)} failed ${seconds.padStart(6)} s` +
        (left > 0 ? `, without the ${left} files that compile WebAssembly or need files` : ""),
    );
    for (const [file, { failed, errors }] of found) {
      if (failed > 0) problems.push(`\n${name}: ${file}\n${errors.trimEnd()}`);
    }
  }
}
for (const { name } of files) {
  const counts = [...results].flatMap(([runtime, found]) => {
    const result = found.get(name);
    return result === undefined ? [] : [`${runtime} ${result.passed}`];
  });
  if (new Set(counts.map((count) => count.split(" ").at(-1))).size > 1)
    problems.push(`${name}: ${counts.join(", ")} passed`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0 || files.length === 0) process.exitCode = 1;
else console.log(`${files.length} files, the same counts on ${results.size} runtimes`);

/** @param {TestFile} file */
function runsInWorkerd({ package: name, source }) {
  return name !== NEEDS_FILES && !readFileSync(source, "utf8").startsWith(COMPILES);
}

/** @param {Result | undefined} result @returns {Result} */
function orNothing(result) {
  return result ?? { passed: 0, failed: 1, skipped: 0, suites: 0, errors: "  did not run" };
}

/** @param {readonly TestFile[]} tests */
async function runInWorkerd(tests) {
  const binary = `${bin}/workerd/bin/workerd`;
  if (tests.some((test) => test.package === "relayer")) {
    problems.push(...(await checkRelayerWorker(binary)));
  }
  const workerd = await startWorkerd(binary, tests);
  /** @type {Result[]} */
  const found = [];
  // One after the other: the files share one global queue.
  for (const [index] of tests.entries()) found.push(await workerd.run(index));
  workerd.stop();
  return found;
}
