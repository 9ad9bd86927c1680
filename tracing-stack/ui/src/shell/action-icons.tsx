// Apart from the other icons, because the search page does without them.
import { Icon } from './icons.tsx';

export const Chevron = () => (
  <Icon class="chevron">
    <path d="M6 3.5 10.5 8 6 12.5" fill="none" stroke="currentColor" stroke-width="1.75" />
  </Icon>
);

export const CopySheets = () => (
  <Icon>
    <rect
      x="5.75"
      y="5.75"
      width="7.5"
      height="7.5"
      rx="1.5"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
    />
    <path
      d="M10.25 3.5a1 1 0 0 0-1-.75h-5.5a1 1 0 0 0-1 1v5.5a1 1 0 0 0 .75 1"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
    />
  </Icon>
);

export const Tick = () => (
  <Icon>
    <path d="m3 8.5 3.25 3.25L13 5" fill="none" stroke="currentColor" stroke-width="1.75" />
  </Icon>
);

export const Cross = () => (
  <Icon>
    <path d="m4 4 8 8m0-8-8 8" fill="none" stroke="currentColor" stroke-width="1.5" />
  </Icon>
);

export const Plus = () => (
  <Icon>
    <path d="M8 3v10M3 8h10" fill="none" stroke="currentColor" stroke-width="1.5" />
  </Icon>
);

export const Minus = () => (
  <Icon>
    <path d="M3 8h10" fill="none" stroke="currentColor" stroke-width="1.5" />
  </Icon>
);

export const Chain = () => (
  <Icon>
    <path
      d="M6.75 9.25a2.5 2.5 0 0 0 3.54 0l2.1-2.1a2.5 2.5 0 0 0-3.54-3.54l-.6.6M9.25 6.75a2.5 2.5 0 0 0-3.54 0l-2.1 2.1a2.5 2.5 0 0 0 3.54 3.54l.6-.6"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
    />
  </Icon>
);
