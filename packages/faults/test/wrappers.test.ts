import { connect, keyPool } from "@yoctonear/account";
import { inVirtualTime, runCampaign } from "@yoctonear/faults";
import {
  broadcastToAll,
  cache,
  deduplicate,
  failover,
  hedge,
  limitConcurrency,
  rateLimit,
  type Transport,
  withRetry,
  withTimeout,
} from "@yoctonear/rpc";
import { suite } from "uvu";

const test = suite("campaign: through the wrappers of rpc");

const WRAPPED: { readonly [name: string]: (transport: Transport) => Transport } = {
  withRetry: (inner) => withRetry(inner),
  failover: (inner) => failover([inner, inner]),
  broadcastToAll: (inner) => broadcastToAll(inner, [inner]),
  "all of them": (inner) => {
    const limited = limitConcurrency(rateLimit(withTimeout(inner, 15_000), { perSecond: 50 }), 64);
    return deduplicate(cache(withRetry(failover([limited, hedge([inner, inner])]))));
  },
};

for (const [name, wrap] of Object.entries(WRAPPED)) {
  test(`P1: ${name} repeats bytes, and every payment is executed once all the same`, async () => {
    const { violations } = await inVirtualTime(() =>
      runCampaign({
        seed: 7,
        transfers: 16,
        lanes: 4,
        sender: (transport, accountId, keys) =>
          connect(wrap(transport)).account(accountId, keyPool(keys)),
      }),
    );
    if (violations.length > 0) throw new Error(violations.join("\n"));
  });
}

test.run();
