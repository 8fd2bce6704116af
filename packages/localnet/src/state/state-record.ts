/**
 * State records: rows as genesis.json and `sandbox_patch_state` spell them
 * (`core/primitives/src/state_record.rs`), and one that nearcore has none for: the code of a global contract.
 * @module
 */
import type { ContractIdentifier } from "@yoctonear/transactions";
import type { AccessKey } from "./access-key.ts";
import type { Account } from "./account.ts";

/** One row of the state, typed. */
export type StateRecord =
  | { readonly type: "account"; readonly accountId: string; readonly account: Account }
  | {
      readonly type: "accessKey";
      readonly accountId: string;
      /** Public key, or the handle of an ML-DSA key. */
      readonly publicKey: string;
      readonly accessKey: AccessKey;
    }
  | {
      readonly type: "gasKeyNonce";
      readonly accountId: string;
      readonly publicKey: string;
      readonly index: number;
      readonly nonce: bigint;
    }
  | { readonly type: "contract"; readonly accountId: string; readonly code: Uint8Array }
  | {
      readonly type: "globalContract";
      readonly identifier: ContractIdentifier;
      readonly code: Uint8Array;
    }
  | {
      readonly type: "data";
      readonly accountId: string;
      readonly key: Uint8Array;
      readonly value: Uint8Array;
    };
