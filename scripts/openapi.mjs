/**
 * Writes `packages/rpc/src/generated/` from nearcore's OpenAPI document: the types of what the RPC functions return, and for
 * each the places where a 64-bit integer stands; for the tests the names of the document's methods and causes of errors.
 *
 * node scripts/openapi.mjs <openapi.json>           writes the three files
 * node scripts/openapi.mjs <openapi.json> --check   fails when they are out of date
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addBeyond, ref, UNDESCRIBED } from "./openapi-beyond.mjs";
import { integerNames, target, type, typeName } from "./openapi-schema.mjs";

/** @typedef {import("./openapi-schema.mjs").Schema} Schema */

/** What the functions return; the types below them come along. */
const RESULTS = [
  "RpcViewAccountResponse",
  "RpcViewAccessKeyResponse",
  "RpcViewAccessKeyListResponse",
  "RpcViewCodeResponse",
  "RpcViewStateResponse",
  "RpcViewGasKeyNoncesResponse",
  "RpcCallFunctionResponse",
  "RpcBlockResponse",
  "RpcChunkResponse",
  "RpcGasPriceResponse",
  "RpcProtocolConfigResponse",
  "RpcReceiptResponse",
  "RpcReceiptToTxResponse",
  // nearcore has these two names the wrong way round.
  "RpcStateChangesInBlockResponse",
  "RpcStateChangesInBlockByTypeResponse",
  "RpcStatusResponse",
  "RpcTransactionResponse",
  "RpcValidatorResponse",
  "GenesisConfig",
  "RpcNetworkInfoResponse",
  "RpcClientConfigResponse",
  "RpcSplitStorageInfoResponse",
  "RpcCongestionLevelResponse",
  "Range_of_uint64",
  "ValidatorStakeView",
  "RpcLightClientNextBlockResponse",
  "RpcLightClientExecutionProofResponse",
  "RpcLightClientBlockProofResponse",
  "RpcLightClientExecutionOutcomeProofResponse",
  "RpcLightClientChunkExecutionProofResponse",
  "RpcLightClientStateProofResponse",
  "RpcIndexerBlockResponse",
  "RpcViewGasKeyResponse",
  "RpcViewGasKeyListResponse",
];

/** The causes of their errors. */
const ERRORS = [
  "RpcQueryError",
  "RpcCallFunctionError",
  "RpcBlockError",
  "RpcChunkError",
  "RpcGasPriceError",
  "RpcProtocolConfigError",
  "RpcReceiptError",
  "RpcReceiptToTxError",
  "RpcStateChangesError",
  "RpcStatusError",
  "RpcTransactionError",
  "RpcValidatorError",
  "RpcViewAccountError",
  "RpcViewAccessKeyError",
  "RpcViewAccessKeyListError",
  "RpcViewCodeError",
  "RpcViewStateError",
  "RpcNetworkInfoError",
  "RpcClientConfigError",
  "RpcSplitStorageInfoError",
  "RpcMaintenanceWindowsError",
  "RpcLightClientNextBlockError",
  "RpcLightClientProofError",
  "RpcRequestValidationErrorKind",
  "InternalError",
];

/** @type {{ [name: string]: string }} */
const MEANINGS = {
  AccountId: "A NEAR account id.",
  CryptoHash: "SHA-256 in base58.",
  EpochId: "Hash that names an epoch, in base58.",
  NearGas: "Gas.",
  NearToken: "yoctoNEAR as a decimal string (u128).",
  PublicKey: "Public key in text form, `ed25519:…`.",
  PublicKeyHandle: "Public key, or for ML-DSA its hash, in text form.",
  Signature: "Signature in text form, `ed25519:…`.",
  ShardId: "Id of a shard (not its index).",
  StoreKey: "Key of contract storage in base64.",
  StoreValue: "Value of contract storage in base64.",
  Finality:
    "How settled a block must be: `optimistic` is the newest and may still be replaced, `near-final` and `final` cannot.",
  FunctionArgs: "Arguments of a function call in base64.",
};

const source = process.argv[2];
if (source === undefined) throw new Error("expected the path of openapi.json");
/** @type {{ info: { version: string, "x-nearcore"?: string }, paths: object, components: { schemas: { [name: string]: Schema } } }} */
const document = JSON.parse(readFileSync(source, "utf8"));
const schemas = document.components.schemas;

const documented = {
  methods: Object.keys(document.paths).map((path) => path.slice(1)),
  requestTypes: everyEnum(schemas["RpcQueryRequest"], "request_type"),
  // The rest of the names are variants of other enums.
  causes: Object.entries(schemas)
    .filter(([name]) => /^Rpc\w+Error(Kind)?$|^InternalError$/.test(name))
    .flatMap(([, schema]) => everyEnum(schema, "name")),
};
addBeyond(schemas);

/** The values that a property of this name has anywhere below. @type {(schema: unknown, property: string) => string[]} */
function everyEnum(schema, property) {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === property && value?.enum ? value.enum : everyEnum(value, property),
  );
}

