import type { MessageKey } from './messages.ts';

/** en.ts 的简体中文版：键相同，`{占位符}` 也相同。 */
export const zhCN: Record<MessageKey, string> = {
  'lesson.title': '第 {number} 课：{title}',
  'lesson.unknown': '还没有第 {number} 课。现有：{lessons}。',
  'lesson.starting': '正在启动 {services}',
  'lesson.startingStack': '正在启动追踪后端',
  'lesson.attached': '后端：{url}（已在运行；探测 span 经 {millis} ms 返回）',
  'lesson.started': '后端：{url}（由本命令启动，数据在 {directory}）',
  'lesson.request': 'GET {url}',
  'lesson.command': '$ {command}',
  'lesson.answer': '{status} {body}',
  'lesson.link': '在浏览器里查看：{url}',
  'lesson.read': '值得一读的代码：',
  'lesson.exercise': '轮到你了：npm run {script}',
  'lesson.stay': '所有进程保持运行，可以慢慢看。按 Ctrl-C 结束。',
  'lesson.stayStack': '追踪后端保持运行，可以慢慢看。按 Ctrl-C 结束。',
  'lesson.leaving': '正在停止……',
  'lesson.interrupted': 'trace 还没收齐就被中断了。',

  'trace.heading': 'Trace {traceId} · {spans} · {services} · {duration}',
  'count.span': '1 个 span',
  'count.spans': '{count} 个 span',
  'count.service': '1 个服务',
  'count.services': '{count} 个服务',
  'trace.whole': 'trace 完整到达：{spans}/{spans} 个 span，与课程描述一致。',
  'traces.whole': '{traces} 条 trace 全部完整到达：{spans}/{spans} 个 span，与课程描述一致。',
  'trace.broken': 'trace 与课程描述不符（{count} 处）：',

  'finding.tracesMissing': '应有 {expected} 条 trace，只到达了 {actual} 条',
  'finding.spanMissing': '服务 {service} 的 span {span} 没有到达',
  'finding.service': 'span {span} 来自服务 {actual}，应为 {expected}',
  'finding.parent': 'span {span} 挂在 {actual} 之下，应挂在 {expected} 之下',
  'finding.root': 'span {span} 挂在 {actual} 之下，它本应是根 span',
  'finding.tagMissing': 'span {span} 缺少 tag {key}（应为 {expected}）',
  'finding.tag': 'span {span} 的 tag 是 {key}={actual}，应为 {expected}',
  'finding.processTagMissing': 'span {span} 的 process 缺少 tag {key}',
  'finding.logMissing': 'span {span} 缺少含 {expected} 的 log',
  'finding.spanExtra': '多出了服务 {service} 的 span {span}',
  'parent.none': '空（它自己成了根 span）',
  'parent.foreign': '一个没有到达的 span（{spanId}）',

  'port.held': ':{port} 被{holder}占用。{purpose}',
  'port.purpose.service': '本课的 {service} 要用这个端口：请先停掉占用它的进程，再重新运行。',
  'port.purpose.stack': '追踪后端要用这个端口（{what}）：请先停掉占用它的进程，再重新运行。',
  'port.purpose.movable':
    '追踪后端要用这个端口（{what}）：请停掉占用它的进程，或换一个端口（参数见 --help）。',
  'port.holder': '进程 {pid}（{command}）',
  'port.holder.unknown': '其他进程（属于别的用户，或在容器里）',

  'backend.badAgentPort': 'JAEGER_AGENT_PORT 应为 1 到 65535 之间的端口，而不是 {value}。',
  'backend.badQuery': '--query 应为 http://localhost:16686 这样的 URL，而不是 {value}。',
  'backend.unreachable':
    '{url} 上没有后端应答（{reason}）。请在那里启动后端；或去掉 --query 和 JAEGER_*，改用自带的后端。',
  'backend.stranger':
    ':{port} 被{holder}占用，而它不是 Jaeger query 服务（{reason}）。请停掉该进程，或用 --query URL 指定后端。',
  'backend.notQuery': '{url} 有应答，但不是 Jaeger query 服务（{reason}）。',
  'backend.noRoundTrip':
    '{url} 有应答，但发往 UDP {agent} 的探测 span 在 {seconds} 秒内没有返回。UDP {agentPort} 的监听者：{agentHolder}；{queryPort} 的监听者：{queryHolder}。请停掉它们，让本课启动自己的后端；或用 JAEGER_AGENT_HOST、JAEGER_AGENT_PORT 指定该后端的 agent。',
  'backend.nobody': '无',
  'backend.gone': '{url} 上的后端已退出（{reason}），无法读取 trace。请重新运行。',
  'backend.goneStaying':
    '{url} 上的后端已退出（{reason}）。正在用 {directory} 里的数据启动自己的后端。',
  'backend.slow': '{url} 上的后端没有应答（{reason}）。正在等待。',
  'backend.takenOver': '后端：{url}（已接管，数据在 {directory}）',
  'backend.failed': '追踪后端启动失败：{reason}',

  'service.died': '{service} 意外退出（{how}）。缺了它，本课无法继续。',
  'service.notListening': '{service} 在运行，但 {seconds} 秒后仍未监听 :{port}。',
  'program.failed': '{program} 运行失败（{how}）。',
  'process.exit': '退出码 {code}',
  'process.signal': '信号 {signal}',
  'request.failed': 'GET {url} 失败：{reason}',
  'request.status': 'GET {url} 返回 {status}：{body}',
  'trace.none':
    '{seconds} 秒内没有任何 span 到达。各服务已向 UDP {agent} 上报 {reported} 个 span，{url} 却一个也查不到。',
  'trace.unreported':
    '请求得到了应答，却没有服务上报 span：采样器是 const 1 吗？每个 span 都 finish 了吗？',
  'query.failed': '{url} 返回 {status}：{body}',

  'start.heading': 'Spoor 追踪后端',
  'start.ready': '{seconds} 秒就绪 · 数据在 {directory}',
  'start.demoWritten': '演示 trace：{url}',
  'start.demoThere': '演示 trace（库中已有）：{url}',
  'start.demoLost': '演示 trace 已发往 UDP {port}，但 {seconds} 秒后库中仍查不到。',
  'start.alreadyRuns':
    '{url} 上已有后端在运行：{holder}。请先停掉它，或让这一个使用别的端口（参数见 --help）。',
  'start.ui': '界面：{url}',
  'start.next': '下一步，另开一个终端：npm run lesson:1',
  'start.stay': '按 Ctrl-C 结束。',

  'progress.broken': '{file} 无法读取（{reason}），已改名为 {movedTo}，进度从头记起。',
  'judge.none': '这一课还没有判定程序。',

  'doctor.port': '端口',
  'doctor.protocol': '协议',
  'doctor.what': '用途',
  'doctor.state': '状态',
  'doctor.listening': '监听中',
  'doctor.healthy': '健康',
  'doctor.unhealthy': '不健康（{reason}）',
  'doctor.free': '空闲',
  'doctor.held': '被{holder}占用',
  'what.agentCompact': 'agent：接收 Jaeger 客户端的 span（compact Thrift）',
  'what.agentBinary': 'agent：接收 Jaeger 客户端的 span（binary Thrift）',
  'what.agentAdmin': 'agent：健康检查、指标',
  'what.collectorGrpc': 'collector：接收 agent 的 span',
  'what.collectorHttp': 'collector：接收 Jaeger 客户端的 span',
  'what.collectorAdmin': 'collector：健康检查、指标',
  'what.queryHttp': 'query：界面与 API',
  'what.queryAdmin': 'query：健康检查、指标',
  'what.lessonService': '第 {number} 课：{service}',

  'help.lesson': '运行一课写好的程序，展示它留下的 trace，直到按 Ctrl-C 结束。',
  'help.start': '在默认端口上启动整套追踪后端，附带一条演示 trace，直到按 Ctrl-C 结束。',
  'help.once': '展示 trace 后即退出；只有 trace 完整到达时退出码才是 0',
  'help.query': '已在运行的后端的 query 服务地址，例如 http://localhost:16686',
  'help.lang': '语言；默认随系统区域设置',
  'help.environment':
    '环境变量 JAEGER_AGENT_HOST、JAEGER_AGENT_PORT 指定运行在别处的后端的 agent。',

  'flags.refused': '{problem}；参数见 --help',
  'flags.badLanguage': '--lang 应为 en 或 zh-CN，而不是“{value}”',
  'flags.extra': '多了一个参数：“{value}”',

  'error.unexpected': '出现了意料之外的错误：{reason}',
};
