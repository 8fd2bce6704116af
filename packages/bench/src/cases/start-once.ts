/**
 * Run in a process of its own: starts a chain for the first time, then again and again, and prints
 * the milliseconds as JSON.
 * @module
 */
import { createLocalnet } from "@yoctonear/localnet";
import { accountsOf } from "./accounts.ts";

const AGAIN = 15;
const accounts = accountsOf(10);

const times: number[] = [];
for (let round = 0; round <= AGAIN; round++) {
  const start = performance.now();
  const chain = await createLocalnet({ accounts });
  times.push(performance.now() - start);
  chain.stop();
}
console.log(JSON.stringify(times));
