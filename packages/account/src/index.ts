/**
 * NEAR accounts: connect to a network, read, sign, send exactly once. Every method of an account is a
 * free function here, so that a bundler can take one without the rest.
 * @module
 */
export { addKey, deleteKey, deleteKeys } from "./access-keys.ts";
export {
  type AccountRef,
  type AccountSigner,
  signingAccount,
  type SigningAccountRef,
} from "./account.ts";
export type { Account } from "./account-reader.ts";
export { type Balance, balance, storagePrice } from "./balance.ts";
export { call, type CallContractOptions, view } from "./call.ts";
export {
  contractCode,
  contractRows,
  contractState,
  globalContractCode,
  type StorageOptions,
  type StoragePage,
  type StoragePageOptions,
  type StorageRow,
} from "./contract-reads.ts";
export { type CostPreview, previewCost } from "./cost.ts";
export { delegate, type DelegateOptions, relay } from "./delegate.ts";
export { DelegateError, type DelegateErrorCode } from "./errors/delegate-error.ts";
export {
  codeHash,
  deploy,
  deployGlobal,
  type DeployGlobalOptions,
  type DeployOptions,
  useGlobal,
} from "./deploy.ts";
export { type DryRun, dryRun } from "./dry-run.ts";
export type { Executed, ExecuteRequest, Executor, SignDelegateRequest } from "./sender/executor.ts";
export { describeFailure, type Failure } from "./errors/failure.ts";
export type { FailureData, FailureKind } from "./errors/failure-data.ts";
export { hintOf } from "./errors/hint.ts";
export type { Journal, JournalEntry, KeptJournal, Payment } from "./sender/journal.ts";
export { journalled } from "./sender/journalled.ts";
export { type KeyPool, keyPool } from "./sender/key-pool.ts";
export {
  createAccount,
  deleteAccount,
  type DeleteAccountOptions,
  type NewAccount,
} from "./life.ts";
export { createMemoryJournal } from "./sender/memory-journal.ts";
export { connect, type ConnectTarget, type ConnectUrl, type Near } from "./near.ts";
export type {
  PrepareOptions,
  SenderOptions,
  SendOptions,
  StatusOptions,
  WaitLevel,
  WaitOptions,
} from "./sender/options.ts";
export { type Outcome, type OutcomeReader, readOutcome } from "./outcome/outcome.ts";
export { panicOf } from "./errors/panic.ts";
export { type PrepareRequest, prepareTransaction } from "./sender/prepare.ts";
export {
  type ContractRef,
  contractOf,
  exists,
  key,
  keys,
  type ReadOptions,
  state,
} from "./reads.ts";
export { rotateKey, type WorkingKey, workingKeys } from "./rotate-key.ts";
export { type Resumed, resumeJournal } from "./sender/resume-journal.ts";
export {
  prepare,
  send,
  sendAll,
  type SendItem,
  sendSigned,
  transactionStatus,
} from "./sender/send.ts";
export { type FailedItem, type PlanResult, sendInOrder } from "./sender/send-in-order.ts";
export type { SigningAccount } from "./signing-account.ts";
export { stateInit, type StateInitOptions } from "./state-init.ts";
export {
  bootstrapUniversalAccount,
  initUniversalAccount,
  type InitUniversalAccountOptions,
} from "./universal-account.ts";
export { type ReceiptTrace, readTrace } from "./outcome/trace.ts";
export { formatTrace } from "./outcome/trace-text.ts";
export {
  readTracedOutcome,
  type TracedOutcome,
  transactionTrace,
} from "./outcome/traced-outcome.ts";
export {
  isTransactionError,
  TransactionError,
  type TransactionErrorCode,
  type TransactionErrorDetails,
} from "./errors/transaction-error.ts";
export { stake, transfer, transferToGasKey, withdrawFromGasKey } from "./transfers.ts";
export {
  type VerifiedDelegate,
  verifyDelegate,
  type VerifyDelegateOptions,
  verifyDelegateSignature,
} from "./verify-delegate.ts";
export { resend, waitFor } from "./sender/wait-for.ts";
export { type ViewOutcome, viewOutcome } from "./outcome/view-outcome.ts";
