/**
 * The NEAR client that fits everywhere: connect, act, read. Whole areas are subpaths
 * (`yoctonear/transactions`, `yoctonear/rpc`, …), so that no common word meets another here.
 * @module
 */
export {
  type Account,
  type AccountSigner,
  type Balance,
  codeHash,
  connect,
  type ConnectTarget,
  type ConnectUrl,
  type Executor,
  hintOf,
  isTransactionError,
  type KeyPool,
  keyPool,
  type Near,
  type Outcome,
  panicOf,
  type ReceiptTrace,
  type SendOptions,
  type SigningAccount,
  type TracedOutcome,
  TransactionError,
  type TransactionErrorCode,
  type ViewOutcome,
  type WaitLevel,
  type WaitOptions,
} from "@yoctonear/account";
export { isNearError, NearError } from "@yoctonear/base";
export type { KeyPair, Signer } from "@yoctonear/keys";
export { ed25519KeyPair, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
export {
  formatGas,
  formatNear,
  type GasInput,
  isAccountId,
  type NearInput,
  parseGas,
  parseNear,
} from "@yoctonear/primitives";
export {
  type AccessKeyPermission,
  type Action,
  addKey,
  createAccount,
  deleteAccount,
  deleteKey,
  deployContract,
  deployGlobalContract,
  deterministicStateInit,
  fullAccess,
  functionCall,
  functionCallAccess,
  gasKeyFullAccess,
  gasKeyFunctionCallAccess,
  type SignedTransaction,
  stake,
  type Transaction,
  transfer,
  transferToGasKey,
  universalStateInit,
  useGlobalContract,
  withdrawFromGasKey,
} from "@yoctonear/transactions";
