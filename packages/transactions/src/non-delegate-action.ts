/**
 * The actions that stand for themselves, as plain objects, and their bytes. The delegates are in
 * `delegate-action.ts`, so that they cannot contain each other. The order of fields of action 15
 * (UniversalStateInit, protocol 87) is very likely, not proven.
 * Source: nearcore `core/primitives/src/action/mod.rs`.
 * @module
 */
import { bytes, type Codec, string, taggedEnum, u128, u64 } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import { type AccessKey, accessKeyCodec } from "./access-key.ts";
import {
  type ContractIdentifier,
  contractIdentifierCodec,
  deployModeCodec,
  type DeterministicAccountStateInit,
  deterministicStateInitCodec,
  type GlobalContractDeployMode,
} from "./global-contract.ts";
import { accountIdCodec } from "./text-codecs.ts";

/** Creates the receiver. */
export interface CreateAccount {
  readonly type: "createAccount";
}

/** Puts a contract on the receiver. */
export interface DeployContract {
  readonly type: "deployContract";
  /** WebAssembly; not copied, so leave it unchanged until the transaction is sent. */
  readonly code: Uint8Array;
}

/** Calls a method of the receiver's contract. */
export interface FunctionCall {
  readonly type: "functionCall";
  readonly methodName: string;
  /** Whatever the contract takes, most often JSON. */
  readonly args: Uint8Array;
  /** Gas attached, above 0. */
  readonly gas: bigint;
  /** yoctoNEAR attached. */
  readonly deposit: bigint;
}

/** Sends NEAR to the receiver. */
export interface Transfer {
  readonly type: "transfer";
  /** yoctoNEAR. */
  readonly deposit: bigint;
}

/** Stakes for the receiver as a validator. */
export interface Stake {
  readonly type: "stake";
  /** yoctoNEAR in all; 0 takes the stake back. */
  readonly stake: bigint;
  /** The validator's key, ed25519. */
  readonly publicKey: string;
}

/** Adds a key to the receiver. */
export interface AddKey {
  readonly type: "addKey";
  readonly publicKey: string;
  readonly accessKey: AccessKey;
}

/** Takes a key from the receiver. */
export interface DeleteKey {
  readonly type: "deleteKey";
  readonly publicKey: string;
}

/** Deletes the receiver. */
export interface DeleteAccount {
  readonly type: "deleteAccount";
  /** Gets what is left; where this account does not exist, it is burnt. */
  readonly beneficiaryId: string;
}

/** Publishes a contract for every account to use, and burns its storage price. */
export interface DeployGlobalContract {
  readonly type: "deployGlobalContract";
  /** WebAssembly; not copied, so leave it unchanged until the transaction is sent. */
  readonly code: Uint8Array;
  readonly deployMode: GlobalContractDeployMode;
}

/** Puts a global contract on the receiver. */
export interface UseGlobalContract {
  readonly type: "useGlobalContract";
  readonly contractIdentifier: ContractIdentifier;
}

/** Brings a deterministic account (NEP-616) to life; the receiver's id is derived from it. */
export interface DeterministicStateInit {
  readonly type: "deterministicStateInit";
  readonly stateInit: DeterministicAccountStateInit;
  /** yoctoNEAR for the account's storage. */
  readonly deposit: bigint;
}

/** Brings a universal account (NEP-655) to life; the receiver's id is derived from it. Since protocol 87. */
export interface UniversalStateInit {
  readonly type: "universalStateInit";
  /** Borsh of the state init, exactly as the id is derived from it. */
  readonly stateInit: Uint8Array;
  /** yoctoNEAR for the account's storage. */
  readonly deposit: bigint;
}

/** Moves NEAR from the sender to the balance of a gas key of the receiver. */
export interface TransferToGasKey {
  readonly type: "transferToGasKey";
  readonly publicKey: string;
  /** yoctoNEAR. */
  readonly deposit: bigint;
}

/** Moves NEAR from the balance of a gas key to its account. */
export interface WithdrawFromGasKey {
  readonly type: "withdrawFromGasKey";
  readonly publicKey: string;
  /** yoctoNEAR. */
  readonly amount: bigint;
}

/** The actions that may stand inside a delegate action: all but the delegates themselves. */
export type NonDelegateAction =
  | CreateAccount
  | DeployContract
  | FunctionCall
  | Transfer
  | Stake
  | AddKey
  | DeleteKey
  | DeleteAccount
  | DeployGlobalContract
  | UseGlobalContract
  | DeterministicStateInit
  | UniversalStateInit
  | TransferToGasKey
  | WithdrawFromGasKey;

/**
 * Codec of an action inside a delegate action: tags 8 and 14, the delegates, are refused.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { nonDelegateActionCodec } from "@yoctonear/transactions";
 * encode(nonDelegateActionCodec, { type: "transfer", deposit: 1n }).length; // 17
 * ```
 */
export const nonDelegateActionCodec: Codec<NonDelegateAction> = /* @__PURE__ */ taggedEnum({
  createAccount: [0, {}],
  deployContract: [1, { code: bytes }],
  functionCall: [2, { methodName: string, args: bytes, gas: u64, deposit: u128 }],
  transfer: [3, { deposit: u128 }],
  stake: [4, { stake: u128, publicKey: publicKeyCodec }],
  addKey: [5, { publicKey: publicKeyCodec, accessKey: accessKeyCodec }],
  deleteKey: [6, { publicKey: publicKeyCodec }],
  deleteAccount: [7, { beneficiaryId: accountIdCodec }],
  deployGlobalContract: [9, { code: bytes, deployMode: deployModeCodec }],
  useGlobalContract: [10, { contractIdentifier: contractIdentifierCodec }],
  deterministicStateInit: [11, { stateInit: deterministicStateInitCodec, deposit: u128 }],
  transferToGasKey: [12, { publicKey: publicKeyCodec, deposit: u128 }],
  withdrawFromGasKey: [13, { publicKey: publicKeyCodec, amount: u128 }],
  universalStateInit: [15, { stateInit: bytes, deposit: u128 }],
});
