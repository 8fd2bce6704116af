/**
 * What the client costs over HTTP, against a server in another process that answers at once with the same few bytes.
 * @module
 */
import { Account, JsonRpcProvider } from "near-api-js";
import { NEAR } from "near-api-js/tokens";
import { connect, ed25519KeyPair } from "yoctonear";
import { stringifyJson } from "yoctonear/rpc";
import { webCryptoSigner } from "yoctonear/webcrypto";
import { collectGarbage, median } from "../measure.ts";
import type { Task } from "../peers/peer.ts";
import { sample } from "../samples.ts";
import type { Figure, Group } from "./figure.ts";
import { startStub } from "./stub.ts";

const ROUNDS = 9;
const VIEWS = 1_500;
const TRANSFERS = 300;

/** The figures. */
export const overHttp: Group = {
  title: "view and transfer over HTTP",
  measure: async () => {
    const stub = await startStub();
    try {
      return [...(await views(stub.url)), ...(await transfers(stub.url))];
    } finally {
      stub.close();
    }
  },
};

async function views(url: `http://${string}`): Promise<readonly Figure[]> {
  const near = connect(url);
  const request = {
    request_type: "call_function",
    finality: "optimistic",
    account_id: "guestbook.near",
    method_name: "get_message",
    args_base64: btoa('{"index":0}'),
  };
  const body = stringifyJson({ jsonrpc: "2.0", id: "1", method: "query", params: request });
  const headers = { "content-type": "application/json" };
  const bare = async (): Promise<unknown> => {
    const answer: unknown = await (await fetch(url, { method: "POST", headers, body })).json();
    return answer;
  };
  const ours = (): Promise<unknown> => near.view("guestbook.near", "get_message", { index: 0 });
  const [bareTimes = [], ourTimes = []] = await inTurns([bare, ours], VIEWS, cpuTime);
  const more = median(ourTimes.map((time, round) => time - (bareTimes[round] ?? NaN)));
  return [
    { title: "view over HTTP, CPU more than bare fetch", value: more, unit: "ms", target: 0.03 },
    { title: "  CPU of bare fetch", value: median(bareTimes), unit: "ms" },
  ];
}

async function transfers(url: `http://${string}`): Promise<readonly Figure[]> {
  const { signerId, receiverId, secretKey, amount } = sample;
  const theirs = new Account(signerId, new JsonRpcProvider({ url }), secretKey);
  const near = connect(url);
  const webCrypto = near.account(signerId, await webCryptoSigner(secretKey));
  const noble = near.account(signerId, ed25519KeyPair(secretKey));
  const [theirTimes = [], ourTimes = [], nobleTimes = []] = await inTurns(
    [
      () => theirs.transfer({ token: NEAR, amount, receiverId }),
      () => webCrypto.transfer(receiverId, amount),
      () => noble.transfer(receiverId, amount),
    ],
    TRANSFERS,
    wallTime,
  );
  const ratio = (times: readonly number[]): number =>
    median(times.map((time, round) => time / (theirTimes[round] ?? NaN)));
  return [
    {
      title: "transfer on a stub server, WebCrypto: share of near-api-js's time",
      value: ratio(ourTimes),
      unit: "×",
      target: 0.5,
    },
    { title: "  with noble", value: ratio(nobleTimes), unit: "×" },
    { title: "  one of near-api-js", value: median(theirTimes), unit: "ms" },
  ];
}

/** Milliseconds, of all threads. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

function wallTime(): number {
  return performance.now();
}

/** Milliseconds of a call of each task, round by round: what else the machine does meets all alike. */
async function inTurns(
  tasks: readonly Task[],
  calls: number,
  clock: () => number,
): Promise<number[][]> {
  const times = tasks.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, task] of tasks.entries()) {
      collectGarbage();
      const begin = clock();
      for (let call = 0; call < calls; call += 1) await task();
      // The first round only warms up.
      if (round > 0) times[index]?.push((clock() - begin) / calls);
    }
  }
  return times;
}
