/**
 * Every library as its documentation shows how to send many payments at once: one account, many keys, and nothing around
 * it that would try again.
 * @module
 */
import { Account, JsonRpcProvider, KeyPair, MultiKeySigner } from "near-api-js";
import { NEAR } from "near-api-js/tokens";
import { Near, parseKey, RotatingKeyStore } from "near-kit";
import { connect, ed25519KeyPair, keyPool, TransactionError } from "yoctonear";
import { fetchTransport, resilientTransport, type Transport } from "yoctonear/rpc";

/** How a payment ended for its caller. */
export type End =
  | { readonly type: "paid"; readonly hash: string }
  | { readonly type: "failed"; readonly error: unknown }
  /** The error says that nobody knows, and takes it up again. */
  | { readonly type: "unknown"; readonly resume: () => Promise<End> };

/** A secret key as the clients' types want it. */
export type Secret = `ed25519:${string}`;

/** A library that pays. */
export interface Payer {
  readonly name: string;
  /** Opens an account; gives the function that pays so many yoctoNEAR. */
  open(
    url: string,
    accountId: string,
    keys: readonly Secret[],
  ): Promise<(receiverId: string, amount: bigint) => Promise<End>>;
}

/** Ours, as it is. */
export const yoctonearPayer: Payer = ourPayer("yoctonear", (url) => fetchTransport(url));

/** Ours, with the wrappers that servers are to use: it asks again what may be asked again. */
export const resilientPayer: Payer = ourPayer("yoctonear, resilientTransport", (url) =>
  resilientTransport([url]),
);

/** "Parallel Transactions" of its README. */
export const nearApiJsPayer: Payer = {
  name: "near-api-js 7.3.1",
  open: async (url, accountId, keys) => {
    const provider = new JsonRpcProvider({ url });
    const signer = new MultiKeySigner(keys.map((key) => KeyPair.fromString(key)));
    const account = new Account(accountId, provider, signer);
    return async (receiverId, amount) => {
      try {
        const result: unknown = await account.transfer({ token: NEAR, amount, receiverId });
        return { type: "paid", hash: hashIn(result) };
      } catch (error) {
        return { type: "failed", error };
      }
    };
  },
};

/** The example of its `RotatingKeyStore`. */
export const nearKitPayer: Payer = {
  name: "near-kit 0.19.0",
  open: async (url, accountId, keys) => {
    const keyStore = new RotatingKeyStore();
    for (const key of keys) await keyStore.add(accountId, parseKey(key));
    const near = new Near({ network: { rpcUrl: url, networkId: "localnet" }, keyStore });
    return async (receiverId, amount) => {
      try {
        const result: unknown = await near
          .transaction(accountId)
          .transfer(receiverId, `${amount} yocto`)
          .send();
        return { type: "paid", hash: hashIn(result) };
      } catch (error) {
        return { type: "failed", error };
      }
    };
  },
};

function hashIn(result: unknown): string {
  const transaction: unknown =
    typeof result === "object" && result !== null && "transaction" in result
      ? result.transaction
      : undefined;
  const hash: unknown =
    typeof transaction === "object" && transaction !== null && "hash" in transaction
      ? transaction.hash
      : undefined;
  return typeof hash === "string" ? hash : "";
}

function ourPayer(name: string, transportOf: (url: string) => Transport): Payer {
  const end = async (sending: Promise<{ readonly hash: string }>): Promise<End> => {
    try {
      return { type: "paid", hash: (await sending).hash };
    } catch (error) {
      const resume = error instanceof TransactionError ? error.resume : undefined;
      if (resume === undefined) return { type: "failed", error };
      return { type: "unknown", resume: () => end(resume()) };
    }
  };
  return {
    name,
    open: async (url, accountId, keys) => {
      const pool = keyPool(keys.map((key) => ed25519KeyPair(key)));
      const account = connect(transportOf(url)).account(accountId, pool);
      return (receiverId, amount) => end(account.transfer(receiverId, amount));
    },
  };
}
