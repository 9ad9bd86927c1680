import { useSignal } from '@preact/signals';
import { chooseLanguage, language } from '../i18n/language.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import { text } from '../i18n/text.ts';
import './header.css';
import { HalfMoon, Keyboard, Track } from './icons.tsx';
import { keysShown } from './keys.ts';
import { lessonsServed } from './lessons-served.ts';
import { currentAddress, currentRoute, hrefOf, navigate, searchHref } from './location.ts';
import { pastedTraceId } from './route.ts';
import { theme, toggleTheme } from './theme.ts';

/** What stands above every page. */
export function Header() {
  const { shell } = text();
  const { page } = currentRoute();
  return (
    <header class="top-bar">
      <a class="skip" href={`${currentAddress().pathname}#content`} onClick={skip}>
        {shell.skip}
      </a>
      <a class="brand" href={hrefOf('search')} aria-label={shell.home}>
        <Track />
        Spoor
      </a>
      <nav aria-label={shell.pages}>
        <a href={searchHref()} aria-current={page === 'search' ? 'page' : undefined}>
          {shell.search}
        </a>
        <a href={hrefOf('trace/...')} aria-current={page === 'compare' ? 'page' : undefined}>
          {shell.compare}
        </a>
        <a
          href={hrefOf('dependencies')}
          aria-current={page === 'dependencies' ? 'page' : undefined}
        >
          {shell.services}
        </a>
        <a href={hrefOf('monitor')} aria-current={page === 'monitor' ? 'page' : undefined}>
          {shell.monitor}
        </a>
        {lessonsServed.value && (
          <a href={hrefOf('learn')} aria-current={page === 'learn' ? 'page' : undefined}>
            {shell.learn}
          </a>
        )}
      </nav>
      <TraceIdBox />
      <LanguageButton />
      <button
        type="button"
        class="icon-button"
        aria-haspopup="dialog"
        aria-label={shell.keys}
        title={`${shell.keys} (?)`}
        onClick={() => {
          keysShown.value = true;
        }}
      >
        <Keyboard />
      </button>
      <button
        type="button"
        class="icon-button"
        role="switch"
        aria-checked={theme.value === 'dark'}
        aria-label={shell.darkTheme}
        title={shell.darkTheme}
        onClick={toggleTheme}
      >
        <HalfMoon />
      </button>
    </header>
  );
}

/** Leads to the other language, and says so in that language. */
function LanguageButton() {
  const other = language.value === 'en' ? 'zh-CN' : 'en';
  const { short, choose } = LANGUAGES[other];
  return (
    <button
      type="button"
      class="language"
      lang={other}
      title={choose}
      onClick={() => chooseLanguage(other)}
    >
      {short}
      <span class="visually-hidden"> {choose}</span>
    </button>
  );
}

function skip(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** Takes whatever a person has at hand of a trace: its id, the header `uber-trace-id`, a link. */
function TraceIdBox() {
  const { shell } = text();
  const isWrong = useSignal(false);
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem(
      'id',
    ) as HTMLInputElement;
    if (input.value.trim() === '') return;
    const traceId = pastedTraceId(input.value);
    isWrong.value = traceId === undefined;
    if (traceId === undefined) return;
    input.value = '';
    navigate(hrefOf(`trace/${traceId}`));
  };
  return (
    <form class="trace-id-box" onSubmit={open}>
      <input
        name="id"
        type="text"
        data-key={currentRoute().page === 'trace' ? undefined : '/'}
        spellcheck={false}
        autocomplete="off"
        aria-label={shell.traceId}
        placeholder={shell.traceId}
        aria-invalid={isWrong.value}
        aria-describedby={isWrong.value ? 'trace-id-hint' : undefined}
        onInput={() => {
          isWrong.value = false;
        }}
      />
      <button type="submit" class="button">
        {shell.openTrace}
      </button>
      {isWrong.value && (
        <p id="trace-id-hint" role="alert">
          {shell.traceIdHint}
        </p>
      )}
    </form>
  );
}
