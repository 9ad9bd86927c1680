/** Small texts that outlive the page. */
export interface KeptTexts {
  get(key: string): string | null;
  /** `null` forgets. */
  set(key: string, value: string | null): void;
}

/** The browser's `localStorage`. Where it is refused, nothing was kept and nothing will be: no more depends on it. */
export const browserStore: KeptTexts = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Refused, or full.
    }
  },
};
