/**
 * Runs the compiled tests of the core packages in headless Chromium, and those that need a browser (`*.browser.ts`): the same
 * bundle as in workerd, in a page of localhost, driven over DevTools' pipe. Says so and ends well where there is no
 * Chromium (Debian: `apt-get install chromium`; elsewhere set CHROMIUM to its path). `--filter text` as in test.mjs.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { build } from "esbuild";
import { EVERYWHERE, findTests, flaw, root } from "./test-files.mjs";

/** @typedef {import("./test.mjs").Result} Result */
/** @typedef {import("./test-files.mjs").TestFile} TestFile */

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
/** Nothing of it asks for the network: this machine's or a CI's may have none. */
const FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage --remote-debugging-pipe".split(
    " ",
  );
const TIMEOUT = 180_000;

const { filter } = parseArgs({ options: { filter: { type: "string", default: "" } } }).values;
const binary = findChromium();
if (binary === undefined) {
  console.log("chromium: skipped, not installed");
} else {
  await main(binary);
}

/** @param {string} binary */
async function main(binary) {
  const found = findTests({ packages: EVERYWHERE, browser: true });
  const wanted = found.filter(({ name }) => name.includes(filter));
  const start = performance.now();
  const totals = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const problems = [];
  const files = wanted.filter((file) => {
    const problem = flaw(file);
    if (problem !== undefined) problems.push(`${file.name} ${problem}`);
    return problem === undefined;
  });
  if (files.length > 0) {
    const page = await openPage(binary, await bundled(files));
    try {
      for (const [index, { name }] of files.entries()) {
        const result = await page.run(index);
        totals.passed += result.passed;
        totals.failed += result.failed;
        totals.skipped += result.skipped;
        if (result.failed > 0) problems.push(`\n${name}\n${result.errors.trimEnd()}`);
      }
    } finally {
      await page.stop();
    }
  }
  for (const problem of problems) console.error(stripVTControlCharacters(problem));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const { passed, failed, skipped } = totals;
  console.log(
    `chromium: ${files.length} files, ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`,
  );
  if (problems.length > 0 || passed === 0) process.exitCode = 1;
}

function findChromium() {
  const { CHROMIUM, PATH = "" } = process.env;
  if (CHROMIUM !== undefined && CHROMIUM !== "") return CHROMIUM;
  const paths = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @param {readonly TestFile[]} tests */
async function bundled(tests) {
  const folder = `${root}packages/runtimes/.tmp`;
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/page.js`;
  const imports = tests.map(({ compiled }) => `  () => import(${JSON.stringify(compiled)}),`);
  await build({
    stdin: {
      contents: `globalThis.UVU_DEFER = 1;
const files = [
${imports.join("\n")}
];
globalThis.runFile = async (index) => {
  const result = { passed: 0, failed: 0, skipped: 0, errors: "" };
  try {
    const queue = [];
    globalThis.UVU_QUEUE = [queue];
    await files[index]();
    for (const run of queue) {
      const [errors, passed, skipped, total] = await run();
      result.passed += passed;
      result.failed += total - passed;
      result.skipped += skipped;
      if (errors !== true) result.errors += errors;
    }
    if (result.failed === 0 && result.passed + result.skipped === 0) throw new Error("registered no test");
  } catch (error) {
    result.failed += 1;
    result.errors += error?.stack ?? error;
  }
  return result;
};
`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    // wabt asks for them where there is Node.
    external: ["fs", "path", "crypto"],
    ignoreAnnotations: true,
    logLevel: "error",
  });
  return readFileSync(outfile);
}

/**
 * @param {string} binary
 * @param {Uint8Array} bundle
 */
async function openPage(binary, bundle) {
  const server = createServer(({ url }, response) => {
    if (url === "/") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end('<!doctype html><script type="module" src="/tests.js"></script>');
    } else if (url === "/tests.js") {
      response.setHeader("content-type", "text/javascript; charset=utf-8");
      response.end(bundle);
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const profile = mkdtempSync(join(tmpdir(), "yoctonear-chromium-"));
  const browser = startBrowser(binary, profile);
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  /** @param {string} expression */
  const evaluate = async (expression) => {
    const parameters = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await browser.send(
      "Runtime.evaluate",
      parameters,
      sessionId,
    );
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  };
  const load = async () => {
    await browser.send("Page.enable", {}, sessionId);
    const loaded = browser.event("Page.loadEventFired");
    await browser.send("Page.navigate", { url: `http://127.0.0.1:${port}/` }, sessionId);
    await loaded;
  };
  await load();
  return {
    /** @param {number} index @returns {Promise<Result>} */
    run: async (index) => {
      try {
        return await evaluate(`runFile(${index})`);
      } catch (error) {
        return { passed: 0, failed: 1, skipped: 0, suites: 0, errors: `  ${String(error)}` };
      }
    },
    stop: async () => {
      await browser.stop();
      server.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Chromium with DevTools' protocol on its descriptors 3 and 4: JSON messages, each ended by a zero byte.
 *
 * @param {string} binary
 * @param {string} profile
 */
function startBrowser(binary, profile) {
  const child = spawn(binary, [...FLAGS, `--user-data-dir=${profile}`], {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
  });
  const [, , noiseStream, input, output] = child.stdio;
  let noise = "";
  noiseStream?.setEncoding("utf8").on("data", (text) => (noise = (noise + text).slice(-4000)));
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  /** @type {Map<string, () => void>} */
  const events = new Map();
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    const end = () => {
      for (const { reject } of waiting.values()) reject(new Error(`Chromium ended: ${noise}`));
      waiting.clear();
      resolve();
    };
    // Once its helpers have let go of its output as well, nothing writes into the profile any more.
    child.on("close", end).on("error", end);
  });
  let rest = "";
  if (output !== null && output !== undefined && "setEncoding" in output)
    output.setEncoding("utf8");
  output?.on("data", (chunk) => {
    const messages = (rest + chunk).split("\0");
    rest = messages.pop() ?? "";
    for (const message of messages) {
      const { id, method, result, error } = JSON.parse(message);
      events.get(method)?.();
      const call = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) call?.resolve(result);
      else call?.reject(new Error(error.message));
    }
  });
  let last = 0;
  /**
   * @param {string} method
   * @param {object} params
   * @param {string} [sessionId]
   * @returns {Promise<any>}
   */
  const send = (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error(`${method}: no answer in ${TIMEOUT / 1000} s; ${noise}`));
      }, TIMEOUT);
      const settle = (/** @type {(value: any) => void} */ then) => (/** @type {any} */ value) => {
        clearTimeout(timer);
        then(value);
      };
      waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      if (input !== null && input !== undefined && "write" in input)
        input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  return {
    send,
    /** @param {string} name @returns {Promise<void>} */
    event: (name) => new Promise((resolve) => void events.set(name, resolve)),
    stop: async () => {
      await Promise.race([ended, send("Browser.close", {})]).catch(() => child.kill("SIGKILL"));
      await ended;
    },
  };
}
