import type { BreaksCatalogue } from './breaks-en.ts';

const numbers = new Intl.NumberFormat('zh-CN');
const n = (count: number) => numbers.format(count);
const percents = new Intl.NumberFormat('zh-CN', { style: 'percent', maximumFractionDigits: 0 });

export const breaksZhCn: BreaksCatalogue = {
  found: (count) => `${n(count)} 处断点`,
  looking: '正在查看其他 trace…',
  failed: '无法读取其他 trace：',
  compared: (traces, services) =>
    `已与同一时段内 ${n(services)} 个服务的 ${n(traces)} 条 trace 对照。`,
  someServices: (asked, all) =>
    `共有 ${n(all)} 个服务，只查询了调用在 peer.service 中点名的 ${n(asked)} 个。`,
  notCompared: '这条 trace 没有悬空的调用，因此没有查看其他 trace。',
  young: (age) =>
    `这条 trace 在 ${age} 前刚结束。客户端大约每秒上报一次，父 span 又比子 span 晚结束：缺的 span 可能还在途中。`,
  lookAgain: '再看一次',
  noneTitle: '就目前所见，这条 trace 是完整的',
  none: [
    '每个 span 的父 span 都在。',
    '没有子 span 早于另一台机器上的父 span 开始。',
    '没有哪个调用的时间段里，恰好有另一条 trace 的根 span。',
  ],
  evidence: '依据',
  causes: '可能的原因',
  mend: '怎么办',
  spans: '相关的 span',
  times: (after, duration) => `${after} 后开始，耗时 ${duration}`,

  lost: {
    titles: {
      caller: (service) => `${service} 的调用方缺失`,
      own: (service) => `${service} 有一个 span 没有结束，或没有上报`,
      unknown: () => '缺少一个被其他 span 当作父级的 span',
    },
    why: {
      caller: (id) =>
        `某个进程把自己 span 的 ID ${id} 写进了请求，被调用方把它当作父 span。而 trace 中没有这个 ID 的 span。`,
      own: (id) =>
        `这里创建过一个 ID 为 ${id} 的 span，因为有 span 把它当作父 span。那些 span 都上报了，它自己没有。`,
      unknown: (id) => `来自多个进程的 span 都把 ${id} 当作父 span，而它不在这条 trace 中。`,
    },
    root: '它是这条 trace 的根 span：它的 ID 就是 Trace ID 的后 64 位，Jaeger 的客户端都这样生成。',
    children: (count) => `有 ${n(count)} 个 span 把它当作父 span，因而成了孤儿 span。`,
    later: (count) =>
      `同一进程有 ${n(count)} 个更晚结束的 span 已经到达：进程没有退出，上报也正常。`,
    causesOwn: [
      '没有对它调用 finish()：提前 return，或者抛出了异常。',
      '进程在客户端上报之前就退出了。',
      '承载它的 UDP 数据报丢失，或者超过了大小限制。',
    ],
    causesAlive: [
      '没有对它调用 finish()：提前 return，或者抛出了异常。',
      '承载它的 UDP 数据报丢失，或者超过了大小限制。',
    ],
    causesCaller: [
      '调用方的进程在上报之前就退出了。',
      '没有对它调用 finish()。',
      '调用方上报到别的后端，或者没有对这条 trace 采样。',
      '承载它的 UDP 数据报丢失，或者超过了大小限制。',
    ],
    finish: '无论从哪里返回，都要结束 span：',
    close: '进程退出前关闭 tracer，把还没有发出的 span 发出去：',
  },
  circle: {
    title: '一些 span 互为上级，成了环',
    why: (name) =>
      `从“${name}”出发逐级向上找父 span，会回到它自己。客户端不会生成这样的数据：可能是 ID 重复，也可能是手工设置了引用。`,
  },
  clocks: {
    title: (parent, child) => `${parent} 与 ${child} 的时钟不一致`,
    early: (by) =>
      `有一个 span 比调用它的 span 还早开始 ${by}。请求不可能在发出之前就得到处理：其中一个时钟不准。`,
    late: (by) =>
      `有一个 span 在等待它的调用结束 ${by} 之后才开始。要么其中一个时钟不准，要么其实没有等待。`,
    adjusted: (by) =>
      `查询服务把其中一方的 span 移动了 ${by}，使其落在调用方之内。API 加上 raw=true 会返回上报时的原始时间。`,
    behind: (service, by) => `${service} 的时钟大约慢 ${by}。`,
    ahead: (service, by) => `${service} 的时钟大约快 ${by}。`,
    calls: (count) => `两者之间有 ${n(count)} 次调用表明这一点。`,
    ntp: '用 NTP 校准所有机器的时钟。',
    flag: '在此之前，可以让查询服务移动这些 span：',
  },
  severed: {
    goesOn: '这条 trace 很可能在另一条 trace 中延续',
    begins: '这条 trace 很可能始于另一条 trace',
    why: '只有调用方把上下文注入（inject）请求、被调用方再提取（extract）出来，trace 才能跨越进程。这里缺了其中一步，被调用方于是另起了一条 trace。',
    open: '这个调用的 span.kind 是 client，而没有别的进程的 span 以它为父 span。',
    rooted: '这个请求的 span.kind 是 server，却没有父 span。',
    within: (share) => `请求的时间落在调用之内，占调用的 ${percents.format(share)}。`,
    by: {
      service: '调用的 peer.service 正是这个服务。',
      address: '调用的对端地址正是这台主机。',
      path: '两者的 URL 路径相同。',
      name: '两者的操作名相同。',
    },
    rivals: (count) => `另有 ${n(count)} 对调用与请求同样符合。`,
    timesOnly: '除了时间，没有别的依据表明两者相关。',
    bridge: (call, request) =>
      `一条 trace 中的调用 ${call}，在它的时间段内有另一条 trace 的请求 ${request}`,
    here: '本 trace',
    there: '另一条 trace',
    caller: (service) => `在 ${service} 中，发出调用之前：`,
    callee: (service) => `在 ${service} 中，收到请求之处：`,
  },
};
