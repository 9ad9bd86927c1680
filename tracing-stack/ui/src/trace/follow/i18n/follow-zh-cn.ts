import type { FollowCatalogue } from './follow-en.ts';

export const followZhCn: FollowCatalogue = {
  missing: (count) => `有 ${count} 个被其他 span 当作父 span 的 span 还没有到达。`,
  looking: '正在反复查询…',
  stopped: '两分钟内没有新的 span 到达。',
  again: '再查一次',
};
