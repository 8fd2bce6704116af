/**
 * A contract typed by an interface of its methods.
 * @module
 */
import { showValue } from "@yoctonear/base";
import { assertAccountId } from "@yoctonear/primitives";
import type { Transport } from "@yoctonear/rpc";
import type { FunctionArguments } from "@yoctonear/transactions";
import type { SigningAccountRef } from "./account.ts";
import { call, type CallContractOptions, view } from "./call.ts";
import type { Outcome } from "./outcome/outcome.ts";
import type { ReadOptions } from "./reads.ts";

/** An interface of a contract: its methods that are asked, and those that are called. */
export type ContractInterface<C> = {
  readonly [K in keyof C]: K extends "view" | "call"
    ? { readonly [M in keyof C[K]]: (args: never) => unknown }
    : never;
};

/** The methods of an interface that are asked, or called. */
export type MethodsOf<C, K extends "view" | "call"> = C extends { readonly [N in K]: infer M }
  ? M
  : unknown;

/** What a method takes: its arguments where it has any, then options. */
export type MethodParameters<F, Options> = F extends (...args: infer A) => unknown
  ? A extends readonly []
    ? [args?: { readonly [name: string]: never }, options?: Options]
    : [...args: A, options?: Options]
  : never;

/** What a method returns. */
export type MethodResult<F> = F extends (args: never) => infer R ? R : never;

/** Methods as questions. */
export type ContractViews<M> = {
  readonly [N in keyof M]: (
    ...parameters: MethodParameters<M[N], ReadOptions>
  ) => Promise<MethodResult<M[N]>>;
};

/** Methods as transactions. */
export type ContractCalls<M, O extends Outcome> = {
  readonly [N in keyof M]: (
    ...parameters: MethodParameters<M[N], CallContractOptions>
  ) => Promise<O & { readonly value: MethodResult<M[N]> | undefined }>;
};

/** A contract typed by an interface of its methods. */
export interface Contract<C> {
  readonly contractId: string;
  /** Asks a method: free, changes nothing. */
  readonly view: ContractViews<MethodsOf<C, "view">>;
  /** Calls a method as a transaction of the account. */
  call<O extends Outcome>(account: SigningAccountRef<O>): ContractCalls<MethodsOf<C, "call">, O>;
}

/**
 * Names a contract by an interface of its methods, each of which takes one value, or none, and returns
 * one. The compiler checks calls by it; what the contract really takes and returns is not looked at.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - whose contract
 * @throws {ParseError} `invalid_account_id`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { contract } from "@yoctonear/account/contract";
 * import { decodeBase64 } from "@yoctonear/base";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * // A contract whose one method returns "hello"
 * await alice.deploy(decodeBase64("AGFzbQEAAAABCQJgAn5+AGAAAAIUAQNlbnYMdmFsdWVfcmV0dXJuAAADAgEBBQMBAAEHCQEFZ3JlZXQAAQoKAQgAQgdCABAACwsNAQBBAAsHImhlbGxvIg=="));
 *
 * interface Greeter {
 *   view: { greet(args: { language?: string }): string };
 *   call: { greet(args: { language?: string }): string };
 * }
 * const greeter = contract<Greeter>(near, "alice.near");
 * await greeter.view.greet({ language: "en" }); // "hello"
 * const { value } = await greeter.call(alice).greet({ language: "en" }, { gas: "10 Tgas" });
 * value; // "hello"
 * ```
 */
export function contract<C extends ContractInterface<C>>(
  near: { readonly transport: Transport },
  contractId: string,
): Contract<C> {
  const { transport } = near;
  assertAccountId(contractId, "contract id");
  return Object.freeze({
    contractId,
    view: methods<ContractViews<MethodsOf<C, "view">>>({
      ask: (name, args, options) => view(transport, contractId, name, args, options),
    }),
    call: <O extends Outcome>(account: SigningAccountRef<O>) => {
      if (typeof account?.executor?.execute === "function") {
        return methods<ContractCalls<MethodsOf<C, "call">, O>>({
          ask: (name, args, options) => call(account, contractId, name, args, options),
        });
      }
      throw new TypeError(`expected an account with a signer, got ${showValue(account)}`);
    },
  } satisfies Contract<C>);
}

/** What every method of an object does. */
interface Asking<M> {
  readonly ask: (
    name: string,
    args?: FunctionArguments,
    options?: ReadOptions & CallContractOptions,
  ) => Promise<unknown>;
  /** Never there: the type of the object. */
  readonly methods?: M;
}

/** Makes an object whose every property is a method of the contract. */
function methods<M>(asking: Asking<M>): M {
  // What an object has by itself, and what `await` and `JSON.stringify` look for, is no method of the
  // contract: shown in a template string, it must not call `toString` there.
  const made: unknown = new Proxy(Object.freeze({}), {
    get: (target, name): unknown =>
      typeof name === "symbol" || name in target || name === "then" || name === "toJSON"
        ? Reflect.get(target, name)
        : asking.ask.bind(undefined, name),
  });
  assertMethods(made, asking);
  return made;
}

/** What is not checked is believed. */
function assertMethods<M>(_made: unknown, _asking: Asking<M>): asserts _made is M {}
