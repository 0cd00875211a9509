import { useState } from 'preact/hooks';
import type { RunRequest, UploadAnswer } from '../../submission/submission-answers.ts';
import { postFile, postJson, sentenceOf } from '../api.ts';
import { bytes, plural } from '../format.ts';
import { Problem } from '../widgets/problem.tsx';
import { linesOf, settingsProblem, wordsOf, wordsProblem } from './typed-words.ts';

type Mode = RunRequest['mode'];

/** As the server takes them, and blanks around, which come with pasting. */
const className = String.raw`\s*[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*\s*`;

/** Which file, what to run of it, and how. */
export function SubmitForm(props: { readonly onRun: (run: string) => void }) {
  const [upload, setUpload] = useState<UploadAnswer | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isAtWork, setAtWork] = useState(false);
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
    setAtWork(true);
    try {
      props.onRun((await postJson<{ run: string }>('/api/gearstorm/submission/runs', request)).run);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setAtWork(false);
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
        <RunForm
          key={upload.file}
          upload={upload}
          isAtWork={isAtWork}
          onRun={(request) => void run(request)}
        />
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
  /** What was asked for last has not begun yet. */
  readonly isAtWork: boolean;
  readonly onRun: (request: RunRequest) => void;
}) {
  const { upload } = props;
  const [main, setMain] = useState(upload.mains[0] ?? '');
  const [args, setArgs] = useState('');
  const [conf, setConf] = useState('');
  const request = (mode: Mode): RunRequest => ({
    file: upload.file,
    main: upload.kind === 'jar' ? main.trim() : null,
    args: wordsOf(args),
    conf: linesOf(conf),
    mode,
  });
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        props.onRun(
          request(event.submitter?.getAttribute('value') === 'submit' ? 'submit' : 'preview'),
        );
      }}
    >
      {upload.kind === 'jar' ? (
        <label>
          Main class
          <input
            list="mains"
            required
            pattern={className}
            title="A class with its package, such as storm.starter.WordCountTopology"
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
        <input
          value={args}
          onInput={({ currentTarget: it }) => {
            it.setCustomValidity(wordsProblem(it.value));
            setArgs(it.value);
          }}
        />
      </label>
      <label class="wide">
        Configuration, one key=value a line
        <textarea
          rows={3}
          value={conf}
          placeholder="topology.workers=2"
          onInput={({ currentTarget: it }) => {
            it.setCustomValidity(settingsProblem(it.value));
            setConf(it.value);
          }}
        />
      </label>
      <div class="buttons left wide">
        <button type="submit" class="primary" disabled={props.isAtWork}>
          Look at it first
        </button>
        <button type="submit" value="submit" disabled={props.isAtWork}>
          Submit at once
        </button>
      </div>
    </form>
  );
}
