/**
 * Answers of different nodes, made comparable.
 * @module
 */
import { stringifyJson } from "../json.ts";
import { field, isRecord } from "../record.ts";

/** Fields that differ between honest nodes, by the methods that have them. */
const DIFFERING: readonly (readonly [methods: RegExp, fields: readonly string[]])[] = [
  // At which head; the proof is of that one's state.
  [/^(query|EXPERIMENTAL_(view|call)_\w+)$/, ["block_hash", "block_height", "proof"]],
  [/^(tx|EXPERIMENTAL_tx_status)$/, ["final_execution_status"]],
];
/** The same in errors, and the words around them. */
const IN_ERRORS = ["block_hash", "block_height", "error_message", "logs"];

/**
 * Writes an answer, or an error that a node said, so that it is the same text for all who mean the same.
 * @param ignore - names of fields to leave out, at any depth
 */
export function comparable(method: string, said: unknown, ignore: readonly string[]): string {
  if (said instanceof Error) {
    const shown = { code: field(said, "code"), data: field(said, "data") };
    return `error ${stringifyJson(canonical(shown, [...IN_ERRORS, ...ignore]))}`;
  }
  const own = DIFFERING.find(([methods]) => methods.test(method))?.[1] ?? [];
  return `answer ${stringifyJson(canonical(said, [...own, ...ignore]) ?? null)}`;
}

/** How far a transaction has come, in the order in which it does. */
export const LEVELS: readonly unknown[] = [
  "NONE",
  "INCLUDED",
  "EXECUTED_OPTIMISTIC",
  "INCLUDED_FINAL",
  "EXECUTED",
  "FINAL",
];

/**
 * Picks of answers that are the same but for what is not compared the one that claims least: the least
 * settled transaction, the oldest block. More was said by one node only.
 */
export function weakest(answers: readonly unknown[]): unknown {
  const claim = (answer: unknown): number => {
    const level = LEVELS.indexOf(field(answer, "final_execution_status"));
    return level >= 0 ? level : Number(field(answer, "block_height") ?? -1);
  };
  return [...answers].sort((a, b) => claim(a) - claim(b))[0];
}

/** Fields in order, without those left out and without null, which may stand for absent. */
function canonical(value: unknown, ignore: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => canonical(item, ignore) ?? null);
  if (!isRecord(value)) return value;
  const names = Object.keys(value).filter((name) => !ignore.includes(name));
  return Object.fromEntries(
    names
      .sort()
      .map((name) => [name, canonical(value[name], ignore)] as const)
      .filter(([, inner]) => inner !== null && inner !== undefined),
  );
}
