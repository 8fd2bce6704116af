/**
 * An account as the functions of this package take it: where it is, and what signs for it.
 * @module
 */
import { assertAccountId } from "@yoctonear/primitives";
import type { Signer } from "@yoctonear/keys";
import type { Transport } from "@yoctonear/rpc";
import type { Executor } from "./sender/executor.ts";
import type { KeptJournal } from "./sender/journal.ts";
import type { KeyPool } from "./sender/key-pool.ts";
import { assertSenderOptions, type SenderOptions } from "./sender/options.ts";
import { type Outcome, type OutcomeReader, readOutcome } from "./outcome/outcome.ts";
import { createSender } from "./sender/sender.ts";

/** An account to read. */
export interface AccountRef {
  readonly transport: Transport;
  readonly accountId: string;
}

/** An account to act as. */
export interface SigningAccountRef<O extends Outcome = Outcome> extends AccountRef {
  /** Signs and sends. */
  readonly executor: Executor;
  /** Signs what others send; the first of a pool, undefined where a wallet has the keys. */
  readonly signer?: Signer | undefined;
  /** Makes the outcomes of its transactions. */
  readonly readOutcome: OutcomeReader<O>;
  /** Where its transactions are written down; undefined where they are not, and where a wallet has the keys. */
  readonly journal?: KeptJournal | undefined;
  /** The first key that signs; undefined where a wallet has the keys. */
  readonly publicKey?: string | undefined;
}

/** What may sign for an account: a signer, a pool of them, or a wallet. */
export type AccountSigner = Signer | KeyPool | Executor;

/**
 * Names an account to act as, for the free functions of this package.
 * @param transport - reaches the network
 * @param accountId - whose keys the signer has
 * @param signer - a signer, a pool of them, or a wallet
 * @param options - `journal`, `queueLimit`; a wallet keeps neither
 * @throws {ParseError} `invalid_account_id`
 * @throws {TypeError} when the signer is none, for misspelt options, and for a journal that is not `journalled`
 * @example
 * ```ts
 * import { signingAccount } from "@yoctonear/account";
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { fetchTransport } from "@yoctonear/rpc";
 * const transport = fetchTransport("https://test.rpc.fastnear.com");
 * signingAccount(transport, "alice.testnet", randomEd25519KeyPair()).accountId; // "alice.testnet"
 * ```
 */
export function signingAccount(
  transport: Transport,
  accountId: string,
  signer: AccountSigner,
  options: SenderOptions = {},
): SigningAccountRef {
  assertAccountId(accountId);
  assertSenderOptions(options);
  if (typeof signer === "object" && signer !== null) {
    const account = { transport, accountId, readOutcome };
    if ("execute" in signer) return { ...account, executor: signer };
    const signers = "signers" in signer ? signer.signers : [signer];
    const [first] = signers;
    if (typeof first?.sign === "function") {
      const executor = createSender(transport, accountId, signers, options);
      const { journal } = options;
      return { ...account, executor, signer: first, publicKey: first.publicKey, journal };
    }
  }
  // Not shown: what stands in the wrong place may be a secret key.
  throw new TypeError(
    `expected a key pair, a key pool, or a wallet to sign for ${accountId}, got ${typeof signer}`,
  );
}
