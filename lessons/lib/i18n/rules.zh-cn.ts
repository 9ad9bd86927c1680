import type { Translated } from './rule-words.ts';
import type { rulesEn } from './rules.en.ts';

/** rules.en.ts 的简体中文版：规则、键、`{占位符}` 都相同。 */
export const rulesZhCN: Translated<typeof rulesEn> = {
  'W-CRASH': {
    title: '{file} 报错退出了',
    'title.ANSWER': '请求 {file} 时出错了',
    'title.STUCK': '{file} 报错之后卡住了',
    why: '报错信息：{error}。程序要先能完整跑完，trace 才有检查的意义。',
    'why.ANSWER': '程序在运行，但请求它时出错了：{error}。它要先能正常响应，trace 才有检查的意义。',
    'why.STUCK':
      '它打印了一条报错就没有下文了，只好强行停掉：{error}。程序要先能完整跑完，trace 才有检查的意义。',
    hint1: '看报错的第一行，不要看最后一行：第一行说明出了什么错，下面的都是调用栈。',
    hint2: '打开 {place}，找到报错所指的位置：{error}',
    'hint2.STUCK': '在 {file} 和它引入的文件里，找到报错提到的地方：{error}',
    hint3:
      '如果报的是 undefined、not defined 或 not a function，对照一下 {place} 里用到的名字，和文件开头的 import、所在函数的参数是不是一致。下划线也是名字的一部分。',
    'hint3.STUCK':
      '如果报的是 undefined、not defined 或 not a function，对照一下用到的名字，和那个文件开头的 import、所在函数的参数是不是一致。下划线也是名字的一部分。',
  },
  'W-HANG': {
    title: '{file} 一直没有结束',
    why: '等了很久也没结束，只好强行停掉。程序里还有没完成的事：没有 resolve 的 promise、没有响应的请求，或者没有关闭的连接、定时器。',
    'why.STATUS':
      '等了很久也没结束，只好强行停掉。服务端有响应，调用的 span 也结束了，可见响应已经收到，发起调用的一方却一直没等到：要把 status 继续传下去，调用才算结束。',
    'why.HANDLER':
      '有调用到了 {file}，span 也创建了，响应却一直没有发出：要么没有执行到处理函数，要么处理函数没有响应。拦截器收到的，都要继续往下传。',
    hint1: 'Node 进程要等所有待处理的事都完成了才会退出；一个请求要发回响应才算结束。',
    hint2:
      '在 {file} 里顺着一次运行走一遍：哪个 await 等不到结果？哪个回调没有被调用？出错的分支也发回响应了吗？',
    'hint2.STATUS': '看 client-interceptor.ts 里的 listener：每个方法里都调用 `next` 了吗？',
    'hint2.HANDLER':
      '看 server-interceptor.ts 里 listener 和 responder 的每个方法：`next` 是调用了，还是只写了个名字？再看处理函数：每个分支都调用 callback 了吗？',
    'hint3.STATUS': '`withOnReceiveStatus` 的最后一行写 `nextStatus(status);`。',
    'hint3.HANDLER':
      '写成 `() => next` 的地方改为 `next()`；`callContexts.run(context, next)` 会替你调用。处理函数里写 `callback(null, reply)`。',
    hint3:
      '普通程序：打开的都要关掉，`client.close()`、`await closer.close()`。处理函数：每个分支都要 `response.send(…)` 或 `callback(null, reply)`。',
  },
  'W-PORT': {
    title: '{file} 没有监听 :{port}',
    why: '按课文的约定，{file} 应当监听 :{port}，但这个端口上没有程序在监听。',
    'why.ELSEWHERE': '{file} 应当监听 :{port}，你的程序监听的却是 :{actual}。',
    'why.HELD': '{file} 没能监听 :{port}：{error}。',
    hint1: '一个端口同一时间只能归一个进程，调用双方用的端口号要一致。',
    hint2:
      '看 {file} 的最后几行，端口号就是在那里给出的。`npm run doctor` 会列出哪个端口被谁占用。',
    hint3: '改成本课的端口：`listen({port})`，或者 `await serve(app, {port}, closer)`。',
  },
  'P-SERVICE': {
    title: '服务名不是 `{expected}`',
    why: '本课要求 tracer 的服务名是 `{expected}`，你的是 `{actual}`。界面上的服务列表和搜索都以它为准。',
    'why.MISSING':
      '创建 tracer 时没有指定服务名。上报的 span 属于哪个服务全看它，这里应当是 `{expected}`。',
    hint1: '一个 tracer 只代表一个服务。服务名随每一批 span 一起上报，而不是每个 span 各带一份。',
    hint2: '在 {file} 里找到创建 tracer 的地方。',
    hint3:
      "`initJaeger('{expected}')`；用 jaeger-client 的话，在配置里写 `serviceName: '{expected}'`。",
  },
  'T-NOOP': {
    title: '{file} 没有创建任何 span',
    why: '程序正常跑完了，但没有通过 tracer 创建过 span，或者用的 tracer 是空实现。opentracing 自带的 `Tracer` 就是空实现（noop）：调用它不报错，也什么都不会上报。',
    hint1: 'opentracing 只是一套接口。背后没有真正的 tracer，程序照样能跑，只是没有 trace。',
    hint2:
      '在 {file} 里往回找，tracer 是从哪里来的：opentracing 的 `new Tracer()`？没有设置过的全局 tracer？还是配置成了 `disabled`？',
    hint3:
      "创建一个真正的 tracer，用它来建 span：`const [tracer, closer] = initJaeger('…'); const span = tracer.startSpan('…')`。如果写的就是 `initJaeger`：`initTracer({ serviceName, sampler, reporter })`。",
  },
  'S-NOTSAMPLED': {
    title: 'span 全被采样器丢弃了',
    'title.SHARE': '采样器只采了一部分 trace',
    why: '{file} 结束了 {finished} 个 span，采样器一个也没采。`const` 的 param 为 0 就是全部丢弃；采样率太低，多半也一个都采不到。',
    'why.SHARE':
      '新建 {count} 条 trace，`initJaeger` 里的采样器只采了大约 {actual}。本课只有一个 span，采没采到全凭运气；用 `const` 1 就一定采到。',
    hint1: '采不采样，在 trace 开始时就由采样器决定了。没有被采样的 span 不会上报。',
    hint2: '看 tracer 配置里的 `sampler`，以及环境变量 `JAEGER_SAMPLER_*`。',
    hint3: "全量采样：`sampler: { type: 'const', param: 1 }`。",
  },
  'T-UNFINISHED': {
    title: '`{span}` 创建了，却没有结束',
    why: 'span 要到 finish() 时才上报，在那之前不知道它会持续多久。`{span}` 一直没有结束，所以 trace 里没有它，它的子 span 也就找不到父 span。',
    'why.EXIT':
      '`{span}` 还没结束，程序就调用 `process.exit` 退出了。`process.exit` 之后的代码都不会执行，`finally` 也不例外。',
    hint1: '创建了就要结束，每条路径都要顾到：抛异常、提前 return 也不例外。',
    hint2: '找到创建 `{span}` 的函数，把每个出口都走一遍。',
    hint3: '`const span = …; try { … } finally { span.finish(); }`',
  },
  'R-NOFLUSH': {
    title: 'span 还没发出，程序就退出了',
    why: '{file} 结束了 {finished} 个 span，一个也没有到达 agent。reporter 把 span 攒成批，大约每秒发一次；还没等到发送，程序就退出了。',
    'why.CLOSED':
      '{file} 结束了 {finished} 个 span，一个也没有到达：它们结束的时候，tracer 已经关闭了。关闭之后的 tracer 什么也不会再发。',
    hint1: '结束不等于已经发出。span 还在进程里排队，进程退出得太早，它们就丢了。',
    hint2: '看 {file} 的末尾：最后一个 finish() 和 close 哪个在前？再找找有没有 `process.exit`。',
    hint3:
      '最后一步，而且要等它完成：`await closer.close()`。用 jaeger-client：`await new Promise((done) => tracer.close(done))`。在这之前不要 `process.exit`。',
  },
  'R-WRONGPORT': {
    title: 'span 发出去了，但发错了地方',
    why: '{file} 把 span 发出去了，agent 却没有收到能解码的数据。它的 UDP 端口各收一种编码：6831 收 compact Thrift，6832 收 binary Thrift。UDP 发错了也不会报错。',
    'why.ENCODING':
      'UDP {port} 收到了数据包，但编码和这个端口不符：6831 收 compact Thrift，6832 收 binary Thrift。',
    'why.ELSEWHERE':
      '{file} 把数据包发到了 UDP {port}，那不是 agent 的端口：compact Thrift 发往 6831，binary Thrift 发往 6832。',
    'why.COLLECTOR':
      '{file} 把 span POST 到了 {port}，那里没有接收。collector 的入口是 HTTP 14268 端口的 `/api/traces`；agent 走 UDP。',
    hint1: 'tracer 和 agent 之间，端口和这个端口所用的编码都要对得上；对不上也不会有任何报错。',
    hint2: '看 tracer 配置里的 `reporter`，以及环境变量 `JAEGER_AGENT_*`。',
    hint3:
      "本项目的客户端发 compact：`reporter: { localAgentHostPort: ':6831' }`。npm 的 jaeger-client 发 binary：`agentHost: 'localhost', agentPort: 6832`。",
  },
  'R-PARTIAL': {
    title: '{finished} 个 span 只到了 {arrived} 个',
    why: '{file} 结束了 {finished} 个 span，到达的只有 {arrived} 个：程序在两次发送之间退出了，还在排队的那些就丢了。',
    'why.CLOSED':
      '{file} 结束了 {finished} 个 span，到达了 {arrived} 个：其余的结束时，tracer 已经关闭了。关闭之后的 tracer 什么也不会再发。',
    'why.TRACERS':
      '{file} 结束了 {finished} 个 span，到达的只有 {arrived} 个。它们来自 {count} 个 tracer，只关闭了 {actual} 个：其余的 tracer 里还在排队的 span 就丢了。',
    hint1: 'reporter 成批发送。最后一批要等到下一秒，或者等到 tracer 关闭时才发。',
    hint2: '看 {file} 的末尾：有没有 span 在 tracer 关闭之后才结束？close 有没有 await？',
    'hint2.TRACERS': '找出 {file} 里创建 tracer 的地方：为什么不止一个？',
    hint3: '先是最后一个 `span.finish()`，再 `await closer.close()`，之后什么都不要做了。',
    'hint3.TRACERS':
      '只调用一次 `initJaeger(…)`，用的都是同一个 `tracer`，包括 `initGlobalTracer(tracer)`；最后 `await closer.close()`。',
  },
  'L1-COLLECTOR': {
    title: 'span 没有发往 collector',
    'title.ALL-COLLECTOR': '没有 span 发往 agent',
    why: '检查程序调用你的 `initJaeger` 时传入了 `collectorEndpoint`，却没有 span 从那里进来。',
    'why.AGENT':
      '检查程序调用你的 `initJaeger` 时传入了 `collectorEndpoint`，span 却还是走 UDP 去了 agent：调用方传入的配置没有传到 tracer 那里。',
    'why.FORMER':
      '检查程序调用你的 `initJaeger` 时传入了 `collectorEndpoint`，拿到的却是之前那次调用创建的 tracer，配置还是那时的：这次传入的配置根本没有用上。那个 tracer 要是已经关闭，就什么也不会再发。',
    'why.NOT-YET':
      '检查程序确认了你的 `initJaeger` 会用传入的 `collectorEndpoint`，但 {file} 自己没有向 collector 发过任何 span：还差第二个 tracer（带 `collectorEndpoint` 的那个），或者还没有用它创建 span。',
    'why.ALL-AGENT':
      '{file} 的两个 tracer 都上报给了 agent，没有 span 从 collector 进来：创建第二个 tracer 时没有指定 collector。',
    'why.ALL-COLLECTOR':
      '{file} 的两个 tracer 都上报给了 collector。`initJaeger` 默认的 reporter 应当走 UDP 6831 上报给 agent。',
    hint1:
      '上报有两条路：走 UDP 给 agent，没有响应；走 HTTP 给 collector，收没收下看响应就知道。走哪条由配置决定。',
    hint2: '看 `initJaeger` 是怎样把传入的配置和自己的默认配置合并的。',
    'hint2.FORMER': '`initJaeger` 是不是把 tracer 存在函数外面的变量里，下一次调用又原样返回？',
    'hint2.NOT-YET':
      '看 {file}：调用了几次 `initJaeger`？`reporter` 各是什么？每个 tracer 上都创建并结束了 span 吗？',
    'hint2.ALL-AGENT': '看 {file} 里第二次调用 `initJaeger` 的地方：除了服务名，还传了什么？',
    'hint2.ALL-COLLECTOR': '看 `initJaeger` 里的 `reporter`：写的是哪个地址？',
    hint3:
      "调用方传入的要覆盖默认的：`initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`，调用时传 `{ reporter: { collectorEndpoint: 'http://localhost:14268/api/traces' } }`。",
    'hint3.FORMER':
      '每次调用 `initJaeger` 都按这次的 `config` 创建一个新的 tracer：`tracer` 是函数里面的 `const`，最后 `return [tracer, tracer]`。',
    'hint3.NOT-YET':
      "先写 `const reporter = { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' };`，再调用一次 `initJaeger(SERVICE, { reporter })`，在这个 tracer 上同样创建并结束一个 `first-span`，然后关闭它。",
    'hint3.ALL-AGENT':
      "`initJaeger(SERVICE, { reporter: { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' } })`",
    'hint3.ALL-COLLECTOR':
      "`initJaeger` 里写 `reporter: { logSpans: true, localAgentHostPort: ':6831' }`，`collectorEndpoint` 由调用方传入。",
  },
  'L1-SAMPLER': {
    title: '采样器 `{key}` 采到的数量不对',
    why: '{count} 条新 trace，`{key}` 采到了 {actual} 条，应为 {expected}。tracer 实际使用的采样器不是配置里指定的那个。',
    hint1:
      '`const` 全采或全不采，`probabilistic` 按比例采，`rateLimiting` 限制每秒采多少条 trace，`remote` 由服务端决定。',
    hint2: '看 `initJaeger` 里的 `sampler`：调用方指定的那个传进去了吗？',
    hint3:
      '默认的在前，调用方的在后：`initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`。',
  },
  'L1-LOGSPANS': {
    title: 'reporter 没有打印它上报的 span',
    why: '打开 `logSpans` 后，每结束一个 span 都会在控制台打印一行 `Reporting span …`，而 {file} 一行也没有。以后收不到 span 的时候，首先要找的就是这一行。',
    'why.OWN':
      '打开 `logSpans` 后，每结束一个 span 都会在控制台打印一行 `Reporting span …`。{file} 里只有另一个 reporter 打印了，`initJaeger` 默认的 reporter 一行也没有。',
    hint1: '有这行日志，就能分清两种情况：span 根本没有结束，还是结束了却丢在半路。',
    hint2: '看 tracer 配置里的 `reporter`。npm 的 jaeger-client 还需要给它一个 logger。',
    hint3:
      '`reporter: { logSpans: true, … }`；npm 的 jaeger-client 还要加上 `initTracer(config, { logger: console })`。',
  },
  'L2-GLOBAL': {
    title: '全局 tracer 还是空实现',
    why: '`startSpanFromContext` 用的是 opentracing 的全局 tracer。没有设置过的话，它就是空实现（noop）：上报的只有你自己那个 tracer 创建的 span。',
    hint1: '程序里有两个 tracer：一个是你创建的，一个是全局的。库函数用的是后者。',
    hint2: '看 {file} 里创建 tracer 的那一行：在调用第一个函数之前，还少了哪一步？',
    hint3: '紧跟在 `initJaeger(…)` 后面：`initGlobalTracer(tracer);`。',
  },
  'L2-CTX': {
    title: '`{span}` 挂错了位置',
    why: '`{span}` 是在 `{expected}` 里面运行的，却挂在 `{actual}` 之下：函数往下传的是调用方给的 context，而不是创建自己的 span 时返回的新 context。',
    hint1:
      'context 是不可变的。函数创建 span 之后，手里有两个 context：调用方传进来的，以及装着自己 span 的新的。',
    hint2: '看创建 `{expected}` 的那个函数：它调用下一个函数时，传的是哪个 context？',
    hint3:
      '先 `const [span, ctxService1] = startSpanFromContext(ctx, …);`，再 `callService2(ctxService1, …)`。不用 context 的话：`childOf: span`，也就是这个函数自己的 span。',
  },
  'L2-REF': {
    title: '`{span}` 与调用方的关系不对',
    why: '`{span}` 用 FOLLOWS_FROM 引用了调用方，意思是调用方不等它。这里是普通的函数调用，调用方等它返回才继续，应当用 CHILD_OF。',
    hint1: '两种关系：ChildOf，父 span 依赖它的结果；FollowsFrom，父 span 只负责触发，不等结果。',
    hint2: '看创建 `{span}` 时的选项。',
    hint3:
      "`startSpanFromContext(ctx, '{span}')` 用的就是 CHILD_OF。不用 context 的话：写 `{ childOf: parent }`，不要用 `references: [followsFrom(…)]`。",
  },
  'L2-SHORT': {
    title: '`{span}` 没有覆盖函数的执行过程',
    why: '函数要执行三秒，`{span}` 却几乎没有时长：执行过程没有 await。',
    'title.PAUSE': '`{span}` 没有等前面的停顿结束',
    'why.PAUSE':
      '`{span}` 开始时，它前面那一秒的停顿才刚开始：调用了 `sleep` 却没有 await。`sleep` 返回的是 promise，不 await 程序就直接往下走了。',
    'why.LATE': '`{span}` 几乎没有时长：函数先执行了三秒，然后才创建它。',
    hint1: 'span 的时长就是从创建到结束，只包含这两者之间的执行过程。',
    hint2: '看创建 `{span}` 的那个函数：`sleep(3000)` 有 await 吗？',
    'hint2.LATE': '看创建 `{span}` 的那个函数：在创建它之前还做了什么？',
    'hint2.PAUSE': '看创建 `{span}` 的那次调用的上一行：`sleep` 有 await 吗？',
    'hint3.PAUSE': '两次调用之间写 `await sleep(1000);`。',
    hint3: '在创建 span 和 `finish()` 之间写 `await sleep(3000);`。',
    'hint3.LATE':
      "函数的第一行就是 `const [span, ctxService1] = startSpanFromContext(ctx, '{span}');`，之后才开始干活。",
  },
  'L3-CLI-INJECT': {
    title: '发往 :{port} 的请求没有带上 trace 上下文',
    why: '请求到了 :{port}，请求头里没有 `uber-trace-id`，对方就不知道有这条 trace。span 注入了吗？是在请求发出之前吗？注入的是这个请求的请求头吗？',
    'why.MISSING':
      '请求到了 :{port}，请求头里没有 `uber-trace-id`：没有调用 inject()。进程之间传的只有字节，没写进请求头的，对方就看不到。',
    'why.TOO-LATE':
      '请求到了 :{port}，请求头里没有 `uber-trace-id`：inject() 是在请求发出之后才执行的。请求头在发起请求的那一刻就定了。',
    'why.HEADERS-NOT-PASSED':
      '请求到了 :{port}，请求头里没有 `uber-trace-id`：inject() 写进了一个对象，但发请求时没有带上这个对象。',
    'why.BINARY':
      ':{port} 没有收到带 `uber-trace-id` 的请求：inject() 用的是 FORMAT_BINARY，写出来的是字节，而请求头是文本。',
    hint1: '注入（inject）就是把 span 的标识写进 carrier。走 HTTP 时，carrier 就是请求头。',
    hint2: '看调用 :{port} 的那个函数，在创建 span 和发起请求之间。',
    hint3:
      '`const headers = {}; tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`，然后带上 `{ headers }` 发起请求。',
  },
  'L3-CLI-WRONGCTX': {
    title: '请求头里带的是另一个 span',
    why: '请求头里写的是 span {actual}，而发起调用的是 `{span}`，也就是 {expected}。对方会把自己的 span 挂在请求头里的那个 span 之下，所以要注入 `{span}` 的上下文。',
    hint1: '注入的是谁，服务端的 span 就挂在谁下面。发起调用的是 client span。',
    hint2: '看 inject 的第一个参数：是谁的上下文？',
    hint3: '`tracer.inject(span.context(), …)`，其中 `span` 是 `{span}`，不是它的父 span。',
  },
  'L3-CLI-BAGGAGE': {
    title: 'baggage `{key}` 没有传过去',
    why: '请求里没有 `uberctx-{key}`：可能没有设置；可能设在了别的 span 上，而发起调用的 span 不是它的后代；也可能设得太晚，那时发起调用的 span 已经创建好了。',
    'why.MISSING':
      '请求里没有 `uberctx-{key}`：没有哪个 span 设置过它。它应当设置在这个服务的第一个 span 上。',
    'why.TOO-LATE':
      '请求里没有 `uberctx-{key}`：设置过，但发起调用的 span 没有继承到。子 span 只继承它创建时父 span 已有的 baggage，inject 也只写出调用时已有的。',
    'why.TAG':
      '请求里没有 baggage `{key}`。`{span}` 上倒是有同名的 tag：tag 只留在它所在的 span 上，会往下游传的是 baggage。',
    hint1: 'baggage 只往下游传，不往回传：子 span 在创建的那一刻，继承父 span 当时已有的 baggage。',
    hint2: '找到设置 `{key}` 的地方：设在了哪个 span 上？client span 是在它之后创建的吗？',
    'hint2.TAG': '看设置 `{key}` 的地方：用的是 setTag，还是 setBaggageItem？',
    hint3: "在第一个 span 上、发起调用之前：`span.setBaggageItem('{key}', '…')`。",
  },
  'L3-CLI-BAGGAGE1': {
    title: 'baggage `{key}` 没有传过去',
    why: '请求里没有 `uberctx-{key}`：它应当设置在发起调用的 span 上，而且要在 inject() 之前。inject() 只写出 span 当时已有的 baggage。',
    'why.MISSING':
      '请求里没有 `uberctx-{key}`：没有哪个 span 设置过它。它应当设置在发起调用的 span 上。',
    'why.TOO-LATE':
      '请求里没有 `uberctx-{key}`：setBaggageItem() 是在 inject() 之后调用的。inject() 只写出 span 当时已有的 baggage。',
    'why.TAG':
      '请求里没有 baggage `{key}`。`{span}` 上倒是有同名的 tag：tag 只留在它所在的 span 上，会往下游传的是 baggage。',
    hint1: 'inject 只写一次。之后再加到 span 上的 baggage 就传不出去了。',
    hint2: '看发起调用的那个函数里这几行的顺序：setBaggageItem、inject、发请求。',
    'hint2.TAG': '看设置 `{key}` 的地方：用的是 setTag，还是 setBaggageItem？',
    hint3: "`span.setBaggageItem('{key}', '…');` 放到 `tracer.inject(…)` 的前面。",
  },
  'L3-SRV-EXTRACT': {
    title: ':{port} 另起了一条 trace',
    why: '评测程序带着 trace 上下文调用了 :{port}，你的 span 却在另一条 trace 里：请求头没有读，或者读了没有用上。',
    'why.MISSING':
      '评测程序带着 trace 上下文调用了 :{port}，你的 span 却另起了一条 trace：没有调用 extract()。上游 inject，下游就要 extract。',
    'why.UNUSED':
      '评测程序带着 trace 上下文调用了 :{port}，extract() 也读到了，结果却没有用上：创建 span 时不指定父 span，就会另起一条 trace。',
    'why.EMPTY':
      '评测程序带着 trace 上下文调用了 :{port}。extract() 调用了，却什么也没读到：传给它的是这个请求的请求头吗？格式是 FORMAT_HTTP_HEADERS 吗？',
    hint1:
      '提取（extract）就是读 carrier，得到调用方 span 的上下文；创建新 span 时要把它指定为父 span。',
    hint2: '看 :{port} 的处理函数的头几行，在创建 span 之前。',
    hint3:
      "先 `const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);`，再 `tracer.startSpan('…', rpcServerOption(parent))`；用 jaeger-client 就是 `{ childOf: parent }`。",
  },
  'L3-SRV-REF': {
    title: '`{span}` 与调用方的关系不对',
    why: '`{span}` 用 FOLLOWS_FROM 引用了调用方，意思是调用方不等结果。这里的调用方在等响应，应当用 CHILD_OF。',
    hint1: '两种关系：ChildOf，父 span 依赖它的结果；FollowsFrom，父 span 只负责触发，不等结果。',
    hint2: '看创建 `{span}` 时的选项。',
    hint3: '`rpcServerOption(parent)` 或者 `{ childOf: parent }`，不要用 `followsFrom`。',
  },
  'L3-SRV-HARDCODED': {
    title: 'tag `{key}` 的值不是从 baggage 来的',
    why: '评测程序发来的 baggage `{key}` 是 `{expected}`，你的 tag 却是 `{actual}`。写死的值，换一个请求就不对了，要从 span 里读。',
    hint1: '随请求传来的 baggage，就在用 extract 的结果创建的 span 里。',
    hint2: '看处理函数里设置 tag `{key}` 的地方。',
    hint3: "`span.setTag('{key}', span.getBaggageItem('{key}'))`",
  },
  'L3-SRV-BAGGAGE': {
    title: 'baggage `{key}` 没有写进 tag',
    why: '评测程序发来的 baggage `{key}` 是 `{expected}`。它随上下文传到了，却没有写进 tag：baggage 只管透传，不读出来就看不见。',
    'why.OTHER':
      '评测程序发来的 baggage `{key}` 是 `{expected}`，你的 tag `{key}` 却是 `{actual}`，那是另一个 key 的值。',
    hint1: 'baggage 用来透传，tag 用来展示和搜索。想看见它，就把它写进 tag。',
    hint2: '看处理函数，就在用 extract 的结果创建 span 之后。',
    hint3: "`span.setTag('{key}', span.getBaggageItem('{key}'))`",
  },
  'L3-CLI-EXTRACT': {
    title: ':{port} 没有接上传入的 trace',
    why: '评测程序带着 trace 上下文调用了 :{port}，你的 span 却另起了一条 trace。它今天是入口，明天前面可能就多了一个服务。',
    'why.MISSING':
      '评测程序带着 trace 上下文调用了 :{port}，你的 span 却另起了一条 trace：那里没有调用 extract()。它今天是入口，明天前面可能就多了一个服务。',
    'why.UNUSED':
      '评测程序带着 trace 上下文调用了 :{port}，extract() 也读到了，结果却没有用上：创建 span 时要把它指定为父 span。',
    'why.EMPTY':
      '评测程序带着 trace 上下文调用了 :{port}。extract() 调用了，却什么也没读到：传给它的是这个请求的请求头吗？格式是 FORMAT_HTTP_HEADERS 吗？',
    hint1: '入口服务也是服务端。如果调用方没有接入追踪，extract 返回 null，span 就是根 span。',
    hint2: '看 :{port} 的处理函数。下游服务里的那两行，这里同样需要。',
    hint3:
      "先 `const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);`，再 `tracer.startSpan('jaegerHttpOpname', rpcServerOption(parent))`。",
  },
  'L3-CLI-GLOBAL': {
    title: '几个请求混进了一条 trace',
    why: '评测程序并发发出两个请求，它们的 span 混在了一起：span 存在所有请求共用的变量里，后一个请求把前一个的覆盖了。',
    'why.KEPT':
      '评测程序先后发出两个请求，后一个却带着前一个的 trace：属于前一个请求的数据，留在了所有请求共用的变量里。',
    'why.CALLS':
      '评测程序让 {service} 的客户端调用了两次，两次带的却是同一个 span：它存在所有调用共用的变量里。',
    hint1: '属于某个请求的数据，只能放在这个请求自己的地方：局部变量、参数，或者 context。',
    hint2: '在 {file} 里找找，有没有在函数外面声明的 span、context 或请求头。',
    hint3:
      '在处理函数里面写 `const span = …`（拦截器则写在处理这次调用的函数里），再用参数或 context 传下去：`contextWithSpan(background(), span)`。',
  },
  'L4-CLI-INTERCEPTOR': {
    title: '客户端的调用没有留下 span',
    why: '调用发出去了，也有响应，却没有创建 `{service}` 的 span `{span}`：拦截器没有装到这个客户端上。',
    'why.NOT-HANDED-ON':
      '调用发出去了，也有响应，却没有创建 `{service}` 的 span `{span}`。拦截器执行了，这次调用确实经过了 InterceptingCall，但负责创建 span 的那部分没有交给它。',
    hint1: '拦截器装在哪个客户端上，就只对哪个客户端的调用生效。',
    hint2: '看 greeter-client.ts 里创建客户端时的选项。',
    'hint2.NOT-HANDED-ON':
      '看 client-interceptor.ts 里的 `new InterceptingCall(…)`：第二个参数是 requester 吗？调用 build() 了吗？span 是在它的 `withStart` 里创建的吗？',
    'hint3.NOT-HANDED-ON': '`return new InterceptingCall(nextCall(options), requester);`',
    hint3:
      '`new Greeter(ADDRESS, credentials.createInsecure(), { interceptors: [gRPCClientInterceptor(tracer)] })`',
  },
  'L4-CLI-TWICE': {
    title: '客户端只调用了一次，却有好几个 span',
    why: '客户端调用了 {expected} 次，`{service}` 却上报了 {count} 个 span `{span}`：同一次调用记录了不止一遍，服务端的 span 只挂在其中一个下面。',
    hint1: '会创建 span 的拦截器，每次调用都会创建一个；列表里写了两遍，就会执行两遍。',
    hint2:
      '看 greeter-client.ts 里的 `interceptors: […]` 和调用时的选项，再看 client-interceptor.ts 里有没有第二个 startSpan：还有谁在创建 `{span}`？',
    hint3:
      '只装一次：`new Greeter(ADDRESS, credentials.createInsecure(), { interceptors: [gRPCClientInterceptor(tracer)] })`，调用外面不要再手工套一个 span。',
  },
  'L4-CLI-INJECT': {
    title: '这次调用没有带上 trace 上下文',
    why: '调用到了 :{port}，metadata 里没有 `uber-trace-id`。span 注入了吗？是在调用 next 之前吗？注入的是这次调用的 metadata 吗？',
    'why.MISSING':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：没有调用 inject()。gRPC 的 metadata 就相当于 HTTP 的请求头。',
    'why.TOO-LATE':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 执行时，调用已经发出了。metadata 在调用一开始就会发送。',
    'why.HEADERS-NOT-PASSED':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 调用了，写的内容却不在发出的 metadata 里：要么写进了另一份 metadata，要么写的时候调用已经发出，要么 `MdWriter.set` 没有按原样写入 key。',
    'why.BINARY':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 用的是 FORMAT_BINARY，写出来的是字节，而 metadata 的键值要用 FORMAT_TEXT_MAP。',
    'why.BROKEN':
      'inject() 执行之后，这次调用就断开了：{error}。评测程序自己调用服务端，响应是正常的，问题出在写进 metadata 的内容：每个 key 都会成为 HTTP/2 的头名，`uber-trace-id` 可以，带冒号的 value 不行。',
    hint1:
      'inject 需要一个能写入键值的 carrier。metadata 能写，只是接口不同，中间要加一个适配器，这就是 `MdWriter`。',
    hint2: '看客户端拦截器里的 `start(metadata, listener, next)`：交给 `next` 的是什么？',
    'hint2.BROKEN':
      '看写 metadata 的那一行，在 `MdWriter.set` 里或者你复制键值的地方：key 和 value 谁在前？',
    hint3:
      '在 `next(metadata, …)` 之前：`tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`，用的是同一份 metadata。npm 的 jaeger-client 只会写普通对象：先注入到一个对象，再对每个 key 执行 `metadata.set(key, value)`。',
  },
  'L4-CLI-WRONGCTX': {
    title: 'metadata 里带的是另一个 span',
    why: 'metadata 里写的是 span {actual}，而这次调用的 span 是 `{span}`，也就是 {expected}。服务端会把自己的 span 挂在 metadata 里的那个之下。',
    hint1: '注入的是谁，服务端的 span 就挂在谁下面，而发起调用的是 client span。',
    hint2: '看客户端拦截器里传给 inject 的是什么：父 span 的上下文，还是刚刚创建的 span 的上下文？',
    hint3: '`tracer.inject(clientSpan.context(), …)`',
  },
  'L4-CLI-BAGGAGE': {
    title: 'baggage `{key}` 没有传过去',
    why: '调用里没有 `uberctx-{key}`：它应当设置在 client span 上，而且要在 inject() 之前。',
    'why.MISSING': '调用里没有 `uberctx-{key}`：client span 上从来没有设置过它。',
    'why.TOO-LATE':
      '调用里没有 `uberctx-{key}`：setBaggageItem() 是在 inject() 之后调用的。inject() 只写出 span 当时已有的 baggage。',
    'why.TAG':
      '请求里没有 baggage `{key}`。`{span}` 上倒是有同名的 tag：tag 只留在它所在的 span 上，会往下游传的是 baggage。',
    hint1: 'inject 只写一次。之后再加到 span 上的 baggage 就传不出去了。',
    hint2: '看客户端拦截器里这几行的顺序：创建 span、设置 baggage、inject。',
    'hint2.TAG': '看设置 `{key}` 的地方：用的是 setTag，还是 setBaggageItem？',
    hint3: "`clientSpan.setBaggageItem('{key}', 'gRPC-Baggage');` 放到 inject 的前面。",
  },
  'L4-CLI-EARLY': {
    title: '`{span}` 没等到响应就结束了',
    why: '调用刚刚发起，`{span}` 就结束了。它只量到发起调用的时间，没有量到整个调用。',
    hint1: '调用是异步的：`start` 立刻返回，status 要到最后才来。',
    hint2: '看客户端拦截器里 `finish()` 写在哪里。',
    hint3:
      '在 `start` 传下去的 listener 里：`onReceiveStatus(status, next) { …; clientSpan.finish(); next(status); }`。',
  },
  'L4-CLI-APPEND': {
    title: '发出去的 `{key}` 不止一个值',
    why: 'metadata 里本来就有一个 `{key}`，你又追加了一个。服务端会收到两个值，用哪个全凭运气。中间层服务最容易踩到这个坑，博文里的 Go 程序也有这个问题。',
    hint1: 'metadata 的一个 key 可以有多个值：`add` 是追加，`set` 是替换。',
    hint2: '看 `MdWriter.set` 里做了什么。',
    hint3: '`set(key, value) { this.metadata.set(key, value); }`',
  },
  'L4-SRV-INTERCEPTOR': {
    title: '服务端的处理没有留下 span',
    why: '服务端返回了响应，却没有创建 `{service}` 的 span `{span}`：拦截器没有装到这个服务端上。',
    'why.NOT-HANDED-ON':
      '服务端返回了响应，却没有创建 `{service}` 的 span `{span}`。拦截器执行了，这次调用确实经过了 ServerInterceptingCall，但负责创建 span 的那部分没有交给它。',
    hint1: '拦截器装在哪个服务端上，就只对哪个服务端的调用生效，而且要在创建服务端时传入。',
    hint2: '看 greeter.ts 里创建服务端的那一行。',
    'hint2.NOT-HANDED-ON':
      '看 server-interceptor.ts：`new ServerInterceptingCall(…)` 的第二个参数是 responder 吗？responder 的 `withStart` 把 listener 交给 `next` 了吗？',
    'hint3.NOT-HANDED-ON':
      'responder 里写 `.withStart((next) => next(listener))`，最后 `return new ServerInterceptingCall(call, responder);`。',
    hint3: '`new Server({ interceptors: [gRPCServerInterceptor(tracer)] })`',
  },
  'L4-SRV-TWICE': {
    title: '一次调用，服务端却有好几个 span',
    why: '服务端被调用了 {expected} 次，`{service}` 却上报了 {count} 个 span `{span}`：同一次调用记录了不止一遍。',
    hint1: '会创建 span 的拦截器，每次调用都会创建一个；列表里写了两遍，就会执行两遍。',
    hint2:
      '看 greeter.ts 里的 `interceptors: […]`，再看 server-interceptor.ts 和处理函数里有没有第二个 startSpan：还有谁在创建 `{span}`？',
    hint3:
      '只装一次：`new Server({ interceptors: [gRPCServerInterceptor(tracer)] })`，处理函数外面不要再手工套一个 span。',
  },
  'L4-SRV-EXTRACT': {
    title: '服务端另起了一条 trace',
    why: '评测程序在 metadata 里带着 trace 上下文来调用，服务端的 span 却在另一条 trace 里：metadata 没有读，或者读了没有用上。',
    'why.MISSING':
      '评测程序在 metadata 里带着 trace 上下文来调用，服务端的 span 却另起了一条 trace：没有调用 extract()。',
    'why.UNUSED':
      '评测程序在 metadata 里带着 trace 上下文来调用，extract() 也读到了，结果却没有用上：创建 span 时不指定父 span，就会另起一条 trace。',
    'why.EMPTY':
      '评测程序在 metadata 里带着 trace 上下文来调用。extract() 调用了，却什么也没读到：`MdReader.foreachKey` 把每个键值都传给回调了吗？传给它的是收到的那份 metadata 吗？',
    hint1:
      'extract 需要一个能遍历全部键值的 carrier。metadata 能遍历，只是接口不同，中间要加一个适配器，这就是 `MdReader`。',
    hint2: '看服务端拦截器里 metadata 进来的地方：`withOnReceiveMetadata`。',
    hint3:
      '先 `const parent = tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata));`，再 `tracer.startSpan(path, rpcServerOption(parent))`；用 npm 的 jaeger-client 就是 `tracer.extract(FORMAT_TEXT_MAP, metadata.getMap())` 和 `{ childOf: parent }`。',
  },
  'L4-SRV-REF': {
    title: '`{span}` 与调用方的关系不对',
    why: '服务端的 span 用 FOLLOWS_FROM 引用了调用方，意思是调用方不等结果。这里的调用方在等响应，应当用 CHILD_OF。',
    hint1: '两种关系：ChildOf，父 span 依赖它的结果；FollowsFrom，父 span 只负责触发，不等结果。',
    hint2: '看服务端拦截器里创建 span 时的选项。',
    hint3: '`rpcServerOption(parent)` 或者 `{ childOf: parent }`，不要用 `followsFrom`。',
  },
  'L4-SRV-HARDCODED': {
    title: 'tag `{key}` 的值不是从 baggage 来的',
    why: '评测程序发来的 baggage `{key}` 是 `{expected}`，你的 tag 却是 `{actual}`。要从 span 里读：下一个调用方传来的就不是这个值了。',
    hint1: '随调用传来的 baggage，就在用 extract 的结果创建的 span 里。',
    hint2: '看服务端拦截器里设置 tag `{key}` 的地方。',
    hint3: "`serverSpan.setTag('{key}', serverSpan.getBaggageItem('{key}'))`",
  },
  'L4-SRV-BAGGAGE': {
    title: 'baggage `{key}` 没有写进 tag',
    why: '评测程序发来的 baggage `{key}` 是 `{expected}`。它随上下文传到了，却没有写进 tag：baggage 只管透传，不读出来就看不见。',
    hint1: 'baggage 用来透传，tag 用来展示和搜索。想看见它，就把它写进 tag。',
    hint2: '看服务端拦截器，就在用 extract 的结果创建 span 之后。',
    hint3: "`serverSpan.setTag('{key}', serverSpan.getBaggageItem('{key}'))`",
  },
  'L4-SRV-EARLY': {
    title: '响应还没发出，`{span}` 就结束了',
    why: '方法还在执行，服务端的 span 就结束了：它只量到请求进来，没有量到处理和响应。',
    hint1: '无论成功还是失败，发出 status 之后，服务端才算处理完一次调用。',
    hint2: '看服务端拦截器里 `finish()` 写在哪里：是在请求进来的地方，还是在响应出去的地方？',
    hint3:
      '`new ResponderBuilder().withSendStatus((status, next) => { …; serverSpan.finish(); next(status); })`',
  },
  'L4-SRV-CONTEXT': {
    title: '方法没有往自己的 span 里写东西',
    why: '这次调用的 span 上没有方法写入的内容。如果方法里写了 log，说明它运行时拿不到拦截器创建的 span；如果本来就没什么要写，不算错。',
    hint1:
      'grpc-js 不像 Go 那样给方法传 context。可以用 AsyncLocalStorage：在它里面运行的代码都能取到同一个 context。',
    hint2: '看服务端拦截器：`onReceiveHalfClose` 里调用 next 之后，方法才开始执行。',
    hint3:
      '`withOnReceiveHalfClose((next) => storage.run(contextWithSpan(background(), serverSpan), next))`',
  },
  'L4-OPNAME': {
    title: '`{actual}` 不是方法的全名',
    why: '`{service}` 的 span 叫 `{actual}`，而方法是 `{expected}`。别的服务也可能有 SayHello：带上包名和服务名，两端才一致，也不会重名。',
    hint1: 'gRPC 用路径来标识方法：`/包名.服务名/方法名`。客户端和服务端看到的是同一个。',
    hint2: '看拦截器里 startSpan 的第一个参数。',
    hint3: '客户端：`options.method_definition.path`。服务端：`methodDescriptor.path`。',
  },
  'P-TRACER': {
    title: '{service} 创建了多个 tracer',
    why: '同一个进程的 span 来自 {count} 个 tracer（各有各的 `client-uuid`）。多半是每个请求都创建了一个：每个都占着 socket、队列和定时器，而且都没有关闭。',
    hint1: 'tracer 是进程级的，span 是请求级的。',
    hint2: '找到创建 tracer 的地方：是不是写在会执行多次的函数里？',
    hint3:
      "在文件开头创建一次：`const [tracer, closer] = initJaeger('{service}');`，再把 `tracer` 传下去。",
  },
  'P-OPNAME': {
    title: '操作名里混进了数据',
    why: '有 {count} 个操作名只有数据部分不同，例如 `{actual}`。操作名表示一类操作；带上了 id，每个请求就自成一类，没法聚合，也没法搜索。',
    hint1: '所有请求都相同的放进操作名，各不相同的放进 tag。',
    hint2: '找一找哪个 startSpan 的操作名是拼接出来的。',
    hint3: "`startSpan('{expected}')`，再 `span.setTag('…', value)`。",
  },
  'D-SHORT': {
    title: '`{span}` 没等到响应就结束了',
    why: '评测程序故意让对方慢了一些，`{span}` 却没有等：响应还没收完，它就结束了。它只量到发请求，没有量到等响应。',
    'why.SERVER':
      '处理花了不少时间，`{span}` 却几乎没有时长：还没处理完，它就结束了。它只量到请求进来，没有量到处理和响应。',
    hint1: 'client span 从发起请求开始，到读完响应为止。',
    hint2: '看 `{span}` 在哪里结束，前面是不是漏了 `await`。',
    hint3:
      '`const answer = await fetch(…); const body = await answer.text(); … span.finish();`，finish 最好放在 `finally` 里。',
  },
  'D-LONG': {
    title: '响应已经发出，`{span}` 还没有结束',
    why: '响应很快就到了，`{span}` 却又持续了很久：先发了响应，才去处理。这时调用方早已收到响应，它的 span 反而先结束。',
    hint1: 'server span 从收到请求开始，到发出响应为止。之后再做的事不属于这个请求。',
    hint2: '看创建 `{span}` 的那个函数：处理、发响应、finish()，先后顺序对吗？',
    'hint3.FRONT':
      '先 `await callHttpService1(ctx)`，把后面的事做完，再 `response.send(reply)`：否则结果还不知道，就已经告诉对方成功了。',
    hint3:
      '先 `await sleep(2000)`，再 `response.send(…)`，`span.finish()` 放在 `finally` 里。没人等它完成的事，另建一个 span，用 `references: [followsFrom(span.context())]`。',
  },
  'T-ORPHAN': {
    title: '`{span}` 的父 span 没有上报',
    why: '查不到 `{span}` 的父 span `{parent}`：它创建了，却没有结束。span 要到 finish() 时才上报。',
    hint1: '创建了就要结束，每条路径都要顾到：抛异常、提前 return 也不例外。',
    hint2: '找到创建 `{parent}` 的函数，把每个出口都走一遍。',
    hint3: '`const span = …; try { … } finally { span.finish(); }`',
  },
  'T-OUTLIVES': {
    title: '`{parent}` 比它的子 span 先结束',
    why: '`{span}` 还在运行，`{parent}` 就结束了：要么 finish() 调用得太早，要么前面漏了 `await`。',
    hint1: '等待别人的 span 总是后结束。父 span 先结束，说明它没有等。',
    hint2: '看 `{parent}` 里面创建 `{span}` 的那次调用：有 await 吗？',
    hint3: '先 `await callService1(ctx, …);`，然后才是 `span.finish()`。',
  },
  'T-REVERSED': {
    title: '`{span}` 和 `{parent}` 的父子关系反了',
    why: '`{parent}` 挂在了 `{span}` 之下，其实是 `{parent}` 调用 `{span}`。谁发起调用，谁是父 span。',
    hint1: 'childOf 写在子 span 这边：由它指明自己的父 span 是谁。',
    hint2: '看两者创建的地方：哪个先创建？哪个把哪个指定成了父 span？',
    hint3:
      "先 `const parent = tracer.startSpan('{parent}')`，再 `tracer.startSpan('{span}', { childOf: parent })`。",
  },
  'T-SPLIT': {
    title: '一条 trace 变成了 {count} 条',
    why: '本应是一条 trace，实际却是 {count} 条，根 span 分别是 {actual}。创建 span 时不指定父 span，就会另起一条 trace。',
    hint1: 'span 之间不会自动关联：进程内靠 context 或 childOf，进程之间靠请求头。',
    hint2: '除第一个以外，逐个看这些根 span：创建它的函数是谁调用的，调用时传了什么？',
    hint3:
      '`const ctx = contextWithSpan(background(), span);`，把 `ctx` 传下去，在那边 `const [child, childCtx] = startSpanFromContext(ctx, …)`。不用 context 的话：`{ childOf: span }`。',
  },
  'T-PARENT': {
    title: '`{span}` 挂错了位置',
    why: '`{span}` 挂在 `{actual}` 之下，而它应当挂在 `{expected}` 之下：是后者调用了它。',
    'why.ROOT': '`{span}` 挂在了 `{actual}` 之下，而它是根 span，上面不该有别的 span。',
    'why.MISSING':
      '`{span}` 没有挂在本课的任何 span 之下，而它应当挂在 `{expected}` 之下：是后者调用了它。',
    hint1: '父 span 是直接调用方的 span，不一定是最开头的那个。',
    hint2: '看创建 `{span}` 的地方：它的父 span 来自哪个 context，或者哪个 childOf？',
    hint3:
      '把调用方从 startSpanFromContext 得到的 context 传下去；或者 `{ childOf: callerSpan }`。',
  },
  'A-NAME': {
    title: '`{actual}`？本课要的是 `{expected}`',
    why: '有一个 span 叫 `{actual}`，本课要的是 `{expected}`。搜索时它们是两个不同的操作，大小写也要一致。',
    'why.SIDE':
      '`{service}` 的 span 叫 `{actual}`，本课要的是 `{expected}`。搜索时它们是两个不同的操作，大小写也要一致。',
    hint1: '操作名要逐字符一致。',
    hint2: '找到创建 `{actual}` 的地方。',
    hint3: "`'{expected}'`",
  },
  'A-SERVICE': {
    title: '`{span}` 来自另一个服务',
    why: '`{span}` 是 `{actual}` 上报的，它应当属于 `{expected}`。服务名由 tracer 决定：用哪个 tracer 创建，span 就算哪个服务的。',
    hint1: 'span 由哪个服务的 tracer 创建，就属于哪个服务。',
    hint2: '看 `{span}` 是用哪个 tracer 创建的，那个 tracer 的服务名是什么。',
    hint3: "`initJaeger('{expected}')`",
  },
  'A-KIND': {
    title: '`{span}` 没有标明自己是哪一端',
    why: '`{span}` 应当有 `span.kind={expected}`，现在是 `{actual}`。kind 说明谁是调用方、谁是被调用方，服务依赖图就靠它来画。',
    'why.MISSING':
      '`{span}` 没有 `span.kind`，应当是 `{expected}`。kind 说明谁是调用方、谁是被调用方，服务依赖图就靠它来画。',
    hint1: '发起调用的是 `client`，处理调用的是 `server`。',
    hint2: '看创建 `{span}` 的地方和它的 tag。',
    hint3:
      "`span.setTag(Tags.SPAN_KIND, '{expected}')`；服务端用 `rpcServerOption(parent)` 就会带上。",
  },
  'A-TAG': {
    title: '`{span}` 的 tag `{key}` 不对',
    why: '`{span}` 上是 `{key}={actual}`，本课要的是 `{key}={expected}`。',
    'why.MISSING': '`{span}` 上没有 tag `{key}`，本课要的是 `{key}={expected}`。',
    'why.NEAR': '`{actual}`？本课要 `{span}` 上的 tag 叫 `{key}`，一个字符也不能差。',
    'why.ELSEWHERE':
      '`{key}={expected}` 设在了 `{actual}` 上，`{span}` 上却没有：设错 span 了。变量名相近，或者两个 span 都叫 `span`，很容易弄混。',
    'why.TOO-LATE':
      '`{span}` 上没有 tag `{key}`：设置它的时候 `{span}` 已经结束，结束之后再写什么都不会生效。',
    hint1:
      'tag 是一对 key 和 value，设置在某一个 span 上。key 要逐字符一致；`1` 和 `"1"` 也不一样。',
    hint2:
      '找到 `{span}` 上的 setTag。`sampler.type` 和 `sampler.param` 除外：它们由 tracer 写入，说明用的是哪个采样器。',
    'hint2.ELSEWHERE': '找到设置 `{key}` 的那行 setTag：点号前面的变量，此时是哪个 span？',
    'hint2.TOO-LATE': '找到 `{span}` 的 finish()，看看它下面还写了什么。',
    hint3: "`span.setTag('{key}', …)`，值为 {expected}，要在 `{span}` 结束之前。",
  },
  'A-LOG': {
    title: '`{span}` 的 log 与课文不符',
    why: '`{span}` 的 log 里没有写全 {expected}。',
    'why.MISSING': '`{span}` 上没有含 {expected} 的 log。',
    'why.NEAR': '`{span}` 上有一条 log 是 {actual}，本课要的是 {expected}。',
    'why.ELSEWHERE':
      '含 {expected} 的 log 写到了 `{actual}` 上，`{span}` 上却没有：写错 span 了。变量名相近，或者两个 span 都叫 `span`，很容易弄混。',
    'why.EXCHANGED':
      '两个 `{span}` 里，`{parent}` 之下的那个应当记 {expected}，实际却记在 `{actual}` 之下的那个上，而它自己记的是对方的内容：两次调用弄反了。',
    'why.TOO-LATE':
      '`{span}` 上没有含 {expected} 的 log：写它的时候 `{span}` 已经结束，结束之后再写什么都不会生效。',
    hint1: 'log 记录 span 期间某一时刻发生的事，带若干字段。',
    hint2: '找到 `{span}` 上的 log：key 和 value 逐字符对照，而且要在 finish() 之前。',
    'hint2.ELSEWHERE': '找到写 {expected} 的那行 log：点号前面的变量，此时是哪个 span？',
    'hint2.EXCHANGED': '看两处调用：创建 `{span}` 的函数，每次传进去的是什么？',
    'hint2.TOO-LATE': '找到 `{span}` 的 finish()，看看它下面还写了什么。',
    hint3: '`span.log({ … })`，内容为 {expected}。',
  },
  'X-ERROR': {
    title: '`{span}` 没有反映出错误',
    why: '评测程序让这次调用失败了，`{span}` 看上去却一切正常。trace 里看不到错误，排查问题时就派不上用场：要有 `error=true`，以及一条 `event=error` 的 log。',
    'why.TAG': '评测程序让这次调用失败了，`{span}` 上没有 tag `error=true`。',
    'why.TAG-VALUE':
      '评测程序让这次调用失败了，`{span}` 上却是 `error={actual}`。这个 tag 只是个标记，要么是 `true`，要么没有：查失败的调用，查的就是 `error=true`。原因应当写在 log 里。',
    'why.STATUS':
      '评测程序让对方返回了 500，`{span}` 看上去却一切正常。对 fetch 来说，500 也是正常的响应，不会抛异常，状态码要自己检查。要有 `error=true`，以及一条 `event=error` 的 log。',
    'why.HANG-UP':
      '评测程序让对方断开了连接，`{span}` 看上去却一切正常。要有 `error=true`，以及一条 `event=error` 的 log。',
    'why.GRPC':
      '评测程序让这次调用以错误结束，`{span}` 看上去却一切正常。gRPC 调用成功与否，要看最后到的 status；失败的调用没有 message。要有 `error=true`，以及一条 `event=error` 的 log。',
    'why.UNFINISHED':
      '评测程序让这次调用失败了，`{span}` 没有上报：函数没走到 finish() 就退出了，偏偏出错的这一次看不到。',
    'why.LOG':
      '评测程序让这次调用失败了，`{span}` 有 `error=true`，却没有一条 `event=error` 的 log 说明原因。',
    hint1: 'tag 让 span 标红、能被搜到，log 说明什么时候出了什么事。',
    hint2: '看 `{span}` 的出错分支：调用抛异常，或者返回的不是成功。',
    'hint2.STATUS': '看 `{span}` 的请求之后：检查 `answer.ok` 或者状态码了吗？',
    'hint2.HANG-UP': '看 `{span}` 的请求外面的 `catch`。',
    'hint2.GRPC':
      '`{span}` 是在哪里结束的？是收到 status 的时候（客户端 `withOnReceiveStatus`，服务端 `withSendStatus`）吗？传进去的就是那个 status 吗？',
    hint3:
      "`catch (error) { span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: error.message }); throw error; }`；gRPC 则写在处理 status 的地方，status 不是 OK 时执行。",
  },
  'X-FALSE': {
    title: '`{span}` 上有 error=true，但调用并没有失败',
    why: '这次调用是成功的，`{service}` 的 span `{span}` 上却有 `error=true`。如果每条 trace 都标红，真正失败的那一条就看不出来了。',
    hint1: '`error=true` 只属于失败的调用。',
    hint2:
      '找到 `{service}` 里设置这个 tag 的地方：由什么条件决定？判断的是不是这次调用真正结束时的 status？',
    hint3:
      '只在失败的地方设置。gRPC：把拦截器收到的 status 原样交给 `finishWithStatus(span, status)`，里面写 `if (code) span.setTag(Tags.ERROR, true)`，0 就是 OK。HTTP：写在 `catch` 里，以及 `!answer.ok` 的时候。',
  },
  'T-MISSING': {
    title: '缺少 `{span}`',
    why: 'trace 里没有 `{service}` 的 span `{span}`。要么没有创建，要么换了名字。',
    'why.UNDER': '`{span}` 应当有 {expected} 个，实际有 {count} 个，缺的是 `{parent}` 之下的那个。',
    'why.STOPPED':
      '缺少 `{span}`，调用它的 `{parent}` 也没有写 log：看来那个函数只执行到一半。也许有异常被 catch 住又没有打印，也许提前 return 了。',
    hint1: '一个操作一个 span：没有 span，在 trace 里就看不到。',
    'hint2.STOPPED':
      '逐行看创建 `{parent}` 的函数：执行到哪一行了？把外面每个 `catch` 到的错误都打印出来。',
    hint2: '找到 `{span}` 所代表的那个函数：调用到了吗？里面创建 span 了吗？',
    'hint2.UNDER': '看创建 `{parent}` 的那个函数：它调用了创建 `{span}` 的函数吗？',
    hint3:
      "`const [span] = startSpanFromContext(ctx, '{span}');` 或 `tracer.startSpan('{span}', { childOf: … })`，最后 `span.finish()`。",
  },
  'T-EXTRA': {
    title: '`{span}` 比实际调用的次数多',
    why: '`{span}` 应当有 {expected} 个，实际有 {count} 个：同一次操作记录了两遍。',
    'why.AGAIN':
      '`{parent}` 之下有 {count} 个 `{span}`，tag 和 log 都相同，而课文里这里只调用一次。',
    'why.BESIDE':
      '一个请求引出了 {count} 次调用 `{span}`，本课只调用一次。其中一次没有父 span：调用时没有传入这个请求的 context。',
    hint1: '多加自己的 span 没有问题，不过这里是把一次调用记成了几次。',
    hint2: '找出所有创建 `{span}` 的地方：是不是函数外面一个、里面又一个？',
    'hint2.AGAIN': '看创建 `{parent}` 的那个函数：它调用了几次创建 `{span}` 的函数？',
    'hint2.BESIDE':
      '找出所有发起这次调用的地方：是不是还留着旧的一行，传的是 `background()`，或者什么也没传？',
    hint3: '保留实际干活的函数里的那个，去掉另一个。',
    'hint3.BESIDE': '只调用一次，去掉多余的那次。',
    'hint3.AGAIN': '只调用一次，去掉多余的那次。',
  },
  'T-DOUBLE': {
    title: '`{span}` 结束了两次',
    why: '一次就够了：第二次 finish() 不起作用，有的客户端还会把这个 span 再上报一遍。',
    hint1: '一个 span 只结束一次。',
    hint2: '找到 `{span}` 的 finish()：是不是 `try` 里一次，`finally` 里又一次？',
    hint3: '只留 `finally` 里的那一次。',
  },
  'L0-PORT': {
    title: '后端的 :{port} 不正常',
    why: '课程要用到 :{port}，它的状态是：{error}。',
    hint1: '后端的每个组件都有一个端口，用来报告自己是否健康。',
    hint2: '`npm run doctor` 会列出全部端口，以及各被谁占用。',
    hint3: '停掉占用端口的进程，再运行 `npm start`。',
  },
  'L0-ROUNDTRIP': {
    title: 'span 发出去了，却查不到',
    why: '评测程序向 UDP {port} 发了一个 span，再到 query 服务去查，规定时间内没有查到。后面各课都要走这条路。',
    hint1: 'agent、collector、存储、query：span 依次经过这四个环节，你才能看到它。',
    hint2: '`npm run doctor` 会显示哪个环节有响应。它们属于同一套后端，还是两套混在了一起？',
    hint3: '把正在运行的后端都停掉，再 `npm start`，重试一次。',
  },
  'L0-ANSWER': {
    title: '第 {key} 题：再看看 trace',
    why: '第 {key} 题你答的是 `{actual}`。再打开 trace 看一看，答案就在上面：你的 trace 和别人的都不一样。',
    'why.MISSING': '第 {key} 题还没有作答。',
    hint1: '一个横条就是一个 span，条的长度就是耗时，缩进在它下面的就是它调用的。',
    hint2: '点开 span，可以看到它的标签（tag）、日志（log）和所属的服务。',
    hint3: '树上方那一行写着有多少个 span、有哪些服务。',
    'hint2.spans': '树里一行就是一个 span。有没有折叠起来的？折叠的那一行会写明折叠了几个。',
    'hint3.spans': '数一数有几行，或者直接看树上方的“span 数”。',
    'hint1.root': '根 span 没有调用方：它不挂在任何 span 之下。',
    'hint2.root': '被调用的会缩进在调用方之下。哪一行没有缩进？',
    'hint3.root': '它就是树的第一行。服务名后面是操作名，写操作名。',
    'hint1.longest':
      'span 自身的耗时，是总耗时减去各个子 span 的耗时；这里的子 span 都是一个接一个执行的。',
    'hint2.longest': '横条很长、下面又没有子 span 的，耗时全是它自己的；只是在等别人的，则不算。',
    'hint3.longest':
      '对每个有子 span 的 span，用它的耗时减去子 span 的耗时。剩得最多的那个，写它的操作名。',
    'hint1.tag': 'tag 只留在设置它的那个 span 上，子 span 只有自己的 tag。',
    'hint2.tag': '先点开父 span，再点开子 span，对比两者的标签。',
    'hint3.tag': '父 span 有两个 tag，其中一个子 span 也有。写另一个的 key，也就是值前面的那个词。',
    'hint1.baggage': 'baggage 随上下文透传：后面的 span 都能读到，不管在哪个服务。',
    'hint2.baggage': '点开根 span：设置 baggage 时会留下一条 `event=baggage` 的日志。',
    'hint3.baggage': '那条日志里有 `key` 和 `value`。写 `value` 的值。',
    'hint1.services': '一个服务就是一个程序。每个 span 都属于某个服务，每个服务一种颜色。',
    'hint2.services': '树的每一行里，操作名前面就是服务名。',
    'hint3.services': '数一数有几个不同的名字：树上方的“服务”一栏列出了它们。',
  },
};
