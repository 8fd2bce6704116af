/**
 * The host functions that these contracts use. The compiler names their module after this file: `env`.
 * A length of `REGISTER` makes the pointer beside it a register.
 */

// Registers, input, result, logs
export declare function read_register(register: u64, pointer: u64): void;
export declare function register_len(register: u64): u64;
export declare function input(register: u64): void;
export declare function value_return(length: u64, pointer: u64): void;
export declare function log_utf8(length: u64, pointer: u64): void;
export declare function panic_utf8(length: u64, pointer: u64): void;

// Context
export declare function current_account_id(register: u64): void;
export declare function predecessor_account_id(register: u64): void;
export declare function attached_deposit(pointer: u64): void;
export declare function prepaid_gas(): u64;
export declare function storage_usage(): u64;

// Storage
export declare function storage_write(
  keyLength: u64,
  keyPointer: u64,
  valueLength: u64,
  valuePointer: u64,
  register: u64,
): u64;
export declare function storage_read(keyLength: u64, keyPointer: u64, register: u64): u64;
export declare function storage_remove(keyLength: u64, keyPointer: u64, register: u64): u64;
export declare function storage_has_key(keyLength: u64, keyPointer: u64): u64;

// Promises
export declare function promise_batch_create(idLength: u64, idPointer: u64): u64;
export declare function promise_batch_then(promise: u64, idLength: u64, idPointer: u64): u64;
export declare function promise_and(pointer: u64, count: u64): u64;
export declare function promise_batch_action_create_account(promise: u64): void;
export declare function promise_batch_action_deploy_contract(
  promise: u64,
  length: u64,
  pointer: u64,
): void;
export declare function promise_batch_action_function_call(
  promise: u64,
  methodLength: u64,
  methodPointer: u64,
  argumentsLength: u64,
  argumentsPointer: u64,
  amountPointer: u64,
  gas: u64,
): void;
export declare function promise_batch_action_transfer(promise: u64, amountPointer: u64): void;
export declare function promise_batch_action_add_key_with_full_access(
  promise: u64,
  keyLength: u64,
  keyPointer: u64,
  nonce: u64,
): void;
export declare function promise_results_count(): u64;
export declare function promise_result(index: u64, register: u64): u64;
export declare function promise_return(promise: u64): void;
export declare function promise_yield_create(
  methodLength: u64,
  methodPointer: u64,
  argumentsLength: u64,
  argumentsPointer: u64,
  gas: u64,
  gasWeight: u64,
  register: u64,
): u64;
export declare function promise_yield_resume(
  idLength: u64,
  idPointer: u64,
  payloadLength: u64,
  payloadPointer: u64,
): u32;
