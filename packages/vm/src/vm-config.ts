/**
 * To come.
 * @module
 */
export interface VmConfig {
  readonly maxGasBurnt: bigint;
}
