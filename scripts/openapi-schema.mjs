/**
 * Reads one schema of an OpenAPI document: as a TypeScript type, and as the places of its 64-bit
 * integers. For scripts/openapi.mjs.
 */

/** @typedef {{ [keyword: string]: any }} Schema */
/** A leaf is "u64", "number" (fits a double) or "other"; an object maps fields, "*" is any key. */
/** @typedef {string | { [field: string]: any }} Shape */

/** Names that the package gives another meaning. @type {{ [name: string]: string }} */
const RENAMED = { BlockReference: "RpcBlockReference" };

/** The name that a reference points to. @type {(schema: Schema) => string} */
export const target = (schema) => schema.$ref.split("/").at(-1);
/** The name of the type made of it. @type {(name: string) => string} */
export const typeName = (name) => RENAMED[name] ?? name;
/** @type {(schema: Schema) => Schema[]} */
const members = (schema) => schema.oneOf ?? schema.anyOf ?? schema.allOf ?? [];

/** The TypeScript type. @type {(schema: Schema) => string} */
export function type(schema) {
  const core = coreType(schema);
  return schema.nullable && core !== "null" ? `${core} | null` : core;
}

/** @type {(schema: Schema) => string} */
function coreType(schema) {
  if (schema.$ref) return typeName(target(schema));
  if (schema.enum)
    return schema.enum.map((/** @type {unknown} */ value) => JSON.stringify(value)).join(" | ");
  const union = members(schema);
  if (union.length > 0) {
    // A member that demands nothing: any part of the others may be missing.
    const open = union.some((member) => Object.keys(member).length === 0);
    const named = union.filter((member) => Object.keys(member).length > 0);
    const texts = open
      ? [`Partial<${type(named[0] ?? {})}>`]
      : [...new Set(named.map((member) => type(member)))];
    const joined = texts.join(schema.allOf ? " & " : " | ");
    return schema.properties ? `(${joined}) & ${objectType(schema)}` : joined;
  }
  if (schema.type === "array") {
    const { items, minItems, maxItems } = schema;
    if (Array.isArray(items)) return `readonly [${items.map(type).join(", ")}]`;
    const pair = minItems === 2 && maxItems === 2;
    return pair ? `readonly [${type(items)}, ${type(items)}]` : `readonly (${type(items)})[]`;
  }
  if (schema.type === "object") return objectType(schema);
  if (schema.type === "integer") return is64Bit(schema) ? "bigint" : "number";
  if (schema.type === "number" || schema.type === "boolean" || schema.type === "string") {
    return schema.type;
  }
  throw new Error(`unknown schema: ${JSON.stringify(schema)}`);
}

/** @type {(schema: Schema) => string} */
export function objectType(schema) {
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([name, value]) =>
      schema.required?.includes(name)
        ? `readonly ${name}: ${type(value)};`
        : `readonly ${name}?: ${type(value)} | undefined;`,
    );
    return `{ ${fields.join(" ")} }`;
  }
  const values = schema.additionalProperties || Object.values(schema.patternProperties ?? {})[0];
  return `Readonly<Record<string, ${values ? type(values) : "unknown"}>>`;
}

/** `uint` is usize, 64 bits on every node. @type {(schema: Schema) => boolean} */
function is64Bit(schema) {
  return ["uint64", "int64", "uint"].includes(schema.format);
}

/** The places of 64-bit integers. @type {(schema: Schema, schemas: { [name: string]: Schema }) => Shape} */
export function shapeOf(schema, schemas) {
  /** @type {(inner: Schema) => Shape} */
  const shape = (inner) => shapeOf(inner, schemas);
  if (schema.$ref) return shape(schemas[target(schema)] ?? {});
  const union = members(schema).map(shape);
  if (schema.properties) {
    union.push(
      Object.fromEntries(Object.entries(schema.properties).map(([k, v]) => [k, shape(v)])),
    );
  }
  if (union.length > 0) return union.reduce(joinShapes);
  if (schema.type === "array") {
    return Array.isArray(schema.items)
      ? schema.items.map(shape).reduce(joinShapes)
      : shape(schema.items);
  }
  if (schema.type === "integer") return is64Bit(schema) ? "u64" : "number";
  const values = schema.additionalProperties || Object.values(schema.patternProperties ?? {})[0];
  return values ? { "*": shape(values) } : "other";
}

/** @type {(a: Shape, b: Shape) => Shape} */
function joinShapes(a, b) {
  if (typeof a === "object" && typeof b === "object") {
    const joined = { ...a };
    for (const [k, v] of Object.entries(b)) joined[k] = k in joined ? joinShapes(joined[k], v) : v;
    return joined;
  }
  if (typeof a === "object" || typeof b === "object") return typeof a === "object" ? a : b;
  if (a === b || b === "other") return a;
  if (a === "other") return b;
  throw new Error("one path holds integers of two widths");
}

/** Without the leaves that are no 64-bit integers. @type {(shape: Shape) => Shape | undefined} */
function pruned(shape) {
  if (typeof shape === "string") return shape === "u64" ? shape : undefined;
  const fields = Object.entries(shape).map(([name, value]) => [name, pruned(value)]);
  const kept = fields.filter(([, value]) => value !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/**
 * Declares each root as a constant; a tree that stands in several places becomes a constant too,
 * before its users, with the name of its schema.
 * @param {Map<string, Shape>} roots
 * @param {Map<string, Shape>} types the trees of all schemas
 */
export function declareShapes(roots, types) {
  /** @type {Map<string, number>} */
  const uses = new Map();
  /** @type {(shape: Shape) => void} */
  const count = (shape) => {
    const key = JSON.stringify(shape);
    uses.set(key, (uses.get(key) ?? 0) + 1);
    if (typeof shape === "object" && uses.get(key) === 1) Object.values(shape).forEach(count);
  };
  const trees = new Map([...roots].map(([name, shape]) => [name, pruned(shape) ?? {}]));
  trees.forEach(count);
  const names = new Map([...types].map(([name, shape]) => [JSON.stringify(pruned(shape)), name]));
  /** @type {Map<string, string>} */
  const declared = new Map();
  /** @type {(shape: Shape) => string} */
  const body = (shape) => {
    if (typeof shape === "string") return "1";
    const fields = Object.entries(shape).map(([name, value]) => `"${name}": ${expression(value)}`);
    return `{ ${fields.join(", ")} }`;
  };
  /** @type {(shape: Shape) => string} */
  const expression = (shape) => {
    const key = JSON.stringify(shape);
    const name = names.get(key);
    if (key.length < 40 || name === undefined || (uses.get(key) ?? 0) < 2) return body(shape);
    const constant = `integersOf${name}`;
    if (!declared.has(constant)) {
      declared.set(constant, `const ${constant}: Shape = ${body(shape)};\n`);
    }
    return constant;
  };
  for (const [name, shape] of trees) {
    const text = `/** Of \`${name}\`. */\nexport const integersOf${name}: Shape = ${body(shape)};\n`;
    declared.set(`integersOf${name}`, text);
  }
  return [...declared.values()].join("\n");
}
