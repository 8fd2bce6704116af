/**
 * The table of the libraries: first all of them prove that they make the same bytes.
 * @module
 */
import { ed25519KeyPair } from "yoctonear";
import { webCryptoSigner } from "yoctonear/webcrypto";
import { cases } from "./cases/libraries.ts";
import { race } from "./measure.ts";
import { nearApiJs } from "./peers/near-api-js.ts";
import { nearKit } from "./peers/near-kit.ts";
import type { Peer, Proof, Task } from "./peers/peer.ts";
import { yoctonear } from "./peers/yoctonear.ts";
import { sample } from "./samples.ts";
import { formatRatio, formatTime, printTable } from "./table.ts";

/**
 * Measures and prints.
 * @param isWanted - says of each title whether to measure it
 */
export async function compareLibraries(isWanted: (title: string) => boolean): Promise<void> {
  const webCrypto = await yoctonear(await webCryptoSigner(sample.secretKey));
  const noble = await yoctonear(ed25519KeyPair(sample.secretKey));
  const others = [await nearApiJs(), await nearKit()];
  for (const peer of [noble, ...others]) assertSame(webCrypto.proof, peer);
  const rows: string[][] = [];
  for (const { title, task, signer, together = 1, target } of cases) {
    if (!isWanted(title)) continue;
    const ours = signer === "noble" ? noble : webCrypto;
    const tasks = [ours, ...others].map((peer) => repeat(peer[task], together));
    const times = (await race(tasks)).map((time) => (time === undefined ? time : time / together));
    const [own = NaN] = times;
    const ratios = times.slice(1).map((time) => (time === undefined ? undefined : time / own));
    const goal = target === undefined ? "" : `≥ ${target} ×`;
    const result = target === undefined ? "" : (ratios[0] ?? 0) >= target ? "reached" : "MISSED";
    rows.push([title, ...times.map(formatTime), ...ratios.map(formatRatio), goal, result]);
  }
  const names = others.map(({ name }) => name);
  printTable(["one call", webCrypto.name, ...names, ...names, "target", ""], rows);
}

function repeat(task: Task | undefined, count: number): Task | undefined {
  if (task === undefined || count === 1) return task;
  return () => Promise.all(Array.from({ length: count }, task));
}

function assertSame(ours: Proof, { name, proof }: Peer): void {
  const pairs = [
    [ours.transfer, proof.transfer ?? ours.transfer],
    [ours.deploy, proof.deploy ?? ours.deploy],
    [ours.signedTransfer, proof.signedTransfer],
    [ours.signedDeploy, proof.signedDeploy],
    [ours.publicKey, proof.publicKey],
  ];
  for (const [index, [own, theirs]] of pairs.entries()) {
    if (String(own) === String(theirs)) continue;
    throw new Error(`expected ${name} to make the same bytes, got others in proof ${index}`);
  }
}
