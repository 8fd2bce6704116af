/**
 * The network on which the examples run: a fresh chain in this process, the same chain over HTTP, or
 * whatever the environment names (`NEAR_URL`, `NEAR_ACCOUNT`, `NEAR_KEY`).
 * @module
 */
import { loadContract } from "@yoctonear/contracts";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { connect, type ConnectTarget, ed25519KeyPair, type KeyPair } from "yoctonear";
import type { Transport } from "yoctonear/rpc";
import type { ExampleContext } from "./example.ts";
import { serve } from "./serve.ts";

/** A network, and how to leave it. */
export interface Network {
  readonly name: string;
  readonly context: ExampleContext;
  close(): Promise<void>;
}

/** Wraps the transport of a network, e.g. to watch it. */
export type WrapTransport = (transport: Transport) => Transport;

const ROOT_ID = "root.near";
/** Creates named accounts for anybody, as `near` and `testnet` do on their networks. */
const REGISTRAR_ID = "near";

/** Opens a fresh chain in this process. */
export async function openLocalnet(wrap?: WrapTransport): Promise<Network> {
  const chain = await createChain();
  return {
    name: "a NEAR chain in this process",
    context: createContext(chain.transport, ROOT_ID, chain.signer(ROOT_ID), "", wrap),
    close: async () => undefined,
  };
}

/** Opens a fresh chain in this process, reached over HTTP. */
export async function openLocalnetOverHttp(wrap?: WrapTransport): Promise<Network> {
  const chain = await createChain();
  const { url, close } = await serve(chain.fetch);
  return {
    name: `a NEAR chain at ${url}`,
    context: createContext({ url }, ROOT_ID, chain.signer(ROOT_ID), "", wrap),
    close,
  };
}

/** Opens the network that the environment names; null where it names none. */
export function openFromEnvironment(
  { NEAR_URL: url, NEAR_ACCOUNT: accountId, NEAR_KEY: key }: Readonly<NodeJS.ProcessEnv>,
  wrap?: WrapTransport,
): Network | null {
  if (url === undefined && accountId === undefined && key === undefined) return null;
  if (url === undefined || accountId === undefined || key === undefined) {
    throw new TypeError("expected NEAR_URL, NEAR_ACCOUNT and NEAR_KEY together");
  }
  const suffix = `-${Date.now().toString(36)}`;
  return {
    name: url,
    context: createContext({ url }, accountId, ed25519KeyPair(key), suffix, wrap),
    close: async () => undefined,
  };
}

async function createChain(): Promise<Localnet> {
  const chain = await createLocalnet({ accounts: { [ROOT_ID]: "1000 NEAR" } });
  const registrar = connect(chain).account(REGISTRAR_ID, chain.signer(REGISTRAR_ID));
  await registrar.deploy(await loadContract("registrar"));
  return chain;
}

function createContext(
  target: ConnectTarget,
  rootId: string,
  keyPair: KeyPair,
  suffix: string,
  wrap: WrapTransport = (transport) => transport,
): ExampleContext {
  const near = connect(wrap(connect(target).transport));
  const [rootName = "", ...parents] = rootId.split(".");
  let count = 0;
  const freshName = (name: string): string => {
    count += 1;
    return `${name}-${count}${suffix}`;
  };
  return {
    near,
    root: near.account(rootId, keyPair),
    freshId: (name) => `${freshName(name)}.${rootId}`,
    freshNamedId: (name) => `${freshName(name)}-${rootName}.${parents.at(-1) ?? REGISTRAR_ID}`,
  };
}
