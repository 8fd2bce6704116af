/**
 * Compiles the contracts of packages/contracts/assembly into modules that every runtime can import (git ignores them). One made
 * from the same sources by the same compiler stays as it is.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

const OPTIONS = ["--runtime", "stub", "--optimizeLevel", "2", "--shrinkLevel", "2"];

const folder = new URL("../packages/contracts/", import.meta.url);
const assembly = new URL("assembly/", folder);
const data = new URL("src/data/", folder);
const compiler = new URL("../node_modules/assemblyscript/package.json", import.meta.url);

/** What every contract depends on: the library, the compiler, this script. */
const common = createHash("sha256");
for (const file of [import.meta.url, compiler, ...filesOf(new URL("near/", assembly))]) {
  common.update(readFileSync(new URL(file)));
}

const start = performance.now();
mkdirSync(data, { recursive: true });
const sources = filesOf(assembly);
const names = sources.map((source) => /([\w-]+)\.ts$/.exec(source.pathname)?.[1] ?? "");
let compiled = 0;
for (const [index, source] of sources.entries()) {
  const name = names[index] ?? "";
  const target = new URL(`${name}.ts`, data);
  const hash = common.copy().update(readFileSync(source)).digest("hex");
  const head = `// ${name}, made by scripts/contracts.mjs from ${hash}\n`;
  if (existsSync(target) && readFileSync(target, "utf8").startsWith(head)) continue;
  const wasm = await compile(name);
  if (wasm === undefined) {
    process.exitCode = 1;
    continue;
  }
  const base64 = Buffer.from(wasm).toString("base64");
  writeFileSync(target, `${head}export const base64: string =\n  "${base64}";\n`);
  console.log(`${name.padEnd(20)} ${(wasm.length / 1000).toFixed(1).padStart(5)} kB`);
  compiled += 1;
}
for (const file of readdirSync(data)) {
  if (!names.includes(file.replace(/\.ts$/, ""))) rmSync(new URL(file, data));
}
if (compiled > 0) {
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${compiled} of ${names.length} contracts compiled, ${seconds} s`);
}

/** @param {URL} place the sources in it, not below it */
function filesOf(place) {
  return readdirSync(place)
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => new URL(file, place));
}

/** @param {string} name @returns {Promise<Uint8Array | undefined>} */
async function compile(name) {
  // The optimizer of the compiler is WebAssembly itself: to optimize it costs more than its few seconds gain.
  setFlagsFromString("--liftoff-only");
  // Only now: it takes a second to load.
  const { main } = await import("assemblyscript/asc");
  /** @type {Uint8Array | undefined} */
  let wasm;
  const { error, stderr } = await main(
    [`${name}.ts`, "--baseDir", fileURLToPath(assembly), "--outFile", "out.wasm", ...OPTIONS],
    {
      writeFile: (_, contents) => {
        if (typeof contents !== "string") wasm = contents;
      },
    },
  );
  process.stderr.write(stderr.toString());
  return error === null ? wasm : undefined;
}
