import type { ClocksCatalogue } from './clocks-en.ts';

export const clocksZhCn: ClocksCatalogue = {
  moved: '该 span 自身时钟给出的位置。查询服务已把条形移到调用方时钟应给出的位置。',
  left: '调用方时钟应给出的位置。条形未被移动：偏差超出 --query.max-clock-skew-adjustment 的上限。',
  ownTime: '按该 span 自身的时钟',
  callerTime: '按调用方的时钟',
  behind: (by) => `时钟慢 ${by}`,
  ahead: (by) => `时钟快 ${by}`,
};
