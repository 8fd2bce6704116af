/**
 * near-api-js, by its public functions. Everything that can be prepared is prepared.
 * @module
 */
import {
  actions,
  baseDecode,
  createTransaction,
  decodeTransaction,
  encodeTransaction,
  KeyPair,
  KeyPairSigner,
  PublicKey,
  type SignedTransaction,
  type Transaction,
} from "near-api-js";
import { inTurn, sample, varied } from "../samples.ts";
import type { Peer } from "./peer.ts";

/** Makes the peer. */
export async function nearApiJs(): Promise<Peer> {
  const { signerId, receiverId, blockHash, amount, code, secretKey } = sample;
  const signer = KeyPairSigner.fromSecretKey(secretKey);
  const publicKey = await signer.getPublicKey();
  const make = (nonce: bigint, list: ReturnType<typeof actions.transfer>[]): Transaction =>
    createTransaction(signerId, publicKey, receiverId, nonce, list, baseDecode(blockHash));
  const sign = async (transaction: Transaction): Promise<SignedTransaction> =>
    (await signer.signTransaction(transaction)).signedTransaction;

  const transfer = make(sample.nonce, [actions.transfer(amount)]);
  const deploy = make(sample.nonce + 1n, [actions.deployContract(code)]);
  const signedTransfer = await sign(transfer);
  const signedDeploy = await sign(deploy);
  const transferBytes = encodeTransaction(transfer);
  const deployBytes = encodeTransaction(deploy);
  const next = inTurn(
    varied.map(({ publicKey: key, blockHash: hash }) =>
      createTransaction(
        signerId,
        PublicKey.fromString(key),
        receiverId,
        sample.nonce,
        [actions.transfer(amount)],
        baseDecode(hash),
      ),
    ),
  );
  let nonce = sample.nonce;

  return {
    name: "near-api-js",
    encodeTransfer: () => encodeTransaction(transfer),
    encodeVariedTransfers: () => encodeTransaction(next()),
    encodeSignedTransfer: () => encodeTransaction(signedTransfer),
    encodeDeploy: () => encodeTransaction(deploy),
    encodeSignedDeploy: () => encodeTransaction(signedDeploy),
    decodeTransfer: () => decodeTransaction(transferBytes),
    decodeDeploy: () => decodeTransaction(deployBytes),
    signTransfer: () => sign(make(nonce++, [actions.transfer(amount)])),
    signAndEncodeTransfer: async () =>
      encodeTransaction(await sign(make(nonce++, [actions.transfer(amount)]))),
    parsePublicKey: () => PublicKey.fromString(sample.publicKey),
    parseSecretKey: () => KeyPair.fromString(secretKey),
    proof: {
      transfer: transferBytes,
      deploy: deployBytes,
      signedTransfer: encodeTransaction(signedTransfer),
      signedDeploy: encodeTransaction(signedDeploy),
      publicKey: publicKey.toString(),
    },
  };
}
