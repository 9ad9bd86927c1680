import type { Signal } from '@preact/signals';
import { FindBox } from '../find-box.tsx';
import { nextMatch } from '../find-spans.ts';
import type { TraceViewState } from '../trace-view-state.ts';

/** Narrows a list down to what matches, and goes from one match to the next. */
export function ViewFind(props: {
  readonly state: TraceViewState;
  readonly matches: readonly number[];
  readonly cursor: Signal<number>;
}) {
  const { state, matches, cursor } = props;
  return (
    <FindBox
      text={state.findText.value}
      matches={matches}
      row={cursor.value}
      onFind={state.find}
      onGo={(step) => {
        cursor.value = nextMatch(matches, cursor.value, step) ?? cursor.value;
      }}
    />
  );
}
