/**
 * What ended a contract, from the engine's error: engines tell it only in words.
 * @module
 */
import type { WasmTrap } from "./function-call-error.ts";

// In the words of V8, JavaScriptCore and SpiderMonkey; the first that fits.
const TRAPS: readonly (readonly [trap: WasmTrap, words: RegExp])[] = [
  ["Unreachable", /unreachable/i],
  ["IllegalArithmetic", /zero|divi|remainder|overflow|unrepresentable|conversion|trunc/i],
  // V8 says "null function or function signature mismatch": the caller looks into the table.
  ["IncorrectCallIndirectSignature", /signature/i],
  ["IndirectCallToNull", /null/i],
  ["MemoryOutOfBounds", /out of (?:bounds|range)|outside|does ?n.t fit|exceeds/i],
];

/**
 * Returns the trap that an engine's error is, or `null` where the error is none: then something else is broken.
 * nearcore never runs out of its native stack within the heights that contracts may have. Where a JavaScript
 * engine does, the call ends as nearcore's own stack overflow would.
 */
export function trapOf(error: unknown): WasmTrap | null {
  if (!(error instanceof Error)) return null;
  if (isStackOverflow(error)) return "StackOverflow";
  if (!(error instanceof WebAssembly.RuntimeError)) return null;
  for (const [trap, words] of TRAPS) if (words.test(error.message)) return trap;
  return null;
}

function isStackOverflow(error: Error): boolean {
  // RangeError of V8 and JavaScriptCore, InternalError of SpiderMonkey.
  return /call stack size exceeded|too much recursion/i.test(error.message);
}
