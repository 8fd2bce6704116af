/**
 * A localnet from the recorded genesis with a history like that of the recorded node, and the ids of
 * the one for those of the other.
 * @module
 */
import { decodeBase64, encodeBase64 } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { ed25519 } from "@yoctonear/keys/ed25519";
import { secp256k1 } from "@yoctonear/keys/secp256k1";
import { type KeyPair, parseKeyPair } from "@yoctonear/keys";
import { formatHash, sha256 } from "@yoctonear/primitives";
import {
  type Action,
  createTransaction,
  decodeSignedTransaction,
  encodeSignedTransaction,
  signTransaction,
  transactionHash,
} from "@yoctonear/transactions";
import {
  field,
  has,
  integer,
  type Json,
  list,
  loadProbeContract,
  loadRecording,
  record,
  text,
} from "@yoctonear/vectors";

/** The chain, and how what was recorded reads on it. */
export interface History {
  readonly chain: Localnet;
  /** The parameters with our ids; transactions not sent before are signed anew. */
  translateParams(method: string, params: Json): Promise<Json>;
  /** An answer with our ids. */
  translate(value: Json): Json;
}

const genesis = record(await loadRecording("genesis"));
const scenarios = await loadRecording("scenarios");
const methods = await loadRecording("methods");

const CALLS = { type: "functionCall", receiverId: "probe.test.near", methodNames: [] } as const;
const KEYS_OF_CAROL = [
  "ed25519:52QyXZn5U3HzMm7Y3btziKQmL13x1jSAjo2Rdo7D5p8r",
  "ed25519:7upyjaowBw8WM5GUcSX5zywVorzjDWotNTUJWXsthb26",
] as const;
/** Height of the block that the recorded requests name, and of the head when they were made. */
const RECORDED_BLOCK = 4103;
const RECORDED_HEAD = 4106;

/** Makes the chain and its history. */
export async function makeHistory(): Promise<History> {
  const chain = await createLocalnet({ genesis, pollingTimeout: 500 });
  const send = createSender(chain);
  await makeAccountsAlike(chain, send);
  const { signerId, receiverId, actions } = decodeSignedTransaction(
    decodeBase64(firstTransaction()),
  ).transaction;
  const first = await send(signerId, receiverId, actions);
  await chain.fastForward(150);
  await chain.produceBlocks(5);
  return translator(chain, send, first);
}

interface Sent {
  readonly hash: string;
  readonly base64: string;
}

type Send = (
  signerId: string,
  receiverId: string,
  actions: readonly Action[],
  isSent?: boolean,
) => Promise<Sent>;

/** Signs with the recorded keys. */
function createSender(chain: Localnet): Send {
  const keys = recordedKeys();
  const nonces = new Map<string, bigint>();
  return async (signerId, receiverId, actions, isSent = true) => {
    const signer = keys.get(signerId);
    if (signer === undefined) throw new TypeError(`expected a recorded key of ${signerId}`);
    const nonce = (nonces.get(signerId) ?? 0n) + 1n;
    nonces.set(signerId, nonce);
    const block = await ask(chain, "block", { finality: "final" });
    const { publicKey } = signer;
    const blockHash = text(block, "header", "hash");
    const transaction = createTransaction({
      signerId,
      publicKey,
      nonce,
      receiverId,
      blockHash,
      actions,
    });
    const signed = await signTransaction(transaction, signer);
    const base64 = encodeBase64(encodeSignedTransaction(signed));
    if (isSent) {
      const answer = await ask(chain, "send_tx", { signed_tx_base64: base64, wait_until: "FINAL" });
      if (!has(answer, "status") || !has(field(answer, "status"), "SuccessValue")) {
        throw new TypeError(`expected ${signerId} to succeed`);
      }
    }
    return { hash: transactionHash(transaction), base64 };
  };
}

function recordedKeys(): ReadonlyMap<string, KeyPair> {
  const keys = new Map<string, KeyPair>();
  for (const scenario of list(scenarios)) {
    for (const step of list(scenario, "steps")) {
      const signerId = text(step, "tx", "signer_id");
      if (keys.has(signerId)) continue;
      keys.set(signerId, parseKeyPair(text(step, "tx", "secret_key"), [ed25519, secp256k1]));
    }
  }
  return keys;
}

async function makeAccountsAlike(chain: Localnet, send: Send): Promise<void> {
  const alice = "alice.test.near";
  const code = await loadProbeContract();
  const hash = formatHash(sha256(code));
  await send("probe.test.near", "probe.test.near", [{ type: "deployContract", code }]);
  await send("bob.test.near", "bob.test.near", [
    { type: "deployContract", code: Uint8Array.of(1, 2, 3) },
  ]);
  await send(alice, alice, [{ type: "deployGlobalContract", code, deployMode: "accountId" }]);
  await send(alice, alice, [{ type: "deployGlobalContract", code, deployMode: "codeHash" }]);
  const byHash = { type: "codeHash", hash } as const;
  const byAccount = { type: "accountId", accountId: alice } as const;
  const [second, third] = KEYS_OF_CAROL;
  await send("carol.test.near", "carol.test.near", [
    { type: "useGlobalContract", contractIdentifier: byHash },
    {
      type: "addKey",
      publicKey: second,
      accessKey: { nonce: 0n, permission: { type: "fullAccess" } },
    },
    {
      type: "addKey",
      publicKey: third,
      accessKey: { nonce: 0n, permission: { ...CALLS, allowance: 0n } },
    },
  ]);
  await send("dave.test.near", "dave.test.near", [
    { type: "useGlobalContract", contractIdentifier: byAccount },
  ]);
  await send("secp.test.near", "bob.test.near", [{ type: "transfer", deposit: 1n }]);
  await chain.patchState(dataOfProbe(hash, code.length));
}

