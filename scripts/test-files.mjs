/** Finds test files by their sources, so that what was deleted does not run and what was not compiled is missed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../", import.meta.url));

/** Whose tests run on every runtime. */
export const EVERYWHERE =
  "base borsh primitives wasm keys transactions rpc account vm contracts localnet standards ml-dsa messages light-client relayer vectors".split(
    " ",
  );

/** @typedef {{ name: string, package: string, source: string, compiled: string }} TestFile */

/**
 * @param {{ packages?: readonly string[], slow?: boolean, browser?: boolean }} [options] `browser` takes `*.browser.ts` too
 * @returns {TestFile[]}
 */
export function findTests({
  packages = readdirSync(`${root}packages`),
  slow = false,
  browser = false,
} = {}) {
  const ending = browser ? /\.(test|browser)\.ts$/ : /\.test\.ts$/;
  return packages.flatMap((name) => {
    const folder = `${root}packages/${name}/test`;
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => ending.test(file) && (slow || !file.endsWith(".slow.test.ts")))
      .sort()
      .map((file) => ({
        name: `${name}/${file.replace(/(\.test)?\.ts$/, "")}`,
        package: name,
        source: `${folder}/${file}`,
        compiled: `${root}packages/${name}/.tmp/test/${file.replace(/\.ts$/, ".js")}`,
      }));
  });
}

/**
 * Says what is wrong with a file before it runs: not compiled, or a suite that nobody starts (uvu is silent about it).
 *
 * @param {TestFile} file
 * @returns {string | undefined}
 */
export function flaw(file) {
  if (!existsSync(file.compiled)) return "is not compiled: is its folder in a tsconfig.json?";
  const text = readFileSync(file.source, "utf8");
  for (const [, suite] of text.matchAll(/^\s*(?:const|let) (\w+)[^=\n]*= suite\b/gm)) {
    if (!new RegExp(`\\b${suite}\\.run\\(\\)`).test(text))
      return `defines ${suite} and never calls ${suite}.run()`;
  }
  return undefined;
}
