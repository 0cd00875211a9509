import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sentenceOf } from '../api.ts';
import { Problem } from './problem.tsx';

export interface DialogProps {
  readonly title: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly isDangerous?: boolean;
  /** Closes the dialog when it resolves; what it throws is shown in it. */
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Asks before something is done; Escape and Cancel leave everything as it is. */
export function Dialog(props: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isAtWork, setAtWork] = useState(false);
  useEffect(() => element.current?.showModal(), []);
  // The browser gives the focus back to what opened it, if it closes it itself.
  const close = () => element.current?.close();
  const confirm = async () => {
    setAtWork(true);
    try {
      await props.onConfirm();
      close();
    } catch (error) {
      setProblem(sentenceOf(error));
      setAtWork(false);
    }
  };
  return (
    <dialog ref={element} onClose={props.onClose} aria-labelledby="dialog-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <h2 id="dialog-title">{props.title}</h2>
        {props.children}
        <Problem sentence={problem} />
        <div class="buttons">
          <button type="button" class="quiet" onClick={close}>
            Cancel
          </button>
          <button
            type="submit"
            class={props.isDangerous ? 'danger' : 'primary'}
            disabled={isAtWork}
          >
            {isAtWork ? 'One moment' : props.action}
          </button>
        </div>
      </form>
    </dialog>
  );
}
