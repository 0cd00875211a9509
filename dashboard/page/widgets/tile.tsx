import type { ComponentChildren } from 'preact';

/** One number that matters, with its name. */
export function Tile(props: {
  readonly name: string;
  readonly children: ComponentChildren;
  readonly more?: ComponentChildren;
}) {
  return (
    <div class="tile">
      <div class="tile-name">{props.name}</div>
      <div class="tile-value">{props.children}</div>
      <div class="tile-more">{props.more}</div>
    </div>
  );
}
