export const high = (await import('@spoor/tool')).tool;
