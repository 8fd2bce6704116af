import { failure, type Node, openNode } from "@yoctonear/conformance";
import {
  Account,
  actions,
  baseDecode,
  createTransaction,
  JsonRpcProvider,
  KeyPair,
  KeyPairSigner,
  NEAR_NOMINATION,
  Signature,
  SignedTransaction,
} from "near-api-js";
import {
  AccessKeyNotFoundActionError,
  AccessKeyReceiverMismatchActionError,
  AccessKeyRequiresFullAccessActionError,
  AccountAlreadyExistsActionError,
  AccountDoesNotExistActionError,
  ActorNoPermissionActionError,
  CreateAccountNotAllowedActionError,
  DelegateActionExpiredActionError,
  DelegateActionInvalidNonceActionError,
  DelegateActionInvalidSignatureActionError,
  DelegateActionSenderDoesNotMatchTxReceiverActionError,
  DeleteActionMustBeFinalActionError,
  FunctionCallZeroAttachedGasActionError,
  GlobalContractDoesNotExistActionError,
  InsufficientStakeActionError,
  InvalidNonceError,
  InvalidSignatureError,
  RpcRequestParseError,
  SignerDoesNotExistError,
  TransactionExpiredError,
  TriesToStakeActionError,
} from "near-api-js/rpc-errors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

interface Context {
  node: Node;
  provider: JsonRpcProvider;
  open(accountId: string): Promise<{ account: Account; signer: KeyPairSigner }>;
}

const test = suite<Context>("near-api-js: every rejection has its type");

test.before(async (context) => {
  const node = await openNode();
  const provider = new JsonRpcProvider({ url: node.url });
  context.node = node;
  context.provider = provider;
  context.open = async (id) => {
    const signer = KeyPairSigner.fromSecretKey(await node.account(id));
    return { account: new Account(id, provider, signer), signer };
  };
});
test.after(({ node }) => node.close());

test("nonces", async ({ open, provider }) => {
  const { account, signer } = await open("nonces.near");
  const publicKey = await signer.getPublicKey();
  const { header } = await provider.viewBlock({ finality: "final" });
  const send = async (nonce: bigint) => {
    const all = [actions.transfer(nonce)];
    const hash = baseDecode(header.hash);
    const transaction = createTransaction("nonces.near", publicKey, "near", nonce, all, hash);
    const { signedTransaction } = await signer.signTransaction(transaction);
    return provider.sendTransaction(signedTransaction);
  };
  const { nonce } = await account.getAccessKey(publicKey);
  await send(nonce + 1n);
  const used = await failure(send(nonce), InvalidNonceError);
  assert.is(BigInt(used.accessKeyNonce), nonce + 1n);
  assert.is(BigInt(used.transactionNonce), nonce);
  // A node accepts what is beyond the bound of nonces, and never includes it.
  await failure(send(2n ** 62n), TransactionExpiredError);
});

test("block hash, signature, signer, receiver", async ({ open, provider }) => {
  const { account, signer } = await open("parts.near");
  const publicKey = await signer.getPublicKey();
  const made = await account.createTransaction({
    receiverId: "near",
    actions: [actions.transfer(1n)],
    publicKey,
  });
  const change = async (change: Partial<typeof made>) => {
    const { signedTransaction } = await signer.signTransaction(Object.assign(made, change));
    return provider.sendTransaction(signedTransaction);
  };
  const { blockHash } = made;
  await failure(change({ blockHash: new Uint8Array(32).fill(7) }), TransactionExpiredError);
  await failure(change({ blockHash, signerId: "missing.near" }), SignerDoesNotExistError);
  await failure(change({ signerId: "parts.near", receiverId: "NOT AN ID" }), RpcRequestParseError);
  made.receiverId = "near";
  const forged = new SignedTransaction({
    transaction: made,
    signature: new Signature({ keyType: publicKey.keyType, data: new Uint8Array(64).fill(1) }),
  });
  await failure(provider.sendTransaction(forged), InvalidSignatureError);
});

