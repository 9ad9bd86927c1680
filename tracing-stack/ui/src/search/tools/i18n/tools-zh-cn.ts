import type { ToolsCatalogue } from './tools-en.ts';

const numbers = new Intl.NumberFormat('zh-CN');
const n = (count: number) => numbers.format(count);

export const toolsZhCn: ToolsCatalogue = {
  openFiles: '打开文件',
  openHint: 'Jaeger、Zipkin（v2）或 OTLP 的 JSON 格式的 trace；也可以把文件拖到页面上。',
  drop: '松开以打开文件中的 trace',
  opened: '来自文件',
  openedHint: '仅在此显示，重新加载页面后消失，不会存储。',
  closeFiles: '关闭文件',
  failed: (name) => `无法打开 ${name}：`,
  failures: {
    'not-json': '文件内容不是 JSON。',
    'no-traces': '其中没有 Jaeger、Zipkin（v2）或 OTLP 的 JSON 格式的 trace。',
  },
  download: '下载结果',
  notes: {
    noSpansTitle: '还没有收到 span',
    noSpans: '在另一个终端运行第 3 课，发送一些：',
    noSpansWaiting: '本页每两秒自动刷新一次。',
    nothingTitle: '没有符合条件的 trace',
    nothing: '减少筛选条件，或扩大时间范围。',
    lookFurther: '搜索最近 30 天',
    unreadableTitle: '无法识别此链接',
    unreadable: '未执行搜索：忽略这一部分，列出的就不是所要的 trace。',
    missing: '没有这些 ID 的 trace',
  },
  live: {
    label: '实时',
    hint: 'span 一到达，就列出所属的 trace。',
    waiting: '等待 span 到达…',
    arrived: (spans, at) => `已到达 ${n(spans)} 个 span，最近一次在 ${at}`,
    away: '服务器没有响应，正在重试…',
    failed: (message) => `存储无法给出新到达的内容：${message}`,
  },
  shownAs: { label: '结果显示为', list: '列表', table: '表格' },
  presets: {
    label: '常用搜索',
    errors: '有错误',
    slowest: '最慢的',
    recent: '最近 15 分钟',
    keep: '保存此搜索…',
    name: '搜索的名称',
    save: '保存',
    forget: (name) => `删除搜索 ${name}`,
  },
  plot: {
    label: '按开始时间与耗时排布的 trace；圆越大，span 越多',
    how: '拖动选取时间段进行搜索；点击圆点打开 trace。',
    from: '时间起点',
    to: '时间终点',
    search: '搜索这段时间',
    clear: '清除选择',
    between: (from, to) => `${from} 至 ${to}`,
  },
};
