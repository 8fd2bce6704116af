/**
 * Reads what a real node printed into the types of this package.
 * @module
 */
import { decodeBase64, decodeHex, encodeBase64 } from "@yoctonear/base";
import { sha256 } from "@yoctonear/primitives";
import {
  type AccessKeyPermission,
  type Action,
  decodeSignedTransaction,
  type SignedTransaction,
} from "@yoctonear/transactions";
import { field, has, integer, type Json, list, record, text } from "@yoctonear/vectors";
import type { BlockHeader } from "#localnet/chain/block-header";
import type { ChunkHeader } from "#localnet/chain/chunk-header";
import type { ExecutionOutcome, ExecutionStatus } from "#localnet/chain/outcome";
import type { Receipt, ReceiptBody } from "#localnet/chain/receipt";
import type { ValidatorStake } from "#localnet/chain/validator-stake";

/** A recorded block. */
export interface RecordedBlock {
  readonly header: BlockHeader;
  readonly chunks: readonly ChunkHeader[];
}

export function readBlock(block: Json): RecordedBlock {
  return {
    header: readBlockHeader(field(block, "header")),
    chunks: list(block, "chunks").map(readChunkHeader),
  };
}

function readBlockHeader(header: Json): BlockHeader {
  const prevHash = text(header, "prev_hash");
  return {
    prevHash,
    height: Number(integer(header, "height")),
    epochId: text(header, "epoch_id"),
    nextEpochId: text(header, "next_epoch_id"),
    prevStateRoot: text(header, "prev_state_root"),
    outcomeRoot: text(header, "outcome_root"),
    timestamp: integer(header, "timestamp_nanosec"),
    nextBpHash: text(header, "next_bp_hash"),
    blockMerkleRoot: text(header, "block_merkle_root"),
    blockBodyHash: text(header, "block_body_hash"),
    prevChunkOutgoingReceiptsRoot: text(header, "chunk_receipts_root"),
    chunkHeadersRoot: text(header, "chunk_headers_root"),
    chunkTxRoot: text(header, "chunk_tx_root"),
    randomValue: text(header, "random_value"),
    prevValidatorProposals: list(header, "validator_proposals").map(readStake),
    chunkMask: list(header, "chunk_mask").map((flag) => flag === true),
    nextGasPrice: integer(header, "gas_price"),
    totalSupply: integer(header, "total_supply"),
    lastFinalBlock: text(header, "last_final_block"),
    lastDsFinalBlock: text(header, "last_ds_final_block"),
    blockOrdinal: Number(integer(header, "block_ordinal")),
    prevHeight: Number(integer(header, "prev_height")),
    epochSyncDataHash: optionalText(field(header, "epoch_sync_data_hash")),
    approvals: list(header, "approvals").map(optionalText),
    latestProtocolVersion: Number(integer(header, "latest_protocol_version")),
    chunkEndorsements: list(header, "chunk_endorsements").map((bitmap) =>
      Uint8Array.from(list(bitmap), Number),
    ),
    hash: text(header, "hash"),
    signature: () => text(header, "signature"),
  };
}

export function readChunkHeader(header: Json): ChunkHeader {
  return {
    prevBlockHash: text(header, "prev_block_hash"),
    prevStateRoot: text(header, "prev_state_root"),
    prevOutcomeRoot: text(header, "outcome_root"),
    encodedMerkleRoot: text(header, "encoded_merkle_root"),
    encodedLength: Number(integer(header, "encoded_length")),
    heightCreated: Number(integer(header, "height_created")),
    shardId: Number(integer(header, "shard_id")),
    prevGasUsed: integer(header, "gas_used"),
    gasLimit: integer(header, "gas_limit"),
    prevBalanceBurnt: integer(header, "balance_burnt"),
    prevOutgoingReceiptsRoot: text(header, "outgoing_receipts_root"),
    txRoot: text(header, "tx_root"),
    prevValidatorProposals: list(header, "validator_proposals").map(readStake),
    congestionInfo: {
      delayedReceiptsGas: integer(header, "congestion_info", "delayed_receipts_gas"),
      bufferedReceiptsGas: integer(header, "congestion_info", "buffered_receipts_gas"),
      receiptBytes: integer(header, "congestion_info", "receipt_bytes"),
      allowedShard: Number(integer(header, "congestion_info", "allowed_shard")),
    },
    chunkHash: text(header, "chunk_hash"),
    signature: () => text(header, "signature"),
    heightIncluded: Number(integer(header, "height_included")),
  };
}

