/**
 * Files of JSON in a home folder, laid out as nearcore does.
 * @module
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseJson } from "@yoctonear/rpc";
import { SandboxError } from "./sandbox-error.ts";

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: unknown };

/** Tells an object of JSON. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads an object of JSON.
 * @throws {SandboxError} `home`; what is in the file is never shown, it may be a key
 */
export function readJsonFile(path: string): JsonObject {
  const value = readJsonValue(path);
  if (isJsonObject(value)) return value;
  throw new SandboxError("home", `expected ${path} to hold an object of JSON`);
}

/** Reads JSON of any type. */
export function readJsonValue(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new SandboxError("home", `cannot read ${path}: ${systemFault(error)}`, { cause: error });
  }
  try {
    return parseJson(text);
  } catch (error) {
    throw new SandboxError("home", `${path} is no JSON: ${place(String(error), text)}`);
  }
}

/** Writes JSON in lines, as nearcore's files are. */
export function writeJsonFile(path: string, value: unknown, mode = 0o644): void {
  writeTextFile(path, prettyJson(value), mode);
}

/**
 * Writes a file, whole or not at all.
 * @throws {SandboxError} `home`
 */
export function writeTextFile(path: string, text: string, mode = 0o644): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { mode });
    renameSync(draft, path);
  } catch (error) {
    throw new SandboxError("home", `cannot write ${path}: ${systemFault(error)}`, { cause: error });
  }
}

/** What the system said, in words. */
export function systemFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "no such file or folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ENOTDIR") return "its folder is a file";
  if (code === "EEXIST") return "it is a file";
  if (code === "EISDIR") return "it is a folder";
  return code === "" ? "unknown fault" : code;
}

/** Lays JSON out as serde's pretty form: two spaces, nothing in an empty list or object. */
function prettyJson(value: unknown, indent = ""): string {
  if (typeof value === "bigint") return value.toString();
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length === 0) return "[]";
    const lines = items.map((item) => inner + prettyJson(item, inner));
    return `[\n${lines.join(",\n")}\n${indent}]`;
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const lines = Object.entries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${prettyJson(item, inner)}`,
  );
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

/** The engine's own message would quote the text. */
function place(fault: string, text: string): string {
  const position = /position (\d+)/.exec(fault)?.[1];
  if (position === undefined) return text.trim() === "" ? "it is empty" : "it ends too early";
  const before = text.slice(0, Number(position)).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
