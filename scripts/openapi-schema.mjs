/**
 * Reads one schema of an OpenAPI document: as a TypeScript type, and as the names of its
 * 64-bit integers. For scripts/openapi.mjs.
 */

/** @typedef {{ [keyword: string]: any }} Schema */

/** Names that the package gives another meaning. @type {{ [name: string]: string }} */
const RENAMED = { BlockReference: "RpcBlockReference", Range_of_uint64: "RangeOfUint64" };

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

/**
 * Each number below a schema: the names on the way to it, and whether it has 64 bits. Lists are transparent; the values of a
 * map have the name of the map after an asterisk.
 * @param {Schema} schema
 * @param {{ [name: string]: Schema }} schemas
 * @param {readonly string[]} path
 * @returns {{ path: readonly string[], wide: boolean }[]}
 */
function numbersOf(schema, schemas, path = []) {
  /** @type {(inner: Schema, ...name: string[]) => ReturnType<typeof numbersOf>} */
  const below = (inner, ...name) => numbersOf(inner, schemas, [...path, ...name]);
  if (schema.$ref) return below(schemas[target(schema)] ?? {});
  const found = members(schema).flatMap((member) => below(member));
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    found.push(...below(value, name));
  }
  if (schema.items) found.push(...[schema.items].flat().flatMap((item) => below(item)));
  const values = schema.additionalProperties || Object.values(schema.patternProperties ?? {})[0];
  if (values) found.push(...below(values, `*${path.at(-1)}`));
  if (schema.type === "integer") found.push({ path, wide: is64Bit(schema) });
  if (schema.type === "number") found.push({ path, wide: false });
  return found;
}

/**
 * The names of the 64-bit integers below a schema, and after a minus those of the objects that have none although they use such
 * a name; where that will not do, the names with those of the objects that have them. Two meanings that even this cannot tell
 * apart are refused.
 * @param {Schema} schema
 * @param {{ [name: string]: Schema }} schemas
 */
export function integerNames(schema, schemas) {
  const numbers = numbersOf(schema, schemas);
  const wide = numbers.filter((number) => number.wide);
  const names = new Set(wide.map(({ path }) => path.at(-1)));
  const narrow = numbers.filter((number) => !number.wide && names.has(number.path.at(-1)));
  const without = new Set(narrow.map(({ path }) => path.at(-2)));
  const isMixed = wide.some(({ path }) => path.some((name) => without.has(name)));
  if (!isMixed) return [...names, ...[...without].map((name) => `-${name}`)].sort().join(" ");
  /** @type {(number: { path: readonly string[] }) => string} */
  const withOwner = ({ path }) => `${path.at(-2) ?? " "}.${path.at(-1)}`;
  const taken = new Set(narrow.map(({ path }) => path.at(-1)));
  const owned = wide.filter(({ path }) => taken.has(path.at(-1)));
  const refused = owned.find((one) => narrow.some((other) => withOwner(other) === withOwner(one)));
  if (refused) throw new Error(`${refused.path.join(".")} has a smaller integer for a namesake`);
  const plain = [...names].filter((name) => name !== undefined && !taken.has(name));
  return [...new Set([...plain, ...owned.map(withOwner)])].sort().join(" ");
}
