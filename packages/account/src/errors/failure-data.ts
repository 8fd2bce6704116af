/**
 * The fields of each of nearcore's errors by its name, as types.
 * @module
 */
import type {
  ActionErrorKind,
  ActionsValidationError,
  CompilationError,
  FunctionCallError,
  InvalidAccessKeyError,
  InvalidTxError,
  MethodResolveError,
  PrepareError,
  ReceiptValidationError,
  StorageError,
} from "@yoctonear/rpc";

/** nearcore's nested enums, flat: every variant of each. */
type Variant =
  | ActionErrorKind
  | ActionsValidationError
  | CompilationError
  | FunctionCallError
  | InvalidAccessKeyError
  | InvalidTxError
  | MethodResolveError
  | PrepareError
  | ReceiptValidationError
  | StorageError;

type NameOf<V> = V extends string ? V : keyof V;

type FieldsOf<V, K> = V extends string
  ? V extends K
    ? undefined
    : never
  : K extends keyof V
    ? V[K]
    : never;

/** Names of the errors that nearcore's specification knows; a newer node may send others. */
export type FailureKind = NameOf<Variant>;

/** The fields of an error: undefined for one without. 64-bit integers are bigint, amounts decimal strings. */
export type FailureData<K extends FailureKind> = FieldsOf<Variant, K>;
