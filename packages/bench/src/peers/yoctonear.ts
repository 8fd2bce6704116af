/**
 * Ours, with one signer or another.
 * @module
 */
import { ed25519KeyPair, transfer, deployContract, type Action, type Signer } from "yoctonear";
import { parsePublicKey } from "@yoctonear/keys";
import {
  createTransaction,
  decodeTransaction,
  encodeSignedTransaction,
  encodeTransaction,
  type SignedTransaction,
  signTransaction,
  type Transaction,
} from "yoctonear/transactions";
import { inTurn, sample, varied } from "../samples.ts";
import type { Peer } from "./peer.ts";

/**
 * Makes the peer.
 * @param signer - signs with the sample's key
 */
export async function yoctonear(signer: Signer): Promise<Peer> {
  const { signerId, receiverId, publicKey, blockHash, amount, code } = sample;
  const make = (nonce: bigint, action: Action): Transaction =>
    createTransaction({ signerId, publicKey, receiverId, nonce, blockHash, actions: [action] });
  const sign = (transaction: Transaction): Promise<SignedTransaction> =>
    signTransaction(transaction, signer);

  const oneTransfer = make(sample.nonce, transfer(amount));
  const deploy = make(sample.nonce + 1n, deployContract(code));
  const signedTransfer = await sign(oneTransfer);
  const signedDeploy = await sign(deploy);
  const transferBytes = encodeTransaction(oneTransfer);
  const deployBytes = encodeTransaction(deploy);
  const next = inTurn(varied.map((parts) => ({ ...oneTransfer, ...parts })));
  let nonce = sample.nonce;

  return {
    name: "yoctonear",
    encodeTransfer: () => encodeTransaction(oneTransfer),
    encodeVariedTransfers: () => encodeTransaction(next()),
    encodeSignedTransfer: () => encodeSignedTransaction(signedTransfer),
    encodeDeploy: () => encodeTransaction(deploy),
    encodeSignedDeploy: () => encodeSignedTransaction(signedDeploy),
    decodeTransfer: () => decodeTransaction(transferBytes),
    decodeDeploy: () => decodeTransaction(deployBytes),
    signTransfer: () => sign(make(nonce++, transfer(amount))),
    signAndEncodeTransfer: async () =>
      encodeSignedTransaction(await sign(make(nonce++, transfer(amount)))),
    parsePublicKey: () => parsePublicKey(sample.publicKey),
    parseSecretKey: () => ed25519KeyPair(sample.secretKey),
    proof: {
      transfer: transferBytes,
      deploy: deployBytes,
      signedTransfer: encodeSignedTransaction(signedTransfer),
      signedDeploy: encodeSignedTransaction(signedDeploy),
      publicKey: signer.publicKey,
    },
  };
}
