// Compiles WebAssembly at run time, which workerd forbids.
/**
 * One chain for each protocol version: what a node refuses, takes or pays differs, and the client can tell beforehand.
 * @module
 */
// Compiles WebAssembly at run time, which workerd forbids.
import { connect, TransactionError } from "@yoctonear/account";
import { encodeHex } from "@yoctonear/base";
import { loadContract } from "@yoctonear/contracts";
import { parsePublicKey, parseSignature } from "@yoctonear/keys";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { randomMlDsa65KeyPair } from "@yoctonear/ml-dsa";
import { block, experimentalProtocolConfig, isRpcError, status, viewAccount } from "@yoctonear/rpc";
import {
  type Action,
  assertActionsAccepted,
  createDelegateAction,
  functionCall,
  LimitError,
  signDelegateAction,
  transfer,
  withdrawFromGasKey,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, buildContract, call } from "../runtime/contract-builder.ts";
import { refusalOf } from "./sending.ts";

const test = suite("createLocalnet: protocolVersion");

const ACCOUNTS = { "alice.near": "100 NEAR", "bob.near": "10 NEAR" } as const;
const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";

function start(protocolVersion?: number): Promise<Localnet> {
  return createLocalnet({ accounts: ACCOUNTS, protocolVersion });
}

/** Deploys code to bob.near. */
async function deploy(chain: Localnet, code: Uint8Array): Promise<void> {
  await connect(chain).account("bob.near", chain.signer("bob.near")).deploy(code);
}

async function amountOf(chain: Localnet, accountId: string): Promise<bigint> {
  return BigInt((await viewAccount(chain.transport, { accountId })).amount);
}

/** What a transaction of alice.near to bob.near with this action is refused with, or null. */
async function refused(chain: Localnet, action: Action, nonce: bigint): Promise<unknown> {
  const signer = chain.signer("alice.near");
  const { header } = await block(chain.transport, {});
  const nonces = { nonce: header.height * 1_000_000n - 1_000n + nonce };
  return refusalOf(chain, signer, "alice.near", "bob.near", [action], nonces);
}

test("is 86 unless told, and shown in the status, the headers and the configuration", async () => {
  const shown = async (chain: Localnet): Promise<readonly unknown[]> => {
    const { header } = await block(chain.transport, {});
    const node = await status(chain.transport);
    const config = await experimentalProtocolConfig(chain.transport, {});
    return [
      node.protocol_version,
      node.latest_protocol_version,
      header.latest_protocol_version,
      config.protocol_version,
      node.version.version,
    ].map(String);
  };
  assert.equal(await shown(await start()), ["86", "86", "86", "86", "2.13.0"]);
  for (const version of [85, 86, 87, 88]) {
    const text = String(version);
    const node = version < 87 ? "2.13.0" : "2.14.0";
    assert.equal(await shown(await start(version)), [text, text, text, text, node]);
  }
});

test("versions that are not known here are refused, not guessed", async () => {
  for (const version of [0, 1, 84, 89, 86.5, -86, Number.NaN, 4_294_967_382]) {
    try {
      await start(version);
      assert.unreachable(`${version}`);
    } catch (error) {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, `expected a protocol version from 85 to 88, got ${version}`);
    }
  }
});

test("a genesis has its own version, and no other can be asked for", async () => {
  const genesis = (await start(87)).dumpState();
  const again = await createLocalnet({ genesis });
  assert.is((await status(again.transport)).protocol_version, 87);
  const odd = { ...genesis, protocol_version: 84 };
  for (const [options, message] of [
    [{ genesis, protocolVersion: 87 }, "protocolVersion"],
    [{ genesis: odd }, "expected a protocol version from 85 to 88, got 84"],
  ] as const) {
    try {
      await createLocalnet(options);
      assert.unreachable(message);
    } catch (error) {
      assert.ok(error instanceof Error);
      assert.match(error.message, message);
    }
  }
});

