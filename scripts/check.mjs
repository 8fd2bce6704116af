/** The definition of done: runs every check, prints what failed, ends with a table of times. Arguments run only the checks named. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { root } from "./packages.mjs";

const bin = (/** @type {string} */ name) => `${root}node_modules/.bin/${name}`;
const node = process.execPath;
/** The node's specification, where it lies beside the clone. */
const openapi = "../shared/rpc/openapi.json";

/** Looks like TypeScript and is AssemblyScript, which its own compiler checks. */
const NO_TYPESCRIPT = "--ignore-pattern=**/assembly/**";

/** What needs the compiled packages comes after `build`; each row runs at once, as there are two cores or more. */
const ROWS = [
  { contracts: [node, "scripts/contracts.mjs"] },
  {
    build: [bin("tsc"), "-b"],
    format: [bin("oxfmt"), "-c", "scripts/oxfmt.json", "--check", "."],
  },
  {
    lint: [bin("oxlint"), "-c", "scripts/oxlint.json", NO_TYPESCRIPT, "packages", "scripts"],
    scripts: [bin("tsc"), "-p", "scripts"],
    vectors: [node, "scripts/vectors.mjs", "--check"],
    ...(existsSync(root + openapi) && {
      openapi: [node, "scripts/openapi.mjs", openapi, "--check"],
    }),
    layers: [node, "scripts/layers.mjs"],
    exports: [node, "scripts/exports.mjs", "--check"],
    unused: [bin("knip"), "-c", "scripts/knip.json", "--no-config-hints"],
    size: [node, "scripts/size.mjs"],
    examples: [node, "scripts/examples.mjs"],
    bundle: [node, "scripts/bundle.mjs"],
  },
  { test: [node, "scripts/test.mjs"] },
];

const wanted = process.argv.slice(2);
/** @type {{ name: string, code: number, seconds: number }[]} */
const done = [];

/** @param {string} name @param {readonly string[]} command */
async function run(name, [program = "", ...options]) {
  const start = performance.now();
  const child = spawn(program, options, { cwd: root });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => (output += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk) => (output += chunk));
  /** @type {number} */
  const code = await new Promise((resolve) => {
    child.on("error", (error) => (output += error.message));
    child.on("close", (status) => resolve(status ?? 1));
  });
  done.push({ name, code, seconds: (performance.now() - start) / 1000 });
  console.log(`── ${name}\n${output.trim()}\n`);
}

for (const row of ROWS) {
  const checks = Object.entries(row).filter(
    ([name]) => wanted.length === 0 || wanted.includes(name),
  );
  await Promise.all(checks.map(([name, command]) => run(name, command)));
}
const total = performance.now() / 1000;
for (const { name, code, seconds } of done) {
  console.log(
    `${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(9)} ${seconds.toFixed(1).padStart(5)} s`,
  );
}
console.log(
  `${done.filter(({ code }) => code !== 0).length} of ${done.length} checks failed, ${total.toFixed(0)} s`,
);
if (done.some(({ code }) => code !== 0)) process.exitCode = 1;
