/**
 * Checks of actions that need no state, in nearcore's order (`runtime/runtime/src/action_validation.rs`);
 * for transactions, for delegates and for every new receipt.
 * @module
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { equalBytes } from "@yoctonear/base";
import { decode, encode } from "@yoctonear/borsh";
import { parsePublicKey } from "@yoctonear/keys";
import {
  accountKind,
  deterministicAccountId,
  isAccountId,
  universalAccountId,
} from "@yoctonear/primitives";
import {
  type Action,
  deterministicStateInitCodec,
  universalStateInitCodec,
} from "@yoctonear/transactions";
import { type AccessKey, functionCallOf, gasKeyOf } from "../state/access-key.ts";
import { type Json, u128Json, u64Json } from "./json.ts";
import {
  MAX_ACTIONS,
  MAX_ARGUMENTS_LENGTH,
  MAX_CONTRACT_SIZE,
  MAX_DEPLOY_ACTIONS,
  MAX_GAS_KEY_NONCES,
  MAX_METHOD_NAME_LENGTH,
  MAX_METHOD_NAMES_BYTES,
  MAX_STORAGE_KEY_LENGTH,
  MAX_STORAGE_VALUE_LENGTH,
  MAX_TOTAL_PREPAID_GAS,
} from "./parameters.ts";
import {
  isSince87,
  isSince88,
  MAX_STATE_INIT_ENTRIES,
  MAX_STATE_INIT_KEYS,
} from "./protocol-version.ts";
import { isDelegate, prepaidGas, stateInitCounts } from "@yoctonear/transactions/cost";

const MAX_U64 = 2n ** 64n - 1n;
/** An invalid account id is shown cut to this length. */
const SHOWN_ID_LENGTH = 128;

/** nearcore's `ActionsValidationError` of the first thing that is wrong, or `null`. */
export function validateActions(
  actions: readonly Action[],
  receiverId: string,
  protocolVersion: number,
): Json | null {
  return validate(actions, receiverId, { protocolVersion, isInDelegate: false });
}

interface Rules {
  readonly protocolVersion: number;
  readonly isInDelegate: boolean;
}

function validate(actions: readonly Action[], receiverId: string, rules: Rules): Json | null {
  if (actions.length > MAX_ACTIONS) {
    return {
      TotalNumberOfActionsExceeded: {
        total_number_of_actions: actions.length,
        limit: MAX_ACTIONS,
      },
    };
  }
  const deploys = actions.filter(isDeploy).length;
  if (deploys > MAX_DEPLOY_ACTIONS) {
    return {
      TotalNumberOfDeployActionsExceeded: {
        number_of_deploy_actions: deploys,
        limit: MAX_DEPLOY_ACTIONS,
      },
    };
  }
  const stateInitError = isSince87(rules.protocolVersion) ? validateStateInits(actions) : null;
  if (stateInitError !== null) return stateInitError;
  let delegates = 0;
  for (const [i, action] of actions.entries()) {
    if (action.type === "deleteAccount" && i !== actions.length - 1) {
      return "DeleteActionMustBeFinal";
    }
    if (isDelegate(action) && ++delegates > 1) return "DelegateActionMustBeOnlyOne";
    const error = validateAction(action, receiverId, rules);
    if (error !== null) return error;
  }
  const gas = prepaidGas(actions);
  if (gas > MAX_U64) return "IntegerOverflow";
  if (gas <= MAX_TOTAL_PREPAID_GAS) return null;
  return {
    TotalPrepaidGasExceeded: {
      total_prepaid_gas: u64Json(gas),
      limit: u64Json(MAX_TOTAL_PREPAID_GAS),
    },
  };
}

function isDeploy({ type }: Action): boolean {
  return type === "deployContract" || type === "deployGlobalContract";
}

function validateStateInits(actions: readonly Action[]): Json | null {
  const { keys, entries } = stateInitCounts(actions);
  if (keys > MAX_STATE_INIT_KEYS) {
    const data = { number_of_keys: keys, limit: MAX_STATE_INIT_KEYS };
    return { TotalNumberOfStateInitKeysExceeded: data };
  }
  if (entries > MAX_STATE_INIT_ENTRIES) {
    const data = { number_of_entries: entries, limit: MAX_STATE_INIT_ENTRIES };
    return { TotalNumberOfStateInitEntriesExceeded: data };
  }
  return null;
}

function validateAction(action: Action, receiverId: string, rules: Rules): Json | null {
  const { protocolVersion, isInDelegate } = rules;
  switch (action.type) {
    case "deployContract":
    case "deployGlobalContract":
      return lengthError("ContractSizeExceeded", "size", action.code.length, MAX_CONTRACT_SIZE);
    case "useGlobalContract": {
      const { contractIdentifier: id } = action;
      return id.type === "accountId" ? accountIdError(id.accountId) : null;
    }
    case "functionCall":
      return validateFunctionCall(action, protocolVersion);
    case "transfer":
      // Lest an account comes to be without its fee, before there are universal accounts.
      return isSince87(protocolVersion) &&
        !isSince88(protocolVersion) &&
        accountKind(receiverId) === "universal"
        ? { TransferToUniversalAccountNotAllowed: { account_id: receiverId } }
        : null;
    case "stake":
      return isStakingKey(action.publicKey)
        ? null
        : { UnsuitableStakingKey: { public_key: action.publicKey } };
    case "addKey":
      return validateAccessKey(action.accessKey);
    case "deleteAccount":
      return accountIdError(action.beneficiaryId);
    case "deterministicStateInit":
      return validateStateInit(action, receiverId);
    case "universalStateInit":
      return isSince88(protocolVersion)
        ? validateUniversalStateInit(action.stateInit, receiverId)
        : featureError("UnsupportedProtocolFeature", "UniversalAccounts", protocolVersion);
    case "withdrawFromGasKey":
      return isInDelegate && isSince87(protocolVersion)
        ? "WithdrawFromGasKeyNotAllowedInDelegate"
        : null;
    case "delegateV2":
      if (isSince87(protocolVersion)) {
        return featureError("RemovedProtocolFeature", "DelegateV2", protocolVersion);
      }
      return validateDelegate(action.delegateAction, protocolVersion);
    case "delegate":
      return validateDelegate(action.delegateAction, protocolVersion);
    default:
      return null;
  }
}

