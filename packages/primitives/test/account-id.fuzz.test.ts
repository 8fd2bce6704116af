import {
  accountKind,
  assertAccountId,
  isAccountId,
  isSubAccountOf,
  parentAccountId,
} from "@yoctonear/primitives";
import { ParseError } from "@yoctonear/base";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

/** The grammar as near-account-id documents it, which the source does not use. */
const GRAMMAR = /^(([a-z\d]+[-_])*[a-z\d]+\.)*([a-z\d]+[-_])*[a-z\d]+$/;
const isById = (text: string): boolean =>
  text.length >= 2 && text.length <= 64 && GRAMMAR.test(text);

const part = fc.stringMatching(/^[a-z0-9]{1,6}([-_][a-z0-9]{1,6}){0,2}$/);
const accountId = fc
  .array(part, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("."))
  .filter((id) => id.length >= 2 && id.length <= 64);
const nearly = fc.string({
  unit: fc.constantFrom(..."ab01-_.A @é".split("")),
  minLength: 0,
  maxLength: 24,
});

const property = suite("account-id: properties");

property("agrees with the documented grammar on text of any kind", () => {
  const anyText = fc.oneof(nearly, fc.string({ unit: "binary" }), accountId);
  fc.assert(
    fc.property(anyText, (text) => {
      assert.is(isAccountId(text), isById(text));
    }),
    { numRuns: 20_000 },
  );
});

property("never throws from isAccountId, and only ParseError from assertAccountId", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const is = isAccountId(value);
      try {
        assertAccountId(value);
        assert.ok(is);
      } catch (error) {
        assert.instance(error, ParseError);
        assert.not(is);
      }
    }),
    { numRuns: 2_000 },
  );
});

property("stays quick for what makes the grammar's regex backtrack", () => {
  for (const unit of ["a", "a-", "a.", "0_"]) {
    assert.not(isAccountId(`${unit.repeat(1_000_000)}!`));
    assert.not(isAccountId(`${unit.repeat(31)}!`));
  }
});

property("a child of an id has it as its parent, and no other", () => {
  fc.assert(
    fc.property(part, accountId, (name, parent) => {
      const child = `${name}.${parent}`;
      fc.pre(child.length <= 64);
      assert.is(parentAccountId(child), parent);
      assert.ok(isSubAccountOf(child, parent));
      assert.not(isSubAccountOf(`x${child}`.slice(0, 64), child));
      assert.is(accountKind(child), "named");
    }),
  );
});

property.run();
