/**
 * Tables on a terminal, and the figures in them.
 * @module
 */

/**
 * Prints rows in columns: the first to the left, the others to the right.
 * @param head - titles of the columns
 * @param rows - cells of each row, as many as there are titles
 */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  if (rows.length === 0) return;
  const lines = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  const draw = (line: readonly string[]): string =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd();
  console.log(draw(head));
  console.log(widths.map((width) => "─".repeat(width)).join("  "));
  for (const row of rows) console.log(draw(row));
  console.log();
}

/** Writes a time. @param nanoseconds - undefined where a library cannot do it */
export function formatTime(nanoseconds: number | undefined): string {
  if (nanoseconds === undefined) return "–";
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1e6) return `${digits(nanoseconds / 1e3)} µs`;
  return `${digits(nanoseconds / 1e6)} ms`;
}

/** Writes how many times as fast. @param ratio - undefined where there is nothing to compare with */
export function formatRatio(ratio: number | undefined): string {
  return ratio === undefined ? "–" : `${digits(ratio)} ×`;
}

/** Three digits are more than a shared machine gives. */
function digits(value: number): string {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}
