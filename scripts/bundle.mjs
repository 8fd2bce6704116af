/**
 * Makes one file of the command yoctonear-sandbox and all it loads, for a short start: dist/bundle.js, beside what tsc wrote.
 */
import { rmSync } from "node:fs";
import { build } from "esbuild";
import { root } from "./packages.mjs";

const dist = `${root}packages/yoctonear-sandbox/dist`;
rmSync(`${dist}/bundle.js`, { force: true });
await build({
  entryPoints: [`${dist}/bin.js`],
  outfile: `${dist}/bundle.js`,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  legalComments: "inline",
  logLevel: "warning",
});
