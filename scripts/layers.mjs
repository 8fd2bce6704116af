/**
 * Checks that a package imports only from strictly lower layers, and that no files of a package import each other in a circle.
 * Private packages may import anything.
 */
import { posix } from "node:path";
import { packageName, readPackages, report } from "./packages.mjs";

/** Layer → packages, as the design draws them */
const LAYERS = [
  ["base"],
  ["borsh", "primitives", "wasm"],
  ["keys", "abi"],
  ["ml-dsa", "transactions", "rpc"],
  ["account", "messages", "light-client", "vm"],
  ["standards", "relayer", "node", "localnet"],
  ["yoctonear-sandbox", "yoctonear"],
];

/** Run-time dependencies from outside: the audited primitives, each where it is needed. */
const OUTSIDE = /^@(noble|scure)\//;

/** What a package may import from Node. */
const ON_NODE = ["node", "yoctonear-sandbox"];

/** @param {string} name */
const layerOf = (name) =>
  LAYERS.findIndex((layer) => layer.includes(name.replace("@yoctonear/", "")));

const packages = readPackages().filter(({ manifest }) => manifest.private !== true);
const names = new Set(packages.map(({ manifest }) => manifest.name));
/** @type {string[]} */
const problems = [];

for (const { folder, manifest, sources } of packages) {
  const layer = layerOf(manifest.name);
  if (layer === -1) problems.push(`${folder}: has no layer in scripts/layers.mjs`);
  for (const { path, imports } of sources) {
    for (const { specifier } of imports) {
      const target = packageName(specifier);
      if (target === undefined || OUTSIDE.test(target)) continue;
      if (target.startsWith("node:") && ON_NODE.includes(manifest.name.replace("@yoctonear/", "")))
        continue;
      const place = `packages/${folder}/src/${path}: imports ${specifier}`;
      if (!names.has(target))
        problems.push(`${place}, which is neither a public package nor @noble or @scure`);
      else if (layerOf(target) >= layer)
        problems.push(`${place} of layer ${layerOf(target)} from layer ${layer}`);
    }
  }
  for (const cycle of cyclesOf(sources))
    problems.push(`packages/${folder}/src: cycle ${cycle.join(" → ")}`);
}
report(
  problems,
  `${packages.length} packages in ${LAYERS.length} layers, no import upwards or sideways, no cycle`,
);

/**
 * The first circle met from each file; imports of types alone do not count, they are gone at run time.
 *
 * @param {readonly import("./packages.mjs").Source[]} sources
 */
function cyclesOf(sources) {
  const edges = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier, isType }) => specifier.startsWith(".") && !isType)
        .map(({ specifier }) => posix.join(posix.dirname(path), specifier)),
    ]),
  );
  /** @type {string[][]} */
  const cycles = [];
  const done = new Set();
  /** @param {string} path @param {readonly string[]} trail */
  const visit = (path, trail) => {
    const start = trail.indexOf(path);
    if (start !== -1) return void cycles.push([...trail.slice(start), path]);
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
}
