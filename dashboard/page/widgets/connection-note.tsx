import type { Connection } from '../use-events.ts';

/** Says that what is shown is old, while the server is away. */
export function ConnectionNote(props: { readonly connection: Connection }) {
  if (props.connection !== 'lost') return null;
  return (
    <p class="note bad stays" role="alert">
      The server does not answer. What you see is from before; this page goes on by itself when it
      is back.
    </p>
  );
}
