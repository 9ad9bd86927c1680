// The UI starts here.
import './styles/tokens.css';
import './styles/base.css';
import { render } from 'preact';
import { firstTexts } from './i18n/language.ts';
import { App, loadPageAhead } from './shell/app.tsx';
import { followKeys } from './shell/keys.ts';
import { lookForLessons } from './shell/lessons-served.ts';
import { followAddress } from './shell/location.ts';
import { followTheme } from './shell/theme.ts';

followTheme();
followAddress();
followKeys();
loadPageAhead();
void lookForLessons();
firstTexts().then(
  () => render(<App />, document.getElementById('app') as HTMLElement),
  (error: unknown) => {
    // Without texts there are no words to say it with but the browser's own.
    document.body.textContent = String(error);
  },
);
