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
  const { sha256, gzip } = await open();
  const json = await unzip(decodeBase64(gzip));
  const digest = encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-256", json)));
  if (digest !== sha256) throw new Error(`expected SHA-256 ${sha256} of ${name}, got ${digest}`);
  const value = parse(new TextDecoder().decode(json));
  loaded.set(name, value);
  return value;
}

function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
