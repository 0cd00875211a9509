import { useState } from 'preact/hooks';
import type { RunRequest, UploadAnswer } from '../../submission/submission-answers.ts';
import { postFile, postJson, sentenceOf } from '../api.ts';
import { bytes, plural } from '../format.ts';
import { Problem } from '../widgets/problem.tsx';

type Mode = RunRequest['mode'];

/** Which file, what to run of it, and how. */
export function SubmitForm(props: { readonly onRun: (run: string) => void }) {
  const [upload, setUpload] = useState<UploadAnswer | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setProblem(null);
    setUpload(null); // what is typed meanwhile would be typed for the file before
    setNote(`Uploading ${file.name}, ${bytes(file.size)}`);
    try {
      const path = `/api/gearstorm/submission/files?name=${encodeURIComponent(file.name)}`;
      setUpload(await postFile<UploadAnswer>(path, file));
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setNote(null);
  };
  const run = async (request: RunRequest) => {
    setProblem(null);
    try {
      props.onRun((await postJson<{ run: string }>('/api/gearstorm/submission/runs', request)).run);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  return (
    <section class="card" aria-label="What to submit">
      <DropZone upload={upload} onFile={(file) => void take(file)} />
      {note === null ? null : (
        <p class="note" role="status">
          {note}
        </p>
      )}
      <Problem sentence={problem} />
      {upload === null ? null : (
        <RunForm key={upload.file} upload={upload} onRun={(request) => void run(request)} />
      )}
    </section>
  );
}

function DropZone(props: {
  readonly upload: UploadAnswer | null;
  readonly onFile: (file: File | undefined) => void;
}) {
  const { upload } = props;
  const [isOver, setOver] = useState(false);
  return (
    <section
      aria-label="File"
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        props.onFile(event.dataTransfer?.files[0]);
      }}
    >
      <p>
        {upload === null ? (
          'Drop a topology jar or a TypeScript program here, or choose one:'
        ) : (
          <b>
            {upload.name}, {bytes(upload.bytes)}
            {upload.kind === 'jar'
              ? `, ${plural(upload.mains.length, 'class', 'classes')} with a main`
              : ''}
          </b>
        )}
      </p>
      <input
        type="file"
        aria-label="Jar or program"
        accept=".jar,.ts,.mts,.js,.mjs"
        onClick={(event) => {
          event.currentTarget.value = ''; // the same file, built anew, is a change too
        }}
        onChange={(event) => props.onFile(event.currentTarget.files?.[0])}
      />
    </section>
  );
}

function RunForm(props: {
  readonly upload: UploadAnswer;
  readonly onRun: (request: RunRequest) => void;
}) {
  const { upload } = props;
  const [main, setMain] = useState(upload.mains[0] ?? '');
  const [args, setArgs] = useState('');
  const [conf, setConf] = useState('');
  const request = (mode: Mode): RunRequest => ({
    file: upload.file,
    main: upload.kind === 'jar' ? main : null,
    args: wordsOf(args),
    conf: linesOf(conf),
    mode,
  });
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        props.onRun(request('preview'));
      }}
    >
      {upload.kind === 'jar' ? (
        <label>
          Main class
          <input
            list="mains"
            required
            value={main}
            onInput={(event) => setMain(event.currentTarget.value)}
          />
          <datalist id="mains">
            {upload.mains.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </label>
      ) : null}
      <label>
        Arguments, parted by blanks; “quotes” keep blanks
        <input value={args} onInput={(event) => setArgs(event.currentTarget.value)} />
      </label>
      <label class="wide">
        Configuration, one key=value a line
        <textarea
          rows={3}
          value={conf}
          placeholder="topology.workers=2"
          onInput={(event) => setConf(event.currentTarget.value)}
        />
      </label>
      <div class="buttons left wide">
        <button type="submit" class="primary">
          Look at it first
        </button>
        <button type="button" onClick={() => props.onRun(request('submit'))}>
          Submit at once
        </button>
      </div>
    </form>
  );
}

/** As a shell parts them, with quotes and nothing else. */
function wordsOf(text: string): readonly string[] {
  const words = text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g);
  return [...words].map(([, double, single, bare]) => double ?? single ?? bare ?? '');
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
