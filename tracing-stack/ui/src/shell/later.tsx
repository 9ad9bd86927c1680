import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { text } from '../i18n/text.ts';
import { Message } from './message.tsx';

/** A component that is loaded when it is drawn first; whoever never sees it never pays for it. */
export function Later<P extends object>(props: {
  readonly load: () => Promise<ComponentType<P>>;
  readonly with: P;
}) {
  const { load } = props;
  const state = useSignal<{ readonly component: ComponentType<P> } | Error | undefined>(undefined);
  useEffect(() => {
    load().then(
      (component) => {
        state.value = { component };
      },
      (error: Error) => {
        state.value = error;
      },
    );
  }, [load, state]);
  const loaded = state.value;
  if (loaded === undefined) return null;
  if (loaded instanceof Error) return <NotLoaded error={loaded} />;
  const Loaded = loaded.component;
  return <Loaded {...props.with} />;
}

/** The server is gone, or has been given a new build since this page was loaded: in both cases loading anew is right. */
function NotLoaded({ error }: { readonly error: Error }) {
  const { shell, tryAgain } = text();
  return (
    <Message title={shell.notLoaded} tone="danger">
      <p class="server-says">{error.message}</p>
      <p>
        <button type="button" class="button" onClick={() => location.reload()}>
          {tryAgain}
        </button>
      </p>
    </Message>
  );
}
