const barCells = 30;
const bytesPerMib = 1024 * 1024;

/** Shows a bar on a terminal; anything else gets a line at the beginning and one at the end. */
export function uploadProgress(
  err: NodeJS.WritableStream & { readonly isTTY?: boolean },
): (sentBytes: number, totalBytes: number) => void {
  return (sentBytes, totalBytes) => {
    const isDone = sentBytes >= totalBytes;
    const size = `${(totalBytes / bytesPerMib).toFixed(1)} MiB`;
    if (err.isTTY === true) {
      const share = totalBytes === 0 ? 1 : sentBytes / totalBytes;
      const bar = '#'.repeat(Math.floor(share * barCells)).padEnd(barCells, '.');
      const end = isDone ? '\n' : '';
      err.write(`\rUploading [${bar}] ${Math.floor(share * 100)} % of ${size}${end}`);
    } else if (isDone) {
      err.write(`Uploaded ${size}\n`);
    } else if (sentBytes === 0) {
      err.write(`Uploading ${size}\n`);
    }
  };
}
