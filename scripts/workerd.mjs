/**
 * Runs test files in workerd, driven directly (miniflare wants Node 22). All files are one bundle; a request runs one of them inside
 * the fetch handler. The packages are imported outside the handler, where workerd forbids randomness, timers and input or output:
 * so nothing of ours does that at import. WebAssembly comes compiled: one contract does, as a worker's own would.
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { loadContract } from "../packages/contracts/dist/index.js";
import { prepareContract } from "../packages/wasm/dist/index.js";
import { root } from "./test-files.mjs";

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .tests)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const tests :Workerd.Worker = (
  modules = [(name = "tests", esModule = embed "tests.js"), (name = "hello.wasm", wasm = embed "hello.wasm")],
  compatibilityDate = "2026-11-01"
);
`;

/** @param {readonly string[]} files */
const entry = (files) => `
import hello from "hello.wasm";
globalThis.COMPILED_AHEAD = { hello };
globalThis.UVU_DEFER = 1;
const files = [
${files.map((file) => `  () => import(${JSON.stringify(file)}),`).join("\n")}
];
export default {
  async fetch(request) {
    const result = { passed: 0, failed: 0, skipped: 0, suites: 0, errors: "" };
    try {
      const queue = [];
      globalThis.UVU_QUEUE = [queue];
      await files[Number(new URL(request.url).searchParams.get("file"))]();
      result.suites = queue.length;
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
      result.errors += error.stack;
    }
    return Response.json(result);
  },
};
`;

/**
 * @param {string} binary
 * @param {readonly import("./test-files.mjs").TestFile[]} tests
 */
export async function startWorkerd(binary, tests) {
  const folder = `${root}packages/runtimes/.tmp`;
  mkdirSync(folder, { recursive: true });
  const names = new Set(tests.map((test) => test.package));
  const eager = [...names].map((name) => `import "${root}packages/${name}/dist/index.js";`);
  await build({
    stdin: {
      contents: `${eager.join("\n")}${entry(tests.map(({ compiled }) => compiled))}`,
      resolveDir: root,
    },
    outfile: `${folder}/tests.js`,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["hello.wasm"],
    ignoreAnnotations: true,
    logLevel: "error",
  });
  writeFileSync(`${folder}/config.capnp`, CONFIG);
  const hello = await loadContract("hello");
  writeFileSync(`${folder}/hello.wasm`, prepareContract(hello).bytes);
  const child = spawn(binary, ["serve", `${folder}/config.capnp`, "--control-fd=3"], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let noise = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk) => (noise += chunk));
  /** @type {number} */
  const port = await new Promise((resolve, reject) => {
    child.stdio[3]?.on("data", (chunk) => resolve(JSON.parse(String(chunk)).port));
    child.on("exit", (code) => reject(new Error(`workerd ended with code ${code}: ${noise}`)));
  });
  return {
    /** @param {number} index @returns {Promise<import("./test.mjs").Result>} */
    async run(index) {
      const signal = AbortSignal.timeout(180_000);
      const response = await fetch(`http://127.0.0.1:${port}/?file=${index}`, { signal }).catch(
        (error) => new Response(`${error}\n${noise}`, { status: 500 }),
      );
      if (response.ok) return JSON.parse(await response.text());
      return { passed: 0, failed: 1, skipped: 0, suites: 0, errors: `  ${await response.text()}` };
    },
    stop: () => void child.kill(),
  };
}
