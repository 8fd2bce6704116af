/**
 * near-kit, by its public classes. It builds a transaction only with a node at hand, so one answers
 * at once from memory: no fetch, no JSON and no validation of answers is counted. It has no public
 * way to encode what is not signed, nor to decode.
 * @module
 */
import { Near, parseKey, parsePublicKey, type TransactionBuilder } from "near-kit";
import { sample } from "../samples.ts";
import { headerOf } from "./block-header.ts";
import type { Peer } from "./peer.ts";

/** Makes the peer. */
export async function nearKit(): Promise<Peer> {
  const { signerId, receiverId, amount, code } = sample;
  const near = connectToMemory();
  const transfer = (): TransactionBuilder =>
    near.transaction(signerId).transfer(receiverId, `${amount} yocto`);
  const signedTransfer = await transfer().sign();
  // Its nonces are counted per key in the whole process: the deploy takes the next one.
  const signedDeploy = await near.transaction(signerId).deployContract(receiverId, code).sign();

  return {
    name: "near-kit",
    encodeSignedTransfer: () => signedTransfer.serialize(),
    encodeSignedDeploy: () => signedDeploy.serialize(),
    signTransfer: () => transfer().sign(),
    signAndEncodeTransfer: async () => (await transfer().sign()).serialize(),
    parsePublicKey: () => parsePublicKey(sample.publicKey),
    parseSecretKey: () => parseKey(sample.secretKey),
    proof: {
      signedTransfer: signedTransfer.serialize(),
      signedDeploy: signedDeploy.serialize(),
      publicKey: parseKey(sample.secretKey).publicKey.toString(),
    },
  };
}

function connectToMemory(): Near {
  const near = new Near({
    network: { rpcUrl: "http://localhost:1", networkId: "localnet" },
    privateKey: sample.secretKey,
    defaultSignerId: sample.signerId,
  });
  const { blockHash } = sample;
  const key = {
    nonce: Number(sample.nonce - 1n),
    permission: "FullAccess",
    block_height: 1,
    block_hash: blockHash,
  } as const;
  near.rpc.getAccessKey = () => Promise.resolve(key);
  const block = { author: "test.near", header: headerOf(blockHash), chunks: [] };
  near.rpc.getBlock = () => Promise.resolve(block);
  return near;
}