/** Each cause of an error with its `info`, over all methods. @type {Map<string, Schema[]>} */
const causes = new Map();
for (const cause of ERRORS.flatMap((name) => schemas[name]?.["oneOf"] ?? [])) {
  const { name, info } = cause.properties;
  // `query` gives this error as text within a result, so the structured one never comes.
  if (name.enum[0] === "CONTRACT_EXECUTION_ERROR") delete info.properties.error;
  // nearcore leaves the cause empty and puts the reason into `error.data`.
  const data = name.enum[0] === "INVALID_TRANSACTION" ? ref("InvalidTxError") : info;
  const open = data !== undefined && !cause.required.includes("info") ? [{}] : [];
  causes.set(name.enum[0], [...(causes.get(name.enum[0]) ?? []), data ?? {}, ...open]);
}

/** @type {Set<string>} */
const reached = new Set();
/** @type {(schema: unknown) => void} */
function reach(schema) {
  if (typeof schema !== "object" || schema === null) return;
  const name = "$ref" in schema ? target(schema) : undefined;
  if (name !== undefined && !reached.has(name)) {
    reached.add(name);
    reach(schemas[name]);
  }
  Object.values(schema).forEach(reach);
}
[...RESULTS.map(ref), ...causes.values()].forEach(reach);

const header = `/**
 * WHAT
 * Generated by scripts/openapi.mjs from nearcore's OpenAPI ${document.info.version} (${document.info["x-nearcore"]}): edit nothing here.
 * @module
 */
`;
/** Errors go through no list: their integers are as the JSON parser gives them. @type {(text: string) => string} */
const asParsed = (text) => text.replaceAll(/\b(bigint|ShardId)\b/g, "(number | bigint)");
const declarations = [...reached].sort().map((name) => {
  // Only errors have these.
  const inErrors = ["BlockId", "TimeoutErrorCause"].includes(name);
  const text = inErrors ? asParsed(type(schemas[name] ?? {})) : type(schemas[name] ?? {});
  const meaning = MEANINGS[name] ?? `nearcore's \`${name}\`.`;
  const plain = text.startsWith("{") && text.endsWith("}") && schemas[name]?.["type"] === "object";
  const single = plain && !schemas[name]?.["oneOf"] && !schemas[name]?.["anyOf"];
  return `/** ${meaning} */\nexport ${single ? `interface ${typeName(name)} ${text}` : `type ${typeName(name)} = ${text};`}\n`;
});
const data = [...causes]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, infos]) => {
    const texts = infos.map((info) => {
      if (Object.keys(info).length === 0) return "undefined";
      return info["$ref"] ? type(info) : asParsed(type(info));
    });
    return `readonly ${name}: ${[...new Set(texts)].join(" | ")};`;
  });
// Where a node gives no cause, the name of the error is the code; the indexer's causes are nowhere described.
for (const name of ["HANDLER_ERROR", "REQUEST_VALIDATION_ERROR", "UNKNOWN", ...UNDESCRIBED]) {
  data.push(`readonly ${name}: unknown;`);
}
const types = `${header.replace("WHAT", "What an RPC node answers, in nearcore's own names. A newer node may send more fields and variants\n * than these. 64-bit integers are bigint, 128-bit ones decimal strings.")}
${declarations.join("\n")}
/** What an error of each code carries; an integer beyond 2^53 is bigint. */
export interface RpcErrorData { ${data.join(" ")} }
`;

const lists = RESULTS.map((name) => {
  const names = integerNames(ref(name), schemas);
  // `callFunction` reads its one integer by hand, since it is what the smallest bundles hold.
  if (name === "RpcCallFunctionResponse" && names === "block_height") return "";
  return `/** Of \`${typeName(name)}\`. */\nexport const integersOf${typeName(name)} = "${names}";\n`;
});
const integers = `${header.replace("WHAT", "Names of the fields that hold 64-bit integers in what a node answers, for `toBigints`.")}
${lists.join("\n")}`;

/** The names that the document has, read before anything was added. @type {(name: string, meaning: string, names: readonly string[]) => string} */
const namesList = (name, meaning, names) =>
  `/** ${meaning} */\nexport const ${name} = ${JSON.stringify([...new Set(names)].sort())} as const;\n`;
const names = `${header.replace("WHAT", "What the OpenAPI document names, for the test that nothing of it is missing.")}
${namesList("OPENAPI_METHODS", "Methods.", documented.methods)}
${namesList("OPENAPI_REQUEST_TYPES", "Kinds of `query`.", documented.requestTypes)}
${namesList("OPENAPI_CAUSES", "Causes of errors.", documented.causes)}`;

const folder = join(dirname(fileURLToPath(import.meta.url)), "../packages/rpc");
const files = {
  "src/generated/types.ts": types,
  "src/generated/integers.ts": integers,
  "test/openapi-names.ts": names,
};
for (const [file, text] of Object.entries(files)) {
  const temporary = join(mkdtempSync(join(tmpdir(), "openapi-")), basename(file));
  writeFileSync(temporary, text);
  execFileSync("npx", ["oxfmt", "-c", "scripts/oxfmt.json", temporary]);
  const formatted = readFileSync(temporary, "utf8");
  rmSync(dirname(temporary), { recursive: true });
  if (!process.argv.includes("--check")) writeFileSync(join(folder, file), formatted);
  else if (readFileSync(join(folder, file), "utf8") !== formatted) {
    throw new Error(`${file} is out of date: run node scripts/openapi.mjs <openapi.json>`);
  }
}
