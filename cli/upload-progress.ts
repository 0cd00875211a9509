const barCells = 30;
const bytesPerMib = 1024 * 1024;

/** Shows a bar on a terminal; to anything else an upload says nothing until it is done. */
export function uploadProgress(
  err: NodeJS.WritableStream & { readonly isTTY?: boolean },
): (sentBytes: number, totalBytes: number) => void {
  if (err.isTTY !== true) return () => {};
  return (sentBytes, totalBytes) => {
    const share = totalBytes === 0 ? 1 : sentBytes / totalBytes;
    const bar = '#'.repeat(Math.floor(share * barCells)).padEnd(barCells, '.');
    const isDone = sentBytes >= totalBytes;
    const size = (totalBytes / bytesPerMib).toFixed(1);
    err.write(
      `\rUploading [${bar}] ${Math.floor(share * 100)} % of ${size} MiB${isDone ? '\n' : ''}`,
    );
  };
}
