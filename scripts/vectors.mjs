/**
 * Copies known answers and recordings of a real node into packages/vectors, so that a clone tests itself without anything beside it.
 * `--check` compares instead: with ../shared when it is there, otherwise only each file with its own hash.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

const root = new URL("../", import.meta.url);
const shared = new URL("../shared/", root);
const data = new URL("packages/vectors/src/data/", root);

const vectors = ["protocol", "runtime", "chain"];
const recordings =
  "scenarios probe probe-more probe-trie methods chain http genesis load epochs mldsa".split(" ");
/** Name in the package → file in ../shared */
const files = new Map([
  ...vectors.map((name) => /** @type {const} */ ([`vectors-${name}`, `vectors/${name}.json`])),
  ...recordings.map(
    (name) => /** @type {const} */ ([`recording-${name}`, `recordings/${name}.json`]),
  ),
  ["parameters", "parameters.json"],
  // Not built here as the other contracts are: the gas in its recordings holds for these bytes only.
  ["probe-wasm", "contracts/probe/probe.wasm"],
  ["probe-table", "contracts/probe/table.json"],
]);

/** @param {string | Uint8Array} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** @param {Uint8Array} bytes @param {string} source */
function moduleOf(bytes, source) {
  return [
    `// ${source}, made by scripts/vectors.mjs: edit nothing here`,
    `export const sha256: string = "${sha256(bytes)}";`,
    `export const gzip: string =`,
    `  "${gzipSync(bytes, { level: 9 }).toString("base64")}";`,
    "",
  ].join("\n");
}

/** @param {string} text */
function unpack(text) {
  const hash = /sha256: string = "([0-9a-f]{64})"/.exec(text)?.[1];
  const body = /gzip: string =\s+"([\w+/=]+)"/.exec(text)?.[1];
  if (hash === undefined || body === undefined)
    throw new Error("expected sha256 and gzip in the file");
  const bytes = gunzipSync(Buffer.from(body, "base64"));
  if (sha256(bytes) !== hash) throw new Error(`expected SHA-256 ${hash}, got ${sha256(bytes)}`);
  return bytes;
}

const check = process.argv.includes("--check");
const haveShared = existsSync(shared);
if (!check && !haveShared) throw new Error(`expected the sources in ${shared.pathname}`);
/** @type {string[]} */
const problems = [];

if (!check) mkdirSync(data, { recursive: true });
for (const [name, source] of files) {
  const target = new URL(`${name}.ts`, data);
  if (!check) {
    writeFileSync(target, moduleOf(readFileSync(new URL(source, shared)), source));
    continue;
  }
  try {
    const bytes = unpack(readFileSync(target, "utf8"));
    if (haveShared && !bytes.equals(readFileSync(new URL(source, shared)))) {
      problems.push(`${name}.ts: differs from ../shared/${source}`);
    }
  } catch (error) {
    problems.push(`${name}.ts: ${error instanceof Error ? error.message : String(error)}`);
  }
}
for (const file of readdirSync(data)) {
  if (files.has(file.replace(/\.ts$/, ""))) continue;
  if (check) problems.push(`${file}: not in the list of scripts/vectors.mjs`);
  else rmSync(new URL(file, data));
}
for (const problem of problems) console.error(problem);
const against = haveShared ? "equal to ../shared" : "hashes verified";
console.log(
  check
    ? `${files.size} files, ${problems.length} wrong (${against})`
    : `${files.size} files written`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
