/**
 * Receipts: what accounts send each other. Source: nearcore core/primitives/src/receipt.rs.
 * @module
 */
import {
  BorshError,
  bytes,
  type Codec,
  encode,
  option,
  type Reader,
  string,
  struct,
  u128,
  u64,
  u8,
  vec,
  type Writer,
} from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import {
  type Action,
  actionCodec,
  type ContractIdentifier,
  contractIdentifierCodec,
} from "@yoctonear/transactions";
import { hashCodec } from "./hash.ts";
import { remembering } from "./memory.ts";

/** A message from one account to another. */
export interface Receipt {
  /** Who sent it; `system` for refunds and global contract distributions. */
  readonly predecessorId: string;
  readonly receiverId: string;
  /** Hash, base58. */
  readonly receiptId: string;
  readonly body: ReceiptBody;
}

/** What a receipt carries. */
export type ReceiptBody = ActionReceipt | DataReceipt | GlobalContractDistribution;

/** Actions to run on the receiver. */
export interface ActionReceipt {
  /** `action` by transactions and refunds, `actionV2` by contracts, `promiseYieldV2` by a yield. */
  readonly type: "action" | "actionV2" | "promiseYieldV2";
  /** Who signed the transaction that it all began with. */
  readonly signerId: string;
  readonly signerPublicKey: string;
  /** yoctoNEAR a gas unit, at which its gas was bought. */
  readonly gasPrice: bigint;
  /** Receipts that wait for this one's result. */
  readonly outputDataReceivers: readonly OutputDataReceiver[];
  /** Data that must have arrived before this one runs. */
  readonly inputDataIds: readonly string[];
  readonly actions: readonly Action[];
  /** Who gets the deposits back on failure, if not the predecessor; `null` in the form `action`. */
  readonly refundTo: string | null;
}

/** Where a result goes to. */
interface OutputDataReceiver {
  /** Hash, base58. */
  readonly dataId: string;
  readonly receiverId: string;
}

/** A result for a receipt that waits for it. */
export interface DataReceipt {
  /** `promiseResume` for a yielded promise. */
  readonly type: "data" | "promiseResume";
  /** Hash, base58. */
  readonly dataId: string;
  /** `null` where the promise failed or timed out. */
  readonly data: Uint8Array | null;
}

/** The code of a global contract on its way through the shards. */
export interface GlobalContractDistribution {
  readonly type: "globalContractDistribution";
  readonly id: ContractIdentifier;
  readonly targetShard: bigint;
  readonly deliveredShards: readonly bigint[];
  readonly code: Uint8Array;
  /** How often the contract was deployed before. */
  readonly nonce: bigint;
}

const TAGS = {
  action: 0,
  data: 1,
  promiseResume: 3,
  globalContractDistribution: 4,
  actionV2: 5,
  promiseYieldV2: 6,
} as const;

const DISTRIBUTION_VERSION = 1;

const publicKeyBytes: (publicKey: string) => Uint8Array = /* @__PURE__ */ remembering((publicKey) =>
  encode(publicKeyCodec, publicKey),
);
const outputsCodec: Codec<readonly OutputDataReceiver[]> = /* @__PURE__ */ vec(
  /* @__PURE__ */ struct({ dataId: hashCodec, receiverId: string }),
);
const hashesCodec: Codec<readonly string[]> = /* @__PURE__ */ vec(hashCodec);
const actionsCodec: Codec<readonly Action[]> = /* @__PURE__ */ vec(actionCodec);
const refundToCodec: Codec<string | null> = /* @__PURE__ */ option(string);
const dataCodec: Codec<Uint8Array | null> = /* @__PURE__ */ option(bytes);
const shardsCodec: Codec<readonly bigint[]> = /* @__PURE__ */ vec(u64);

/** A receipt in borsh. */
export const receiptCodec: Codec<Receipt> = {
  write: (writer, receipt) => {
    string.write(writer, receipt.predecessorId);
    string.write(writer, receipt.receiverId);
    hashCodec.write(writer, receipt.receiptId);
    writeBody(writer, receipt.body);
  },
  read: (reader) => ({
    predecessorId: string.read(reader),
    receiverId: string.read(reader),
    receiptId: hashCodec.read(reader),
    body: readBody(reader),
  }),
};

/** Receipts one after another, as in a chunk. */
export const receiptsCodec: Codec<readonly Receipt[]> = /* @__PURE__ */ vec(receiptCodec);

/** Tells whether a receipt holds actions. */
export function isActionReceipt(body: ReceiptBody): body is ActionReceipt {
  return body.type === "action" || body.type === "actionV2" || body.type === "promiseYieldV2";
}

function writeBody(writer: Writer, body: ReceiptBody): void {
  u8.write(writer, TAGS[body.type]);
  switch (body.type) {
    case "action":
    case "actionV2":
    case "promiseYieldV2":
      string.write(writer, body.signerId);
      if (body.type !== "action") refundToCodec.write(writer, body.refundTo);
      writer.writeBytes(publicKeyBytes(body.signerPublicKey));
      u128.write(writer, body.gasPrice);
      outputsCodec.write(writer, body.outputDataReceivers);
      hashesCodec.write(writer, body.inputDataIds);
      actionsCodec.write(writer, body.actions);
      break;
    case "data":
    case "promiseResume":
      hashCodec.write(writer, body.dataId);
      dataCodec.write(writer, body.data);
      break;
    case "globalContractDistribution":
      u8.write(writer, DISTRIBUTION_VERSION);
      contractIdentifierCodec.write(writer, body.id);
      u64.write(writer, body.targetShard);
      shardsCodec.write(writer, body.deliveredShards);
      bytes.write(writer, body.code);
      u64.write(writer, body.nonce);
      break;
  }
}

function readBody(reader: Reader): ReceiptBody {
  const { offset } = reader;
  const tag = u8.read(reader);
  switch (tag) {
    case TAGS.action:
      return readActions(reader, "action");
    case TAGS.actionV2:
      return readActions(reader, "actionV2");
    case TAGS.promiseYieldV2:
      return readActions(reader, "promiseYieldV2");
    case TAGS.data:
    case TAGS.promiseResume:
      return {
        type: tag === TAGS.data ? "data" : "promiseResume",
        dataId: hashCodec.read(reader),
        data: dataCodec.read(reader),
      };
    case TAGS.globalContractDistribution:
      return readDistribution(reader);
    default:
      throw new BorshError("invalid_tag", `expected a known receipt, got the tag ${tag}`, offset);
  }
}

function readActions(reader: Reader, type: ActionReceipt["type"]): ActionReceipt {
  const signerId = string.read(reader);
  const refundTo = type === "action" ? null : refundToCodec.read(reader);
  return {
    type,
    signerId,
    signerPublicKey: publicKeyCodec.read(reader),
    gasPrice: u128.read(reader),
    outputDataReceivers: outputsCodec.read(reader),
    inputDataIds: hashesCodec.read(reader),
    actions: actionsCodec.read(reader),
    refundTo,
  };
}

function readDistribution(reader: Reader): GlobalContractDistribution {
  const { offset } = reader;
  const version = u8.read(reader);
  if (version !== DISTRIBUTION_VERSION) {
    throw new BorshError(
      "invalid_tag",
      `expected the distribution version ${DISTRIBUTION_VERSION}, got ${version}`,
      offset,
    );
  }
  return {
    type: "globalContractDistribution",
    id: contractIdentifierCodec.read(reader),
    targetShard: u64.read(reader),
    deliveredShards: shardsCodec.read(reader),
    code: bytes.read(reader),
    nonce: u64.read(reader),
  };
}
