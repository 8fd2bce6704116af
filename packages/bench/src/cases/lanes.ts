/**
 * Sixteen keys against one, where each answer takes its time.
 * @module
 */
import { createLocalnet } from "@yoctonear/localnet";
import { connect, keyPool } from "yoctonear";
import type { Transport } from "yoctonear/rpc";
import type { Group } from "./figure.ts";

const LANES = 16;
const PER_LANE = 16;
const ANSWER_DELAY = 50;

/** The figures. */
export const lanes: Group = {
  title: "16 lanes",
  measure: async () => {
    const one = await rate(1, PER_LANE);
    const many = await rate(LANES, LANES * PER_LANE);
    return [
      {
        title: "16 lanes over one, answers after 50 ms",
        value: many / one,
        unit: "×",
        target: 5,
        isLeast: true,
      },
      { title: "  transfers of one lane", value: one, unit: "/s" },
      { title: "  transfers of 16 lanes", value: many, unit: "/s" },
    ];
  },
};

/** Transfers a second, all of them asked for at once. */
async function rate(keys: number, transfers: number): Promise<number> {
  const accounts = { "alice.near": "1000 NEAR", "bob.near": "1 NEAR" } as const;
  const chain = await createLocalnet({ accounts });
  const signers = Array.from({ length: keys }, (_, index) => chain.signer(`key-${index}.near`));
  for (const { publicKey } of signers) {
    await chain.createAccount("alice.near", { publicKey, balance: "1000 NEAR" });
  }
  const slow: Transport = async (request, options) => {
    try {
      return await chain.transport(request, options);
    } finally {
      await new Promise((resolve) => {
        setTimeout(resolve, ANSWER_DELAY);
      });
    }
  };
  const alice = connect(slow).account("alice.near", keyPool(signers));
  const begin = performance.now();
  await Promise.all(Array.from({ length: transfers }, () => alice.transfer("bob.near", 1n)));
  const seconds = (performance.now() - begin) / 1e3;
  chain.stop();
  return transfers / seconds;
}
