/**
 * Facts of functions with branches, dead code and calls.
 * Source: near/finite-wasm tests/snaps.
 * @module
 */
import { fact, type Fact } from "./metering-facts.ts";

/** By the file that their snapshot is of; in their modules they come after those that they call. */
export const BRANCHES: Readonly<Record<string, readonly Fact[]>> = {
  br_if: [
    fact(">", 8, "[4] block; i32.const 0; i32.const 1; br_if 0; [2] i32.ctz; drop; end"),
    fact(">", 12, "[4] block; i64.const 0; i32.const 1; br_if 0; [2] i64.ctz; drop; end"),
    fact("> i32", 8, "[4] block i32; i32.const 1; i32.const 1; br_if 0; [1] i32.ctz; end"),
    fact(
      "i32 > i32",
      4,
      "[3] block; local.get 0; br_if 0; [2] i32.const 2; return; end; [1] i32.const 3",
    ),
    fact(
      "i32 > i32",
      4,
      "[2] block; call 0; [2] local.get 0; br_if 0; [2] i32.const 2; return; end; [1] i32.const 3",
    ),
    fact("i32 >", 4, "[2] block; call 0; [1] call 0; [2] local.get 0; br_if 0; end"),
    fact(
      "i32 > i32",
      8,
      "[4] block i32; i32.const 10; local.get 0; br_if 0; [3] drop; i32.const 11; return; end",
    ),
    fact(
      "i32 > i32",
      8,
      "[2] block i32; call 0; [3] i32.const 20; local.get 0; br_if 0; [3] drop; i32.const 21; return; end",
    ),
    fact(
      "i32 > i32",
      8,
      "[2] block i32; call 0; [1] call 0; [3] i32.const 11; local.get 0; br_if 0; end",
    ),
    fact("> i32", 8, "[4] block i32; i32.const 1; i32.const 2; br_if 0; [1] br 0; end"),
    fact(">", 8, "[4] block; i32.const 1; i32.const 1; br_if 0; [1] br_if 0; end"),
    fact(
      "> i32",
      8,
      "[4] block i32; i32.const 1; i32.const 2; br_if 0; [2] i32.const 3; br_if 0; [2] drop; i32.const 4; end",
    ),
    fact(
      "i32 > i32",
      12,
      "[5] block i32; i32.const 2; i32.const 1; local.get 0; br_if 0; [1] br_if 0; [2] drop; i32.const 4; end",
    ),
    fact(">", 8, "[4] block; i32.const 1; i32.const 2; br_if 0; [1] br_table 0 0 0; end"),
    fact(
      "> i32",
      8,
      "[4] block i32; i32.const 1; i32.const 2; br_if 0; [2] i32.const 3; br_table 0 0 0; i32.const 4; end",
    ),
    fact(
      "> i32",
      12,
      "[5] block i32; i32.const 2; i32.const 1; i32.const 3; br_if 0; [1] br_table 0 0; i32.const 4; end",
    ),
    fact("> i64", 12, "[4] block i64; i64.const 1; i32.const 2; br_if 0; [1] return; end"),
    fact(
      "i32 > i32",
      8,
      "[4] block i32; i32.const 1; local.get 0; br_if 0; [1] if i32; [1] i32.const 2; else; [1] i32.const 3; end; end",
    ),
    fact(
      "i32 i32 >",
      4,
      "[3] block; local.get 0; if; [2] local.get 1; br_if 1; else; [1] call 0; end; end",
    ),
    fact(
      "i32 i32 >",
      4,
      "[3] block; local.get 0; if; [1] call 0; else; [2] local.get 1; br_if 1; end; end",
    ),
    fact(
      "i32 > i32",
      12,
      "[4] block i32; i32.const 3; i32.const 10; br_if 0; [3] i32.const 2; local.get 0; select; end",
    ),
    fact(
      "i32 > i32",
      12,
      "[5] block i32; i32.const 1; i32.const 3; i32.const 10; br_if 0; [2] local.get 0; select; end",
    ),
    fact(
      "> i32",
      16,
      "[6] block i32; i32.const 1; i32.const 2; i32.const 3; i32.const 10; br_if 0; [1] select; end",
    ),
    fact(
      "> i32",
      12,
      "[4] block i32; i32.const 12; i32.const 1; br_if 0; [3] i32.const 2; i32.const 3; call 1; end",
    ),
    fact(
      "> i32",
      16,
      "[4] block i32; i32.const 4; i32.const 10; br_if 0; [4] i32.const 1; i32.const 2; i32.const 0; call_indirect 1; end",
    ),
    fact(
      "> i32",
      20,
      "[7] block i32; i32.const 1; i32.const 2; i32.const 3; i32.const 4; i32.const 10; br_if 0; [1] call_indirect 1; end",
    ),
    fact(
      "i32 > i32",
      8,
      "[4] block i32; i32.const 17; local.get 0; br_if 0; [2] local.set 0; i32.const -1; end",
      ["i32"],
    ),
    fact(
      "i32 > i32",
      8,
      "[4] block i32; i32.const 1; local.get 0; br_if 0; [3] local.tee 0; i32.const -1; return; end",
    ),
    fact("> i32", 8, "[4] block i32; i32.const 1; i32.const 1; br_if 0; [1] i32.load; end"),
  ],
  unreachable: [
    fact("> i32", 0, "[1] unreachable"),
    fact("> i32", 0, "[1] unreachable; i32.const -1"),
    fact("> i32", 0, "[1] call 0; [1] unreachable; i32.const -1"),
    fact(">", 0, "[1] call 0; [1] unreachable"),
    fact("> i32", 4, "[2] block i32; unreachable; i32.const 2; end"),
    fact("> i32", 4, "[2] block i32; call 0; [1] unreachable; i32.const 2; end"),
    fact(">", 0, "[3] block; nop; call 0; [1] unreachable; end"),
    fact("> i32", 4, "[2] block i32; call 0; [2] i32.const 1; br 0; unreachable; end"),
    fact("> i32", 4, "[2] loop i32; unreachable; i32.const 2; end"),
    fact("> i32", 4, "[2] loop i32; call 0; [1] unreachable; i32.const 2; end"),
    fact(">", 0, "[3] loop; nop; call 0; [1] unreachable; end"),
    fact(
      "> i32",
      4,
      "[3] block i32; loop i32; call 0; [2] i32.const 1; br 1; unreachable; end; end",
    ),
    fact("> i32", 4, "[2] block i32; unreachable; br 0; end"),
    fact(">", 0, "[2] block; unreachable; br_if 0; end"),
    fact("> i32", 4, "[2] block i32; unreachable; i32.const 1; br_if 0; drop; i32.const 7; end"),
    fact("> i32", 4, "[3] block i32; i32.const 6; unreachable; br_if 0; drop; i32.const 7; end"),
    fact(">", 0, "[2] block; unreachable; br_table 0 0 0; end"),
    fact("> i32", 4, "[3] block i32; block i32; unreachable; i32.const 1; br_table 0 1; end; end"),
    fact("> i64", 0, "[1] unreachable; return"),
    fact("> i32", 0, "[1] unreachable; if i32; i32.const 0; else; i32.const 1; end"),
    fact(
      "i32 i32 > i32",
      4,
      "[2] local.get 0; if i32; [1] unreachable; else; [1] local.get 1; end",
    ),
    fact(
      "i32 i32 > i32",
      4,
      "[2] local.get 0; if i32; [1] local.get 1; else; [1] unreachable; end",
    ),
    fact("i32 i32 > i32", 4, "[2] local.get 0; if; [1] unreachable; end; [1] local.get 1"),
    fact("i32 i32 > i32", 4, "[2] local.get 0; unreachable; local.get 1; select"),
    fact("> i32", 8, "[3] i32.const 0; i32.const 1; unreachable; select"),
    fact(">", 12, "[4] i32.const 0; i32.const 1; i32.const 2; unreachable; call_indirect 5"),
    fact("> i64", 0, "[1] unreachable; i64.load8_s"),
    fact(">", 4, "[2] i32.const 2; unreachable; i64.store"),
    fact("> i32", 0, "[1] unreachable; memory.grow"),
  ],
  memory_fill: [
    fact(
      "i32 i32 i32 > i32",
      8,
      `loop; [5] local.get 0; local.get 1; i32.eq; if; [2] i32.const -1; return; end;
       [2] local.get 0; i32.load8_u; [3] local.get 2; i32.eq;
       if; [5] local.get 0; i32.const 1; i32.add; local.set 0; br 1; end; [2] end; local.get 0; return`,
    ),
    fact(
      ">",
      12,
      `[3] i32.const 18; i32.const 85; i32.const 10; [1] memory.fill;
       [3] i32.const 21; i32.const 170; i32.const 4; [1] memory.fill`,
    ),
    fact("i32 i32 i32 >", 12, "[3] local.get 0; local.get 1; local.get 2; [1] memory.fill"),
  ],
  call_indirect: [
    fact(
      ">",
      72,
      `[2] i32.const 0; call_indirect 0; [3] i64.const 0; i32.const 0; call_indirect 6;
       [6] i64.const 0; f64.const 0; i32.const 0; i64.const 0; i32.const 0; call_indirect 7;
       [2] i32.const 0; call_indirect 0; [2] i32.const 0; call_indirect 4;
       [4] i32.eqz; drop; i32.const 0; call_indirect 4;
       [5] i32.eqz; drop; i64.const 0; i32.const 0; call_indirect 8;
       [8] i32.eqz; drop; i64.const 0; f64.const 0; i32.const 0; i64.const 0; i32.const 0; call_indirect 9;
       [5] i32.eqz; drop; i64.const 0; i32.const 0; call_indirect 3; [2] i64.eqz; drop`,
    ),
    fact(
      "i64 > i64",
      24,
      `[3] local.get 0; i64.eqz; if i64; [1] i64.const 1; else;
       [6] local.get 0; local.get 0; i64.const 1; i64.sub; i32.const 12; call_indirect 3; [1] i64.mul; end`,
    ),
    fact(
      "i64 > i64",
      32,
      `[4] local.get 0; i64.const 1; i64.le_u; if i64; [1] i64.const 1; else;
       [5] local.get 0; i64.const 2; i64.sub; i32.const 13; call_indirect 3;
       [5] local.get 0; i64.const 1; i64.sub; i32.const 13; call_indirect 3; [1] i64.add; end`,
    ),
    fact(
      "i32 > i32",
      16,
      `[4] local.get 0; i32.const 1; i32.le_u; if i32; [1] i32.const 1; else;
       [5] local.get 0; i32.const 2; i32.sub; i32.const 26; call_indirect 2;
       [5] local.get 0; i32.const 1; i32.sub; i32.const 26; call_indirect 2; [1] i32.add; end`,
    ),
  ],
};
