/**
 * Measures what a user's bundle weighs: each entry of packages/bench/src/size, bundled by esbuild and by Rollup with terser,
 * minified, gzipped; the larger count must be within the budget. Identifiers that the budget forbids are looked for in bundles
 * that are not minified. Names as arguments measure only those entries; `--why` lists what each file adds, minified, in esbuild's.
 */
import { gzipSync } from "node:zlib";
import { parseArgs } from "node:util";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import { rollup } from "rollup";
import { minify } from "terser";
import { root } from "./packages.mjs";

const folder = `${root}packages/bench/dist/size`;
/** @type {{ budgets: readonly { entry: string, bytes: number, absent: readonly string[] }[] }} */
const { budgets } = await import(`${folder}/budgets.js`);
const { values, positionals: names } = parseArgs({
  options: { why: { type: "boolean", default: false } },
  allowPositionals: true,
});
const entries = budgets.filter(({ entry }) => names.length === 0 || names.includes(entry));
/** @type {string[]} */
const problems = [];

console.log(`${"entry".padEnd(22)} esbuild   Rollup   budget  (gzipped bytes)`);
for (const { entry, bytes, absent } of entries) {
  try {
    const [small, plain, rolled] = await Promise.all([
      withEsbuild(entry, true),
      withEsbuild(entry, false),
      withRollup(entry),
    ]);
    const { code = "" } = await minify(rolled, {
      module: true,
      ecma: 2020,
      compress: { passes: 2 },
    });
    const sizes = [gzipped(small), gzipped(code)];
    const largest = Math.max(...sizes);
    const columns = [...sizes, bytes].map((size) => String(size).padStart(8)).join(" ");
    console.log(`${entry.padEnd(22)}${columns}${largest > bytes ? "  TOO LARGE" : ""}`);
    if (largest > bytes) problems.push(`${entry}: expected at most ${bytes} bytes, got ${largest}`);
    for (const [bundler, bundle] of Object.entries({ esbuild: plain, Rollup: rolled })) {
      const found = absent.filter((name) => new RegExp(`\\b${name}`).test(withoutComments(bundle)));
      if (found.length > 0) problems.push(`${entry}: ${bundler} keeps ${found.join(", ")}`);
    }
  } catch (error) {
    problems.push(`${entry}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** @param {string} entry @param {boolean} isMinified */
async function withEsbuild(entry, isMinified) {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${folder}/${entry}.js`],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: isMinified,
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  if (isMinified && values.why) explain(metafile);
  return outputFiles[0]?.text ?? "";
}

/** @param {import("esbuild").Metafile} metafile */
function explain({ outputs }) {
  const parts = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  for (const [path, { bytesInOutput }] of parts.sort(
    (a, b) => b[1].bytesInOutput - a[1].bytesInOutput,
  )) {
    const name = path.replace(/^.*node_modules\/|^packages\//, "");
    if (bytesInOutput > 0) console.log(`${String(bytesInOutput).padStart(8)} ${name}`);
  }
}

/** @param {string} entry */
async function withRollup(entry) {
  const bundle = await rollup({
    input: `${folder}/${entry}.js`,
    plugins: [nodeResolve({ browser: true })],
    onLog: (level, log) => {
      // A comment in a dependency that Rollup cannot use weighs nothing.
      if (level === "warn" && log.code !== "INVALID_ANNOTATION") throw new Error(log.message);
    },
  });
  const { output } = await bundle.generate({ format: "es" });
  return output[0].code;
}

/** @param {string} text */
function gzipped(text) {
  return gzipSync(text, { level: 9 }).length;
}

/** @param {string} code */
function withoutComments(code) {
  return code.replace(/\/\*[^]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
