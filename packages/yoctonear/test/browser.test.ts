/**
 * Each entry bundled for browsers and run without anything that Node adds. For Node only.
 * @module
 */
// oxlint-disable eslint/no-restricted-imports
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const home = fileURLToPath(new URL("../../", import.meta.url));
const esbuild = fileURLToPath(new URL("../../../../node_modules/.bin/esbuild", import.meta.url));

/** What is done with each entry, in a page that is not secure; `it` is what the entry exports. */
const USES: { readonly [entry: string]: string } = {
  ".": `const signer = it.ed25519KeyPair("11111111111111111111111111111111");
    const signature = await signer.sign({ kind: "message", bytes: hash, hash });
    return [signer.publicKey, signature.length > 90, it.randomEd25519KeyPair().publicKey.slice(0, 8),
      it.formatNear(it.parseNear("0.1 NEAR") * 3n), typeof it.connect("testnet").account]`,
  "./account": `const transport = () => Promise.reject(new Error("offline"));
    return it.exists({ transport, accountId: "alice.near" }).catch(({ message }) => message)`,
  "./borsh": "return [...it.encode(it.string, 'é')]",
  "./contract": `const transport = () => Promise.reject(new Error("offline"));
    return it.contract({ transport }, "counter.near").view.get().catch(({ message }) => message)`,
  "./credentials": `try { it.parseCredential("{}", []) } catch ({ code }) { return code }`,
  "./ed25519": `const pair = it.ed25519KeyPairFromSeed(hash);
    await pair.sign({ kind: "message", bytes: hash, hash });
    return it.verifyEd25519(hash, new Uint8Array(64), new Uint8Array(32).fill(2))`,
  "./errors": `return it.isNearError(new it.LimitError("IntegerOverflow"), "IntegerOverflow")`,
  "./indexed-db": `return it.openKeyDatabase({ network: "testnet" }).catch(({ code }) => code)`,
  "./keys": `return it.parsePublicKey("ed25519:11111111111111111111111111111111").bytes.length`,
  "./light-client": `return it.shardIndexOf("alice.near", { V2: { boundary_accounts: ["b.near"], shard_ids: [0n, 1n] } })`,
  "./messages": `const nonce = it.createNonce();
    const message = { message: "hi", recipient: "app.example", nonce };
    const key = "ed25519:11111111111111111111111111111111";
    const signature = btoa(String.fromCharCode(...new Uint8Array(64).fill(7)));
    const transport = () => Promise.reject(new Error("offline"));
    return [nonce.length, it.messageRequest(message).bytes.length, await it.verifyMessage(
      transport, { accountId: "alice.near", publicKey: key, signature }, message).catch(({ code }) => code)]`,
  "./primitives": `return [it.formatHash(it.sha256(new Uint8Array(0))), it.ethImplicitAccountId(new Uint8Array(64))]`,
  "./rpc": `return it.parseJson(it.stringifyJson({ nonce: 18446744073709551615n })).nonce`,
  "./secp256k1": `const signer = it.secp256k1KeyPair("secp256k1:X4ETFKtQkSGVoZEnkn7bZ3LyajJaK2b3eweXaKmynGx");
    const signature = await signer.sign({ kind: "message", bytes: hash, hash });
    return [signature.slice(0, 10), it.randomSecp256k1KeyPair().publicKey.slice(0, 10)]`,
  "./secp256k1-seed-phrase": `return it.parseSecp256k1SeedPhrase(
    "tag interest match crew twin proof cushion visit ball square aim armed").publicKey.slice(0, 10)`,
  "./seed-phrase": `const { phrase } = it.generateSeedPhrase();
    return [phrase.split(" ").length, it.parseSeedPhrase(
      "tag interest match crew twin proof cushion visit ball square aim armed").publicKey]`,
  "./standards": `const transport = () => Promise.reject(new Error("offline"));
    return [it.parseTokens({ tokens: "1.50" }, 6), it.formatTokens(1n, 6),
      await it.ft({ transport }, "usdt.near").balance("bob.near").catch(({ message }) => message)]`,
  "./transactions": `return it.transactionHash(it.createTransaction({
    signerId: "alice.near", receiverId: "bob.near", nonce: 1n, actions: [it.transfer("1 NEAR")],
    publicKey: "ed25519:11111111111111111111111111111111", blockHash: "11111111111111111111111111111111" }))`,
  "./webcrypto": "return it.hasEd25519()",
};

/** What it must give. */
const RESULTS: { readonly [entry: string]: unknown } = {
  ".": [
    "ed25519:4zvwRjXUKGfvwnParsHAS3HuSVzV5cA4McphgmoCtajS",
    true,
    "ed25519:",
    "0.3 NEAR",
    "function",
  ],
  "./account": "offline",
  "./borsh": [2, 0, 0, 0, 195, 169],
  "./contract": "offline",
  "./credentials": "invalid_key",
  "./ed25519": false,
  "./errors": true,
  "./indexed-db": "unsupported",
  "./keys": 32,
  "./light-client": 0,
  "./messages": [32, 58, "unsupported"],
  "./primitives": [
    "GKot5hBsd81kMupNCXHaqbhv3huEbxAFMLnpcX2hniwn",
    "0x3f17f1962b36e491b30a40b2405849e597ba5fb5",
  ],
  "./rpc": 18446744073709551615n,
  "./secp256k1": ["secp256k1:", "secp256k1:"],
  "./secp256k1-seed-phrase": "secp256k1:",
  "./seed-phrase": [12, "ed25519:9uMmkWHWqnqwFcAhH2tS3x3cc4hzGKa5TGWFajMXGkDX"],
  "./standards": [1_500_000n, "0.000001", "offline"],
  "./transactions": "kstapNmQRPM5oymgmdJYELpLCWTNBGUVHYJHjUKAUFp",
  "./webcrypto": false,
};