/** Enough data that it is too large to be viewed at once. */
function dataOfProbe(codeHash: string, codeLength: number): readonly Json[] {
  const data = ["", "YWI=", "Yg==", "Yw==", "cDAwMQ=="].map((key) => ({
    Data: { account_id: "probe.test.near", data_key: key, value: "dg==" },
  }));
  const account = {
    amount: "10000000000000000000000000000",
    locked: "0",
    code_hash: codeHash,
    storage_usage: 60_000 + codeLength,
    version: "V1",
  };
  return [{ Account: { account_id: "probe.test.near", account } }, ...data];
}

async function translator(chain: Localnet, send: Send, first: Sent): Promise<History> {
  const recorded = list(methods);
  const head = Number(integer(await ask(chain, "status", []), "sync_info", "latest_block_height"));
  const height = head - (RECORDED_HEAD - RECORDED_BLOCK);
  const block = await ask(chain, "block", { block_id: height });
  const status = await ask(chain, "EXPERIMENTAL_tx_status", {
    tx_hash: first.hash,
    sender_account_id: "alice.test.near",
  });
  const ids = new Map<string, string>([
    [text(recorded[0] ?? null, "result", "header", "hash"), text(block, "header", "hash")],
    [
      text(recorded[0] ?? null, "result", "chunks", 0, "chunk_hash"),
      text(block, "chunks", 0, "chunk_hash"),
    ],
  ]);
  const lightHead = recorded.find(
    (entry) => has(entry, "note") && text(entry, "note") === "the light client head",
  );
  const lightHash = text(lightHead ?? null, "params", "block_id");
  const changed = recorded.find(
    (entry) => has(entry, "method") && text(entry, "method") === "changes",
  );
  ids.set(
    text(changed ?? null, "params", "block_id"),
    text(status, "receipts_outcome", 0, "block_hash"),
  );
  const bytes = new Map<string, string>();
  const learn = (theirs: string, ours: Sent): void => {
    const signed = decodeSignedTransaction(decodeBase64(theirs));
    bytes.set(theirs, ours.base64);
    ids.set(transactionHash(signed.transaction), ours.hash);
  };
  learn(firstTransaction(), first);
  const receipt = recorded.find(
    (entry) => has(entry, "method") && text(entry, "method") === "EXPERIMENTAL_receipt",
  );
  ids.set(
    text(receipt ?? null, "params", "receipt_id"),
    text(status, "transaction_outcome", "outcome", "receipt_ids", 0),
  );

  const translate = (value: Json): Json => {
    if (typeof value === "string") {
      let translated = bytes.get(value) ?? value;
      for (const [theirs, ours] of ids) translated = translated.replaceAll(theirs, ours);
      return translated;
    }
    if (value === RECORDED_BLOCK) return height;
    if (Array.isArray(value)) return value.map((entry: Json) => translate(entry));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(record(value)).map(([key, entry]) => [key, translate(entry)]),
    );
  };
  const translateParams = async (_method: string, params: Json): Promise<Json> => {
    // The newest final block when it is first named.
    if (!ids.has(lightHash) && JSON.stringify(params).includes(lightHash)) {
      const final = await ask(chain, "block", { finality: "final" });
      ids.set(lightHash, text(final, "header", "hash"));
    }
    const theirs = signedText(params);
    if (theirs !== null && !bytes.has(theirs)) {
      const { transaction } = decodeSignedTransaction(decodeBase64(theirs));
      const { signerId, receiverId, actions } = transaction;
      learn(theirs, await send(signerId, receiverId, actions, false));
    }
    return translate(params);
  };
  return { chain, translate, translateParams };
}

/** The transaction whose fate the recorded requests ask for: it comes up again as the same bytes. */
function firstTransaction(): string {
  const again = list(methods).find(
    (entry) => has(entry, "note") && text(entry, "note") === "the same bytes again",
  );
  const found = signedText(field(again ?? null, "params"));
  if (found === null) throw new TypeError("expected a transaction sent again");
  return found;
}

/** The signed transaction in some parameters, if there is a whole one. */
function signedText(params: Json): string | null {
  const value = Array.isArray(params) && params.length === 1 ? params[0] : params;
  const found =
    typeof value === "object" && value !== null && has(value, "signed_tx_base64")
      ? field(value, "signed_tx_base64")
      : value;
  return typeof found === "string" && found.length > 200 ? found : null;
}

async function ask(chain: Localnet, method: string, params: Json): Promise<Json> {
  const result = await chain.transport({ method, params });
  if (isJson(result)) return result;
  throw new TypeError(`expected an answer to ${method}`);
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}
