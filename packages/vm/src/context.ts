/**
 * What a call of a contract may look at (nearcore `VMContext`): plain data, so the same context gives the
 * same run.
 * @module
 */

/** The contract that an account has, as `current_contract_code` shows it. */
export type ContractKind =
  | { readonly type: "none" }
  | { readonly type: "local"; readonly hash: Uint8Array }
  | { readonly type: "global"; readonly hash: Uint8Array }
  | { readonly type: "globalByAccount"; readonly accountId: string };

/** Result of one promise that the receipt waited for: `null` means it failed. */
export type PromiseResult = Uint8Array | null;

/** What a call may look at. */
export interface VmContext {
  readonly currentAccountId: string;
  readonly signerAccountId: string;
  /** Borsh of the public key. */
  readonly signerPublicKey: Uint8Array;
  readonly predecessorAccountId: string;
  readonly refundToAccountId: string;
  readonly chainId: string;
  readonly input: Uint8Array;
  readonly promiseResults: readonly PromiseResult[];
  readonly blockHeight: bigint;
  /** Nanoseconds since 1970. */
  readonly blockTimestamp: bigint;
  readonly epochHeight: bigint;
  /** yoctoNEAR before the deposit. */
  readonly accountBalance: bigint;
  readonly accountLockedBalance: bigint;
  readonly storageUsage: bigint;
  readonly contract: ContractKind;
  readonly attachedDeposit: bigint;
  readonly prepaidGas: bigint;
  /** 32 bytes. */
  readonly randomSeed: Uint8Array;
  readonly isView: boolean;
  /** Accounts that wait for the result: none unless the call is the receipt's last action. */
  readonly outputDataReceivers: readonly string[];
}
