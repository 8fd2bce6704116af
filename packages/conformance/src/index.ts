/**
 * A fresh chain behind `node:http` on the loopback interface, for clients that know only a URL.
 * @module
 */
import { serve } from "@yoctonear/examples";
import { createLocalnet, type Localnet, type LocalnetOptions } from "@yoctonear/localnet";

/** A chain that is served. */
export interface Node {
  readonly chain: Localnet;
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a fresh chain on a free port. */
export async function openNode(options: LocalnetOptions): Promise<Node> {
  const chain = await createLocalnet(options);
  const { url, close } = await serve(chain.fetch);
  return { chain, url, close };
}
