import { useState } from 'preact/hooks';
import { useTitle } from '../router.ts';
import { RunView } from './run-view.tsx';
import { SubmitForm } from './submit-form.tsx';

/** A jar or a program from the user's machine: looked at first, then started. */
export function SubmitPage() {
  useTitle('Submit');
  const [run, setRun] = useState<string | null>(null);
  return (
    <>
      <h1>Submit a topology</h1>
      <SubmitForm onRun={setRun} />
      {run === null ? null : <RunView key={run} run={run} />}
    </>
  );
}