function validateDelegate(
  {
    actions,
    receiverId,
  }: Extract<Action, { readonly type: "delegate" | "delegateV2" }>["delegateAction"],
  protocolVersion: number,
): Json | null {
  return validate(actions, receiverId, { protocolVersion, isInDelegate: true });
}

function featureError(name: string, feature: string, protocolVersion: number): Json {
  return { [name]: { protocol_feature: feature, version: protocolVersion } };
}

function validateFunctionCall(
  { gas, methodName, args }: Extract<Action, { readonly type: "functionCall" }>,
  protocolVersion: number,
): Json | null {
  if (gas === 0n) return "FunctionCallZeroAttachedGas";
  if (methodName === "" && isSince87(protocolVersion)) return "FunctionCallEmptyMethodName";
  return (
    lengthError(
      "FunctionCallMethodNameLengthExceeded",
      "length",
      utf8Length(methodName),
      MAX_METHOD_NAME_LENGTH,
    ) ??
    lengthError("FunctionCallArgumentsLengthExceeded", "length", args.length, MAX_ARGUMENTS_LENGTH)
  );
}

function validateAccessKey({ permission }: AccessKey): Json | null {
  const call = functionCallOf(permission);
  if (call !== null) {
    const error = accountIdError(call.receiverId) ?? validateMethodNames(call.methodNames);
    if (error !== null) return error;
  }
  const gasKey = gasKeyOf(permission);
  if (gasKey === null) return null;
  if (call !== null && call.allowance !== null) return "GasKeyFunctionCallAllowanceNotAllowed";
  if (gasKey.numNonces < 1 || gasKey.numNonces > MAX_GAS_KEY_NONCES) {
    return {
      GasKeyInvalidNumNonces: {
        requested_nonces: gasKey.numNonces,
        limit: MAX_GAS_KEY_NONCES,
      },
    };
  }
  if (gasKey.balance === 0n) return null;
  return { AddGasKeyWithNonZeroBalance: { balance: u128Json(gasKey.balance) } };
}

function validateMethodNames(names: readonly string[]): Json | null {
  let total = 0;
  for (const name of names) {
    const length = utf8Length(name);
    const error = lengthError(
      "AddKeyMethodNameLengthExceeded",
      "length",
      length,
      MAX_METHOD_NAME_LENGTH,
    );
    if (error !== null) return error;
    // Each name counts with the byte that ends it.
    total += length + 1;
  }
  return lengthError(
    "AddKeyMethodNamesNumberOfBytesExceeded",
    "total_number_of_bytes",
    total,
    MAX_METHOD_NAMES_BYTES,
  );
}

function validateStateInit(
  { stateInit }: Extract<Action, { readonly type: "deterministicStateInit" }>,
  receiverId: string,
): Json | null {
  const derivedId = deterministicAccountId(encode(deterministicStateInitCodec, stateInit));
  if (derivedId !== receiverId) {
    return {
      InvalidDeterministicStateInitReceiver: { receiver_id: receiverId, derived_id: derivedId },
    };
  }
  return entriesError("DeterministicStateInit", stateInit.data);
}

function validateUniversalStateInit(stateInit: Uint8Array, receiverId: string): Json | null {
  const derivedId = universalAccountId(stateInit);
  if (derivedId !== receiverId) {
    return {
      InvalidUniversalStateInitReceiver: { receiver_id: receiverId, derived_id: derivedId },
    };
  }
  let decoded;
  try {
    decoded = decode(universalStateInitCodec, stateInit);
  } catch {
    return "MalformedUniversalStateInit";
  }
  // One account has one encoding: no other is taken.
  const isCanonical = equalBytes(encode(universalStateInitCodec, decoded), stateInit);
  return isCanonical
    ? entriesError("UniversalStateInit", decoded.data)
    : "MalformedUniversalStateInit";
}

function entriesError(action: string, data: ReadonlyMap<Uint8Array, Uint8Array>): Json | null {
  for (const [key, value] of data) {
    const error =
      lengthError(`${action}KeyLengthExceeded`, "length", key.length, MAX_STORAGE_KEY_LENGTH) ??
      lengthError(`${action}ValueLengthExceeded`, "length", value.length, MAX_STORAGE_VALUE_LENGTH);
    if (error !== null) return error;
  }
  return null;
}

/** Only keys of the prime-order subgroup stake: they also make VRF outputs, over ristretto. */
function isStakingKey(publicKey: string): boolean {
  const { type, bytes } = parsePublicKey(publicKey);
  if (type !== "ed25519") return false;
  try {
    // nearcore decompresses as ZIP-215 does: y above the field's prime is taken modulo it.
    return ed25519.Point.fromBytes(bytes, true).isTorsionFree();
  } catch {
    return false;
  }
}

function accountIdError(accountId: string): Json | null {
  const isValid: boolean = isAccountId(accountId);
  if (isValid) return null;
  return { InvalidAccountId: { account_id: accountId.slice(0, SHOWN_ID_LENGTH) } };
}

function lengthError(name: string, field: string, length: number, limit: number): Json | null {
  return length > limit ? { [name]: { [field]: length, limit } } : null;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
