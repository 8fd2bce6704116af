/**
 * Makes a failing module small, so that a person sees why it fails.
 * @module
 */
import { encodeModule } from "./metering-encode.ts";
import type { FunctionBody, Instruction, Module } from "./metering-module.ts";

/** Takes away what can be taken with the failure left. */
export function shrinkModule(module: Module, isFailing: (candidate: Module) => boolean): Module {
  let best = module;
  const attempt = (candidate: Module): boolean => {
    if (!WebAssembly.validate(encodeModule(candidate)) || !isFailing(candidate)) return false;
    best = candidate;
    return true;
  };
  const { start, ...withoutStart } = best;
  if (start !== undefined) attempt(withoutStart);
  attempt({ ...best, data: [] });
  attempt({ ...best, exports: best.exports.filter(({ kind }) => kind !== "global") });
  for (let before = -1; before !== sizeOf(best);) {
    before = sizeOf(best);
    for (const [index] of best.functions.entries()) shrinkFunction(index);
    for (const { name } of best.exports)
      attempt({ ...best, exports: best.exports.filter((each) => each.name !== name) });
  }
  return best;

  function shrinkFunction(index: number): void {
    attempt(withBody(best, index, [{ op: "unreachable" }, { op: "end" }]));
    const length = best.functions[index]?.body.length ?? 0;
    for (let size = Math.ceil(length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < (best.functions[index]?.body.length ?? 0);) {
        const body = best.functions[index]?.body ?? [];
        if (!attempt(withBody(best, index, [...body.slice(0, from), ...body.slice(from + size)])))
          from += size;
      }
    }
  }
}

function sizeOf({ functions, exports }: Module): number {
  return functions.reduce((sum, { body }) => sum + body.length, exports.length);
}

function withBody(module: Module, index: number, body: readonly Instruction[]): Module {
  const functions = module.functions.map((each, position): FunctionBody =>
    position === index ? { ...each, body } : each,
  );
  return { ...module, functions };
}
