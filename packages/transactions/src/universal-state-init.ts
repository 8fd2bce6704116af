/**
 * The state init of universal accounts (NEP-655, since protocol 87): what an account whose id is `0u…` starts with.
 * The id is derived from the very bytes, so the action carries bytes; the typed form here is how they are read and
 * written. Source: nearcore `core/primitives/src/universal_state_init.rs`.
 * @module
 */
import { compareBytes, showValue } from "@yoctonear/base";
import {
  bytes,
  type Codec,
  encode,
  mapBy,
  mapped,
  option,
  taggedEnum,
  vec,
} from "@yoctonear/borsh";
import { publicKeyHandleCodec } from "@yoctonear/keys";
import { type NearInput, parseNear } from "@yoctonear/primitives";
import { checkStateInitCounts } from "./check-actions.ts";
import { type GlobalContractReference, toContractIdentifier } from "./contract-actions.ts";
import { type ContractIdentifier, contractIdentifierCodec } from "./global-contract.ts";
import type { UniversalStateInit } from "./non-delegate-action.ts";

/** What a universal account starts with; its id is derived from the bytes of it. */
export interface UniversalAccountStateInitV1 {
  readonly type: "v1";
  /** The global contract that the account uses, or null for an account of keys alone. */
  readonly code: ContractIdentifier | null;
  /** Entries of the contract's storage; written in the order of their keys, each key once. */
  readonly data: ReadonlyMap<Uint8Array, Uint8Array>;
  /**
   * Keys with full access, as they stand on the chain: `ed25519:…`, `secp256k1:…`, and of an ML-DSA-65 key its
   * handle, `ml-dsa-65-hash:…`. Written in order, each once.
   */
  readonly accessKeys: readonly string[];
}

/** A state init of any version; there is one so far. */
export type UniversalAccountStateInit = UniversalAccountStateInitV1;

/** What {@link universalStateInit} takes: the parts, or the bytes as they are. */
export type UniversalStateInitInput =
  | Uint8Array
  | {
      readonly code?: GlobalContractReference | undefined;
      readonly data?: ReadonlyMap<Uint8Array, Uint8Array> | undefined;
      readonly accessKeys?: readonly string[] | undefined;
    };

/**
 * Codec of a universal account's state init. It writes the one canonical form; it reads any other too, as nearcore
 * does, and each is another account.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { universalAccountId } from "@yoctonear/primitives";
 * import { universalStateInitCodec } from "@yoctonear/transactions";
 * const empty = { type: "v1", code: null, data: new Map(), accessKeys: [] } as const;
 * universalAccountId(encode(universalStateInitCodec, empty)); // "0u1kajgpx8a97y8ap8y03pvt8kbm2p2cn9k5h17bgw1wa21j88865g"
 * ```
 */
export const universalStateInitCodec: Codec<UniversalAccountStateInit> = /* @__PURE__ */ (() =>
  taggedEnum({
    v1: [
      0,
      {
        code: option(contractIdentifierCodec),
        data: mapBy(compareBytes, bytes, bytes),
        accessKeys: mapped(vec(publicKeyHandleCodec), inOrder, inOrder),
      },
    ],
  }))();

/**
 * Brings a universal account (NEP-655) to life. The receiver of the transaction must be the id that follows from the
 * bytes: `universalAccountId(action.stateInit)`. Nodes take it since protocol 87.
 *
 * The account need not be there; where it has been funded but not initialised, a transaction of its own, signed with a
 * key of the state init, may do it: signer and receiver are the account, and the nonce is the account's
 * `bootstrap_nonce` + 1.
 * @param init - `code`: the global contract it uses, none unless told; `data`: the entries of its storage; `accessKeys`:
 *   its keys with full access, of an ML-DSA-65 key the handle. Or the bytes of a state init as they are
 * @param options - `deposit`: NEAR for its storage, by default none
 * @throws {ParseError} `invalid_hash`, `invalid_account_id`, `invalid_amount`, `invalid_key`
 * @throws {LimitError} `TotalNumberOfStateInitKeysExceeded` above 1,024 keys, `TotalNumberOfStateInitEntriesExceeded`
 *   above 1,500 entries; bytes are not looked into
 * @throws {TypeError} when a part is of another type
 * @example
 * ```ts
 * import { universalAccountId } from "@yoctonear/primitives";
 * import { universalStateInit } from "@yoctonear/transactions";
 * const accessKeys = ["ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp"];
 * const action = universalStateInit({ accessKeys }, { deposit: "0.1 NEAR" });
 * universalAccountId(action.stateInit).slice(0, 2); // "0u"
 * ```
 */
export function universalStateInit(
  init: UniversalStateInitInput,
  options: { readonly deposit?: NearInput | undefined } = {},
): UniversalStateInit {
  const { deposit = 0n } = options;
  return {
    type: "universalStateInit",
    stateInit: init instanceof Uint8Array ? init : encodeParts(init),
    deposit: parseNear(deposit),
  };
}

function encodeParts(init: Exclude<UniversalStateInitInput, Uint8Array>): Uint8Array {
  const { code, data = new Map<Uint8Array, Uint8Array>(), accessKeys = [], ...rest } = init;
  for (const name of Object.keys(rest)) throw new TypeError(`unknown part ${name} of a state init`);
  if (!(data instanceof Map)) {
    throw new TypeError(`expected data as a Map of bytes, got ${showValue(data)}`);
  }
  if (!Array.isArray(accessKeys)) {
    throw new TypeError(`expected accessKeys as a list of keys, got ${showValue(accessKeys)}`);
  }
  checkStateInitCounts({ entries: data.size, keys: new Set(accessKeys).size });
  const identifier = code === undefined ? null : toContractIdentifier(code);
  return encode(universalStateInitCodec, { type: "v1", code: identifier, data, accessKeys });
}

/** The order of handles is that of their bytes; each is made once, since there may be a thousand. */
function inOrder(keys: readonly string[]): readonly string[] {
  const rows = [...new Set(keys)].map((key) => ({ key, row: encode(publicKeyHandleCodec, key) }));
  rows.sort((a, b) => compareBytes(a.row, b.row));
  return rows.map(({ key }) => key);
}
