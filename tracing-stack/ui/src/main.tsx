// The UI starts here.
import './styles/tokens.css';
import './styles/base.css';
import { render } from 'preact';
import { App } from './shell/app.tsx';
import { followAddress } from './shell/location.ts';
import { followTheme } from './shell/theme.ts';

followTheme();
followAddress();
render(<App />, document.getElementById('app') as HTMLElement);
