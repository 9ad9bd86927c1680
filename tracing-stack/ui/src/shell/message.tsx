import type { ComponentChildren } from 'preact';
import { text } from '../i18n/text.ts';
import './message.css';

/** What stands on a page instead of data, and what to do about it. */
export function Message(props: {
  readonly title: string;
  readonly tone?: 'danger';
  readonly children?: ComponentChildren;
}) {
  return (
    <section class={`message ${props.tone ?? ''}`} role={props.tone ? 'alert' : undefined}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** What stands there instead of data that could not be read: what was said of it, and a button that reads it again. */
export function Failure(props: {
  readonly title: string;
  readonly message: string;
  readonly onAgain: () => void;
  readonly children?: ComponentChildren;
}) {
  return (
    <Message title={props.title} tone="danger">
      <p class="server-says">{props.message}</p>
      {props.children}
      <p>
        <button type="button" class="button" onClick={props.onAgain}>
          {text().tryAgain}
        </button>
      </p>
    </Message>
  );
}
