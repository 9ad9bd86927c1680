/** The texts of the two clocks in the timeline. */
export const clocksEn = {
  moved:
    'Where the span’s own clock put it. The query service moved the bar to where its caller’s clock would have put it.',
  left: 'Where its caller’s clock would have put the span. The bar was not moved: --query.max-clock-skew-adjustment allows less.',
  ownTime: 'By the span’s own clock',
  callerTime: 'By its caller’s clock',
  behind: (by: string) => `clock ${by} behind`,
  ahead: (by: string) => `clock ${by} ahead`,
};

export type ClocksCatalogue = typeof clocksEn;
