/**
 * What near-kit's features share.
 * @module
 */
import { failure } from "@yoctonear/conformance";
import { type InMemoryKeyStore, type KeyPair, type Near, NearError } from "near-kit";
import type { Sandbox } from "near-kit/sandbox";

/** A sandbox that near-kit started, and a client of it. */
export interface Context {
  sandbox: Sandbox;
  near: Near;
  keys: InMemoryKeyStore;
  /** Makes an account with 10 NEAR under the root, and takes its key. */
  open(name: string): Promise<{ readonly id: string; readonly key: KeyPair }>;
}

/** yoctoNEAR in a NEAR. */
export const YOCTO: bigint = 10n ** 24n;

/** yoctoNEAR that an account has. */
export async function amountOf(near: Near, id: string): Promise<bigint> {
  return BigInt((await near.rpc.getAccount(id)).amount);
}

/** A secret key as their types want it. */
export function secretOf(key: KeyPair): `ed25519:${string}` {
  return `ed25519:${key.secretKey.slice("ed25519:".length)}`;
}

/** Class and code of the error with which a promise fails. */
export async function errorOf(promise: Promise<unknown>): Promise<string> {
  const error = await failure(promise, NearError);
  return `${error.constructor.name}, ${error.code}`;
}
