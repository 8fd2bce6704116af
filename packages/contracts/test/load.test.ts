import { contractNames, loadContract } from "@yoctonear/contracts";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("contracts: code");

for (const name of contractNames) {
  test(`${name} is a module of some kilobytes`, async () => {
    const code = await loadContract(name);
    assert.ok(code.length > 500 && code.length < 20_000, `${code.length} bytes`);
    assert.ok(WebAssembly.validate(code));
  });
}

test.run();
