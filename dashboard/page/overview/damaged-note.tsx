import { useState } from 'preact/hooks';
import type { DamagedLine } from '../../live/messages.ts';
import { postJson, topologyPath } from '../api.ts';
import { Dialog } from '../widgets/dialog.tsx';

/** Says why a topology cannot run, and offers to remove it. */
export function DamagedNote({ topology }: { readonly topology: DamagedLine }) {
  const [isAsked, ask] = useState(false);
  const { id, name, problem } = topology;
  return (
    <div class="note bad with-action">
      <p>
        <strong>{name}</strong> {problem}
      </p>
      <button type="button" class="danger" aria-label={`Remove ${name}`} onClick={() => ask(true)}>
        Remove
      </button>
      {isAsked ? (
        <Dialog
          title={`Remove ${name}?`}
          action="Remove"
          isDangerous
          onClose={() => ask(false)}
          onConfirm={async () => {
            await postJson(topologyPath(id, 'kill'));
          }}
        >
          <p>
            What is left of its files is deleted, and its name is free again. Nothing of it runs. To
            keep it, put its files back and start gearstorm serve again.
          </p>
        </Dialog>
      ) : null}
    </div>
  );
}
