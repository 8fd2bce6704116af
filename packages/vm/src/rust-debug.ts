/**
 * Text as Rust's `{:?}` shows it: errors of view calls are such text.
 * @module
 */

/** A field of a Rust struct. */
export type DebugField = string | bigint;

/** Shows a struct, as `Name { field: "value" }`, or its name alone where it has no fields. */
export function debugStruct(name: string, fields: { readonly [name: string]: DebugField }): string {
  const shown = Object.entries(fields).map(
    ([key, value]) => `${key}: ${typeof value === "bigint" ? value : debugString(value)}`,
  );
  return shown.length === 0 ? name : `${name} { ${shown.join(", ")} }`;
}

/** Shows a string: quoted, and what does not print escaped. */
export function debugString(text: string): string {
  const escaped = text.replaceAll(
    /["\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}\p{Grapheme_Extend}]/gu,
    escapeCharacter,
  );
  return `"${escaped}"`;
}

function escapeCharacter(character: string): string {
  switch (character) {
    case " ":
      return " ";
    case '"':
    case "\\":
      return `\\${character}`;
    case "\0":
      return "\\0";
    case "\t":
      return "\\t";
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    default:
      return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  }
}
