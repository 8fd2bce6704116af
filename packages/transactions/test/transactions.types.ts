/**
 * What the compiler accepts and refuses. Compiled, never run.
 * @module
 */
import {
  type Action,
  createTransaction,
  functionCall,
  functionCallAccess,
  type NonDelegateAction,
  type SignedTransaction,
  stake,
  type Transaction,
  transfer,
  useGlobalContract,
} from "@yoctonear/transactions";

interface Vote {
  id: number;
  comment?: string;
}

export function compiles(vote: Vote, action: Action, signed: SignedTransaction): void {
  functionCall("vote", vote);
  functionCall("vote", [1, 2]);
  functionCall("vote", new Uint8Array(1), { gas: "5 Tgas", deposit: "1 yoctoNEAR" });
  // @ts-expect-error: a bigint is no JSON
  functionCall("vote", 1n);
  // @ts-expect-error: a bare number is no amount
  transfer(1);
  // @ts-expect-error: nor is bare text
  transfer("1");
  // @ts-expect-error: the amount comes first
  stake("ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp", "1 NEAR");
  // @ts-expect-error: what it may spend is always said
  functionCallAccess("app.near", { methods: "any" });
  // @ts-expect-error: one of the two
  useGlobalContract({});
  // @ts-expect-error: a delegate is not to be delegated
  const inner: NonDelegateAction = action;
  const { transaction }: { transaction: Transaction } = signed;
  const nonce: bigint = transaction.version === 0 ? transaction.nonce : transaction.nonce.nonce;
  createTransaction({
    signerId: "alice.near",
    publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
    nonce,
    receiverId: "bob.near",
    blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
    actions: [inner],
    // @ts-expect-error: of a draft that never was
    priorityFee: 0n,
  });
}
