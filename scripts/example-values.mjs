/**
 * Compares what an example says with what it gives: a statement of one line that ends in a comment which is a value
 * (`parseNear("1 NEAR"); // 10n ** 24n`). `// throws` says that it throws; any other words are not checked. A text may be cut by "…".
 */
import { inspect, isDeepStrictEqual } from "node:util";
import { runInThisContext } from "node:vm";

const STATEMENT =
  /^(?!import|export|const|let|function|class|return|throw|if|for|while|try|\/|\s|[)}\]])(.+); \/\/ (.+)$/;
const CONSTANT = /^(?:const|let) (\w+) = .+; \/\/ (.+)$/;

/** An example that gives another value than it says. */
export class Mismatch extends Error {}

let count = 0;

/** How many values were compared. */
export const compared = () => count;

/** @param {string} code compiled example */
export function instrument(code) {
  return code
    .split("\n")
    .map((line) => {
      const [, constant, value = ""] = CONSTANT.exec(line) ?? [];
      if (constant !== undefined) return `${line}\n$check(${constant}, ${JSON.stringify(value)});`;
      const [, statement, result = ""] = STATEMENT.exec(line) ?? [];
      if (statement === undefined) return line;
      if (result.startsWith("throws")) return `await $throws(async () => ${statement});`;
      return `$check(${statement}, ${JSON.stringify(result)});`;
    })
    .join("\n");
}

/** Puts in place what instrumented code calls. */
export function watch() {
  Object.assign(globalThis, { $check: check, $throws: throws });
}

/** @param {unknown} value @param {string} comment */
function check(value, comment) {
  const source = comment.replace(/^Uint8Array(?:\(\d+\))? ?(\[.*\])$/, "Uint8Array.from($1)");
  /** @type {unknown} */
  let expected;
  try {
    expected = runInThisContext(`(${source})`);
  } catch {
    return; // words, not a value
  }
  count += 1;
  const [start = "", rest] = typeof expected === "string" ? expected.split("…") : [];
  const isEqual =
    rest === undefined ? isDeepStrictEqual(value, expected) : String(value).startsWith(start);
  if (!isEqual) throw new Mismatch(`expected ${comment}, got ${inspect(value, { depth: 6 })}`);
}

/** @param {() => Promise<unknown>} action */
async function throws(action) {
  count += 1;
  const failed = await action().then(
    () => false,
    () => true,
  );
  if (!failed) throw new Mismatch(`expected ${String(action)} to throw`);
}
