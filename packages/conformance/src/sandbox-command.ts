/**
 * The command of `yoctonear-sandbox`, as whoever has it in `NEAR_SANDBOX_BIN_PATH` starts it.
 * @module
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "yoctonear-sandbox";

/** Path of the launcher. */
export function sandboxCommand(): string {
  const manifest = new URL(import.meta.resolve("yoctonear-sandbox/package.json"));
  return fileURLToPath(new URL("bin/yoctonear-sandbox.mjs", manifest));
}

/** A sandbox in a process of its own. */
export interface SandboxProcess {
  readonly url: string;
  /** Secret key of `test.near`, the validator. */
  readonly rootKey: `ed25519:${string}`;
  /** Ends it; resolves with its exit code. */
  end(): Promise<number | null>;
}

/** Starts a sandbox in a fresh home, at a free port. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
  const home = mkdtempSync(join(tmpdir(), "yoctonear-conformance-"));
  const command = sandboxCommand();
  await runCommand(["--home", home, "init", "--fast", "--chain-id", "localnet"], {
    out: () => {},
    log: (text) => console.error(text),
    end: Promise.resolve(),
  });
  const keyFile = readFileSync(join(home, "validator_key.json"), "utf8");
  const secret = /"secret_key": "ed25519:(\w+)"/.exec(keyFile)?.[1] ?? "";
  const child = spawn(command, ["--home", home, "run", "--rpc-addr", "127.0.0.1:0"]);
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let log = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      const found = /at (http:\S+)\n/.exec(log)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`expected a start, got ${log}`)));
  });
  return {
    url,
    rootKey: `ed25519:${secret}`,
    end: async () => {
      child.kill("SIGTERM");
      const code = await ended;
      rmSync(home, { recursive: true, force: true });
      return code;
    },
  };
}
