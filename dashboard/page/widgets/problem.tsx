/** What went wrong, told at once; nothing while nothing did. */
export function Problem(props: { readonly sentence: string | null }) {
  if (props.sentence === null) return null;
  return (
    <p class="note bad" role="alert">
      {props.sentence}
    </p>
  );
}
