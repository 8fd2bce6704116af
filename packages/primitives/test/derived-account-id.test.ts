import { decodeBase58, decodeHex } from "@yoctonear/base";
import {
  accountKind,
  deterministicAccountId,
  ethImplicitAccountId,
  isAccountId,
  nearImplicitAccountId,
  universalAccountId,
  universalAccountIdFromHash,
} from "@yoctonear/primitives";
import { has, text, type Vector, vectorsOf } from "@yoctonear/vectors";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const derive = suite("derived-account-id: ids from keys and state");

/** The bytes of a key in text form; keys have a package of their own above this one. */
const keyBytes = (key: string): Uint8Array => decodeBase58(key.slice(key.indexOf(":") + 1));

async function agree(
  category: string,
  count: number,
  kind: string,
  derived: (vector: Vector) => string,
): Promise<void> {
  const vectors = await vectorsOf(category);
  for (const vector of vectors) {
    const accountId = derived(vector);
    assert.is(accountId, text(vector.expected, "account_id"), vector.id);
    assert.is(accountKind(accountId), kind, vector.id);
  }
  assert.is(vectors.length, count);
  console.log(`${category}: ${count} vectors`);
}

derive("agrees with every vector of implicit-near", () =>
  agree("implicit-near", 3, "near-implicit", ({ input }) =>
    nearImplicitAccountId(keyBytes(text(input, "public_key"))),
  ),
);

derive("agrees with every vector of implicit-eth", () =>
  agree("implicit-eth", 1, "eth-implicit", ({ input }) =>
    ethImplicitAccountId(keyBytes(text(input, "public_key"))),
  ),
);

derive("agrees with every vector of nep616", () =>
  agree("nep616", 3, "deterministic", ({ input }) =>
    deterministicAccountId(decodeHex(text(input, "borsh_hex"))),
  ),
);

derive("agrees with every vector of universal-account", () =>
  agree("universal-account", 8, "universal", ({ input }) =>
    universalAccountId(decodeHex(text(input, "raw_state_init_hex"))),
  ),
);

derive("agrees with every vector of universal-account-encoding", () =>
  agree("universal-account-encoding", 3, "universal", ({ input }) =>
    universalAccountIdFromHash(decodeHex(text(input, "hash_hex"))),
  ),
);

derive("gives another encoding of the same state another id", async () => {
  const vectors = await vectorsOf("universal-account");
  const canonical = vectors.filter(({ expected }) => has(expected, "canonical_account_id"));
  assert.is(canonical.length, 1);
  for (const { expected } of canonical) {
    assert.is.not(text(expected, "account_id"), text(expected, "canonical_account_id"));
  }
});

derive("refuses keys of another length", () => {
  const refusal = /expected \w+ of \d+ bytes, got \d+/;
  for (const length of [0, 31, 33, 64]) {
    assert.throws(() => nearImplicitAccountId(new Uint8Array(length)), refusal);
  }
  for (const length of [0, 33, 63, 65]) {
    assert.throws(() => ethImplicitAccountId(new Uint8Array(length)), refusal);
  }
  assert.throws(() => universalAccountIdFromHash(new Uint8Array(31)), refusal);
});

derive("always makes a valid id of its own kind", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (bytes) => {
      const ids = [
        nearImplicitAccountId(bytes.subarray(32)),
        ethImplicitAccountId(bytes),
        deterministicAccountId(bytes),
        universalAccountId(bytes),
      ];
      assert.ok(ids.every((id) => isAccountId(id)));
      assert.equal(ids.map(accountKind), [
        "near-implicit",
        "eth-implicit",
        "deterministic",
        "universal",
      ]);
    }),
  );
});

derive.run();
