const dividers = [
  ['s', 60],
  ['m', 60],
  ['h', 24],
  ['d', Number.POSITIVE_INFINITY],
] as const;

/** Storm's way to write a time: `1d 2h 0m 5s`, leading units left out, and nothing for 0. */
export function prettyUptime(secs: number): string {
  const parts: string[] = [];
  let rest = secs;
  for (const [suffix, divider] of dividers) {
    if (rest <= 0) break;
    const isLast = divider === Number.POSITIVE_INFINITY;
    parts.unshift(`${isLast ? rest : rest % divider}${suffix}`);
    rest = isLast ? 0 : Math.floor(rest / divider);
  }
  return parts.join(' ');
}
