/**
 * Runs the relayer's worker (packages/relayer/test/worker.ts) in workerd as it is deployed: bundled, in a Durable Object, its node a
 * localnet over HTTP. Fifty times the same delegate action at once, and again after the worker was started anew, are paid once.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { connect } from "../packages/account/dist/index.js";
import { serve } from "../packages/examples/dist/index.js";
import { createLocalnet } from "../packages/localnet/dist/index.js";
import { relayerClient } from "../packages/relayer/dist/client.js";
import { transfer } from "../packages/transactions/dist/index.js";
import { root } from "./test-files.mjs";

/** @param {string} nodeUrl @param {string} key @param {string} folder */
const config = (nodeUrl, key, folder) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .relayer),
    (name = "internet", network = (allow = ["private", "public"])),
    (name = "disk", disk = (path = "${folder}", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const relayer :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "relayer.js")],
  compatibilityDate = "2026-11-01",
  bindings = [
    (name = "NEAR_RPC", text = "${nodeUrl}"),
    (name = "RELAYER_ID", text = "relayer.near"),
    (name = "RELAYER_KEY", text = "${key}"),
    (name = "RELAYER", durableObjectNamespace = "Relayer"),
  ],
  durableObjectNamespaces = [(className = "Relayer", uniqueKey = "relayer", enableSql = true)],
  durableObjectStorage = (localDisk = "disk"),
);
`;

/** @param {string} binary of workerd @returns {Promise<string[]>} what is wrong */
export async function checkRelayerWorker(binary) {
  const folder = `${root}packages/relayer/.tmp`;
  mkdirSync(folder, { recursive: true });
  const accounts = Object.fromEntries(
    ["alice.near", "bob.near", "relayer.near"].map((id) => [id, /** @type {const} */ ("100 NEAR")]),
  );
  const chain = await createLocalnet({ accounts });
  const node = await serve(chain.fetch);
  await build({
    entryPoints: [`${folder}/test/worker.js`],
    outfile: `${folder}/relayer.js`,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
  });
  const storage = mkdtempSync(`${folder}/storage-`);
  const key = chain.signer("relayer.near").revealSecretKey();
  writeFileSync(`${folder}/relayer.capnp`, config(node.url, key, storage));
  const near = connect(chain);
  const alice = near.account("alice.near", chain.signer("alice.near"));
  const delegated = await alice.delegate("bob.near", [transfer("1 NEAR")]);
  /** @type {Set<string>} */
  const hashes = new Set();
  try {
    for (const times of [50, 2]) {
      const worker = await start(binary, `${folder}/relayer.capnp`);
      try {
        const { relay } = relayerClient(worker.url);
        const outcomes = await Promise.all(Array.from({ length: times }, () => relay(delegated)));
        for (const { hash } of outcomes) hashes.add(hash);
      } finally {
        worker.stop();
      }
    }
    const { total } = await near.account("bob.near").balance();
    const problems = [];
    if (hashes.size !== 1) problems.push(`relayer worker: ${hashes.size} transactions, not 1`);
    if (total !== 101n * 10n ** 24n) problems.push(`relayer worker: bob.near has ${total}`);
    return problems;
  } catch (error) {
    return [`relayer worker: ${String(error)}`];
  } finally {
    await node.close();
    rmSync(storage, { recursive: true, force: true });
  }
}

/** @param {string} binary @param {string} file */
async function start(binary, file) {
  const child = spawn(binary, ["serve", file, "--control-fd=3"], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let noise = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk) => (noise += chunk));
  /** @type {number} */
  const port = await new Promise((resolve, reject) => {
    child.stdio[3]?.on("data", (chunk) => resolve(JSON.parse(String(chunk)).port));
    child.on("exit", (code) => reject(new Error(`workerd ended with code ${code}: ${noise}`)));
  });
  return { url: `http://127.0.0.1:${port}/`, stop: () => void child.kill() };
}