export function readStake(stake: Json): ValidatorStake {
  return {
    accountId: text(stake, "account_id"),
    publicKey: text(stake, "public_key"),
    stake: integer(stake, "stake"),
  };
}

/** Transactions of a recording, by hash. */
export function readTransactions(recording: Json): ReadonlyMap<string, SignedTransaction> {
  return new Map(
    list(recording, "transactions").map((transaction) => [
      text(transaction, "hash"),
      decodeSignedTransaction(decodeBase64(text(transaction, "signed_tx_base64"))),
    ]),
  );
}

/** Every outcome of a recording, by id. */
export function readOutcomes(recording: Json): ReadonlyMap<string, RecordedOutcome> {
  const outcomes = new Map<string, RecordedOutcome>();
  for (const transaction of list(recording, "transactions")) {
    const result = field(transaction, "result");
    for (const json of [
      field(result, "transaction_outcome"),
      ...list(result, "receipts_outcome"),
    ]) {
      outcomes.set(text(json, "id"), {
        blockHash: text(json, "block_hash"),
        outcome: readOutcome(json),
        json,
      });
    }
  }
  return outcomes;
}

/** An outcome with the block in which it came to be. */
export interface RecordedOutcome {
  readonly blockHash: string;
  readonly outcome: ExecutionOutcome;
  readonly json: Json;
}

/** What came of a transaction or receipt, without what is not hashed. */
export function readOutcome(json: Json): ExecutionOutcome {
  const outcome = field(json, "outcome");
  return {
    id: text(json, "id"),
    logs: list(outcome, "logs").map((log) => text(log)),
    receiptIds: list(outcome, "receipt_ids").map((id) => text(id)),
    gasBurnt: integer(outcome, "gas_burnt"),
    tokensBurnt: integer(outcome, "tokens_burnt"),
    executorId: text(outcome, "executor_id"),
    status: readStatus(field(outcome, "status")),
    metadata: { version: 1 },
  };
}

function readStatus(status: Json): ExecutionStatus {
  if (status === "Unknown") return { type: "unknown" };
  if (has(status, "SuccessValue")) {
    return { type: "successValue", value: decodeBase64(text(status, "SuccessValue")) };
  }
  if (has(status, "SuccessReceiptId")) {
    return { type: "successReceiptId", receiptId: text(status, "SuccessReceiptId") };
  }
  return { type: "failure", error: field(status, "Failure") };
}

const EMPTY_MODULE = decodeHex("0061736d01000000");

/**
 * A receipt as a chunk lists it. The node does not tell which form an action receipt has: those of
 * transactions and refunds have the first, all others the second.
 * @param fromTransactions - ids of the receipts that transactions made
 */
export function readReceipt(receipt: Json, fromTransactions: ReadonlySet<string>): Receipt {
  const receiptId = text(receipt, "receipt_id");
  const predecessorId = text(receipt, "predecessor_id");
  const isFirstForm = predecessorId === "system" || fromTransactions.has(receiptId);
  return {
    predecessorId,
    receiverId: text(receipt, "receiver_id"),
    receiptId,
    body: readBody(field(receipt, "receipt"), isFirstForm),
  };
}

