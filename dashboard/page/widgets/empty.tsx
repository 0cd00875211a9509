import type { ComponentChildren } from 'preact';

/** What stands where there is nothing to show, and why. */
export function Empty(props: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{props.title}</p>
      {props.children === undefined || props.children === '' ? null : <p>{props.children}</p>}
    </div>
  );
}
