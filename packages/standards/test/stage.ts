import { connect, type Near, type SigningAccount } from "@yoctonear/account";
import { encodeUtf8, isNearError } from "@yoctonear/base";
import { type ContractName, loadContract } from "@yoctonear/contracts";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import type { Transport } from "@yoctonear/rpc";
import { deployContract, functionCall } from "@yoctonear/transactions";

export const TOKEN = "usdt.near";
export const ART = "art.near";
/** What the token of these tests asks for a registration: 122 bytes. */
export const PRICE = 122n * 10n ** 19n;

/** A chain with accounts of 100 NEAR: alice.near has a million tokens, and the pieces dawn, dusk and noon. */
export interface Stage {
  readonly chain: Localnet;
  readonly near: Near;
  readonly alice: SigningAccount;
  /** An account of the chain, with its key. */
  act(accountId: string): SigningAccount;
  /** yoctoNEAR that an account has. */
  near24(accountId: string): Promise<bigint>;
}

/** Sets the stage; bob.near is not registered with the token, defi.near is a receiver that is. */
export async function setStage({ decimals = 6, supply = 10n ** 12n } = {}): Promise<Stage> {
  const ids = [TOKEN, ART, "alice.near", "bob.near", "defi.near"];
  const chain = await createLocalnet({
    accounts: Object.fromEntries(ids.map((id) => [id, "100 NEAR"] as const)),
  });
  const near = connect(chain);
  const act = (accountId: string): SigningAccount =>
    near.account(accountId, chain.signer(accountId));
  const deploy = async (id: string, name: ContractName, init?: object): Promise<unknown> =>
    act(id).send(id, [
      deployContract(await loadContract(name)),
      ...(init === undefined ? [] : [functionCall("new", init)]),
    ]);
  await deploy(TOKEN, "fungible-token", {
    owner_id: "alice.near",
    total_supply: String(supply),
    metadata: { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals },
  });
  await deploy(ART, "non-fungible-token", {
    owner_id: "alice.near",
    metadata: { spec: "nft-1.0.0", name: "Art", symbol: "ART" },
  });
  await deploy("defi.near", "receiver");
  const alice = act("alice.near");
  const register = functionCall("storage_deposit", { account_id: "defi.near" }, { deposit: PRICE });
  await alice.send(TOKEN, [register]);
  const mint = (token_id: string) =>
    functionCall(
      "nft_mint",
      { token_id, token_owner_id: "alice.near", token_metadata: { title: token_id } },
      { deposit: "0.01 NEAR", gas: "20 Tgas" },
    );
  await alice.send(ART, [mint("dawn"), mint("dusk"), mint("noon")]);
  return {
    chain,
    near,
    alice,
    act,
    near24: async (accountId) => (await near.account(accountId).balance()).total,
  };
}

/** What a task was rejected with. */
export function rejection(task: Promise<unknown>): Promise<unknown> {
  return task.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Tells whether a task was rejected with an error of this code and text. */
export async function failsWith(
  task: Promise<unknown>,
  code: string,
  text: RegExp,
): Promise<boolean> {
  const error = await rejection(task);
  if (isNearError(error, code) && text.test(error.message)) return true;
  throw new Error(`expected ${code} ${String(text)}, got ${String(error)}`);
}

/** The answers of a contract, by method: JSON, bytes as they are, or what went wrong as nearcore says it. */
export type Answers = Readonly<Record<string, unknown>>;

/** What a contract's method failed with. */
export class Failed {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What a contract answers that does not have the method. */
export const MISSING: Failed = new Failed(
  "wasm execution failed with error: MethodResolveError(MethodNotFound)",
);

/** A network on which a contract gives such answers, and what it was asked. */
export interface Hostile {
  readonly near: Near;
  /** Names of the methods, in order; "send" for a transaction. */
  readonly asked: readonly string[];
  /** Stands between a real chain and its user, for the answers that are given. */
  over(transport: Transport): Near;
}

/** Makes a contract whose views answer as told; whatever else is asked goes to the chain, where there is one. */
export function hostile(answers: Answers): Hostile {
  const asked: string[] = [];
  const over = (rest: Transport): Near =>
    connect(async (request, options) => {
      const { method_name: method }: { readonly method_name?: unknown } = Object(request.params);
      if (request.method === "send_tx") asked.push("send");
      if (typeof method !== "string") return rest(request, options);
      asked.push(method);
      if (!(method in answers)) return rest(request, options);
      const answer = answers[method];
      const block = { block_height: 1, block_hash: "1".repeat(32), logs: [] };
      if (answer instanceof Failed) return { ...block, error: answer.text };
      const bytes =
        answer instanceof Uint8Array ? answer : encodeUtf8(JSON.stringify(answer) ?? "");
      return { ...block, result: [...bytes] };
    });
  return { asked, over, near: over(() => Promise.reject(new Error("unasked for"))) };
}
