/** What the server takes, as Storm does: seconds are 32 bits. */
const most = 0x7fffffff;

/** A whole number, or nothing. */
export function NumberField(props: {
  readonly name: string;
  readonly least: number;
  readonly most?: number;
  /** What nothing means. */
  readonly hint: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  return (
    <label>
      {props.name}
      <input
        type="number"
        min={props.least}
        max={props.most ?? most}
        step="1"
        placeholder={props.hint}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </label>
  );
}

/** The first field in which something cannot be, with the browser's words for it; null: none. */
export function fieldProblem(fields: Element): string | null {
  const wrong = fields.querySelector<HTMLInputElement>('input:invalid');
  return wrong && `${wrong.labels?.[0]?.textContent}: ${wrong.validationMessage}`;
}
