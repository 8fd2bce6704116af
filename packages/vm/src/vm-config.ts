/**
 * Numbers of protocols 86 to 88 by which a call runs. Host costs are not among them: `ext-costs.ts` has those.
 * Source: nearcore core/parameters/res/runtime_configs.
 * @module
 */
import { ACTION_FEES, type ActionFees } from "@yoctonear/transactions/cost";

/** Limits of a call; lengths are bytes. */
export interface VmLimits {
  readonly maxNumberRegisters: number;
  readonly maxRegisterSize: number;
  readonly registersMemoryLimit: number;
  readonly maxNumberLogs: number;
  readonly maxTotalLogLength: number;
  readonly maxLengthReturnedData: number;
  readonly maxLengthStorageKey: number;
  readonly maxLengthStorageValue: number;
  readonly maxContractSize: number;
  readonly maxPromisesPerFunctionCallAction: number;
  readonly maxNumberInputDataDependencies: number;
  readonly maxYieldPayloadSize: number;
}

/** Tells whether an ML-DSA-65 signature (FIPS 204, empty context) is valid; lengths have been checked. */
export type VerifyMlDsa = (
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
) => boolean;

/** Numbers by which a call runs. */
export interface VmConfig {
  /** From 87 on contracts have SHA3 and ML-DSA-65, and what cannot be loaded costs; from 88 on universal accounts. */
  readonly protocolVersion: number;
  /** What `ml_dsa_verify` asks, which contracts have since protocol 87: the lattice is not in this package. */
  readonly verifyMlDsa?: VerifyMlDsa | undefined;
  readonly fees: ActionFees;
  readonly limits: VmLimits;
  /** Most gas that one call burns. */
  readonly maxGasBurnt: bigint;
  /** Gas of an instruction: what `gas` counts. */
  readonly regularOpCost: number;
  /** Bytes that a row of data takes besides its key and value. */
  readonly storageNumExtraBytesRecord: bigint;
}

/** Numbers of protocol 86. */
export const VM_CONFIG: VmConfig = {
  protocolVersion: 86,
  fees: ACTION_FEES,
  limits: {
    maxNumberRegisters: 100,
    maxRegisterSize: 104_857_600,
    registersMemoryLimit: 1_073_741_824,
    maxNumberLogs: 100,
    maxTotalLogLength: 16_384,
    maxLengthReturnedData: 4_194_304,
    maxLengthStorageKey: 2_048,
    maxLengthStorageValue: 4_194_304,
    maxContractSize: 4_194_304,
    maxPromisesPerFunctionCallAction: 1_024,
    maxNumberInputDataDependencies: 128,
    maxYieldPayloadSize: 1_024,
  },
  maxGasBurnt: 1_000_000_000_000_000n,
  regularOpCost: 822_756,
  storageNumExtraBytesRecord: 40n,
};

/** Tells whether the changes of protocol 87 hold. */
export function isSince87({ protocolVersion }: VmConfig): boolean {
  return protocolVersion >= 87;
}