/** Takes away what a page that is not secure lacks, and says when something asks for it. */
const PAGE = `
  const { parentPort } = require("node:worker_threads");
  const { getRandomValues } = crypto;
  const random = { getRandomValues: getRandomValues.bind(crypto) };
  for (const name of ["Buffer", "process", "global", "require", "module", "exports", "setImmediate",
    "clearImmediate", "__filename", "__dirname", "crypto"]) delete globalThis[name];
  globalThis.crypto = random;
`;

/** The globals of Node; noble has a method that is called `process`. */
const NODE =
  /\b(Buffer|__dirname|__require)\b|typeof process|(?<![\w.])(process[.?[]|require\()|\bnode:/;

const test = suite("umbrella: in a browser");

const { exports }: { readonly exports: { readonly [entry: string]: unknown } } = JSON.parse(
  readFileSync(`${home}package.json`, "utf8"),
);
const entries = Object.keys(exports).filter((entry) => entry !== "./package.json");

test("P48: no entry is forgotten here", () => {
  assert.equal(Object.keys(USES).sort(), [...entries].sort());
});

for (const entry of entries) {
  test(`P48: yoctonear${entry.slice(1)} bundles for browsers, and runs without Buffer, process and crypto.subtle`, async () => {
    const code = bundle(
      `export * from "yoctonear${entry.slice(1)}"`,
      "--format=iife",
      "--global-name=it",
    );
    assert.not.match(code, NODE);
    // Messages are verified by the platform where it can, and it is for the caller to say by what where it cannot.
    const isForSecurePages = ["./webcrypto", "./indexed-db", "./messages"].includes(entry);
    if (!isForSecurePages) assert.not.match(code, /\bsubtle\b/);
    assert.equal(await runInPage(code, USES[entry] ?? ""), RESULTS[entry]);
  });
}

test("P48: the page of these tests has none of what it must not have", async () => {
  const asked = `return ["Buffer", "process", "require", "global"].map((name) => typeof globalThis[name])
    .concat(typeof crypto.subtle)`;
  assert.equal(
    await runInPage("", asked),
    Array.from({ length: 5 }, () => "undefined"),
  );
});

test("P48: an amount helper is at most 500 bytes", () => {
  for (const names of ["parseNear", "formatNear", "parseNear, formatNear"]) {
    const code = bundle(`export { ${names} } from "yoctonear"`, "--format=esm", "--minify");
    const { length } = gzipSync(code, { level: 9 });
    assert.ok(length <= (names.includes(",") ? 700 : 500), `${names}: ${length} bytes`);
  }
});

test("P48: nothing but noble and scure is installed with it", () => {
  const seen = new Set<string>();
  const visit = (folder: string): void => {
    const { dependencies = {} }: { readonly dependencies?: object } = JSON.parse(
      readFileSync(`${folder}/package.json`, "utf8"),
    );
    for (const name of Object.keys(dependencies)) {
      if (seen.has(name)) continue;
      seen.add(name);
      if (name.startsWith("@yoctonear/")) visit(`${home}../${name.slice("@yoctonear/".length)}`);
    }
  };
  visit(home);
  const foreign = [...seen].filter((name) => !name.startsWith("@yoctonear/"));
  assert.equal(foreign.sort(), ["@noble/curves", "@noble/hashes", "@scure/bip39"]);
});

test.run();

/** Bundles a module as a browser would get it. */
let bundles = 0;

function bundle(source: string, ...options: readonly string[]): string {
  // A file, not standard input: from there esbuild 0.28 sometimes wraps modules that it need not wrap.
  const entry = `${home}.tmp/${bundles++}.js`;
  writeFileSync(entry, source);
  const fixed = ["--bundle", "--platform=browser", "--target=es2022", "--legal-comments=none"];
  const { stdout, stderr, error } = spawnSync(esbuild, [entry, ...fixed, ...options], {
    cwd: home,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  rmSync(entry);
  if (error !== undefined) throw error;
  assert.is(stderr, "");
  return stdout;
}

/** Runs a script, then what is done with it, in a thread of its own. */
function runInPage(code: string, use: string): Promise<unknown> {
  const task = `(async () => { const hash = new Uint8Array(32).fill(7); ${use} })()`;
  const script = `${PAGE} (0, eval)(${JSON.stringify(`${code}\n${task}`)}).then(
    (result) => parentPort.postMessage(result))`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { eval: true });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("expected a result, got none")));
  });
}
