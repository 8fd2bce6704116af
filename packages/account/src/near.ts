/**
 * `connect`: a network, and the accounts on it, as objects whose methods are the functions of this
 * package.
 * @module
 */
import { showValue } from "@yoctonear/base";
import { assertAccountId } from "@yoctonear/primitives";
import { fetchTransport, type FetchTransportOptions, status, type Transport } from "@yoctonear/rpc";
import type { FunctionArguments, SignedTransaction } from "@yoctonear/transactions";
import type { AccountSigner } from "./account.ts";
import { type Account, createAccountReader } from "./account-reader.ts";
import { view } from "./call.ts";
import {
  assertSenderOptions,
  type SenderOptions,
  type StatusOptions,
  type WaitOptions,
} from "./sender/options.ts";
import type { Outcome } from "./outcome/outcome.ts";
import type { ReadOptions } from "./reads.ts";
import { sendSigned, transactionStatus } from "./sender/send.ts";
import { createSigningAccount, type SigningAccount } from "./signing-account.ts";
import {
  readTracedOutcome,
  type TracedOutcome,
  transactionTrace,
} from "./outcome/traced-outcome.ts";
import { type ViewOutcome, viewOutcome } from "./outcome/view-outcome.ts";

/** URLs of public nodes, for `connect("testnet")`. */
const NETWORKS: { readonly [name: string]: string } = {
  mainnet: "https://free.rpc.fastnear.com",
  testnet: "https://test.rpc.fastnear.com",
};

/** A node by URL, with what its provider wants. */
export interface ConnectUrl extends FetchTransportOptions {
  readonly url: string;
}

/** What `connect` takes: a network's name, a URL, a transport, or an object with one, e.g. a localnet. */
export type ConnectTarget =
  | "mainnet"
  | "testnet"
  | `http://${string}`
  | `https://${string}`
  | ConnectUrl
  | Transport
  | { readonly transport: Transport };

/** A network. */
export interface Near {
  /** Carries every request; the functions of `rpc` take it. */
  readonly transport: Transport;
  /** An account to read; with a signer, a pool of signers or a wallet, one to act as. */
  account(accountId: string): Account;
  account(accountId: string, signer: AccountSigner): SigningAccount;
  /** Asks a method of a contract; resolves with its JSON. */
  view(
    contractId: string,
    methodName: string,
    args?: FunctionArguments,
    options?: ReadOptions,
  ): Promise<unknown>;
  /** The same with all that came of it: bytes, logs, block. */
  viewOutcome(
    contractId: string,
    methodName: string,
    args?: FunctionArguments,
    options?: ReadOptions,
  ): Promise<ViewOutcome>;
  /** Sends a transaction that is signed already. */
  send(signed: SignedTransaction, options?: WaitOptions): Promise<TracedOutcome>;
  /** Asks for a transaction by its hash and its signer. */
  status(hash: string, signerId: string, options?: StatusOptions): Promise<TracedOutcome>;
  /** Asks for a transaction with all its receipts, for the whole of its `tree()`. */
  trace(hash: string, signerId: string, options?: StatusOptions): Promise<TracedOutcome>;
  /** Asks the node which chain it is on, e.g. `mainnet`. */
  chainId(): Promise<string>;
}

/**
 * Connects to a network. Nothing is asked of it yet.
 * @param target - `"mainnet"`, `"testnet"`, a URL, `{ url, headers, fetch, timeout }`, a transport,
 *   or a chain in this process
 * @param options - `journal` and `queueLimit` of its accounts' sending
 * @throws {TypeError} for anything else, for misspelt options, and for a journal that is not `journalled`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * await alice.transfer("bob.near", "1 NEAR");
 * (await near.account("bob.near").balance()).total; // 2000000000000000000000000n
 * ```
 */
export function connect(target: ConnectTarget, options: SenderOptions = {}): Near {
  assertSenderOptions(options);
  const transport = transportOf(target);
  function account(accountId: string): Account;
  function account(accountId: string, signer: AccountSigner): SigningAccount;
  function account(accountId: string, ...signers: AccountSigner[]): Account | SigningAccount {
    assertAccountId(accountId);
    // Counted, not compared: an undefined signer is a missing key, never a wish to read only.
    const [signer] = signers;
    if (signers.length === 0) return createAccountReader({ transport, accountId });
    if (signer !== undefined) return createSigningAccount(transport, accountId, signer, options);
    throw new TypeError(`expected a signer for ${accountId}, got undefined`);
  }
  return Object.freeze({
    transport,
    account,
    view: async (contractId, methodName, args, options) => {
      assertAccountId(contractId, "contract id");
      return view(transport, contractId, methodName, args, options);
    },
    viewOutcome: async (contractId, methodName, args, options) => {
      assertAccountId(contractId, "contract id");
      return viewOutcome(transport, contractId, methodName, args, options);
    },
    send: async (signed, options) => traced(await sendSigned(transport, signed, options)),
    status: async (hash, signerId, options) =>
      traced(await transactionStatus(transport, hash, signerId, options)),
    trace: (hash, signerId, options) => transactionTrace(transport, hash, signerId, options),
    chainId: async () => (await status(transport)).chain_id,
  } satisfies Near);
}

function traced({ hash, response }: Outcome): TracedOutcome {
  return readTracedOutcome(hash, response);
}

function transportOf(target: ConnectTarget): Transport {
  if (typeof target === "function") return target;
  if (typeof target === "string") {
    const url = Object.hasOwn(NETWORKS, target) ? NETWORKS[target] : target;
    if (url !== undefined && /^https?:\/\//.test(url)) return fetchTransport(url);
  } else if (typeof target === "object" && target !== null) {
    if ("transport" in target && typeof target.transport === "function") return target.transport;
    if ("url" in target) {
      const { url, ...options } = target;
      return fetchTransport(url, options);
    }
  }
  const names = Object.keys(NETWORKS).map((name) => `"${name}"`);
  throw new TypeError(
    `expected ${names.join(", ")}, a URL, { url }, a transport or an object with one, got ${showValue(target)}`,
  );
}
