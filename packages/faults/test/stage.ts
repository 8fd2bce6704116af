/**
 * A chain with a block each 600 ms, and a transaction to send on it.
 * @module
 */
import { prepareTransaction } from "@yoctonear/account";
import { encodeBase64 } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import type { RpcRequest } from "@yoctonear/rpc";
import {
  encodeSignedTransaction,
  signTransaction,
  transactionHash,
  transfer,
} from "@yoctonear/transactions";

/** The chain, and requests about one transaction of alice. */
export interface Stage {
  readonly chain: Localnet;
  readonly hash: string;
  readonly send: RpcRequest;
  readonly ask: RpcRequest;
  /** Sends another transaction of alice. */
  readonly other: RpcRequest;
}

/** Sets the stage. */
export async function openStage(): Promise<Stage> {
  const accounts = { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } as const;
  const chain = await createLocalnet({ accounts, blocks: { interval: 600 } });
  await chain.produceBlocks(20);
  const sending = async (): Promise<readonly [hash: string, request: RpcRequest]> => {
    const signer = chain.signer("alice.near");
    const transaction = await prepareTransaction(chain.transport, {
      signerId: "alice.near",
      publicKey: signer.publicKey,
      receiverId: "bob.near",
      actions: [transfer(1n)],
    });
    const signed = await signTransaction(transaction, signer);
    const params = { signed_tx_base64: encodeBase64(encodeSignedTransaction(signed)) };
    return [transactionHash(transaction), { method: "send_tx", params }];
  };
  const [hash, send] = await sending();
  const params = { tx_hash: hash, sender_account_id: "alice.near", wait_until: "NONE" };
  return { chain, hash, send, ask: { method: "tx", params }, other: (await sending())[1] };
}
