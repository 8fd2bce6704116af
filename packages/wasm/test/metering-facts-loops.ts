/**
 * Facts of functions with loops and many labels.
 * Source: near/finite-wasm tests/snaps.
 * @module
 */
import { fact, type Fact } from "./metering-facts.ts";

/** By the file that their snapshot is of; in their modules they come after those that they call. */
export const LOOPS: Readonly<Record<string, readonly Fact[]>> = {
  labels: [
    fact("> i32", 4, "[3] block i32; i32.const 1; br 0; i32.const 0; end"),
    fact(
      "> i32",
      8,
      `[3] i32.const 0; local.set 0; block i32; loop i32; [9] local.get 0; i32.const 1; i32.add; local.set 0;
       local.get 0; i32.const 5; i32.eq; if; [2] local.get 0; br 2; end; [1] br 0; end; end`,
      ["i32"],
    ),
    fact(
      "> i32",
      8,
      `[3] i32.const 0; local.set 0; block i32; loop i32; [9] local.get 0; i32.const 1; i32.add; local.set 0;
       local.get 0; i32.const 5; i32.eq; if; [1] br 1; end; [4] local.get 0; i32.const 8; i32.eq; if;
       [2] local.get 0; br 2; end; [5] local.get 0; i32.const 1; i32.add; local.set 0; br 0; end; end`,
      ["i32"],
    ),
    fact(
      "> i32",
      8,
      `[12] i32.const 0; local.set 0; block i32; loop i32; local.get 0; i32.const 1; i32.add; local.set 0;
       local.get 0; i32.const 5; i32.eq; if; [2] local.get 0; br 2; end; [1] local.get 0; end; end`,
      ["i32"],
    ),
    fact(
      "i32 > i32",
      8,
      `[3] i32.const 1; local.set 1; block i32; loop i32; [9] local.get 1; local.get 1; i32.add; local.set 1;
       local.get 1; local.get 0; i32.gt_u; if; [2] local.get 1; br 2; end; [1] br 0; end; end`,
      ["i32"],
    ),
    fact("> i32", 8, "[4] loop i32; i32.const 1; end; i32.const 1; i32.add"),
    fact("> i32", 4, "loop i32; [3] i32.const 0; br_if 0; [1] i32.const 3; end"),
    fact(
      "> i32",
      8,
      `[5] i32.const 0; local.set 0; block; i32.const 1; if; [1] br 0; i32.const 666; local.set 0; end;
       [6] local.get 0; i32.const 1; i32.add; local.set 0; i32.const 1;
       if; [1] br 0; i32.const 666; local.set 0; else; [2] i32.const 888; local.set 0; end;
       [6] local.get 0; i32.const 1; i32.add; local.set 0; i32.const 1;
       if; [1] br 0; i32.const 666; local.set 0; else; [2] i32.const 888; local.set 0; end;
       [6] local.get 0; i32.const 1; i32.add; local.set 0; i32.const 0;
       if; [2] i32.const 888; local.set 0; else; [1] br 0; i32.const 666; local.set 0; end;
       [6] local.get 0; i32.const 1; i32.add; local.set 0; i32.const 0;
       if; [2] i32.const 888; local.set 0; else; [1] br 0; i32.const 666; local.set 0; end;
       [5] local.get 0; i32.const 1; i32.add; local.set 0; end; local.get 0`,
      ["i32"],
    ),
    fact(
      "i32 > i32",
      8,
      `[10] block i32; i32.const 10; block i32; block; block; block; block; block; local.get 0;
       br_table 4 0 1 2 3; end; end; [2] i32.const 2; br 3; end; [2] i32.const 3; br 3; end; end;
       [1] i32.const 5; end; [1] i32.mul; end`,
    ),
    fact(
      "i32 > i32",
      4,
      `[5] block; block; block; local.get 0; br_table 0 1; br 2; end; [2] i32.const 0; return; end; end;
       [1] i32.const 2`,
    ),
    fact(
      "> i32",
      8,
      `[6] i32.const 0; local.set 0; block i32; block; i32.const 0; br_if 0;
       [6] local.get 0; i32.const 1; i32.or; local.set 0; i32.const 1; br_if 0;
       [4] local.get 0; i32.const 2; i32.or; local.set 0; end;
       [8] block i32; local.get 0; i32.const 4; i32.or; local.set 0; local.get 0; end; i32.const 0; br_if 0;
       [13] drop; local.get 0; i32.const 8; i32.or; local.set 0;
       block i32; local.get 0; i32.const 16; i32.or; local.set 0; local.get 0; end; i32.const 1; br_if 0;
       [6] drop; local.get 0; i32.const 32; i32.or; local.set 0; local.get 0; end`,
      ["i32"],
    ),
    fact(
      "> i32",
      8,
      `[4] block i32; block i32; i32.const 1; br 0; end; [2] i32.const 1; br_if 0;
       [2] drop; i32.const 0; end`,
    ),
    fact(
      "> i32",
      8,
      `[3] block i32; i32.const 1; if; [3] block i32; i32.const 1; br 0; end; [2] i32.const 1; br_if 1;
       [1] drop; end; [1] i32.const 0; end`,
    ),
    fact(
      "> i32",
      8,
      `[10] block i32; block i32; i32.const 1; local.set 0; local.get 0; end;
       block i32; i32.const 2; local.set 0; local.get 0; end; br_if 0; [2] drop; i32.const 0; end;
       [4] i32.const 0; i32.add; drop; local.get 0`,
      ["i32"],
    ),
    fact(
      "> i32",
      4,
      `[3] block i32; i32.const 1; if; [3] block i32; i32.const 1; br 0; end; [1] br 1; else;
       [4] block; block i32; i32.const 1; br 0; end; [1] drop; end; end; [1] i32.const 1; end`,
    ),
    fact("> i32", 4, "[3] block i32; i32.const 1; br 0; i32.const 2; i32.xor; end"),
    fact(
      "> i32",
      8,
      `[6] block i32; block i32; i32.const 2; end; block i32; i32.const 3; br 0; end;
       [1] i32.add; end`,
    ),
  ],
  loop: [
    fact(
      "> i32",
      4,
      `[1] block; loop; [2] br 1; br 0; unreachable; end; end;
       [4] block; loop; i32.const 1; br_if 1; [1] unreachable; end; end;
       [4] block; loop; i32.const 0; br_table 1; unreachable; end; end;
       [4] block; loop; i32.const 1; br_table 1 1 1; unreachable; end; end; [1] i32.const 19`,
    ),
    fact(
      "> i32",
      4,
      `[4] block i32; loop i32; i32.const 18; br 1; i32.const 19; br 1; i32.const 20; i32.const 0;
       br_if 1; drop; i32.const 20; i32.const 1; br_if 1; drop; i32.const 21; br 1; i32.const 22;
       i32.const 0; br_table 1; i32.const 23; i32.const 1; br_table 1 1 1; i32.const 21; end; end`,
    ),
    fact(
      "> i32",
      8,
      `[8] i32.const 0; local.set 0; local.get 0;
       block i32; loop i32; block i32; i32.const 1; br 2; end; end; end;
       [8] i32.add; local.set 0; local.get 0;
       block i32; loop i32; loop i32; i32.const 2; br 2; end; end; end;
       [9] i32.add; local.set 0; local.get 0;
       block i32; loop i32; block i32; loop i32; i32.const 4; br 1; end; end; [7] end; end;
       i32.add; local.set 0; local.get 0; block i32; loop i32; i32.const 8; br 1; i32.ctz; end; end;
       [8] i32.add; local.set 0; local.get 0;
       block i32; loop i32; loop i32; i32.const 16; br 2; end; [1] i32.ctz; end; end;
       [3] i32.add; local.set 0; local.get 0`,
      ["i32"],
    ),
    fact(
      "> i32",
      8,
      `[3] i32.const 0; local.set 0; local.get 0; loop i32; [3] loop i32; br 1; end; [3] end;
       i32.add; local.set 0; local.get 0; loop i32; [2] br 0; i32.ctz; end;
       [3] i32.add; local.set 0; local.get 0; loop i32; [3] loop i32; br 1; end; [4] i32.ctz; end;
       i32.add; local.set 0; local.get 0`,
      ["i32"],
    ),
    fact(
      "> i32",
      8,
      `[17] block; loop; i32.const 1; local.set 0; local.get 0; i32.const 3; i32.mul; local.set 0; local.get 0;
       i32.const 5; i32.sub; local.set 0; local.get 0; i32.const 7; i32.mul; local.set 0; br 1;
       local.get 0; i32.const 100; i32.mul; local.set 0; end; end; [3] local.get 0; i32.const -14; i32.eq`,
      ["i32"],
    ),
    fact(
      "i64 > i64",
      16,
      `[3] i64.const 1; local.set 1; block; loop; [4] local.get 0; i64.eqz; br_if 1;
       [9] local.get 0; local.get 1; i64.mul; local.set 1; local.get 0; i64.const 1; i64.sub; local.set 0; br 0;
       end; end; [1] local.get 1`,
      ["i64"],
    ),
    fact(
      "f32 f32 > f32",
      8,
      `[1] block; loop; [5] local.get 0; f32.const 0; f32.eq; br_if 1; [3] local.get 1; local.set 2; block; loop;
       [5] local.get 2; f32.const 0; f32.eq; br_if 1; [4] local.get 2; f32.const 0; f32.lt; br_if 3;
       [9] local.get 3; local.get 2; f32.add; local.set 3; local.get 2; f32.const 2; f32.sub; local.set 2; br 0;
       end; end; [9] local.get 3; local.get 0; f32.div; local.set 3; local.get 0; f32.const 1; f32.sub;
       local.set 0; br 0; end; end; [1] local.get 3`,
      ["f32", "f32"],
    ),
  ],
  "regression-45": [
    fact(
      "i32 >",
      8,
      `[1] loop; loop; [7] loop; local.get 0; i32.const 1; i32.add; local.tee 0;
       br_table 1 1 1 1 1 1 1 3; end; end; end`,
    ),
  ],
};
