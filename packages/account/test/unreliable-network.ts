/**
 * A network that fails at random: a leader that makes the blocks, a follower that lags behind it, and
 * between them and the caller everything that can happen to a request.
 * @module
 */
import { decodeBase64 } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { RpcError, type RpcRequest, type Transport, TransportError } from "@yoctonear/rpc";
import { decodeSignedTransaction, transactionHash } from "@yoctonear/transactions";

/** What happens to a request. */
export interface Trouble {
  readonly fault:
    | "pass"
    /** It never arrives. */
    | "drop-request"
    /** It arrives, its answer does not. */
    | "drop-answer"
    /** It arrives later, perhaps much later; the caller is told that it was cut off. */
    | "hold"
    /** The same, but the caller is told nothing, and only his signal ends the call. */
    | "hold-hang"
    /** Nothing, and the transport does not even look at its signal. */
    | "deaf"
    /** It arrives, and once more later. */
    | "twice"
    /** A transport sends it twice in a row, and gives the second answer. */
    | "retry"
    /** The node takes it in, and forgets it. */
    | "forget"
    | "408"
    | "429"
    | "502"
    | "malformed"
    /** The answer to another transaction. */
    | "mistaken";
  /** Asks the follower. */
  readonly stale: boolean;
  /** Turns of the event loop before it arrives. */
  readonly delay: number;
}

/** Of the broadcasts and of all other requests, in order; none afterwards. */
export interface Troubles {
  readonly sends: readonly Trouble[];
  readonly reads: readonly Trouble[];
}

/** The network. */
export interface UnreliableNetwork {
  readonly chain: Localnet;
  /** A transport of its own scope: as if of another process. */
  process(): Transport;
  /** From now on nothing fails any more, but the follower still lags. */
  calm(): void;
  /** Delivers some of what is held back. */
  deliver(share: number): Promise<void>;
  /** Lets so many heights pass that whatever is out expires. */
  age(): Promise<void>;
  /** Waits some blocks. */
  blocks(count: number): Promise<void>;
  /** Stops the blocks; the follower catches up, and must be at the same block; no nonce went out twice. */
  stop(): Promise<void>;
}

type Entry =
  | { readonly type: "transaction"; readonly params: unknown }
  | { readonly type: "block" }
  | { readonly type: "age" };

const VALIDITY = 100;

function turn(milliseconds = 0): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/**
 * Starts the network.
 * @param accounts - what they start with
 * @param keys - made besides
 * @param lag - blocks by which the follower is behind
 */
