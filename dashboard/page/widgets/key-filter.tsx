/** Shows only keys that contain what is typed. */
export function KeyFilter(props: {
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  return (
    <label class="grow">
      Keys that contain
      <input
        type="search"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </label>
  );
}
