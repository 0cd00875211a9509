import type { CountsWindow } from '../../live/counts-answers.ts';

/** Storm's windows with the words that people have for them. */
export const windowNames: ReadonlyMap<CountsWindow, string> = new Map([
  ['600', '10 min'],
  ['10800', '3 h'],
  ['86400', '1 d'],
  [':all-time', 'All time'],
]);

/** The one in an address; all of the time where it names none. */
export function windowIn(query: URLSearchParams): CountsWindow {
  const named = query.get('window');
  return [...windowNames.keys()].find((each) => each === named) ?? ':all-time';
}
