/**
 * Checks each package.json against the files: exports against src and dist, dependencies against imports, tsconfig
 * references against dependencies. Without `--check` it writes the references.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { packageName, readPackages, report, root } from "./packages.mjs";

/** @typedef {import("./packages.mjs").Package} Package */

const isCheck = process.argv.includes("--check");
const packages = readPackages();
const folders = new Map(packages.map(({ folder, manifest }) => [manifest.name, folder]));
/** @type {string[]} */
const problems = [];

for (const each of packages) {
  checkManifest(each);
  checkExports(each);
  checkDependencies(each);
  const { dependencies = {}, devDependencies = {} } = each.manifest;
  // A private package may import what is a devDependency; one that only its tests import is not built first.
  const own = imported(each.sources, each);
  references(
    `packages/${each.folder}/tsconfig.json`,
    [...folders].filter(([name]) => own.has(name)).map(([, folder]) => `../${folder}`),
  );
  if (existsSync(`${each.path}/test`)) {
    const used = inWorkspace({ ...dependencies, ...devDependencies });
    references(`packages/${each.folder}/test/tsconfig.json`, [
      "..",
      ...used.map((folder) => `../../${folder}`),
    ]);
  }
}
references(
  "tsconfig.json",
  packages.flatMap(({ folder, path }) => {
    const own = `packages/${folder}`;
    return existsSync(`${path}/test`) ? [own, `${own}/test`] : [own];
  }),
);
const versions = new Set(packages.map(({ manifest }) => manifest.version));
if (versions.size > 1)
  problems.push(`expected one version everywhere, got ${[...versions].join(", ")}`);
report(
  problems,
  `${packages.length} packages: exports, dependencies and references agree with the files`,
);

/** @param {Package} each */
function checkManifest({ folder, manifest }) {
  const expected = { type: "module", sideEffects: false, engines: { node: ">=20.19" } };
  // What tsc writes is not executable: a command has a launcher of its own.
  const files = existsSync(`${root}packages/${folder}/bin`)
    ? ["bin", "dist", "src"]
    : ["dist", "src"];
  const published = { license: "MIT OR Apache-2.0", files };
  const wanted = manifest.private === true ? expected : { ...expected, ...published };
  for (const [key, value] of Object.entries(wanted)) {
    const found = JSON.stringify(Reflect.get(manifest, key));
    const right = JSON.stringify(value);
    if (found !== right)
      problems.push(`packages/${folder}/package.json: expected ${key} ${right}, got ${found}`);
  }
}

/** @param {Package} each */
function checkExports({ folder, path, manifest }) {
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (subpath === "./package.json") continue;
    const name = subpath === "." ? "index" : subpath.slice(2);
    const right = {
      "@yoctonear/source": `./src/${name}.ts`,
      types: `./dist/${name}.d.ts`,
      default: `./dist/${name}.js`,
    };
    const place = `packages/${folder}/package.json: exports["${subpath}"]`;
    if (JSON.stringify(target) !== JSON.stringify(right))
      problems.push(`${place} is not ${JSON.stringify(right)}`);
    for (const file of Object.values(right)) {
      if (!existsSync(`${path}/${file}`)) problems.push(`${place}: there is no ${file}`);
    }
  }
}

/** @param {Package} each */
function checkDependencies(each) {
  const { folder, manifest } = each;
  const own = imported(each.sources, each);
  const tests = imported(each.tests, each);
  const dependencies = Object.keys(manifest.dependencies ?? {});
  const development = Object.keys(manifest.devDependencies ?? {});
  const place = `packages/${folder}/package.json:`;
  for (const name of own) {
    const isThere =
      dependencies.includes(name) || (manifest.private === true && development.includes(name));
    if (!isThere) problems.push(`${place} src imports ${name}, which is not in dependencies`);
  }
  for (const name of tests) {
    if (!dependencies.includes(name) && !development.includes(name)) {
      problems.push(`${place} test imports ${name}, which is in no dependencies`);
    }
  }
  for (const name of dependencies) {
    if (!own.has(name)) problems.push(`${place} nothing in src imports the dependency ${name}`);
  }
  for (const name of development) {
    if (!tests.has(name) && !own.has(name) && !name.startsWith("@types/"))
      problems.push(`${place} no test imports the devDependency ${name}`);
    if (dependencies.includes(name)) problems.push(`${place} ${name} is a dependency twice`);
  }
}

/** @param {readonly import("./packages.mjs").Source[]} sources @param {Package} each */
function imported(sources, { manifest }) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const { specifier } of sources.flatMap(({ imports }) => imports)) {
    const name = packageName(specifier);
    if (name !== undefined && name !== manifest.name && !name.startsWith("node:")) names.add(name);
  }
  return names;
}

/** @param {Record<string, string>} dependencies */
function inWorkspace(dependencies) {
  return [...folders].filter(([name]) => name in dependencies).map(([, folder]) => folder);
}

/** @param {string} file @param {readonly string[]} paths */
function references(file, paths) {
  if (!existsSync(root + file)) return void problems.push(`${file}: is not there`);
  const before = readFileSync(root + file, "utf8");
  /** @type {{ references?: { path: string }[] }} */
  const config = JSON.parse(before);
  const found = (config.references ?? []).map(({ path }) => path);
  const isRight = [...found].sort().join() === [...paths].sort().join();
  if (isRight) return;
  if (isCheck)
    return void problems.push(
      `${file}: references are not ${paths.join(", ")}: run scripts/exports.mjs`,
    );
  config.references = [...paths].sort().map((path) => ({ path }));
  // As oxfmt sets it: a list of texts on one line.
  const text = JSON.stringify(config, null, 2).replace(
    /\[\s+("[^"{}]*")\s+\]/g,
    (_, items) => `[${items.replace(/,\s+/g, ", ")}]`,
  );
  writeFileSync(root + file, `${text}\n`);
}
