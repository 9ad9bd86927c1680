import type { ComponentChildren } from 'preact';

/** One place where the trace breaks. */
export function Card(props: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <article class="break">
      <h3>{props.title}</h3>
      {props.children}
    </article>
  );
}

export function Reasons(props: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <>
      <h4>{props.title}</h4>
      <ul class="reasons">
        {props.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

/** One thing to do, with its lines. */
export function Mend({ words, lines }: { readonly words: string; readonly lines: string }) {
  return (
    <div class="mend">
      <p>{words}</p>
      <pre>{lines}</pre>
    </div>
  );
}