test("at 86 a contract gets 30 % of what its calls burn, at 87 nothing", async () => {
  for (const version of [86, 87]) {
    const chain = await start(version);
    await deploy(chain, await loadContract("counter"));
    const before = await amountOf(chain, "bob.near");
    await connect(chain)
      .account("alice.near", chain.signer("alice.near"))
      .call("bob.near", "increment");
    const reward = (await amountOf(chain, "bob.near")) - before;
    assert.is(reward > 0n, version === 86, `${version}: ${reward}`);
  }
});

test("what 87 refuses, 86 takes; the client tells without a node", async () => {
  const chains = { 86: await start(86), 87: await start(87) };
  const delegated = async (parts: {
    readonly nonceIndex?: number;
    readonly withdraws?: boolean;
  }): Promise<Action> => {
    const signer = chains[86].signer("bob.near");
    const { nonceIndex, withdraws = false } = parts;
    const delegateAction = createDelegateAction({
      senderId: "bob.near",
      publicKey: signer.publicKey,
      nonce: 1n,
      nonceIndex,
      receiverId: "bob.near",
      actions: [withdraws ? withdrawFromGasKey(KEY, 1n) : transfer(1n)],
      maxBlockHeight: 1_000n,
    });
    return signDelegateAction(delegateAction, signer);
  };
  const removed = (protocol_feature: string) => ({
    RemovedProtocolFeature: { protocol_feature, version: 87 },
  });
  const cases = [
    [
      { ...functionCall("some"), methodName: "" },
      "FunctionCallEmptyMethodName",
      "FunctionCallEmptyMethodName",
    ],
    [await delegated({ nonceIndex: 0 }), removed("DelegateV2"), "RemovedProtocolFeature"],
    [
      await delegated({ withdraws: true }),
      "WithdrawFromGasKeyNotAllowedInDelegate",
      "WithdrawFromGasKeyNotAllowedInDelegate",
    ],
  ] as const;
  let nonce = 0n;
  for (const [action, expected, code] of cases) {
    nonce += 1n;
    assert.equal(await refused(chains[87], action, nonce), { ActionsValidation: expected }, code);
    assert.is(await refused(chains[86], action, nonce), null, code);
    assertActionsAccepted([action], 86);
    try {
      assertActionsAccepted([action], 87);
      assert.unreachable(code);
    } catch (error) {
      assert.ok(error instanceof LimitError);
      assert.is(error.code, code);
    }
  }
});

test("contracts have SHA3 and ML-DSA-65 since 87, in calls and in views", async () => {
  const keyPair = randomMlDsa65KeyPair();
  const message = new Uint8Array(32);
  const request = { kind: "transaction", bytes: message, hash: message } as const;
  const signature = parseSignature(await keyPair.sign(request)).bytes;
  const { bytes: key } = parsePublicKey(keyPair.publicKey);
  const other = new Uint8Array(32).fill(1);
  const verify = (signed: Uint8Array) => [
    call("log_utf8", ask("ml_dsa_verify", signature, signed, key), { at: "1" }),
  ];
  const code = buildContract({
    sha3: [call("sha3_256", "abc", 5n), call("value_return", -1n, 5n)],
    valid: verify(message),
    forged: verify(other),
    short: [ask("ml_dsa_verify", "short", message, key)],
  });
  const chain = await start(87);
  await deploy(chain, code);
  const alice = connect(chain).account("alice.near", chain.signer("alice.near"));
  const hash = await connect(chain).viewOutcome("bob.near", "sha3");
  assert.is(
    encodeHex(hash.bytes),
    "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
  );
  assert.equal((await alice.call("bob.near", "valid")).logs, ["1"]);
  assert.equal((await alice.call("bob.near", "forged")).logs, [""]);
  try {
    await alice.call("bob.near", "short");
    assert.unreachable();
  } catch (error) {
    assert.ok(error instanceof TransactionError);
    assert.match(error.message, "invalid signature length");
  }
  const older = await start(86);
  await deploy(older, code);
  try {
    await connect(older).view("bob.near", "sha3");
    assert.unreachable();
  } catch (error) {
    assert.ok(isRpcError(error));
  }
});

test.run();
