/** The texts of a trace that is followed. */
export const followEn = {
  missing: (count: number) =>
    count === 1
      ? 'One span that others name as their parent has not arrived.'
      : `${count} spans that others name as their parents have not arrived.`,
  looking: 'Looking again and again…',
  stopped: 'Nothing more came in two minutes.',
  again: 'Look again',
};

export type FollowCatalogue = typeof followEn;
