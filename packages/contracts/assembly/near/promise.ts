/** Promises: receipts to other accounts, and what came of them. */
import { lengthOf, pointerTo, REGISTER, registerText, utf8 } from "./bytes";
import {
  promise_and,
  promise_batch_action_add_key_with_full_access,
  promise_batch_action_create_account,
  promise_batch_action_deploy_contract,
  promise_batch_action_function_call,
  promise_batch_action_transfer,
  promise_batch_create,
  promise_batch_then,
  promise_result,
  promise_return,
} from "./env";
import { U128, ZERO } from "./u128";

export const TGAS: u64 = 1_000_000_000_000;

/** Actions for one account, all or nothing. */
export class Batch {
  constructor(readonly promise: u64) {}

  static to(accountId: string): Batch {
    const id = utf8(accountId);
    return new Batch(promise_batch_create(lengthOf(id), pointerTo(id)));
  }

  /** Another one, once this has ended well or badly. */
  then(accountId: string): Batch {
    const id = utf8(accountId);
    return new Batch(promise_batch_then(this.promise, lengthOf(id), pointerTo(id)));
  }

  call(method: string, args: string, gas: u64, deposit: U128 = ZERO): Batch {
    const name = utf8(method);
    const bytes = utf8(args);
    promise_batch_action_function_call(
      this.promise,
      lengthOf(name),
      pointerTo(name),
      lengthOf(bytes),
      pointerTo(bytes),
      pointerTo(deposit.toBytes()),
      gas,
    );
    return this;
  }

  transfer(amount: U128): Batch {
    promise_batch_action_transfer(this.promise, pointerTo(amount.toBytes()));
    return this;
  }

  createAccount(): Batch {
    promise_batch_action_create_account(this.promise);
    return this;
  }

  /** The key as the protocol writes it: type, bytes. */
  addFullAccessKey(key: ArrayBuffer): Batch {
    promise_batch_action_add_key_with_full_access(this.promise, lengthOf(key), pointerTo(key), 0);
    return this;
  }

  /** The code is in a register: it need not pass through this contract's memory. */
  deployFromRegister(register: u64): Batch {
    promise_batch_action_deploy_contract(this.promise, REGISTER, register);
    return this;
  }

  /** Makes its result the result of this call. */
  reply(): void {
    promise_return(this.promise);
  }
}

/** Waits for all of them; takes no actions itself. */
export function all(batches: Batch[]): Batch {
  const indices = new ArrayBuffer(batches.length * 8);
  for (let i = 0; i < batches.length; i++) {
    store<u64>(changetype<usize>(indices) + ((i as usize) << 3), batches[i].promise);
  }
  return new Batch(promise_and(pointerTo(indices), batches.length as u64));
}

/** What the promise of that index returned; null where it failed. */
export function promiseResult(index: u64): string | null {
  return promise_result(index, 0) == 1 ? registerText(0) : null;
}
