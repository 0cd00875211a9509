/** Where one types what names are to contain. */
export function NameFilter(props: {
  readonly name: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  return (
    <label class="grow">
      {props.name}
      <input
        type="search"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </label>
  );
}

/** Upper and lower case alike. */
export function matches(name: string, filter: string): boolean {
  return name.toLowerCase().includes(filter.trim().toLowerCase());
}
