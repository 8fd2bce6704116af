/**
 * Reads what `query` and the `EXPERIMENTAL_view_…` methods ask for, with nearcore's errors.
 * Source: nearcore chain/jsonrpc/src/api/query.rs, core/primitives/src/views.rs (`QueryRequest`).
 * @module
 */
import { compareBytes, decodeBase58 } from "@yoctonear/base";
import { isAccountId } from "@yoctonear/primitives";
import { type BlockReference, findBlockReference, readVariant } from "./block-reference.ts";
import { parseFailure } from "./rpc-failure.ts";
import {
  type Fields,
  isList,
  needFields,
  optionalNonZeroU32,
  readAccountId,
  readBase64,
  readBoolean,
  readHash,
  readPublicKey,
  readString,
  required,
} from "./serde.ts";
import { accountIdFault } from "./serde-text.ts";

/** What is asked of the state at one block. */
export type QueryRequest =
  | { readonly type: "view_account"; readonly accountId: string }
  | { readonly type: "view_code"; readonly accountId: string }
  | ViewStateRequest
  | { readonly type: "view_access_key"; readonly accountId: string; readonly publicKey: string }
  | { readonly type: "view_access_key_list"; readonly accountId: string }
  | { readonly type: "view_gas_key_nonces"; readonly accountId: string; readonly publicKey: string }
  | CallFunctionRequest
  | { readonly type: "view_global_contract_code"; readonly codeHash: string }
  | { readonly type: "view_global_contract_code_by_account_id"; readonly accountId: string };

/** Asks for contract data. */
export interface ViewStateRequest {
  readonly type: "view_state";
  readonly accountId: string;
  readonly prefix: Uint8Array;
  readonly includeProof: boolean;
  /** Where the page begins: behind this key. */
  readonly afterKey: Uint8Array | null;
  /** Most entries of the page. */
  readonly limit: number | null;
}

/** Asks for a view call. */
export interface CallFunctionRequest {
  readonly type: "call_function";
  readonly accountId: string;
  readonly methodName: string;
  readonly args: Uint8Array;
}

/** Name of a request type. */
export type QueryType = QueryRequest["type"];

/** What is asked, and of which block. */
export interface Query {
  readonly block: BlockReference;
  readonly request: QueryRequest;
}

const TYPES = [
  "view_account",
  "view_code",
  "view_state",
  "view_access_key",
  "view_access_key_list",
  "view_gas_key_nonces",
  "call_function",
  "view_global_contract_code",
  "view_global_contract_code_by_account_id",
] as const satisfies readonly QueryType[];

const MAX_PATH_QUERY = 10 * 1024;

/** Reads the parameters of `query`. */
export function readQuery(params: unknown): Query {
  if (isList(params) && params.length === 2) {
    const [path, data] = params;
    const request = readPath(readString(path), readString(data));
    return { block: { type: "finality", finality: "optimistic" }, request };
  }
  const fields = needFields(params, "RpcQueryRequest");
  const block = findBlockReference(fields);
  const type = readVariant(required(fields, "request_type"), TYPES);
  return { block, request: checked(readRequest(type, fields)) };
}

/** Reads the parameters of a method that has one request type. */
export function readTypedQuery(type: QueryType, params: unknown, struct: string): Query {
  const fields = needFields(params, struct);
  const request = readRequest(type, fields);
  return { block: findBlockReference(fields), request: checked(request) };
}

function readRequest(type: QueryType, fields: Fields): QueryRequest {
  if (type === "view_global_contract_code") {
    return { type, codeHash: readHash(required(fields, "code_hash")) };
  }
  const accountId = readAccountId(required(fields, "account_id"));
  switch (type) {
    case "view_access_key":
    case "view_gas_key_nonces":
      return { type, accountId, publicKey: readPublicKey(required(fields, "public_key")) };
    case "view_state":
      return readViewState(accountId, fields);
    case "call_function": {
      const methodName = readString(required(fields, "method_name"));
      return { type, accountId, methodName, args: readBase64(required(fields, "args_base64")) };
    }
    default:
      return { type, accountId };
  }
}

function readViewState(accountId: string, fields: Fields): ViewStateRequest {
  const { include_proof: includeProof, after_key_base64: afterKey } = fields;
  return {
    type: "view_state",
    accountId,
    prefix: readBase64(required(fields, "prefix_base64")),
    includeProof: includeProof === undefined ? false : readBoolean(includeProof),
    afterKey: afterKey === undefined || afterKey === null ? null : readBase64(afterKey),
    limit: optionalNonZeroU32(fields["limit"]),
  };
}

function checked(request: QueryRequest): QueryRequest {
  if (request.type !== "view_state") return request;
  const { includeProof, prefix, afterKey, limit } = request;
  if (includeProof && (afterKey !== null || limit !== null)) {
    throw parseFailure(
      "include_proof is not supported with paginated view_state (after_key_base64 / limit)",
    );
  }
  if (afterKey !== null && compareBytes(afterKey.subarray(0, prefix.length), prefix) !== 0) {
    throw parseFailure("after_key_base64 must start with prefix_base64");
  }
  return request;
}

/** The old form: `account/alice.near` and base58 data. */
function readPath(path: string, base58: string): QueryRequest {
  if (path.length + base58.length > MAX_PATH_QUERY * 2) {
    throw parseFailure(`Query data size ${path.length + base58.length} is too large`);
  }
  const data = readBase58(base58);
  if (path.length + data.length > MAX_PATH_QUERY) {
    throw parseFailure(`Query data size ${path.length + data.length} is too large`);
  }
  const [command, accountId, ...rest] = path.split("/");
  if (command === undefined || accountId === undefined) {
    throw parseFailure("Not enough query parameters provided");
  }
  if (!isAccountId(accountId)) throw parseFailure(accountIdFault(accountId).replace(/^.*?", /, ""));
  return readCommand(command, accountId, rest.length === 0 ? null : rest.join("/"), data);
}

function readCommand(
  command: string,
  accountId: string,
  extra: string | null,
  data: Uint8Array,
): QueryRequest {
  switch (command) {
    case "account":
      return { type: "view_account", accountId };
    case "access_key":
      if (extra === null) return { type: "view_access_key_list", accountId };
      return { type: "view_access_key", accountId, publicKey: pathKey(extra) };
    case "code":
      return { type: "view_code", accountId };
    case "contract": {
      const page = { includeProof: false, afterKey: null, limit: null };
      return { type: "view_state", accountId, prefix: data, ...page };
    }
    case "call":
      if (extra === null) throw parseFailure("Method name is missing");
      return { type: "call_function", accountId, methodName: extra, args: data };
    default:
      throw parseFailure(`Unknown path ${command}`);
  }
}

function readBase58(text: string): Uint8Array {
  try {
    return decodeBase58(text);
  } catch {
    const index = text.search(/[^1-9A-HJ-NP-Za-km-z]/);
    throw parseFailure(
      `provided string contained invalid character '${text[index]}' at byte ${index}`,
    );
  }
}

function pathKey(text: string): string {
  try {
    return readPublicKey(text);
  } catch {
    throw parseFailure("Invalid public key");
  }
}
