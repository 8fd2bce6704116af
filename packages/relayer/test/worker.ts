/**
 * A relayer as a Cloudflare worker: one Durable Object does all, so that nonces, limits and what is under
 * way are in one place. `node scripts/relayer-worker.mjs` runs it in workerd; the README shows it.
 * @module
 */
import { connect, journalled } from "@yoctonear/account";
import { ed25519, ed25519KeyPair } from "@yoctonear/keys/ed25519";
import {
  createRelayer,
  durableJournal,
  durableRelayStore,
  type KeyValueStorage,
} from "@yoctonear/relayer";

/** What the worker is deployed with. */
export interface Env {
  readonly NEAR_RPC: string;
  readonly RELAYER_ID: string;
  /** A secret: `wrangler secret put RELAYER_KEY`. */
  readonly RELAYER_KEY: string;
  /** The namespace of the Durable Object. */
  readonly RELAYER: {
    idFromName(name: string): unknown;
    get(id: unknown): { fetch(request: Request): Promise<Response> };
  };
}

const HOUR = 3_600_000;

/** The object. */
export class Relayer {
  /** Answers a request. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Is called when the alarm rings. */
  readonly alarm: () => Promise<void>;

  constructor(
    { storage }: { storage: KeyValueStorage & { setAlarm(time: number): Promise<void> } },
    env: Env,
  ) {
    const store = durableRelayStore(storage);
    const journal = durableJournal(storage);
    const near = connect({ url: env.NEAR_RPC }, { journal: journalled(journal) });
    this.fetch = createRelayer({
      account: near.account(env.RELAYER_ID, ed25519KeyPair(env.RELAYER_KEY)),
      schemes: [ed25519],
      store,
      journal,
      cors: "any",
      policy: {
        receivers: { "bob.near": { actions: ["transfer"], maxDeposit: "1 NEAR" } },
        rate: { count: 3, per: HOUR },
        budget: { amount: "10 NEAR", per: 24 * HOUR },
      },
    });
    this.alarm = async () => {
      await store.sweep();
      await storage.setAlarm(Date.now() + HOUR);
    };
    void storage.setAlarm(Date.now() + HOUR);
  }
}

// oxlint-disable-next-line import/no-default-export -- the entry of a worker is one
export default {
  fetch: (request: Request, { RELAYER }: Env): Promise<Response> =>
    RELAYER.get(RELAYER.idFromName("relayer")).fetch(request),
};
