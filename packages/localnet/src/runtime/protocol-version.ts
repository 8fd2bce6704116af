/**
 * The protocol versions that this chain runs (nearcore `core/primitives-core/src/version.rs`), and from which on what
 * differs between them differs.
 *
 * 85 and 86 differ in the limit of storage proofs alone, which a chain without stateless validation does not have. Of 87
 * and 88 (nearcore 2.14) what changes results is here, but for the proof limit and the kick-outs within an epoch.
 * @module
 */

/** Oldest version that this chain runs: NEAR of earlier ones had other fees, signers and receipts. */
const MIN_PROTOCOL_VERSION = 85;
/** Newest version that this chain runs, that of nearcore 2.14. */
const MAX_PROTOCOL_VERSION = 88;

/**
 * From here on: no reward for contracts (RemoveGasRewards), RejectEmptyMethodName, RejectDelegateV2,
 * RejectWithdrawFromGasKeyInDelegate, RejectUniversalAccountTransfers, FixContractLoadingError, the SHA3 and ML-DSA-65
 * host functions, and the limits of `87.yaml`.
 */
const VERSION_87 = 87;
/** From here on: UniversalAccounts, CanonicalUniversalStateInit, RefundRepeatedUniversalStateInitDeposit. */
const VERSION_88 = 88;

/** Most storage entries in the state inits of a receipt, since protocol 87. */
export const MAX_STATE_INIT_ENTRIES = 1_500;
/** Most keys in the universal state inits of a receipt. */
export const MAX_STATE_INIT_KEYS = 1_024;

/** Tells whether the changes of protocol 87 hold. */
export function isSince87(protocolVersion: number): boolean {
  return protocolVersion >= VERSION_87;
}

/** Tells whether there are universal accounts. */
export function isSince88(protocolVersion: number): boolean {
  return protocolVersion >= VERSION_88;
}

/**
 * Refuses a version that this chain does not run.
 * @throws {RangeError}
 */
export function assertProtocolVersion(protocolVersion: number): void {
  if (
    Number.isInteger(protocolVersion) &&
    protocolVersion >= MIN_PROTOCOL_VERSION &&
    protocolVersion <= MAX_PROTOCOL_VERSION
  ) {
    return;
  }
  throw new RangeError(
    `expected a protocol version from ${MIN_PROTOCOL_VERSION} to ${MAX_PROTOCOL_VERSION}, got ${protocolVersion}`,
  );
}
