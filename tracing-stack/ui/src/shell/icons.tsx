import type { ComponentChildren } from 'preact';

/** Icons stand beside words or inside labelled buttons, so they say nothing to a screen reader. */
export function Icon(props: { readonly children: ComponentChildren; readonly class?: string }) {
  return (
    <svg class={`icon ${props.class ?? ''}`} viewBox="0 0 16 16" aria-hidden="true">
      {props.children}
    </svg>
  );
}

/** A footprint: what a spoor is made of. */
export const Track = () => (
  <svg class="track" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M12 11.6c-2.9 0-6 3-6 5.9 0 1.8 1.3 2.7 2.9 2.7 1.2 0 2-.6 3.1-.6s1.9.6 3.1.6c1.6 0 2.9-.9 2.9-2.7 0-2.9-3.1-5.9-6-5.9z" />
    <ellipse cx="4.7" cy="11.2" rx="1.9" ry="2.6" transform="rotate(-22 4.7 11.2)" />
    <ellipse cx="9.1" cy="6.5" rx="2" ry="2.9" transform="rotate(-6 9.1 6.5)" />
    <ellipse cx="14.9" cy="6.5" rx="2" ry="2.9" transform="rotate(6 14.9 6.5)" />
    <ellipse cx="19.3" cy="11.2" rx="1.9" ry="2.6" transform="rotate(22 19.3 11.2)" />
  </svg>
);

export const HalfMoon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" stroke-width="1.5" />
    <path d="M8 2.25a5.75 5.75 0 0 1 0 11.5z" />
  </Icon>
);

export const Keyboard = () => (
  <Icon>
    <rect
      x="1.25"
      y="3.75"
      width="13.5"
      height="8.5"
      rx="1.5"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
    />
    <path
      d="M4 6.5h1m1.5 0h1m1.5 0h1m1.5 0h.5M5 9.5h6"
      fill="none"
      stroke="currentColor"
      stroke-width="1.25"
    />
  </Icon>
);

/** Exclamation mark in a disc. */
export const ErrorMark = () => (
  <Icon class="error-mark">
    <circle cx="8" cy="8" r="7" />
    <path d="M8 4v5m0 1.75v1.5" fill="none" stroke="var(--surface)" stroke-width="1.75" />
  </Icon>
);

/** A ring with a gap above: the link to a parent that is not there. */
export const OrphanMark = () => (
  <Icon class="orphan-mark">
    <path d="M5 3.5a5.5 5.5 0 1 0 6 0" fill="none" stroke="currentColor" stroke-width="1.75" />
    <circle cx="8" cy="8.25" r="1.75" />
  </Icon>
);
