/** Colours and letters that every plot shares; readable on light and on dark pages. */
const style = `
svg { --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --grid: #d9dee3;
  --gearstorm: #0b62c4; --storm-2: #c2570c; --storm-0: #7d6b91; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #14181d; --ink: #e6edf3; --faint: #9aa5b1; --grid: #333b44;
    --gearstorm: #58a6ff; --storm-2: #f0883e; --storm-0: #b8a3d1; }
}
text { font: 12px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: var(--ink); }
.title { font-size: 15px; font-weight: 600; }
.faint { fill: var(--faint); }
.grid { stroke: var(--grid); }
.paper { fill: var(--paper); stroke: var(--grid); }`;

export const width = 760;

/** A whole picture on its own paper. */
export function picture(height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<style>${style}
</style>
<rect class="paper" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>
${parts.join('\n')}
</svg>
`;
}

export interface TextOptions {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly kind?: 'title' | 'faint';
}

export function text(x: number, y: number, words: string, options: TextOptions = {}): string {
  const { anchor = 'start', kind } = options;
  const named = kind === undefined ? '' : ` class="${kind}"`;
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${named}>${escaped(words)}</text>`;
}

export function gridLine(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="grid" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

/** The colour of a side, as a CSS value. */
export function colourOf(side: string): string {
  if (side.startsWith('Storm 0')) return 'var(--storm-0)';
  return side.startsWith('Storm') ? 'var(--storm-2)' : 'var(--gearstorm)';
}

/** Which colour is which side, in one row. */
export function legend(y: number, sides: readonly string[]): string {
  return sides
    .map((side, index) => {
      const x = 20 + index * 130;
      const mark = `<rect x="${x}" y="${y - 10}" width="12" height="12" rx="2" style="fill:${colourOf(side)}"/>`;
      return mark + text(x + 18, y, side);
    })
    .join('\n');
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
