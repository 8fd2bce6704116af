/**
 * Runs a command line and says how it ended.
 * @module
 */
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isNearError } from "@yoctonear/base";
import { type Command, parseCommandLine } from "./command-line.ts";
import { HELP, versionLine } from "./help.ts";
import { readJsonFile } from "./json-file.ts";

/** What a command works with. */
export interface CommandContext {
  /** Takes what was asked for. */
  readonly out: (text: string) => void;
  /** Takes what goes on, and what went wrong. */
  readonly log: (text: string) => void;
  /** Settles when `run` is to end. */
  readonly end: Promise<unknown>;
  /** Home where the command line names none; `~/.near` unless told. */
  readonly home?: string | undefined;
}

const REFUSED = 1;
/** What clap, the parser of nearcore's command line, ends with. */
const MISUSED = 2;

/**
 * Runs a command line; what is refused is one line of the log, never an exception.
 * @param words - behind the program's name
 * @returns the exit code: 0, 1 for what cannot be done, 2 for a command line that is none
 * @example
 * ```ts
 * import { runCommand } from "yoctonear-sandbox";
 * let text = "";
 * const out = (part: string): void => void (text += part);
 * await runCommand(["--home", "/tmp", "stop"], { out, log: out, end: Promise.resolve() }); // 2
 * ```
 */
export async function runCommand(
  words: readonly string[],
  context: CommandContext,
): Promise<number> {
  try {
    const command = parseCommandLine(words, context.home ?? join(homedir(), ".near"));
    await execute(command, context);
    return 0;
  } catch (error) {
    context.log(`error: ${oneLine(error)}\n`);
    return isNearError(error, "usage") ? MISUSED : REFUSED;
  }
}

// Each loads what it needs: `init` is done before the chain's code were loaded.
async function execute(command: Command, { out, log, end }: CommandContext): Promise<void> {
  switch (command.type) {
    case "help":
      return out(HELP);
    case "version":
      return out(versionLine(ownVersion()));
    case "init": {
      const { initHome } = await import("./init.ts");
      return initHome(command.home, command.options);
    }
    case "dumpState": {
      const { dumpState } = await import("./dump-state.ts");
      return out(await dumpState(command.home, command.options));
    }
    case "run": {
      const { startSandbox } = await import("./sandbox.ts");
      const sandbox = await startSandbox(command.home, command.options);
      log(`chain ${sandbox.chainId} at ${sandbox.url}\n`);
      await end;
      return sandbox.stop();
    }
  }
}

function ownVersion(): string {
  return String(
    readJsonFile(fileURLToPath(new URL("../package.json", import.meta.url)))["version"],
  );
}

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s+/g, " ");
}
