/**
 * What the tests stand on: a chain with alice, who has keys of every kind, and signed messages.
 */
import { connect, type Near } from "@yoctonear/account";
import type { Signer } from "@yoctonear/keys";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair } from "@yoctonear/keys/secp256k1";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { randomMlDsa65KeyPair } from "@yoctonear/ml-dsa";
import { createNonce, MessageError, type MessageErrorCode } from "@yoctonear/messages";
import type { RpcRequest, Transport } from "@yoctonear/rpc";
import {
  fullAccess,
  functionCallAccess,
  gasKeyFullAccess,
  gasKeyFunctionCallAccess,
} from "@yoctonear/transactions";
import * as assert from "uvu/assert";

export interface Stage {
  readonly chain: Localnet;
  readonly near: Near;
  readonly keys: Readonly<
    Record<"full" | "second" | "secp256k1" | "mlDsa" | "calls" | "gas" | "gasCalls", Signer>
  >;
}

let opened: Promise<Stage> | undefined;

/** One chain for all: nothing here changes it afterwards. */
export function setStage(): Promise<Stage> {
  opened ??= openStage();
  return opened;
}

export async function openStage(...more: readonly string[]): Promise<Stage> {
  const ids = ["alice.near", "bob.near", ...more];
  const chain = await createLocalnet({
    accounts: Object.fromEntries(ids.map((accountId) => [accountId, "100 NEAR"] as const)),
  });
  const near = connect(chain);
  const full = chain.signer("alice.near");
  const keys = {
    full,
    second: randomEd25519KeyPair(),
    secp256k1: randomSecp256k1KeyPair(),
    mlDsa: randomMlDsa65KeyPair(),
    calls: randomEd25519KeyPair(),
    gas: randomEd25519KeyPair(),
    gasCalls: randomEd25519KeyPair(),
  };
  const alice = near.account("alice.near", full);
  await alice.addKey(keys.second.publicKey, fullAccess());
  await alice.addKey(keys.secp256k1.publicKey, fullAccess());
  await alice.addKey(keys.mlDsa.publicKey, fullAccess());
  await alice.addKey(
    keys.calls.publicKey,
    functionCallAccess("app.near", { methods: "any", allowance: "unlimited" }),
  );
  await alice.addKey(keys.gas.publicKey, gasKeyFullAccess({ numNonces: 1 }));
  await alice.addKey(
    keys.gasCalls.publicKey,
    gasKeyFunctionCallAccess("app.near", { methods: "any", numNonces: 1 }),
  );
  return { chain, near, keys };
}

/** A message that nobody has signed before. */
export function newMessage(): { message: string; recipient: string; nonce: Uint8Array } {
  return { message: "log me in", recipient: "app.example", nonce: createNonce() };
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.unreachable("expected an error, got none");
}

/** Expects a verdict, not any other error. */
export async function refused(promise: Promise<unknown>, code: MessageErrorCode): Promise<void> {
  const error = await rejection(promise);
  assert.instance(error, MessageError, String(error));
  assert.is(error instanceof MessageError && error.code, code, String(error));
}

/** A transport that counts, and answers by itself what it is told to. */
export function recording(
  inner: Transport,
  answer: (request: RpcRequest) => unknown = () => undefined,
): { readonly transport: Transport; readonly asked: RpcRequest[] } {
  const asked: RpcRequest[] = [];
  return {
    asked,
    transport: async (request, options) => {
      asked.push(request);
      const own = answer(request);
      return own === undefined ? inner(request, options) : own;
    },
  };
}
