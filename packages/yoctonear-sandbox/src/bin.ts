/**
 * The process around a command line: its streams, signals and exit code.
 * @module
 */
import { runCommand } from "./command.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const end = new Promise<void>((resolve) => {
  for (const signal of SIGNALS) process.on(signal, () => resolve());
});
// Whoever started this may have stopped reading.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const code = await runCommand(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  log: (text) => void process.stderr.write(text),
  end,
  home: process.env["NEAR_HOME"],
});
// Clients that keep their connections must not keep the process.
process.exit(code);
