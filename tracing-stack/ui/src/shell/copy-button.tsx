import { useSignal } from '@preact/signals';
import { text } from '../i18n/text.ts';
import { CopySheets, Tick } from './action-icons.tsx';

/** Copies `value` (or what it gives at the time) and says so. Without a clipboard (plain http to another host) the value is shown to be copied by hand. */
export function CopyButton(props: {
  readonly value: string | (() => string);
  readonly label: string;
  readonly icon?: preact.ComponentChild;
}) {
  const done = useSignal(false);
  const copy = async () => {
    const value = typeof props.value === 'string' ? props.value : props.value();
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      prompt(props.label, value);
      return;
    }
    done.value = true;
    setTimeout(() => {
      done.value = false;
    }, 1_500);
  };
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      onClick={copy}
    >
      {done.value ? <Tick /> : (props.icon ?? <CopySheets />)}
      <span class="visually-hidden" role="status">
        {done.value ? text().copied : ''}
      </span>
    </button>
  );
}
