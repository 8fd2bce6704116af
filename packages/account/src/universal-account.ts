/**
 * Universal accounts (NEP-655, since protocol 88): their id follows from their first state, which names their keys, so
 * that anybody may bring them to life, and they themselves too.
 * @module
 */
import { NearError } from "@yoctonear/base";
import type { Signer } from "@yoctonear/keys";
import { type NearInput, universalAccountId } from "@yoctonear/primitives";
import { block, type Transport, viewAccount } from "@yoctonear/rpc";
import {
  assertActionsAccepted,
  createTransaction,
  signTransaction,
  universalStateInit,
  type UniversalStateInitInput,
} from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import { within } from "./sender/deadline.ts";
import { assertNodeTakes } from "./sender/node-version.ts";
import {
  assertSendOptions,
  type SendOptions,
  WAIT_OPTIONS,
  type WaitOptions,
} from "./sender/options.ts";
import { type Outcome, readOutcome } from "./outcome/outcome.ts";
import { field } from "./record.ts";
import { send } from "./sender/send.ts";
import { startSending } from "./sender/sending.ts";
import { outcomeOf, settle } from "./sender/settle.ts";

/** How to bring a universal account to life. */
export interface InitUniversalAccountOptions extends SendOptions {
  /** NEAR for its storage; what it does not need comes back to who sends it. None by default. */
  readonly deposit?: NearInput | undefined;
}

/**
 * Brings a universal account to life; anybody may. It need not have been funded. Where it is alive already, nothing
 * changes.
 * @param account - who pays
 * @param init - its keys, contract and first storage, or the bytes of a state init
 * @param options - `deposit`, and those of sending
 * @throws {LimitError} `UnsupportedProtocolFeature` where the node's protocol has no universal accounts yet, or when a
 *   node would refuse it whatever the state of the chain
 * @throws {TransactionError}
 * @example
 * ```ts
 * import { connect, initUniversalAccount, signingAccount } from "@yoctonear/account";
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { universalAccountId } from "@yoctonear/primitives";
 * import { universalStateInit } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ protocolVersion: 88, accounts: { "alice.near": "10 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const keyPair = randomEd25519KeyPair();
 * const { stateInit } = universalStateInit({ accessKeys: [keyPair.publicKey] });
 * await initUniversalAccount(alice, stateInit);
 * const accountId = universalAccountId(stateInit);
 * (await connect(chain).account(accountId).keys()).length; // 1
 * ```
 */
export async function initUniversalAccount<O extends Outcome>(
  account: SigningAccountRef<O>,
  init: UniversalStateInitInput,
  { deposit, ...options }: InitUniversalAccountOptions = {},
): Promise<O> {
  const action = universalStateInit(init, { deposit });
  return send(account, universalAccountId(action.stateInit), [action], options);
}

/**
 * Has a universal account bring itself to life: it has been funded, and one of the keys that its state init names signs.
 * No other account is needed.
 * @param transport - reaches the network
 * @param init - its keys, contract and first storage, or the bytes of a state init
 * @param signer - one of the keys
 * @param options - those of waiting
 * @throws {NearError} `already_initialized` where the account is alive
 * @throws {RpcError} `UNKNOWN_ACCOUNT` where it has not been funded
 * @throws {LimitError} `UnsupportedProtocolFeature` where the node's protocol has no universal accounts yet, or when a
 *   node would refuse it whatever the state of the chain
 * @throws {TransactionError} `rejected` when the state init does not name the signer's key; after `failed` it may be tried
 *   again, once what it needs is there: the gas is burnt
 * @example
 * ```ts
 * import { bootstrapUniversalAccount, signingAccount, transfer } from "@yoctonear/account";
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { universalAccountId } from "@yoctonear/primitives";
 * import { universalStateInit } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ protocolVersion: 88, accounts: { "alice.near": "10 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const keyPair = randomEd25519KeyPair();
 * const { stateInit } = universalStateInit({ accessKeys: [keyPair.publicKey] });
 * const accountId = universalAccountId(stateInit);
 * await transfer(alice, accountId, "1 NEAR");
 * await bootstrapUniversalAccount(chain.transport, stateInit, keyPair);
 * const own = signingAccount(chain.transport, accountId, keyPair);
 * (await transfer(own, "alice.near", "0.5 NEAR")).failure; // undefined
 * ```
 */
export async function bootstrapUniversalAccount(
  transport: Transport,
  init: UniversalStateInitInput,
  signer: Signer,
  options: WaitOptions = {},
): Promise<Outcome> {
  assertSendOptions(options, WAIT_OPTIONS);
  const { publicKey } = signer;
  const action = universalStateInit(init);
  const accountId = universalAccountId(action.stateInit);
  const parts = { signerId: accountId, receiverId: accountId, publicKey, actions: [action] };
  return within(options, async (deadline) => {
    const { signal, race } = deadline;
    const check = (version: number): void => assertActionsAccepted([action], version, accountId);
    await race(assertNodeTakes(transport, check, { signal }));
    const [view, { header }] = await race(
      Promise.all([
        viewAccount(transport, { accountId }, { signal }),
        block(transport, { block: { finality: "final" } }, { signal }),
      ]),
    );
    const last = field(view, "bootstrap_nonce");
    if (typeof last !== "number" && typeof last !== "bigint") {
      const message = `expected an account that is not initialized yet, got ${accountId}`;
      throw new NearError("already_initialized", message);
    }
    // This nonce and no other: the chain takes no higher one.
    const nonce = BigInt(last) + 1n;
    const transaction = createTransaction({ ...parts, nonce, blockHash: header.hash });
    const sending = startSending(await race(signTransaction(transaction, signer)), false);
    const response = await settle(transport, sending, options, deadline);
    return outcomeOf({ ...sending, response }, readOutcome);
  });
}
