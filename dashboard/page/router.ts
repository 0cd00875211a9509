import { useEffect, useState } from 'preact/hooks';

/** Where the user is: the parts of the address behind `#/`, decoded. */
export interface Place {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** The place, and a new rendering when it changes. */
export function usePlace(): Place {
  const [place, setPlace] = useState(currentPlace);
  useEffect(() => {
    const onChange = () => setPlace(currentPlace());
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  return place;
}

/** The address of a place; each part is taken as it is, whatever it holds. */
export function addressOf(
  parts: readonly string[],
  query: Readonly<Record<string, string>> = {},
): string {
  const words = new URLSearchParams(query).toString();
  return `#/${parts.map(encodeURIComponent).join('/')}${words === '' ? '' : `?${words}`}`;
}

/** Names the page in the browser's tab and history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Gearstorm`;
  }, [title]);
}

/** Leads to a place as a link would. */
export function goTo(parts: readonly string[], query: Readonly<Record<string, string>> = {}): void {
  window.location.hash = addressOf(parts, query);
}

function currentPlace(): Place {
  const [path = '', query = ''] = window.location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '');
  return { parts: parts.map(decode), query: new URLSearchParams(query) };
}

/** An address typed by hand may hold anything. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
