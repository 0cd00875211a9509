/**
 * Holds something open while the user can see the page. A browser has six connections to a server for
 * all its tabs: those in the background would take them all, and a seventh tab would wait for ever.
 * @param open returns what closes it
 * @returns what ends it for good
 */
export function whileVisible(open: () => () => void): () => void {
  let close: (() => void) | null = null;
  const look = () => {
    if (!document.hidden) {
      close ??= open();
      return;
    }
    close?.();
    close = null;
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close?.();
  };
}
