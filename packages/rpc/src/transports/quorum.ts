/**
 * Reads that several endpoints must agree on.
 * @module
 */
import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import { attempt } from "./attempt.ts";
import { checkOptions } from "./check-options.ts";
import { comparable, weakest } from "./comparable.ts";
import { isFault, messageOf } from "./fault.ts";
import { isRead } from "./method.ts";
import { assertTransports, wrap } from "./wrap.ts";

/** Who said what; endpoints by their place in the list. */
export interface Disagreement {
  readonly method: string;
  /** Those whose answer counts. */
  readonly agreed: readonly number[];
  /** Those that said something else. */
  readonly disagreed: readonly number[];
}

/** When an answer counts. */
export interface QuorumOptions {
  /** Endpoints that must say the same; more than half of them unless told. */
  readonly threshold?: number | undefined;
  /** Names of fields, at any depth, that may differ; besides those that legitimately do. */
  readonly ignore?: readonly string[] | undefined;
  /** Is told of every read of which somebody said something else before it was decided. */
  readonly onDisagreement?: ((disagreement: Disagreement) => void) | undefined;
}

/** What these tell is about the one node. */
const OF_NODE = /^(status|health|network_info|client_config|EXPERIMENTAL_split_storage_info)$/;

/**
 * Asks all endpoints, and takes what enough of them say, be it an answer or an error of the node. Not
 * compared: the order of fields, absent ones with null, at which head the state was read, how settled
 * a transaction is. The state at different heads may differ truly, so ask at a block (its hash, or
 * `final`) where it moves; of what differs the answer has the least that was claimed. When not enough can agree any more, a `TransportError` with the code
 * `disagreement` says who said what. Broadcasts, and questions about the node itself, go to the first
 * endpoint alone.
 * @param transports - to one network, run by different people
 * @throws {TypeError | RangeError} for a list or an option that cannot be
 * @example
 * ```ts
 * import { quorum, type Transport } from "@yoctonear/rpc";
 * const honest: Transport = async () => ({ gas_price: "100000000" });
 * const liar: Transport = async () => ({ gas_price: "1" });
 * await quorum([honest, liar, honest])({ method: "gas_price", params: [null] }); // { gas_price: "100000000" }
 * ```
 */
export function quorum(transports: readonly Transport[], options: QuorumOptions = {}): Transport {
  assertTransports("quorum", transports);
  const { length } = transports;
  checkOptions("quorum", options, { threshold: [1, length] }, ["ignore", "onDisagreement"]);
  const { threshold = Math.floor(length / 2) + 1, ignore = [], onDisagreement } = options;

  return wrap(transports, (request, { signal } = {}) => {
    const { method } = request;
    const [first] = transports;
    if (first && (!isRead(request) || OF_NODE.test(method))) return first(request, { signal });

    /** Asks one endpoint. What it says, as text to be compared; undefined for a fault. */
    const ask = (transport: Transport, race: AbortSignal): Promise<Vote> =>
      attempt(race, (own) => transport(request, { signal: own.signal }))
        .then((answer): Vote => ({ text: comparable(method, answer, ignore), answer }))
        // Also of an answer that cannot be compared: whoever sent it has one vote, and no veto.
        .catch((error: unknown) =>
          isFault(error) ? { error } : { text: comparable(method, error, ignore), error },
        );

    return attempt(
      signal,
      ({ signal: race }) =>
        new Promise((resolve, reject) => {
          const groups = new Map<string, number[]>();
          const answers = new Map<string, unknown[]>();
          const silent: string[] = [];
          const errors: unknown[] = [];
          const count = async (transport: Transport, index: number): Promise<void> => {
            const vote = await ask(transport, race);
            if (race.aborted) return;
            if (vote.text === undefined) {
              silent.push(`${index} failed: ${messageOf(vote.error)}`);
              errors.push(vote.error);
            } else {
              const agreed = [...(groups.get(vote.text) ?? []), index];
              groups.set(vote.text, agreed);
              const same = [...(answers.get(vote.text) ?? []), vote.answer];
              answers.set(vote.text, same);
              if (agreed.length >= threshold) {
                groups.delete(vote.text);
                const disagreed = [...groups.values()].flat();
                if (disagreed.length > 0) onDisagreement?.({ method, agreed, disagreed });
                if ("answer" in vote) resolve(weakest(same));
                else reject(vote.error);
                return;
              }
            }
            const said = [...groups.values()];
            const open = length - said.flat().length - silent.length;
            if (Math.max(0, ...said.map((group) => group.length)) + open >= threshold) return;
            const got = [...said.map((group) => group.join(", ")), ...silent].join(" | ");
            const message = `${method}: expected ${threshold} of ${length} endpoints to say the same, got ${got}`;
            const cause = new AggregateError(errors, message);
            reject(new TransportError("disagreement", message, { cause }));
          };
          for (const [index, transport] of transports.entries()) {
            // A listener that throws is the caller's mistake, and is shown to the caller.
            count(transport, index).catch(reject);
          }
        }),
    );
  });
}

interface Vote {
  readonly text?: string;
  readonly answer?: unknown;
  readonly error?: unknown;
}
