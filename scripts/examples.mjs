/**
 * Runs every example: each ```ts block of a README, and of each doc comment in a package's sources. An example is type-checked and run as a module
 * against the built packages, as a user would see them; its values are checked by example-values.mjs. `--filter text` takes
 * the examples whose file contains the text.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { format, parseArgs } from "node:util";
import { compared, instrument, Mismatch, watch } from "./example-values.mjs";
import { readPackages, report, root } from "./packages.mjs";

/** @typedef {{ place: string, name: string, code: string }} Example */

const { filter } = parseArgs({ options: { filter: { type: "string", default: "" } } }).values;
/** A folder of its own for each filter, so that two runs do not meet. */
const work = `${root}packages/examples/.tmp/docs${filter.replace(/\W+/g, "-")}`;
const packages = readPackages();
const examples = [
  ...examplesOf("README.md"),
  ...packages.flatMap(({ folder, sources }) => [
    ...examplesOf(`packages/${folder}/README.md`),
    ...sources.flatMap(({ path }) => examplesOf(`packages/${folder}/src/${path}`)),
  ]),
].filter(({ place }) => place.includes(filter));
/** @type {string[]} */
const problems = [];

watch();
prepare();
compile();
if (problems.length === 0) for (const example of examples) await run(example);
report(problems, `${examples.length} examples run, ${compared()} values compared`);
process.exit();

/** @param {string} file @returns {Example[]} */
function examplesOf(file) {
  if (!existsSync(root + file)) return [];
  const text = readFileSync(root + file, "utf8");
  return [...text.matchAll(/^( \* |  *\* |)```ts\n([^]*?)^\1```/gm)].map(
    ({ 1: indent = "", 2: body = "", index }) => {
      const line = text.slice(0, index).split("\n").length;
      const code = body
        .split("\n")
        .map((each) =>
          each.startsWith(indent) ? each.slice(indent.length) : each.replace(/^\s*\*$/, ""),
        );
      return {
        place: `${file}:${line}`,
        name: `${file.replace(/\W+/g, "-")}-${line}`,
        code: code.join("\n"),
      };
    },
  );
}

/** A folder from which every package can be imported by its public name. */
function prepare() {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(`${work}/node_modules/@yoctonear`, { recursive: true });
  for (const { path, manifest } of packages)
    symlinkSync(path, `${work}/node_modules/${manifest.name}`, "junction");
  const compilerOptions = {
    composite: false,
    customConditions: [],
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    moduleDetection: "force",
    noUnusedLocals: false,
    noUnusedParameters: false,
    outDir: "out",
    rootDir: ".",
  };
  const config = {
    extends: "../../../../tsconfig.json",
    compilerOptions,
    include: ["*.ts"],
    files: [],
    references: [],
  };
  writeFileSync(`${work}/tsconfig.json`, JSON.stringify(config));
  writeFileSync(`${work}/package.json`, '{ "type": "module" }');
  for (const { name, code } of examples) writeFileSync(`${work}/${name}.ts`, code);
}

function compile() {
  try {
    execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-p", work], {
      cwd: work,
      encoding: "utf8",
    });
  } catch (error) {
    const output =
      error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
    const places = new Map(examples.map(({ name, place }) => [name, place]));
    problems.push(
      ...output
        .trim()
        .split("\n")
        .map((line) => line.replace(/^([\w-]+)\.ts/, (all, name) => places.get(name) ?? all)),
    );
  }
}

/** @param {Example} example */
async function run({ place, name }) {
  const file = `${work}/out/${name}.js`;
  writeFileSync(file, instrument(readFileSync(file, "utf8")));
  /** @type {(() => Promise<[errors: string | true]>)[]} */
  const queue = [];
  Object.assign(globalThis, { UVU_DEFER: 1, UVU_QUEUE: [queue] });
  const restore = mute();
  try {
    await import(pathToFileURL(file).href);
    for (const test of queue) {
      const [errors] = await test();
      if (errors !== true) throw new Error(errors);
    }
  } catch (error) {
    problems.push(
      `${place}: ${error instanceof Error && !(error instanceof Mismatch) ? error.stack : format("%s", error)}`,
    );
  }
  restore();
}

/** Examples may print; the list of problems stays readable. */
function mute() {
  const { log } = console;
  const write = process.stdout.write.bind(process.stdout);
  console.log = () => {};
  process.stdout.write = () => true;
  return () => {
    console.log = log;
    process.stdout.write = write;
  };
}
