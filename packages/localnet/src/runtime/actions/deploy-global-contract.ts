/**
 * DeployGlobalContract: burns the price of its storage and sends the code on its way through the shards
 * (`runtime/runtime/src/global_contracts.rs` `action_deploy_global_contract`).
 * @module
 */
import { decode, encode, u64 } from "@yoctonear/borsh";
import type { ContractIdentifier } from "@yoctonear/transactions";
import { hashOf } from "../../chain/hash.ts";
import { globalContractNonceKey } from "../../state/trie-key.ts";
import { lackBalanceForState } from "../action-errors.ts";
import { accountOf, type ApplyAction } from "../action-scope.ts";
import { SYSTEM_ID } from "../action-permission.ts";
import { GLOBAL_CONTRACT_PRICE } from "../parameters.ts";

const SHARD_ID = 0n;

export const applyDeployGlobalContract: ApplyAction<"deployGlobalContract"> = (
  scope,
  { code, deployMode },
) => {
  const account = accountOf(scope);
  const { state, receipt, result } = scope;
  const { receiverId } = receipt;
  const price = BigInt(code.length) * GLOBAL_CONTRACT_PRICE;
  // The whole price is named, not what is missing of it.
  if (account.amount < price) return lackBalanceForState(receiverId, price);
  result.tokensBurnt += price;
  scope.account = { ...account, amount: account.amount - price };
  const id: ContractIdentifier =
    deployMode === "codeHash"
      ? { type: "codeHash", hash: hashOf(code) }
      : { type: "accountId", accountId: receiverId };
  const nonceKey = globalContractNonceKey(id);
  const stored = state.other.get(nonceKey);
  const nonce = (stored === null ? 0n : decode(u64, stored)) + 1n;
  state.other.set(nonceKey, encode(u64, nonce));
  result.newReceipts.push({
    predecessorId: receiverId,
    receiverId: SYSTEM_ID,
    body: {
      type: "globalContractDistribution",
      id,
      targetShard: SHARD_ID,
      deliveredShards: [],
      code,
      nonce,
    },
  });
  return null;
};
