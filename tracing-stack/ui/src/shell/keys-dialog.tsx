import { useLayoutEffect, useRef } from 'preact/hooks';
import { language } from '../i18n/language.ts';
import { Cross } from './action-icons.tsx';
import { keysText, loadKeysTexts } from './i18n/keys-text.ts';
import { keysShown, setSingleKeys, singleKeys } from './keys.ts';
import './keys-dialog.css';

/** The dialog, once there are words for it. */
export async function loadKeysDialog() {
  await loadKeysTexts(language.value);
  return KeysDialog;
}

/** Lists the keys. The browser's own modal dialog: it holds the focus, and Escape closes it. */
function KeysDialog() {
  const keys = keysText();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog is one way more; Escape closes it
    <dialog
      class="keys"
      ref={dialog}
      aria-labelledby="keys-title"
      onClose={() => {
        keysShown.value = false;
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div class="keys-body">
        <header>
          <h2 id="keys-title">{keys.title}</h2>
          <button
            type="button"
            class="icon-button"
            aria-label={keys.close}
            title={keys.close}
            onClick={close}
          >
            <Cross />
          </button>
        </header>
        <div class="keys-groups">
          <Group title={keys.spans}>
            <Key keys={['↓', '↑', 'j', 'k']} does={keys.move} />
            <Key keys={['→']} does={keys.expand} />
            <Key keys={['←']} does={keys.collapse} />
            <Key keys={['PgDn', 'PgUp', 's', 'w']} does={keys.page} />
            <Key keys={['Home', 'End']} does={keys.ends} />
            <Key keys={['*']} does={keys.siblings} />
            <Key keys={['p', 'o']} does={keys.levels} />
            <Key keys={[']', '[']} does={keys.all} />
            <Key keys={['Enter']} does={keys.open} />
            <Key keys={['c']} does={keys.critical} />
            <Key keys={['t']} does={keys.clocks} />
            <Key keys={['1', '…', '9']} does={keys.views} />
            <Key keys={['n', 'N']} does={keys.matches} />
          </Group>
          <div>
            <Group title={keys.zoom}>
              <Key keys={['+', '−']} does={keys.inOut} />
              <Key keys={['a', 'd']} does={keys.pan} />
              <Key keys={['z']} does={keys.toSpan} />
              <Key keys={['Esc']} does={keys.escape} />
            </Group>
            <Group title={keys.everywhere}>
              <Key keys={['/']} does={keys.search} />
              <Key keys={['?']} does={keys.help} />
            </Group>
          </div>
        </div>
        <label class="single-keys">
          <input
            type="checkbox"
            checked={singleKeys.value}
            onChange={(event) => setSingleKeys(event.currentTarget.checked)}
          />
          {keys.single}
        </label>
      </div>
    </dialog>
  );
}

function Group(props: { readonly title: string; readonly children: preact.ComponentChildren }) {
  return (
    <section>
      <h3>{props.title}</h3>
      <dl>{props.children}</dl>
    </section>
  );
}

function Key(props: { readonly keys: readonly string[]; readonly does: string }) {
  return (
    <div>
      <dt>
        {props.keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{props.does}</dd>
    </div>
  );
}
