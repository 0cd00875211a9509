import { useEffect, useState } from 'preact/hooks';

export type Theme = 'system' | 'light' | 'dark';

const key = 'gearstorm.theme';
const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** The user's choice, kept in the browser, and how to change it. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(kept);
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    keep(theme);
    window.dispatchEvent(new Event('themechange'));
  }, [theme]);
  return [theme, setTheme];
}

/** Counts up when colours change, by the user or the system: for what has to be drawn anew. */
export function useThemeVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const onChange = () => setVersion((before) => before + 1);
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', onChange);
    window.addEventListener('themechange', onChange);
    return () => {
      system.removeEventListener('change', onChange);
      window.removeEventListener('themechange', onChange);
    };
  }, []);
  return version;
}

/** The theme after this one, for a switch. */
export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
}

function kept(): Theme {
  try {
    const value = localStorage.getItem(key);
    return themes.find((each) => each === value) ?? 'system';
  } catch {
    return 'system'; // the browser keeps nothing for this page
  }
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // then it is asked again next time
  }
}
