/**
 * What near-api-js's features share.
 * @module
 */
import { type Account, type JsonRpcProvider, NEAR_NOMINATION } from "near-api-js";

/** A sandbox, and a client of it. */
export interface Context {
  provider: JsonRpcProvider;
  /** The validator. */
  root: Account;
  /** Makes an account with 100 NEAR under the root. */
  open(name: string): Promise<Account>;
  /** The same, once: the one that is there afterwards. */
  account(name: string): Promise<Account>;
}

/** yoctoNEAR in a NEAR. */
export const YOCTO: bigint = NEAR_NOMINATION;

/** Class of the error with which a promise fails. */
export async function errorOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error.constructor.name;
  }
  throw new Error("expected it to fail");
}