export async function unreliableNetwork(
  accounts: Readonly<Record<string, `${string} NEAR`>>,
  keys: readonly (readonly [accountId: string, publicKey: string])[],
  troubles: Troubles,
  lag: number,
): Promise<UnreliableNetwork> {
  const start = async (): Promise<Localnet> => {
    const chain = await createLocalnet({ accounts, blocks: "manual", pollingTimeout: 6 });
    for (const [accountId, publicKey] of keys) {
      await chain.createAccount(accountId, { publicKey, balance: "100 NEAR" });
    }
    await chain.produceBlocks(4);
    return chain;
  };
  const [leader, follower] = await Promise.all([start(), start()]);
  const log: Entry[] = [];
  const state = { height: 0, isStopped: false };
  let followed = 0;
  let isCalm = false;
  const asked = { sends: 0, reads: 0 };
  const held: RpcRequest[] = [];
  const problems: string[] = [];
  const sent: RpcRequest[] = [];

  const apply = async (chain: Localnet, entry: Entry): Promise<void> => {
    if (entry.type === "block") return chain.produceBlock();
    if (entry.type === "age") return chain.fastForward(VALIDITY + 10);
    await chain.transport({ method: "broadcast_tx_async", params: entry.params });
  };
  // What changes the leader goes one after another, so that the follower can do the same.
  let tail: Promise<void> = Promise.resolve();
  const lead = async (entry: Entry, before: () => void): Promise<void> => {
    log.push(entry);
    before();
    await apply(leader, entry);
    if (entry.type !== "transaction") state.height += 1;
  };
  const onLeader = (entry: Entry, before: () => void = () => {}): Promise<void> => {
    tail = tail.then(() => lead(entry, before));
    return tail;
  };
  let following: Promise<void> = Promise.resolve();
  const catchUp = async (until: number): Promise<void> => {
    let behind = log.slice(followed).filter(({ type }) => type !== "transaction").length;
    while (behind > until) {
      const entry = log[followed];
      if (entry === undefined) return;
      followed += 1;
      await apply(follower, entry);
      if (entry.type !== "transaction") behind -= 1;
    }
  };
  const follow = (until: number): Promise<void> => {
    following = following.then(() => catchUp(until));
    return following;
  };
  const pump = (async () => {
    while (!state.isStopped) {
      await onLeader({ type: "block" });
      await follow(lag);
      await turn(1);
    }
  })();

  const textOf = ({ params }: RpcRequest): string => {
    const value: unknown =
      typeof params === "object" && params !== null && "signed_tx_base64" in params
        ? params.signed_tx_base64
        : undefined;
    return typeof value === "string" ? value : "";
  };
  const put = (request: RpcRequest): Promise<void> =>
    onLeader({ type: "transaction", params: [textOf(request)] });
  const timeoutError = (method: string): RpcError =>
    new RpcError(method, { name: "HANDLER_ERROR", cause: { name: "TIMEOUT_ERROR" } });

  /** Asks in its turn: what the leader refused once it might accept later, and the follower not. */
  const ask: Transport = async (request, options) => {
    let answer: Promise<unknown> = Promise.resolve();
    await onLeader({ type: "transaction", params: [textOf(request)] }, () => {
      answer = leader.transport(request, options);
      answer.catch(() => undefined);
    });
    return answer;
  };
  const arrive: Transport = (request, options) => {
    if (request.method !== "send_tx") return leader.transport(request, options);
    sent.push(request);
    return ask(request, options);
  };
  /** A node behind the leader: it checks against its own state, passes on, waits for its own chain. */
  const arriveLate: Transport = async (request, options) => {
    await following;
    if (request.method !== "send_tx") return follower.transport(request, options);
    const params = { signed_tx_base64: textOf(request), wait_until: "NONE" };
    try {
      return await follower.transport({ method: "tx", params }, options);
    } catch (error) {
      if (!(error instanceof RpcError) || error.code !== "UNKNOWN_TRANSACTION") throw error;
    }
    await put(request);
    throw timeoutError("send_tx");
  };

  const send: Transport = async (request, options) => {
    const isSend = request.method === "send_tx";
    const kind = isSend ? "sends" : "reads";
    const count = (asked[kind] += 1);
    const trouble = isCalm ? undefined : troubles[kind][count - 1];
    const { fault, stale, delay } = trouble ?? { fault: "pass", stale: count % 3 === 0, delay: 0 };
    const pass = stale ? arriveLate : arrive;
    const signal = options?.signal;
    for (let i = 0; i < delay; i += 1) await turn();
    switch (fault) {
      case "pass":
        return pass(request, options);
      case "drop-request":
        throw new TransportError("network", "connection refused");
      case "drop-answer":
        await pass(request, options);
        throw new TransportError("network", "connection reset");
      case "hold":
        if (isSend) held.push(request);
        throw new TransportError("network", "connection reset");
      case "hold-hang":
        if (isSend) held.push(request);
        return new Promise((_, reject) => {
          const abort = (): void => reject(signal?.reason);
          if (signal?.aborted) abort();
          signal?.addEventListener("abort", abort);
        });
      case "deaf":
        if (isSend) held.push(request);
        return new Promise(() => {});
      case "twice": {
        const answer = await pass(request, options);
        if (isSend) held.push(request);
        return answer;
      }
      case "retry":
        await pass(request, options).catch(() => undefined);
        return pass(request, options);
      case "forget":
        if (isSend) throw timeoutError(request.method);
        return pass(request, options);
      case "408":
        pass(request, options).catch(() => undefined);
        throw timeoutError(request.method);
      case "429":
        throw new TransportError("http", "too many requests", { status: 429 });
      case "502":
        pass(request, options).catch(() => undefined);
        throw new TransportError("http", "bad gateway", { status: 502 });
      case "malformed":
        pass(request, options).catch(() => undefined);
        throw new TransportError("malformed", "unexpected end of JSON");
      case "mistaken": {
        const [other] = sent;
        if (!isSend || other === undefined) return pass(request, options);
        const answer = await ask(other, options);
        // A bare level names no transaction: there the id of the envelope is all there is.
        if (typeof answer === "object" && answer !== null && "transaction" in answer) return answer;
        throw new TransportError("network", "connection reset");
      }
    }
  };

  return {
    chain: leader,
    process: () => {
      const nonces = new Map<string, string>();
      const transport: Transport = (request, options) => {
        if (request.method === "send_tx") {
          const { transaction } = decodeSignedTransaction(decodeBase64(textOf(request)));
          const row = `${transaction.publicKey} ${String(transaction.nonce)}`;
          const hash = transactionHash(transaction);
          if ((nonces.get(row) ?? hash) !== hash) problems.push(`nonce used twice: ${row}`);
          nonces.set(row, hash);
        }
        return send(request, options);
      };
      return Object.assign(transport, { scope: {} });
    },
    calm: () => {
      isCalm = true;
    },
    deliver: async (share) => {
      const count = Math.ceil(held.length * share);
      // Last in, first out: what was sent later arrives earlier.
      for (const request of held.splice(held.length - count).reverse()) {
        await put(request);
        if (share < 1) await turn(1);
      }
    },
    age: () => onLeader({ type: "age" }),
    blocks: async (count) => {
      const goal = state.height + count;
      while (state.height < goal) await turn(1);
    },
    stop: async () => {
      state.isStopped = true;
      await pump;
      await follow(0);
      await following;
      if (problems.length > 0) throw new Error(problems.join(", "));
      if (leader.snapshot().hash !== follower.snapshot().hash) {
        throw new Error("the follower went another way");
      }
    },
  };
}
