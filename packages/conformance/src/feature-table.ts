/**
 * What a client does on the sandbox, and what came back: a table for people, and a test that it has no hole.
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { stringifyJson } from "yoctonear/rpc";

/** One thing that a client does. */
export interface Feature<C> {
  /** As the client calls it. */
  readonly name: string;
  /** Does it, and tells what came back in a few words: the same each time. */
  readonly run: (context: C) => Promise<string>;
}

/** Collects the rows of a client. */
export interface FeatureTable {
  add(name: string, cameBack: string): void;
  /** The table as Markdown. */
  text(): string;
  /**
   * Compares with the file in the repository; with `WRITE_TABLES` in the environment it writes that instead.
   * @throws {Error} where they differ, or something came back empty
   */
  check(names: readonly string[]): void;
}

/** Every kind of action that nearcore has, as it spells them. */
export const ACTION_KINDS = [
  "CreateAccount",
  "DeployContract",
  "FunctionCall",
  "Transfer",
  "Stake",
  "AddKey",
  "DeleteKey",
  "DeleteAccount",
  "Delegate",
  "DelegateV2",
  "DeployGlobalContract",
  "DeployGlobalContractByAccountId",
  "UseGlobalContract",
  "UseGlobalContractByAccountId",
  "DeterministicStateInit",
  "TransferToGasKey",
  "WithdrawFromGasKey",
] as const;

type Row = readonly [name: string, cameBack: string];

const HEADER: Row = ["what it does", "what came back"];

/** Starts a table. */
export function createTable(title: string, file: URL): FeatureTable {
  const rows: Row[] = [];
  const text = (): string => `# ${title}\n\n${aligned([HEADER, ...rows]).join("\n")}\n`;
  return {
    add: (name, cameBack) => void rows.push([name, cameBack]),
    text,
    check: (names) => {
      const answered = new Map(rows);
      for (const name of names) {
        if (!answered.get(name)) throw new Error(`expected an answer to ${name}, got none`);
      }
      if (process.env["WRITE_TABLES"] !== undefined) writeFileSync(file, text());
      const known = existsSync(file) ? readFileSync(file, "utf8") : "";
      if (known === text()) return;
      const lines = known.split("\n");
      const other = text()
        .split("\n")
        .filter((line) => !lines.includes(line));
      throw new Error(
        `expected the table of ${file.pathname}, got other lines:\n${other.join("\n")}`,
      );
    },
  };
}

/** Lines of a table as the formatter lays it out. */
function aligned(rows: readonly Row[]): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], filler: string): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(" | ")} |`;
  const [header = [], ...rest] = cells.map((row) => line(row, " "));
  return [String(header), line(["", ""], "-"), ...rest];
}

/** Tells of an answer with a transaction in it: its actions, and how it ended. */
export function executed(answer: object): string {
  const transaction = fieldOf(answer, "transaction");
  const status = fieldOf(answer, "status");
  const actions = Object.values(fieldOf(transaction, "actions") ?? {}).map(kindOf);
  return `${actions.join(", ")}: ${ending(status)}`;
}

/** A value that a contract returned is told, nothing is "ok". */
function ending(status: object | string | undefined): string {
  const value = fieldOf(status, "SuccessValue");
  if (typeof value !== "string") return stringifyJson(status);
  return value === "" ? "ok" : atob(value);
}

const LEVELS: readonly unknown[] = [
  "NONE",
  "INCLUDED",
  "EXECUTED_OPTIMISTIC",
  "INCLUDED_FINAL",
  "EXECUTED",
  "FINAL",
];

/**
 * Tells how far a transaction was when it was waited for: it may be further than was asked.
 * @throws {Error} where it is less far
 */
export function reached(level: unknown, asked: string): string {
  if (!LEVELS.includes(level) || LEVELS.indexOf(level) < LEVELS.indexOf(asked)) {
    throw new Error(`expected ${asked} or further, got ${String(level)}`);
  }
  return `${asked} or further`;
}

/** Kinds of the actions in what {@link executed} told. */
export function kindsIn(told: string): readonly string[] {
  return told.split(":", 1)[0]?.split(", ") ?? [];
}

function kindOf(action: unknown): string {
  if (typeof action === "string") return action;
  return typeof action === "object" && action !== null ? (Object.keys(action)[0] ?? "") : "";
}

function fieldOf(value: unknown, name: string): object | string | undefined {
  const found: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof found === "object" && found !== null) return found;
  return typeof found === "string" ? found : undefined;
}
