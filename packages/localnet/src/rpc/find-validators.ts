/**
 * Finds an epoch and shows its validators.
 * Source: nearcore chain/client/src/view_client_actor.rs (`GetValidatorInfo`).
 * @module
 */
import type { Block } from "../chain/block.ts";
import type { Chain } from "../chain/chain.ts";
import { producerId } from "../chain/epoch-reward.ts";
import type { Json } from "../runtime/json.ts";
import type { EpochQuestion } from "./node.ts";
import { handlerFailure } from "./rpc-failure.ts";
import { validatorsView } from "./validators-view.ts";

/**
 * Answers a question about an epoch.
 * @throws {RpcFailure} UNKNOWN_EPOCH, VALIDATOR_INFO_UNAVAILABLE
 */
export function findValidators(chain: Chain, question: EpochQuestion): Json {
  const head = chain.head();
  switch (question.type) {
    case "latest":
      return show(chain, head);
    case "epochId": {
      const last = lastBlockOf(chain, question.epochId);
      if (last === null) throw handlerFailure("UNKNOWN_EPOCH", null, "Epoch not found");
      return show(chain, last);
    }
    case "block": {
      // Only the last block of an epoch stands for it.
      const { height, epochId } = question.block.header;
      const last = lastBlockOf(chain, epochId);
      const isLast = last !== null && last !== head && last.header.height === height;
      if (isLast) return show(chain, last);
      throw handlerFailure("VALIDATOR_INFO_UNAVAILABLE", null, "Validator info unavailable");
    }
  }
}

/** The last block of an epoch so far; goes from epoch to epoch, backwards. */
export function lastBlockOf(chain: Chain, epochId: string): Block | null {
  let block: Block | undefined = chain.head();
  while (block !== undefined && block.epoch.epochId !== epochId) {
    const first = chain.blockByHash(block.epochFirstBlock);
    block = first === undefined ? undefined : chain.blockByHash(first.header.prevHash);
  }
  return block ?? null;
}

function show(chain: Chain, block: Block): Json {
  const { config } = chain.genesis;
  return validatorsView(block.epoch, {
    hasEnded: block.epoch.epochId !== chain.head().epoch.epochId,
    producerId: producerId(config),
    shardId: config.shardId,
  });
}
