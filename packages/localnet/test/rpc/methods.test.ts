// Compiles WebAssembly at run time, which workerd forbids.
/**
 * The requests that a real node was asked, asked of a localnet that starts from the same genesis and
 * has a like history: the same shapes, the same errors, the same statuses, both ways in.
 */
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { isRpcError, parseJson, stringifyJson } from "@yoctonear/rpc";
import { field, has, integer, type Json, list, loadRecording, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type History, makeHistory } from "./history.ts";
import { shapeDifferences } from "./shape.ts";

const recording = list(await loadRecording("methods"));

/** Rows that are no call of a method. */
const ODD = 8;

interface Tally {
  all: number;
  equal: number;
}

const testMethods = suite("methods: as a real node answers");

for (const way of ["transport", "fetch"] as const) {
  testMethods(`through ${way}`, async () => {
    const history = await makeHistory();
    const tallies = new Map<string, Tally>();
    const faults: string[] = [];
    for (const [index, recorded] of recording.entries()) {
      if (!has(recorded, "method")) continue;
      const method = text(recorded, "method");
      const differences = await compare(history, recorded, way);
      const tally = tallies.get(method) ?? { all: 0, equal: 0 };
      tallies.set(method, tally);
      tally.all += 1;
      if (differences.length === 0) tally.equal += 1;
      if (differences.length > 0) faults.push(`${index} ${method}: ${differences.join("; ")}`);
    }
    for (const [method, { all, equal }] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))) {
      console.log(`${way} ${method}: ${equal} of ${all}`);
    }
    assert.equal(faults, []);
    // With the eight odd bodies and pages below, all of them.
    assert.is(
      [...tallies.values()].reduce((sum, { all }) => sum + all, 0),
      181 - ODD,
    );
  });
}

testMethods("odd bodies and pages, word for word", async () => {
  const { fetch } = await createLocalnet();
  let count = 0;
  for (const recorded of recording) {
    if (has(recorded, "method")) continue;
    count += 1;
    const path = has(recorded, "get") ? text(recorded, "get") : "/";
    const raw = has(recorded, "raw") ? field(recorded, "raw") : null;
    const url = `http://127.0.0.1:3030${path}`;
    const request =
      raw === null ? new Request(url) : post(typeof raw === "string" ? raw : stringify(raw));
    const response = await fetch(request);
    assert.is(response.status, Number(integer(recorded, "http")));
    // What a node says of itself is its own.
    if (path !== "/status") assert.is(await response.text(), text(recorded, "text"));
  }
  assert.is(count, ODD);
});

testMethods.run();

interface Answer {
  readonly status: number;
  readonly result?: unknown;
  readonly error?: unknown;
}

async function compare(
  history: History,
  recorded: Json,
  way: "transport" | "fetch",
): Promise<readonly string[]> {
  const method = text(recorded, "method");
  const params = await history.translateParams(method, field(recorded, "params"));
  const answer =
    way === "transport"
      ? await askTransport(history.chain, method, params)
      : await askFetch(history.chain, method, params);
  const http = Number(integer(recorded, "http"));
  const differences: string[] = [];
  // A transport has no status; the fetch way compares it.
  if (way === "fetch" && answer.status !== http) {
    differences.push(`status ${answer.status} for ${http}`);
  }
  if (has(recorded, "error")) {
    const expected = history.translate(field(recorded, "error"));
    const shown = placeless(answer.error ?? { result: answer.result });
    if (stringify(shown) !== stringify(placeless(expected))) {
      differences.push(`${stringify(shown)} for ${stringify(placeless(expected))}`);
    }
    return differences;
  }
  if (answer.error !== undefined) return [...differences, `error ${stringify(answer.error)}`];
  // The texts of old-style errors are results, but errors all the same.
  const recordedResult = history.translate(field(recorded, "result"));
  if (isErrorResult(recordedResult) || isErrorResult(answer.result)) {
    const ours = stringify(placeless(answer.result));
    const theirs = stringify(placeless(recordedResult));
    return ours === theirs ? differences : [...differences, `${ours} for ${theirs}`];
  }
  if (has(recordedResult, "changes")) {
    const counts = [answer.result, recordedResult].map(countChanges);
    if (counts[0] !== counts[1]) differences.push(`${counts[0]} changes for ${counts[1]}`);
  }
  return [...differences, ...shapeDifferences(answer.result, recordedResult)];
}

/** Shapes of lists are compared as far as both go. */
function countChanges(answer: unknown): number {
  const isObject = typeof answer === "object" && answer !== null && "changes" in answer;
  return isObject && Array.isArray(answer.changes) ? answer.changes.length : 0;
}

async function askTransport(chain: Localnet, method: string, params: Json): Promise<Answer> {
  try {
    return { status: 0, result: await chain.transport({ method, params }) };
  } catch (error) {
    if (!isRpcError(error)) throw error;
    return { status: 0, error: error.raw };
  }
}

async function askFetch(chain: Localnet, method: string, params: Json): Promise<Answer> {
  const response = await chain.fetch(
    post(stringifyJson({ jsonrpc: "2.0", id: 1, method, params })),
  );
  const body = parseJson(await response.text());
  if (typeof body !== "object" || body === null) throw new TypeError("expected an object");
  if ("error" in body) return { status: response.status, error: body.error };
  return { status: response.status, result: "result" in body ? body.result : undefined };
}

function post(body: string): Request {
  const headers = { "content-type": "application/json" };
  return new Request("http://127.0.0.1:3030", { method: "POST", headers, body });
}

/** Heights and hashes of the block asked are of each chain. */
function placeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(placeless);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(
        ([key, entry]) =>
          [key, key === "block_hash" || key === "block_height" ? key : placeless(entry)] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function isErrorResult(value: unknown): boolean {
  return typeof value === "object" && value !== null && "error" in value && "logs" in value;
}

function stringify(value: unknown): string {
  return stringifyJson(value);
}
