/**
 * The page of metrics: a node has thousands, this one those that tools look for.
 * @module
 */
import type { Chain } from "./chain/chain.ts";

/** Writes the page in the form of Prometheus. */
export function metricsPage(chain: Chain): string {
  const { height } = chain.head().header;
  const final = chain.finalBlock().header.height;
  return [
    ...gauge("near_block_height_head", "Height of the newest block", height),
    ...gauge("near_final_block_height", "Height of the newest final block", final),
    "",
  ].join("\n");
}

function gauge(name: string, help: string, value: number): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`];
}
