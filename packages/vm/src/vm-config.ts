/**
 * Numbers of protocol 86 by which a call runs. Host costs are not among them: `ext-costs.ts` has those.
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

/** Numbers by which a call runs. */
export interface VmConfig {
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