function readBody(body: Json, isFirstForm: boolean): ReceiptBody {
  if (has(body, "Data")) {
    const data = field(body, "Data", "data");
    return {
      type: field(body, "Data", "is_promise_resume") === true ? "promiseResume" : "data",
      dataId: text(body, "Data", "data_id"),
      data: data === null ? null : decodeBase64(text(data)),
    };
  }
  if (has(body, "GlobalContractDistribution")) {
    const distribution = field(body, "GlobalContractDistribution");
    const id = field(distribution, "id");
    return {
      type: "globalContractDistribution",
      id: has(id, "account_id")
        ? { type: "accountId", accountId: text(id, "account_id") }
        : { type: "codeHash", hash: text(id, "hash") },
      targetShard: integer(distribution, "target_shard"),
      deliveredShards: list(distribution, "already_delivered_shards").map((id) => integer(id)),
      code: readCode(text(distribution, "code")),
      nonce: has(distribution, "nonce") ? integer(distribution, "nonce") : 0n,
    };
  }
  const action = field(body, "Action");
  const isYield = field(action, "is_promise_yield") === true;
  return {
    type: isYield ? "promiseYieldV2" : isFirstForm ? "action" : "actionV2",
    signerId: text(action, "signer_id"),
    signerPublicKey: text(action, "signer_public_key"),
    gasPrice: integer(action, "gas_price"),
    outputDataReceivers: list(action, "output_data_receivers").map((receiver) => ({
      dataId: text(receiver, "data_id"),
      receiverId: text(receiver, "receiver_id"),
    })),
    inputDataIds: list(action, "input_data_ids").map((id) => text(id)),
    actions: list(action, "actions").map(readAction),
    refundTo: has(action, "refund_to") ? optionalText(field(action, "refund_to")) : null,
  };
}

export function readAction(action: Json): Action {
  if (action === "CreateAccount") return { type: "createAccount" };
  const [[kind, value] = ["", null]] = Object.entries(record(action));
  switch (kind) {
    case "Transfer":
      return { type: "transfer", deposit: integer(value, "deposit") };
    case "FunctionCall":
      return {
        type: "functionCall",
        methodName: text(value, "method_name"),
        args: decodeBase64(text(value, "args")),
        gas: integer(value, "gas"),
        deposit: integer(value, "deposit"),
      };
    case "Stake":
      return {
        type: "stake",
        stake: integer(value, "stake"),
        publicKey: text(value, "public_key"),
      };
    case "AddKey":
      return {
        type: "addKey",
        publicKey: text(value, "public_key"),
        accessKey: {
          nonce: integer(value, "access_key", "nonce"),
          permission: readPermission(field(value, "access_key", "permission")),
        },
      };
    case "DeployContract":
      return { type: "deployContract", code: readCode(text(value, "code")) };
    case "DeployGlobalContractByAccountId":
      return {
        type: "deployGlobalContract",
        code: readCode(text(value, "code")),
        deployMode: "accountId",
      };
    case "TransferToGasKey":
      return {
        type: "transferToGasKey",
        publicKey: text(value, "public_key"),
        deposit: integer(value, "deposit"),
      };
    case "DeleteKey":
      return { type: "deleteKey", publicKey: text(value, "public_key") };
    case "DeleteAccount":
      return { type: "deleteAccount", beneficiaryId: text(value, "beneficiary_id") };
    default:
  }
  throw new TypeError(`expected a known action, got ${kind}`);
}

function readPermission(permission: Json): AccessKeyPermission {
  if (permission === "FullAccess") return { type: "fullAccess" };
  return {
    type: "gasKeyFullAccess",
    balance: integer(permission, "GasKeyFullAccess", "balance"),
    numNonces: Number(integer(permission, "GasKeyFullAccess", "num_nonces")),
  };
}

/** Receipts show code as its hash; that of an empty module is the only one here. */
function readCode(hash: string): Uint8Array {
  if (hash === encodeBase64(sha256(EMPTY_MODULE))) return EMPTY_MODULE;
  throw new TypeError("expected the hash of a known module");
}

function optionalText(value: Json): string | null {
  return value === null ? null : text(value);
}
