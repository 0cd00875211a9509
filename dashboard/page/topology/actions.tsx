import { useState } from 'preact/hooks';
import type { TopologyMessage } from '../../live/messages.ts';
import { postJson, topologyPath } from '../api.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { NumberField } from '../widgets/number-field.tsx';
import { RebalanceDialog } from './rebalance-dialog.tsx';

type Asked = 'activate' | 'deactivate' | 'kill' | 'rebalance' | null;

/** What may be done with a topology; each is asked for again before it is done. */
export function Actions(props: { readonly now: TopologyMessage; readonly onKilled: () => void }) {
  const { now } = props;
  const [asked, ask] = useState<Asked>(null);
  const close = () => ask(null);
  const isBusy = now.status === 'KILLED' || now.status === 'REBALANCING';
  return (
    <div class="actions" role="group" aria-label="Actions">
      {now.status === 'INACTIVE' ? (
        <button type="button" onClick={() => ask('activate')}>
          Activate
        </button>
      ) : (
        <button type="button" disabled={isBusy} onClick={() => ask('deactivate')}>
          Deactivate
        </button>
      )}
      <button type="button" disabled={isBusy} onClick={() => ask('rebalance')}>
        Rebalance
      </button>
      <button
        type="button"
        class="danger"
        disabled={now.status === 'KILLED'}
        onClick={() => ask('kill')}
      >
        Kill
      </button>
      {asked === 'activate' || asked === 'deactivate' ? (
        <SwitchDialog now={now} action={asked} onClose={close} />
      ) : null}
      {asked === 'kill' ? <KillDialog now={now} onClose={close} onKilled={props.onKilled} /> : null}
      {asked === 'rebalance' ? <RebalanceDialog now={now} onClose={close} /> : null}
    </div>
  );
}

function SwitchDialog(props: {
  readonly now: TopologyMessage;
  readonly action: 'activate' | 'deactivate';
  readonly onClose: () => void;
}) {
  const { now, action } = props;
  return (
    <Dialog
      title={`${action === 'activate' ? 'Activate' : 'Deactivate'} ${now.name}?`}
      action={action === 'activate' ? 'Activate' : 'Deactivate'}
      onClose={props.onClose}
      onConfirm={() => postJson(topologyPath(now.id, action)).then(() => undefined)}
    >
      <p>
        {action === 'activate'
          ? 'Its spouts will emit again.'
          : 'Its spouts will emit nothing until it is activated; what is under way is finished.'}
      </p>
    </Dialog>
  );
}

function KillDialog(props: {
  readonly now: TopologyMessage;
  readonly onClose: () => void;
  readonly onKilled: () => void;
}) {
  const { now } = props;
  const [wait, setWait] = useState('');
  return (
    <Dialog
      title={`Kill ${now.name}?`}
      action="Kill"
      isDangerous
      onClose={props.onClose}
      onConfirm={async () => {
        const waitSecs = wait === '' ? null : Number(wait);
        await postJson(topologyPath(now.id, 'kill'), { waitSecs });
        props.onKilled();
      }}
    >
      <p>
        Its spouts stop at once. After the wait, in which tuples under way are finished, its workers
        end and it is removed.
      </p>
      <NumberField
        name="Wait in seconds"
        least={0}
        hint="as long as topology.message.timeout.secs"
        value={wait}
        onInput={setWait}
      />
    </Dialog>
  );
}
