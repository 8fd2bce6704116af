/** Programs that do nothing but compute, for the benchmark of metered code; each leaves its result in memory. */

const RESULT: usize = memory.data(8);

/** Where the result is. */
export function resultAddress(): i32 {
  return <i32>RESULT;
}

/** What a call costs by itself. */
export function empty(): void {}

/** Calls without end: until the gas is. */
export function spin(): void {
  let x: u64 = 88172645463325252;
  while (x != 0) {
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
  }
  store<i64>(RESULT, x);
}

export function fibonacci(): void {
  store<i64>(RESULT, fib(32));
}

function fib(n: i32): i64 {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** Primes below two million, a byte for each number. */
export function sieve(): void {
  const limit = 2_000_000;
  const flags = heap.alloc(limit);
  memory.fill(flags, 1, limit);
  let count = 0;
  for (let n = 2; n < limit; n++) {
    if (!load<u8>(flags + n)) continue;
    count++;
    for (let multiple = n + n; multiple < limit; multiple += n) store<u8>(flags + multiple, 0);
  }
  store<i64>(RESULT, count);
}

/** The rounds of SHA-256 over a block that changes, without its schedule of constants. */
export function mix(): void {
  const words = heap.alloc(256);
  for (let i = 0; i < 64; i++) store<u32>(words + (i << 2), i * 0x9e3779b9);
  let a: u32 = 0x6a09e667;
  let b: u32 = 0xbb67ae85;
  let c: u32 = 0x3c6ef372;
  let d: u32 = 0xa54ff53a;
  let e: u32 = 0x510e527f;
  let f: u32 = 0x9b05688c;
  let g: u32 = 0x1f83d9ab;
  let h: u32 = 0x5be0cd19;
  for (let block = 0; block < 60_000; block++) {
    for (let i = 0; i < 64; i++) {
      const w = load<u32>(words + (i << 2));
      const s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
      const t1 = h + s1 + ((e & f) ^ (~e & g)) + w;
      const s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
      store<u32>(words + (i << 2), w + (a ^ i));
    }
  }
  store<i64>(RESULT, (u64(a) << 32) | e);
}

/** Points of the set on a grid of 256 × 256. */
export function mandelbrot(): void {
  let inside = 0;
  for (let py = 0; py < 256; py++) {
    for (let px = 0; px < 256; px++) {
      const x0 = <f64>px / 85.0 - 2.0;
      const y0 = <f64>py / 128.0 - 1.0;
      let x: f64 = 0;
      let y: f64 = 0;
      let i = 0;
      for (; i < 200 && x * x + y * y <= 4.0; i++) {
        const next = x * x - y * y + x0;
        y = 2.0 * x * y + y0;
        x = next;
      }
      if (i == 200) inside++;
    }
  }
  store<i64>(RESULT, inside);
}

/** Heapsort of 100,000 numbers in memory. */
export function sort(): void {
  const count = 100_000;
  const items = heap.alloc(count << 2);
  let seed: u32 = 1;
  for (let i = 0; i < count; i++) {
    seed = seed * 1664525 + 1013904223;
    store<u32>(items + (i << 2), seed);
  }
  for (let start = count / 2 - 1; start >= 0; start--) sift(items, start, count);
  for (let end = count - 1; end > 0; end--) {
    const last = load<u32>(items + (end << 2));
    store<u32>(items + (end << 2), load<u32>(items));
    store<u32>(items, last);
    sift(items, 0, end);
  }
  store<i64>(RESULT, load<u32>(items + ((count / 2) << 2)));
}

function sift(items: usize, start: i32, end: i32): void {
  let root = start;
  for (let child = root * 2 + 1; child < end; child = root * 2 + 1) {
    if (child + 1 < end && load<u32>(items + (child << 2)) < load<u32>(items + ((child + 1) << 2)))
      child++;
    const parent = load<u32>(items + (root << 2));
    const largest = load<u32>(items + (child << 2));
    if (parent >= largest) return;
    store<u32>(items + (root << 2), largest);
    store<u32>(items + (child << 2), parent);
    root = child;
  }
}
