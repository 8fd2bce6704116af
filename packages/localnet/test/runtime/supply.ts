/**
 * Where the tokens of a chain are.
 * @module
 */
import { decode } from "@yoctonear/borsh";
import { isActionReceipt, type Receipt } from "#localnet/chain/receipt";
import { prepaidTotal, totalDeposit } from "@yoctonear/transactions/cost";
import { decodeAccessKey, gasKeyOf } from "#localnet/state/access-key";
import { accountCodec } from "#localnet/state/account";
import { type Trie, trieEntries } from "#localnet/state/trie";
import type { MiniChain } from "./mini-chain.ts";

const ACCOUNTS = Uint8Array.of(0);
const KEYS = Uint8Array.of(2);
const NONCE_ROW_LENGTH = 8;

/** yoctoNEAR on accounts and gas keys, in receipts on their way, and burnt: never more, never less. */
export function totalTokens(chain: MiniChain): bigint {
  const { state, incoming, burnt, protocolVersion } = chain;
  return incoming.reduce(
    (sum, receipt) => sum + tokensOf(receipt, protocolVersion),
    tokensIn(state) + burnt,
  );
}

function tokensIn(state: Trie): bigint {
  let sum = 0n;
  for (const [, row] of trieEntries(state, ACCOUNTS)) {
    const { amount, locked } = decode(accountCodec, row);
    sum += amount + locked;
  }
  for (const [, row] of trieEntries(state, KEYS)) {
    if (row.length === NONCE_ROW_LENGTH) continue;
    sum += gasKeyOf(decodeAccessKey(row).permission)?.balance ?? 0n;
  }
  return sum;
}

/** A receipt carries deposits and the gas that was bought for it. */
function tokensOf({ receiverId, predecessorId, body }: Receipt, version: number): bigint {
  if (!isActionReceipt(body)) return 0n;
  const gas = predecessorId === "system" ? 0n : prepaidTotal(body.actions, receiverId, version);
  return totalDeposit(body.actions) + gas * body.gasPrice;
}
