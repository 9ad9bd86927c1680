import { useSignal } from '@preact/signals';
import { hrefOf, navigate } from '../shell/location.ts';
import { pastedTraceId } from '../shell/route.ts';
import { compareText } from './i18n/compare-text.ts';

/** Takes two traces by whatever names them: an id, the header `uber-trace-id`, a link. */
export function CompareForm({ a, b }: { readonly a: string; readonly b: string }) {
  const words = compareText();
  const wrong = useSignal<readonly string[]>([]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [first, second] = ['a', 'b'].map((name) => pastedTraceId(String(form.get(name))));
    wrong.value = [first ? '' : 'a', second ? '' : 'b'].filter(Boolean);
    if (first && second) navigate(hrefOf(`trace/${first}...${second}`));
  };
  const field = (name: string, label: string, value: string) => {
    const isWrong = wrong.value.includes(name);
    return (
      <div class="field">
        <label htmlFor={`compare-${name}`}>{label}</label>
        <input
          id={`compare-${name}`}
          name={name}
          type="text"
          spellcheck={false}
          autocomplete="off"
          defaultValue={value}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `compare-${name}-hint` : undefined}
        />
        {isWrong && (
          <p class="wrong" id={`compare-${name}-hint`} role="alert">
            {words.wrongId}
          </p>
        )}
      </div>
    );
  };
  return (
    <form class="compare-form" onSubmit={submit} key={`${a} ${b}`}>
      {field('a', words.first, a)}
      {field('b', words.second, b)}
      <button type="submit" class="button primary">
        {words.compare}
      </button>
    </form>
  );
}
