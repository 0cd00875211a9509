import { RequestError } from '../../storm-api/http/index.ts';

/** Of a query; null when it is not given. @throws RequestError */
export function wholeNumber(name: string, text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return Math.max(0, value);
  const reason = `Could not make an integer out of the query parameter '${name}'`;
  throw new RequestError(400, reason);
}
