/**
 * NEAR actions and transactions as plain objects: build, check, encode, hash, sign, decode, summarise.
 * Nothing here talks to a node.
 * @module
 */
export {
  type AccessKey,
  accessKeyCodec,
  type AccessKeyPermission,
  accessKeyPermissionCodec,
  type FullAccessPermission,
  type FunctionCallPermission,
  type GasKeyFullAccessPermission,
  type GasKeyFunctionCallPermission,
} from "./access-key.ts";
export {
  addKey,
  createAccount,
  deleteAccount,
  deleteKey,
  stake,
  transfer,
  transferToGasKey,
  withdrawFromGasKey,
} from "./account-actions.ts";
export { encodeArguments, type FunctionArguments } from "./arguments.ts";
export { checkActions } from "./check-actions.ts";
export {
  deployContract,
  deployGlobalContract,
  deterministicStateInit,
  functionCall,
  type FunctionCallOptions,
  type GlobalContractReference,
  useGlobalContract,
} from "./contract-actions.ts";
export {
  createDelegateAction,
  createTransaction,
  type DelegateActionParts,
  type TransactionParts,
} from "./create.ts";
export { LimitError, type LimitErrorCode, type LimitErrorData } from "./limit-error.ts";
export { checkTransaction } from "./limits.ts";
export {
  type AllowedMethods,
  fullAccess,
  functionCallAccess,
  gasKeyFullAccess,
  gasKeyFunctionCallAccess,
} from "./permissions.ts";
export {
  attachSignature,
  delegateActionHash,
  delegateActionRequest,
  signDelegateAction,
  signedDelegate,
  signingRequest,
  signTransaction,
} from "./signing.ts";
export { type Action, actionCodec, type Delegate, type DelegateV2 } from "./action.ts";
export {
  type DelegateAction,
  delegateActionCodec,
  type DelegateActionV2,
  delegateActionV2Codec,
} from "./delegate-action.ts";
export {
  type ContractIdentifier,
  contractIdentifierCodec,
  deployModeCodec,
  type DeterministicAccountStateInit,
  deterministicStateInitCodec,
  type DeterministicStateInitV1,
  type GlobalContractDeployMode,
} from "./global-contract.ts";
export {
  type AddKey,
  type CreateAccount,
  type DeleteAccount,
  type DeleteKey,
  type DeployContract,
  type DeployGlobalContract,
  type DeterministicStateInit,
  type FunctionCall,
  type NonDelegateAction,
  nonDelegateActionCodec,
  type Stake,
  type Transfer,
  type TransferToGasKey,
  type UniversalStateInit,
  type UseGlobalContract,
  type WithdrawFromGasKey,
} from "./non-delegate-action.ts";
export {
  type NonceMode,
  nonceModeCodec,
  type TransactionNonce,
  transactionNonceCodec,
} from "./nonce.ts";
export { assertAccepted, assertActionsAccepted } from "./protocol-version.ts";
export {
  decodeSignedDelegate,
  encodeSignedDelegate,
  formatSignedDelegate,
  parseSignedDelegate,
} from "./signed-delegate.ts";
export { stateInitAccountId } from "./state-init-account-id.ts";
export { assertStateInitsAccepted } from "./state-init-limits.ts";
export { summarizeDelegateAction, summarizeTransaction } from "./summary.ts";
export { accountIdCodec, hashCodec } from "./text-codecs.ts";
export {
  decodeSignedTransaction,
  decodeTransaction,
  encodeSignedTransaction,
  encodeTransaction,
  type SignedTransaction,
  signedTransactionCodec,
  type Transaction,
  transactionCodec,
  transactionHash,
  type TransactionV0,
  type TransactionV1,
} from "./transaction.ts";
export { type TransactionPlan, transactionTo } from "./transaction-to.ts";
export {
  type UniversalAccountStateInit,
  type UniversalAccountStateInitV1,
  universalStateInit,
  universalStateInitCodec,
  type UniversalStateInitInput,
} from "./universal-state-init.ts";
