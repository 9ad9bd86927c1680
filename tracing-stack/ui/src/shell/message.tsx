import type { ComponentChildren } from 'preact';
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
