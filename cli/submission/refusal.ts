import { readSetting, settings } from '../../storm-api/config/index.ts';
import type { StormConf } from '../../storm-api/index.ts';
import { isLoopback } from '../bind-address.ts';

/**
 * Why programs may not be run from the page; null when they may. Whoever may run one is this machine's
 * user, so that a page which others reach does not offer it unless told to.
 */
export function submissionRefusal(config: StormConf, uiHost: string): string | null {
  if (!readSetting(config, settings.uiActionsEnabled)) {
    return 'actions are switched off (ui.actions.enabled)';
  }
  const who = readSetting(config, settings.uiSubmission);
  if (who === 'never') return 'programs are not run from the page (gearstorm.ui.submission)';
  if (who === 'local' && !isLoopback(uiHost)) {
    return 'others reach this page: set gearstorm.ui.submission to "always" if they may run programs here';
  }
  return null;
}
