import type { ComponentChildren } from 'preact';
import { ClusterPage } from './cluster/cluster-page.tsx';
import { DrpcPage } from './drpc-page.tsx';
import { OverviewPage } from './overview/overview-page.tsx';
import { addressOf, type Place, usePlace, useTitle } from './router.ts';
import { SubmitPage } from './submit/submit-page.tsx';
import { nextTheme, useTheme } from './theme.ts';
import { TopologyPage } from './topology/topology-page.tsx';
import { Empty } from './widgets/empty.tsx';

/** The frame of every page, and which page it is. */
export function App() {
  const place = usePlace();
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        Skip to the content
      </button>
      <Header place={place} />
      <main id="content" tabIndex={-1}>
        {pageOf(place)}
      </main>
    </>
  );
}

/** No link: the part of the address behind `#` is the place. */
function skip(): void {
  document.getElementById('content')?.focus();
}

function pageOf({ parts, query }: Place): ComponentChildren {
  const [first, second, third] = parts;
  if (first === undefined) return <OverviewPage />;
  if (first === 'cluster') return <ClusterPage />;
  if (first === 'submit') return <SubmitPage />;
  if (first === 'drpc') return <DrpcPage />;
  if (first === 'topology' && second !== undefined) {
    return <TopologyPage key={second} id={second} tab={third ?? 'graph'} query={query} />;
  }
  return <NoPage />;
}

function NoPage() {
  useTitle('No such page');
  return (
    <>
      <h1>No such page</h1>
      <Empty title="Nothing has this address">The menu above leads to what is here.</Empty>
    </>
  );
}

function Header({ place }: { readonly place: Place }) {
  const [theme, setTheme] = useTheme();
  const [first] = place.parts;
  return (
    <header class="top">
      <a class="brand" href="#/">
        <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
          <rect class="brand-back" width="32" height="32" rx="7" />
          <path d="M18.5 4 8 18h6.5L12.5 28 24 13.5h-6.8z" fill="#fff" />
        </svg>
        Gearstorm
      </a>
      <nav aria-label="Pages">
        <Link parts={[]} current={first === undefined || first === 'topology'}>
          Topologies
        </Link>
        <Link parts={['cluster']} current={first === 'cluster'}>
          Cluster
        </Link>
        <Link parts={['submit']} current={first === 'submit'}>
          Submit
        </Link>
        <Link parts={['drpc']} current={first === 'drpc'}>
          DRPC
        </Link>
      </nav>
      <button
        type="button"
        class="quiet"
        onClick={() => setTheme(nextTheme(theme))}
        title="Colours: as the system has them, light, dark"
      >
        Colours: {theme}
      </button>
    </header>
  );
}

function Link(props: {
  readonly parts: readonly string[];
  readonly current: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <a href={addressOf(props.parts)} aria-current={props.current ? 'page' : undefined}>
      {props.children}
    </a>
  );
}
