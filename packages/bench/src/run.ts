/**
 * `pnpm bench`: ours beside near-api-js and near-kit, and the chain in memory, in one run. With words behind it, only what has
 * one of them in its title, the long ones too: `pnpm bench deploy`, `pnpm bench memory`.
 * @module
 */
import { cpus } from "node:os";
import { measureChain } from "./chain.ts";
import { compareLibraries } from "./libraries.ts";

const [cpu] = cpus();
console.log(
  `${cpu?.model ?? "unknown CPU"}, ${cpus().length} cores · Node ${process.version} · ${new Date().toISOString().slice(0, 10)}\n`,
);
const words = process.argv.slice(2);
const isNamed = (title: string): boolean => words.some((word) => title.includes(word));
await compareLibraries((title) => words.length === 0 || isNamed(title));
await measureChain(words.length === 0 ? null : isNamed);
