/**
 * The protocol versions that this chain runs (nearcore `core/primitives-core/src/version.rs`), and from which on what
 * differs between them differs.
 *
 * 85 and 86 differ in the limit of storage proofs alone, which a chain without stateless validation does not have. Of 87
 * what changes results is here, but for the proof limit. 88 lets calls to a missing global contract fail, as they do
 * here in all versions, and renews the ETH wallet's contract, whose code is not known here: new ETH-implicit accounts
 * refer to the old one, which nearcore resolves to the new.
 * @module
 */

/** Oldest version that this chain runs: NEAR of earlier ones had other fees, signers and receipts. */
const MIN_PROTOCOL_VERSION = 85;
/** Newest version that this chain runs. */
const MAX_PROTOCOL_VERSION = 88;

/**
 * From here on: no reward for contracts (RemoveGasRewards), RejectEmptyMethodName, RejectDelegateV2,
 * RejectWithdrawFromGasKeyInDelegate, FixContractLoadingError, FixMlDsaCostCharging, ReceiptPromiseInputSizeLimit,
 * UniversalAccounts, the SHA3 and ML-DSA-65 host functions, and the limits of `87.yaml`.
 */
const VERSION_87 = 87;

/** Most storage entries in the state inits of a receipt, since protocol 87. */
export const MAX_STATE_INIT_ENTRIES = 1_500;
/** Most keys of a universal state init. */
export const MAX_STATE_INIT_KEYS = 1_024;
/** Most bytes of the rows of data that a receipt waited for, since protocol 87. */
export const MAX_TOTAL_INPUT_SIZE = 4_194_944;

/** Tells whether the changes of protocol 87 hold. */
export function isSince87(protocolVersion: number): boolean {
  return protocolVersion >= VERSION_87;
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
