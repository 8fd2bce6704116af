/** Reads the packages: manifest, sources, tests, and what each file imports. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../", import.meta.url));

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {Record<string, string | Record<string, string>>} [exports]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 */
/** @typedef {{ specifier: string, isType: boolean }} Import */
/** @typedef {{ path: string, imports: Import[] }} Source path relative to its folder */
/** @typedef {{ folder: string, path: string, manifest: Manifest, sources: Source[], tests: Source[] }} Package */

const STATIC = /^(?:import|export)\s+(type\s+)?(?:[\w*{][^;"']*?\s+from\s+)?"([^"]+)"/gm;
const DYNAMIC = /\bimport\(\s*"([^"]+)"\s*\)/g;

/** @param {string} text @returns {Import[]} */
function importsOf(text) {
  return [
    ...[...text.matchAll(STATIC)].map(([, type, specifier = ""]) => ({
      specifier,
      isType: type !== undefined,
    })),
    ...[...text.matchAll(DYNAMIC)].map(([, specifier = ""]) => ({ specifier, isType: false })),
  ];
}

/** @param {string} folder @returns {Source[]} */
function readSources(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .sort()
    .map((path) => ({ path, imports: importsOf(readFileSync(`${folder}/${path}`, "utf8")) }));
}

/** @returns {Package[]} the packages of the workspace */
export function readPackages() {
  return readdirSync(`${root}packages`)
    .filter((folder) => existsSync(`${root}packages/${folder}/src`))
    .map((folder) => {
      const path = `${root}packages/${folder}`;
      /** @type {Manifest} */
      const manifest = JSON.parse(readFileSync(`${path}/package.json`, "utf8"));
      return {
        folder,
        path,
        manifest,
        sources: readSources(`${path}/src`),
        tests: readSources(`${path}/test`),
      };
    });
}

/**
 * The package that a specifier names, undefined for one inside a package.
 *
 * @param {string} specifier
 */
export function packageName(specifier) {
  if (/^[.#]/.test(specifier)) return undefined;
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/**
 * Prints the problems and sets the exit code.
 *
 * @param {readonly string[]} problems
 * @param {string} summary what was checked
 */
export function report(problems, summary) {
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? summary : `${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
