import { connect, type Near, type SigningAccount } from "@yoctonear/account";
import { ed25519 } from "@yoctonear/keys/ed25519";
import type { Signer, SigningRequest } from "@yoctonear/keys";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { createRelayer, type RelayerOptions, type RelayPolicy } from "@yoctonear/relayer";
import { type RelayerClient, relayerClient } from "@yoctonear/relayer/client";
import type { Transport } from "@yoctonear/rpc";
import {
  decodeTransaction,
  type Delegate,
  type DelegateV2,
  formatSignedDelegate,
  type Transaction,
} from "@yoctonear/transactions";

/** A chain with alice, bob, carol and a relayer, whose key writes down what it signs. */
export interface Stage {
  readonly chain: Localnet;
  readonly near: Near;
  readonly alice: SigningAccount;
  /** Every transaction that the relayer's key has signed. */
  readonly signed: readonly Transaction[];
  readonly account: SigningAccount;
  act(accountId: string): SigningAccount;
  /** Makes a relayer of that account. */
  open(policy: RelayPolicy, options?: Partial<RelayerOptions>): Relayer;
}

export type Relayer = (request: Request) => Promise<Response>;

export async function setStage(
  wrap = (transport: Transport): Transport => transport,
): Promise<Stage> {
  const ids = ["alice.near", "bob.near", "carol.near", "relayer.near"];
  const chain = await createLocalnet({
    accounts: Object.fromEntries(ids.map((id) => [id, "100 NEAR"] as const)),
  });
  const near = connect(chain);
  const act = (id: string): SigningAccount => near.account(id, chain.signer(id));
  const signed: Transaction[] = [];
  const key = chain.signer("relayer.near");
  const signer: Signer = {
    publicKey: key.publicKey,
    sign: (request: SigningRequest) => {
      signed.push(decodeTransaction(request.bytes));
      return key.sign(request);
    },
  };
  const account = connect(wrap(chain.transport)).account("relayer.near", signer);
  const open: Stage["open"] = (policy, options) =>
    createRelayer({ account, schemes: [ed25519], policy, ...options });
  return { chain, near, act, alice: act("alice.near"), signed, account, open };
}

/** A client that asks a relayer in this process. */
export function clientOf(relayer: Relayer): RelayerClient {
  return relayerClient("https://relayer.example/relay", {
    fetch: (url, init) => relayer(new Request(url, init)),
  });
}

/** Posts a body to a relayer; gives the status and the answer. */
export async function post(
  relayer: Relayer,
  body: BodyInit,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Answer }> {
  const request = new Request("https://relayer.example/relay", { method: "POST", body, headers });
  const response = await relayer(request);
  const answer: Answer = JSON.parse(await response.text());
  return { status: response.status, body: answer };
}

/** What a relayer answers. */
export interface Answer {
  readonly status?: string;
  readonly hash?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly signer_id?: string;
  readonly outcome?: unknown;
}

/** Posts a delegate action; gives the code of the refusal, or the status of what was done. */
export async function ask(relayer: Relayer, delegated: Delegate | DelegateV2): Promise<string> {
  const { body } = await post(relayer, formatSignedDelegate(delegated));
  return body.code ?? body.status ?? "nothing";
}

/** What a task was rejected with. */
export function rejection(task: Promise<unknown>): Promise<unknown> {
  return task.then(
    () => undefined,
    (error: unknown) => error,
  );
}
