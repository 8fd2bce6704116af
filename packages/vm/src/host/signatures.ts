/**
 * Host functions that verify signatures, or recover who signed. Steps come in nearcore's order: what fails early
 * has not paid for what follows.
 * @module
 */
import { verifyEd25519 } from "@yoctonear/keys/ed25519";
import { recoverPublicKey } from "../crypto/ecrecover.ts";
import { isP256Signature, verifyP256 } from "../crypto/p256.ts";
import type { Host, HostFunctions } from "../host.ts";
import { readBytes, writeRegister } from "../host-arguments.ts";
import { HostFailure } from "../host-error.ts";

const SIGNATURE_SIZE = 64;
const HASH_SIZE = 32;
const ED25519_KEY_SIZE = 32;
const P256_KEY_SIZE = 33;
const ML_DSA_SIGNATURE_SIZE = 3309;
const ML_DSA_KEY_SIZE = 1952;

/** Bits that are never set in the last byte of an s below the order of ed25519. */
const ED25519_HIGH_BITS = 0xe0;

/** Signatures. */
export const SIGNATURE_FUNCTIONS: HostFunctions = {
  ecrecover: { params: 7, type: "i64", result: "i64", call: ecrecover },
  ed25519_verify: { params: 6, type: "i64", result: "i64", call: ed25519Verify },
  p256_verify: { params: 6, type: "i64", result: "i64", call: p256Verify },
};

/** Signatures that contracts can verify since protocol 87. */
export const ML_DSA_FUNCTIONS: HostFunctions = {
  ml_dsa_verify: { params: 6, type: "i64", result: "i64", call: mlDsaVerify },
};

function ecrecover(
  host: Host,
  hashLen: bigint,
  hashPtr: bigint,
  signatureLen: bigint,
  signaturePtr: bigint,
  v: bigint,
  malleabilityFlag: bigint,
  register: bigint,
): bigint {
  host.gas.payBase("ecrecoverBase");
  const signature = readBytes(host, signatureLen, signaturePtr);
  if (signature.length !== SIGNATURE_SIZE) {
    throw ecrecoverError(
      `The length of the signature: ${signature.length}, exceeds the limit of 64 bytes`,
    );
  }
  if (v > 3n) {
    throw ecrecoverError(`V recovery byte 0 through 3 are valid but was provided ${v}`);
  }
  const hash = readBytes(host, hashLen, hashPtr);
  if (hash.length !== HASH_SIZE) {
    throw ecrecoverError(`The length of the hash: ${hash.length}, exceeds the limit of 32 bytes`);
  }
  if (malleabilityFlag > 1n) {
    throw ecrecoverError(
      `Malleability flag needs to be 0 or 1, but is instead ${malleabilityFlag}`,
    );
  }
  const highS = malleabilityFlag === 1n ? "reject" : "accept";
  const publicKey = recoverPublicKey(hash, signature, Number(v), highS);
  if (publicKey === null) return 0n;
  writeRegister(host, register, publicKey);
  return 1n;
}

function ed25519Verify(
  host: Host,
  signatureLen: bigint,
  signaturePtr: bigint,
  messageLen: bigint,
  messagePtr: bigint,
  keyLen: bigint,
  keyPtr: bigint,
): bigint {
  host.gas.payBase("ed25519VerifyBase");
  const signature = readBytes(host, signatureLen, signaturePtr);
  if (signature.length !== SIGNATURE_SIZE) {
    throw new HostFailure("Ed25519VerifyInvalidInput", { msg: "invalid signature length" });
  }
  if (((signature[SIGNATURE_SIZE - 1] ?? 0) & ED25519_HIGH_BITS) !== 0) return 0n;
  const message = readBytes(host, messageLen, messagePtr);
  host.gas.payPer("ed25519VerifyByte", message.length);
  const key = readBytes(host, keyLen, keyPtr);
  if (key.length !== ED25519_KEY_SIZE) {
    throw new HostFailure("Ed25519VerifyInvalidInput", { msg: "invalid public key length" });
  }
  return verifyEd25519(message, signature, key) ? 1n : 0n;
}

function p256Verify(
  host: Host,
  signatureLen: bigint,
  signaturePtr: bigint,
  messageLen: bigint,
  messagePtr: bigint,
  keyLen: bigint,
  keyPtr: bigint,
): bigint {
  host.gas.payBase("p256VerifyBase");
  const signature = readBytes(host, signatureLen, signaturePtr);
  if (signature.length !== SIGNATURE_SIZE) {
    throw new HostFailure("P256VerifyInvalidInput", { msg: "invalid signature length" });
  }
  if (!isP256Signature(signature)) return 0n;
  const message = readBytes(host, messageLen, messagePtr);
  host.gas.payPer("p256VerifyByte", message.length);
  const key = readBytes(host, keyLen, keyPtr);
  if (key.length !== P256_KEY_SIZE) {
    throw new HostFailure("P256VerifyInvalidInput", { msg: "invalid public key length" });
  }
  return verifyP256(message, signature, key) ? 1n : 0n;
}

function mlDsaVerify(
  host: Host,
  signatureLen: bigint,
  signaturePtr: bigint,
  messageLen: bigint,
  messagePtr: bigint,
  keyLen: bigint,
  keyPtr: bigint,
): bigint {
  const { verifyMlDsa } = host.config;
  if (verifyMlDsa === undefined) throw new TypeError("expected config.verifyMlDsa, got none");
  host.gas.payBase("mlDsaVerifyBase");
  const signature = readBytes(host, signatureLen, signaturePtr);
  checkMlDsaLength("signature", signature, ML_DSA_SIGNATURE_SIZE);
  const message = readBytes(host, messageLen, messagePtr);
  host.gas.payPer("mlDsaVerifyByte", message.length);
  const key = readBytes(host, keyLen, keyPtr);
  checkMlDsaLength("key", key, ML_DSA_KEY_SIZE);
  return verifyMlDsa(message, signature, key) ? 1n : 0n;
}

function checkMlDsaLength(what: string, { length }: Uint8Array, expected: number): void {
  if (length === expected) return;
  const msg = `invalid ${what} length: expected the input of ${expected} bytes, but ${length} was given`;
  throw new HostFailure("MlDsaVerifyInvalidInput", { msg });
}

function ecrecoverError(msg: string): HostFailure {
  return new HostFailure("ECRecoverError", { msg });
}
