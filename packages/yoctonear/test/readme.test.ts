/**
 * What the READMEs promise. For Node only: it reads files and runs scripts/examples.mjs.
 * @module
 */
// oxlint-disable eslint/no-restricted-imports
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const node = globalThis.process.execPath;

interface Manifest {
  readonly private?: boolean;
  readonly exports: { readonly [entry: string]: { readonly default: string } };
}

const folders = readdirSync(`${root}packages`, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);
const readmes = [
  "README.md",
  "packages/README.md",
  ...folders.map((name) => `packages/${name}/README.md`),
].flatMap((file) => {
  try {
    return [{ file, text: readFileSync(root + file, "utf8") }];
  } catch {
    return [];
  }
});
const examples = readmes.flatMap(({ text }) => [...text.matchAll(/^```(?:ts|typescript|js)\n/gm)]);

const test = suite("umbrella: READMEs");

test("P49: every package that is published has a README with an example", () => {
  for (const name of folders) {
    if (manifestOf(name).private === true) continue;
    const readme = readmes.find((each) => each.file === `packages/${name}/README.md`);
    assert.match(readme?.text ?? "", "```ts\n", name);
  }
});

test("P49: every name that a README imports is exported by what it is imported from", async () => {
  let count = 0;
  for (const { file, text } of readmes) {
    for (const [, kind, list = "", from = ""] of text.matchAll(
      /^import (type )?\{([^}]*)\} from "([^"]+)";/gm,
    )) {
      const entry = fileURLToPath(urlOf(from));
      const types = readFileSync(entry.replace(/\.js$/, ".d.ts"), "utf8");
      const names: object = await import(urlOf(from));
      for (const item of list.split(",").map((each) => each.trim())) {
        if (item === "") continue;
        const [name = ""] = item.replace(/^type /, "").split(" as ");
        const isThere =
          kind !== undefined || item.startsWith("type ")
            ? new RegExp(`\\b${name}\\b`).test(types)
            : name in names;
        assert.ok(isThere, `${file}: ${name} of ${from}`);
        count++;
      }
    }
  }
  assert.ok(count > 40, `${count} names`);
});

test("P49: every subpath that a README names is one", () => {
  const { exports } = manifestOf("yoctonear");
  const { text = "" } = readmes.find(({ file }) => file === "packages/yoctonear/README.md") ?? {};
  const named = [...text.matchAll(/`(?:yoctonear)?(\/[a-z\d-]+)`/g)].map(([, path]) => `.${path}`);
  const there = Object.keys(exports).filter((entry) => !/^\.$|package\.json/.test(entry));
  assert.equal(named.sort(), there.sort());
});

test("P49: every example of a README compiles, runs and gives the values it says", () => {
  const { status, stdout, stderr } = spawnSync(
    node,
    [`${root}scripts/examples.mjs`, "--filter", "README"],
    { cwd: root, encoding: "utf8" },
  );
  assert.is(status, 0, stdout + stderr);
  const [, run, compared] = /(\d+) examples run, (\d+) values compared/.exec(stdout) ?? [];
  assert.is(Number(run), examples.length);
  assert.ok(Number(compared) >= 15, stdout);
});

test.run();

function manifestOf(name: string): Manifest {
  const manifest: Manifest = JSON.parse(
    readFileSync(`${root}packages/${name}/package.json`, "utf8"),
  );
  return manifest;
}

/** Where a name of a package leads: what Node would take. */
function urlOf(specifier: string): string {
  const [, name = "", path = ""] = /^(?:@yoctonear\/)?([a-z-]+)(\/.*)?$/.exec(specifier) ?? [];
  const target = manifestOf(name).exports[`.${path}`]?.default;
  assert.ok(target !== undefined, `${specifier} is no entry`);
  return new URL(`../../../${name}/${target}`, import.meta.url).href;
}
