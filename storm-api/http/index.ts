export { guardAgainstBrowsers } from './browser-guard.ts';
export { RequestError } from './errors.ts';
