/**
 * Loads the copied files: unzips, checks the SHA-256, parses without loss. Only web globals, so it works on every runtime.
 * @module
 */
import { decodeBase64, encodeHex } from "@yoctonear/base";
import { field, list, text } from "./access.ts";
import { type Json, parse } from "./json.ts";

interface DataModule {
  readonly sha256: string;
  readonly gzip: string;
}

const VECTORS = {
  protocol: (): Promise<DataModule> => import("./data/vectors-protocol.ts"),
  runtime: (): Promise<DataModule> => import("./data/vectors-runtime.ts"),
  chain: (): Promise<DataModule> => import("./data/vectors-chain.ts"),
};

const RECORDINGS = {
  scenarios: (): Promise<DataModule> => import("./data/recording-scenarios.ts"),
  probe: (): Promise<DataModule> => import("./data/recording-probe.ts"),
  "probe-more": (): Promise<DataModule> => import("./data/recording-probe-more.ts"),
  "probe-trie": (): Promise<DataModule> => import("./data/recording-probe-trie.ts"),
  methods: (): Promise<DataModule> => import("./data/recording-methods.ts"),
  chain: (): Promise<DataModule> => import("./data/recording-chain.ts"),
  http: (): Promise<DataModule> => import("./data/recording-http.ts"),
  genesis: (): Promise<DataModule> => import("./data/recording-genesis.ts"),
  load: (): Promise<DataModule> => import("./data/recording-load.ts"),
  epochs: (): Promise<DataModule> => import("./data/recording-epochs.ts"),
  mldsa: (): Promise<DataModule> => import("./data/recording-mldsa.ts"),
};

/** Files of known answers. */
export type VectorsName = keyof typeof VECTORS;

/** Files of recordings of a real node. */
export type RecordingName = keyof typeof RECORDINGS;

/** One known answer of protocol.json. */
export interface Vector {
  readonly id: string;
  readonly category: string;
  readonly name: string;
  readonly input: Json;
  readonly expected: Json;
  readonly source: string;
}

/** Loads one file of known answers. */
export function loadVectors(name: VectorsName): Promise<Json> {
  return load(`vectors/${name}`, VECTORS[name]);
}

/** Loads one recording. */
export function loadRecording(name: RecordingName): Promise<Json> {
  return load(`recordings/${name}`, RECORDINGS[name]);
}

/** Loads nearcore's parameters of protocol 86. */
export function loadParameters(): Promise<Json> {
  return load("parameters", () => import("./data/parameters.ts"));
}

/** Loads the probe contract, whose calls the recordings `probe`, `probe-more` and `probe-trie` hold: exactly these bytes. */
export async function loadProbeContract(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await unpack("probe contract", await import("./data/probe-wasm.ts")));
}

/** Loads the table of the probe's operations: number, name, parameters, result. */
export function loadProbeTable(): Promise<Json> {
  return load("probe table", () => import("./data/probe-table.ts"));
}

/**
 * Returns the vectors of one category of protocol.json, in the file's order.
 *
 * @throws {RangeError} when the category has none: a test that runs nothing is a mistake
 */
export async function vectorsOf(category: string): Promise<readonly Vector[]> {
  const all = list(await loadVectors("protocol"), "vectors");
  const found = all.filter((vector) => text(vector, "category") === category);
  if (found.length === 0)
    throw new RangeError(`expected a category of protocol.json, got ${category}`);
  return found.map((vector) => ({
    id: text(vector, "id"),
    category,
    name: text(vector, "name"),
    input: field(vector, "input"),
    expected: field(vector, "expected"),
    source: text(vector, "source"),
  }));
}

/** Values, not promises: workerd binds a promise to the request that made it. */
const loaded = new Map<string, Json>();

async function load(name: string, open: () => Promise<DataModule>): Promise<Json> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const value = parse(new TextDecoder().decode(await unpack(name, await open())));
  loaded.set(name, value);
  return value;
}

async function unpack(name: string, { sha256, gzip }: DataModule): Promise<ArrayBuffer> {
  const stream = new Blob([decodeBase64(gzip)])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(stream).arrayBuffer();
  const digest = encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  if (digest !== sha256) throw new Error(`expected SHA-256 ${sha256} of ${name}, got ${digest}`);
  return bytes;
}
