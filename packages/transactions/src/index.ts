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
  type UseGlobalContract,
  type WithdrawFromGasKey,
} from "./non-delegate-action.ts";
export {
  type NonceMode,
  nonceModeCodec,
  type TransactionNonce,
  transactionNonceCodec,
} from "./nonce.ts";
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
