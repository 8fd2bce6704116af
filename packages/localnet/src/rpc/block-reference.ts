/**
 * Reads which block a request is about, with nearcore's errors.
 * Source: nearcore core/primitives/src/types.rs (`BlockReference`, `Finality`, `SyncCheckpoint`).
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { type Fields, isFields, isHash, isList, refuse, u64Or, unexpected } from "./serde.ts";

/** A block by its height or its hash. */
export type BlockId = bigint | string;

/** How settled a block is. */
type Finality = "optimistic" | "near-final" | "final";

/** Where a node starts from. */
type SyncCheckpoint = "genesis" | "earliest_available";

/** Which block. */
export type BlockReference =
  | { readonly type: "blockId"; readonly id: BlockId }
  | { readonly type: "finality"; readonly finality: Finality }
  | { readonly type: "syncCheckpoint"; readonly checkpoint: SyncCheckpoint };

const VARIANTS = ["block_id", "finality", "sync_checkpoint"] as const;
const FINALITIES = ["optimistic", "near-final", "final"] as const;
const CHECKPOINTS = ["genesis", "earliest_available"] as const;

/** Reads a reference that is all there is of the parameters, or the one block id of a list. */
export function readBlockReference(params: unknown): BlockReference {
  if (isList(params) && params.length === 1) {
    return { type: "blockId", id: readBlockId(params[0]) };
  }
  return readReferenceEnum(params);
}

/** Reads a reference from an object with nothing else in it. */
export function readReferenceEnum(value: unknown): BlockReference {
  if (typeof value === "string") {
    readVariant(value, VARIANTS);
    refuse("invalid type: unit variant, expected newtype variant");
  }
  if (!isFields(value)) refuse(`invalid type: ${unexpected(value)}, expected string or map`);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) {
    refuse("invalid value: map, expected map with a single key");
  }
  return readVariantValue(readVariant(entry[0], VARIANTS), entry[1]);
}

/** Finds a reference among other fields. */
export function findBlockReference(fields: Fields): BlockReference {
  for (const variant of VARIANTS) {
    const value = fields[variant];
    if (value !== undefined) return readVariantValue(variant, value);
  }
  refuse("no variant of enum BlockReference found in flattened data");
}

/** Reads a height or a hash. */
export function readBlockId(value: unknown): BlockId {
  const height = u64Or(value);
  if (height !== null) return height;
  if (isHash(value)) return value;
  refuse("data did not match any variant of untagged enum BlockId");
}

/** Reads one of a few names. */
export function readVariant<T extends string>(value: unknown, names: readonly T[]): T {
  if (isFields(value) || typeof value !== "string") {
    refuse(`invalid type: ${unexpected(value)}, expected string or map`);
  }
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const list = names.map((name) => `\`${name}\``).join(", ");
  refuse(`unknown variant \`${value}\`, expected one of ${list}`);
}

/** Writes a reference as nearcore shows it in an error. */
export function referenceJson(reference: BlockReference): { readonly [key: string]: Json } {
  switch (reference.type) {
    case "blockId":
      return { block_id: blockIdJson(reference.id) };
    case "finality":
      return { finality: reference.finality };
    case "syncCheckpoint":
      return { sync_checkpoint: reference.checkpoint };
  }
}

function blockIdJson(id: BlockId): Json {
  if (typeof id === "string") return id;
  return id <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(id) : id;
}

function readVariantValue(variant: (typeof VARIANTS)[number], value: unknown): BlockReference {
  switch (variant) {
    case "block_id":
      return { type: "blockId", id: readBlockId(value) };
    case "finality":
      return { type: "finality", finality: readVariant(value, FINALITIES) };
    case "sync_checkpoint":
      return { type: "syncCheckpoint", checkpoint: readTwo(value) };
  }
}

// serde joins two names by "or", three and more by commas.
function readTwo(value: unknown): SyncCheckpoint {
  const found = CHECKPOINTS.find((name) => name === value);
  if (found !== undefined) return found;
  if (typeof value !== "string") {
    refuse(`invalid type: ${unexpected(value)}, expected string or map`);
  }
  refuse(`unknown variant \`${value}\`, expected \`genesis\` or \`earliest_available\``);
}