test("keys that may not", async ({ open, provider }) => {
  const { account } = await open("limits.near");
  const pair = KeyPair.fromRandom("ed25519");
  const limited = new Account("limits.near", provider, new KeyPairSigner(pair));
  const publicKey = pair.getPublicKey();
  await account.addFunctionCallAccessKey({ publicKey, contractId: "app.near", methodNames: [] });
  const transfer = limited.transfer({ receiverId: "app.near", amount: 1n });
  await failure(transfer, AccessKeyRequiresFullAccessActionError);
  const call = limited.callFunction({ contractId: "near", methodName: "vote", args: {} });
  await failure(call, AccessKeyReceiverMismatchActionError);
  await account.deleteKey(publicKey);
  await failure(
    limited.transfer({ receiverId: "app.near", amount: 1n }),
    AccessKeyNotFoundActionError,
  );
});

test("actions that fail", async ({ open }) => {
  const { account, signer } = await open("failing.near");
  const publicKey = await signer.getPublicKey();
  const act = (receiverId: string, ...all: ReturnType<typeof actions.transfer>[]) =>
    account.signAndSendTransaction({ receiverId, actions: all });
  await failure(act("missing.near", actions.transfer(1n)), AccountDoesNotExistActionError);
  await failure(act("failing.near", actions.createAccount()), AccountAlreadyExistsActionError);
  await failure(act("a.b.near", actions.createAccount()), CreateAccountNotAllowedActionError);
  await failure(act("near", actions.deleteKey(publicKey)), ActorNoPermissionActionError);
  await failure(act("failing.near", actions.stake(1n, publicKey)), InsufficientStakeActionError);
  await failure(act("failing.near", actions.stake(10n ** 30n, publicKey)), TriesToStakeActionError);
  await failure(
    act("failing.near", actions.useGlobalContract({ accountId: "nobody.near" })),
    GlobalContractDoesNotExistActionError,
  );
});

test("actions that are invalid", async ({ open }) => {
  const { account } = await open("invalid.near");
  const act = (...all: ReturnType<typeof actions.transfer>[]) =>
    account.signAndSendTransaction({ receiverId: "invalid.near", actions: all });
  await failure(
    act(actions.deleteAccount("near"), actions.transfer(1n)),
    DeleteActionMustBeFinalActionError,
  );
  await failure(act(actions.functionCall("vote", {}, 0n)), FunctionCallZeroAttachedGasActionError);
});

test("delegates that fail", async ({ node, open }) => {
  const { account, signer } = await open("meta.near");
  const { account: relayer } = await open("relayer.near");
  const pay = { receiverId: "near", actions: [actions.transfer(NEAR_NOMINATION)] };
  const { signedDelegate } = await account.createSignedMetaTransaction(pay);
  await relayer.relayMetaTransaction(signedDelegate);
  await failure(
    relayer.relayMetaTransaction(signedDelegate),
    DelegateActionInvalidNonceActionError,
  );
  const elsewhere = relayer.signAndSendTransaction({
    receiverId: "near",
    actions: [actions.signedDelegate(signedDelegate)],
  });
  await failure(elsewhere, DelegateActionSenderDoesNotMatchTxReceiverActionError);
  const forged = await account.createSignedMetaTransaction(pay);
  forged.signedDelegate.delegateAction.nonce += 1n;
  await failure(
    relayer.relayMetaTransaction(forged.signedDelegate),
    DelegateActionInvalidSignatureActionError,
  );
  const late = await account.createMetaTransaction({
    ...pay,
    blockHeightTtl: 2,
    publicKey: await signer.getPublicKey(),
  });
  await node.chain.produceBlocks(5);
  const signed = await signer.signDelegateAction(late);
  await failure(
    relayer.relayMetaTransaction(signed.signedDelegate),
    DelegateActionExpiredActionError,
  );
});

test.run();
