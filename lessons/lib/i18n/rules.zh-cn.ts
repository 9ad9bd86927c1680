import type { Translated } from './rule-words.ts';
import type { rulesEn } from './rules.en.ts';

/** rules.en.ts 的简体中文版：规则、键、`{占位符}` 都相同。 */
export const rulesZhCN: Translated<typeof rulesEn> = {
  'W-CRASH': {
    title: '{file} 报错退出了',
    why: '它退出时报的是：{error}。程序没跑完，就没有值得判断的 trace。',
    'why.ANSWER': '它还在运行，但对它的请求出了错：{error}。它应答不了，就没有值得判断的 trace。',
    hint1: '看报错的第一行，不要看最后一行：第一行说的是哪里不对，下面的只是谁调用了谁。',
    hint2: '打开 {file}，找到报错所指的位置：{error}',
    hint3: '如果报的是 undefined 或 not a function，对照一下 {file} 开头的 import 和你调用的名字。',
  },
  'W-HANG': {
    title: '{file} 一直没有结束',
    why: '等了很久，只好把它停掉。程序里还有东西在等：没有 resolve 的 promise、没有应答的请求，或者没有关闭的连接、定时器。',
    hint1: 'Node 程序要等到再没有什么可等的才会退出；请求要等到有了应答才算完。',
    hint2:
      '在 {file} 里顺着一次运行走一遍：哪个 await 等不到结果，哪个回调没有调用？出错的时候也应答了吗？',
    hint3:
      '普通程序：打开的都要关掉，`client.close()`、`await closer.close()`。处理函数：每条路径都要 `response.send(…)` 或 `callback(null, reply)`。',
  },
  'W-PORT': {
    title: ':{port} 上没有应答',
    why: '按课文的约定，{file} 应当监听 :{port}，可是那里没有人应答。',
    'why.ELSEWHERE': '{file} 应当监听 :{port}，你的程序监听的却是 :{actual}。',
    'why.HELD': '{file} 没能监听 :{port}：{error}。',
    hint1: '一个端口同一时间只能归一个进程，调用双方用的端口号要一致。',
    hint2:
      '看 {file} 的最后几行，端口号就是在那里给出的。`npm run doctor` 会列出哪个端口被谁占用。',
    hint3: '改成本课的端口：`listen({port})`，或者 `await serve(app, {port}, closer)`。',
  },
  'P-SERVICE': {
    title: '服务名不是 `{expected}`',
    why: '本课的 tracer 属于服务 `{expected}`，你的却报的是 `{actual}`。界面上的服务列表和每一次搜索都从这个名字开始。',
    'why.MISSING':
      '创建 tracer 时没有给服务名。它得说明上报的是谁的 span，这里应当是 `{expected}`。',
    hint1: '一个 tracer 只代表一个服务。服务名随每一批 span 一起上报，而不是每个 span 各带一份。',
    hint2: '在 {file} 里找到创建 tracer 的地方。',
    hint3:
      "`initJaeger('{expected}')`；用 jaeger-client 的话，在配置里写 `serviceName: '{expected}'`。",
  },
  'T-NOOP': {
    title: '{file} 没有创建任何 span',
    why: '程序照常干完了活，可是没有谁向 tracer 要过 span，或者这个 tracer 本来就什么都不做。opentracing 自带的 `Tracer` 来者不拒，却什么也不留：不报错，也看不见。',
    hint1: 'opentracing 只是一套接口。背后没有真正的 tracer，程序照样能跑，只是不留下 trace。',
    hint2:
      '在 {file} 里往回找，tracer 是哪里来的：是 opentracing 的 `new Tracer()`，是没有人设置过的全局 tracer，还是设成了 `disabled`？',
    hint3:
      "创建一个真正的 tracer，用它来建 span：`const [tracer, closer] = initJaeger('…'); const span = tracer.startSpan('…')`。如果写的就是 `initJaeger`：`initTracer({ serviceName, sampler, reporter })`。",
  },
  'S-NOTSAMPLED': {
    title: 'span 全被采样器丢弃了',
    why: '{file} 结束了 {finished} 个 span，采样器一个也没留。`const` 的 param 为 0 就是全部丢弃；采样率太低，多半也是一个不剩。',
    hint1: 'trace 一开始，采样器就决定了留不留。没有被采样的 span 不会上报。',
    hint2: '看 tracer 配置里的 `sampler`，以及环境变量 `JAEGER_SAMPLER_*`。',
    hint3: "全量采样：`sampler: { type: 'const', param: 1 }`。",
  },
  'T-UNFINISHED': {
    title: '`{span}` 创建了，却没有结束',
    why: 'span 要到结束时才上报，在那之前谁也不知道它会持续多久。`{span}` 一直没有结束，所以 trace 里没有它，它的子 span 也就悬在半空。',
    'why.EXIT':
      '`{span}` 创建了，却没有结束：它还在进行，程序就用 `process.exit` 退出了。这样一来，后面的代码都不会执行，`finally` 也不例外。',
    hint1: '有始就要有终，每条路径都一样：抛异常、提前 return 也不例外。',
    hint2: '找到创建 `{span}` 的函数，把每个出口都走一遍。',
    hint3: '`const span = …; try { … } finally { span.finish(); }`',
  },
  'R-NOFLUSH': {
    title: 'span 还没发出，程序就退出了',
    why: '{file} 结束了 {finished} 个 span，一个也没有到达 agent。reporter 把 span 攒成批，大约每秒发一次，而程序没等到那个时候。',
    'why.CLOSED':
      '{file} 结束了 {finished} 个 span，一个也没有到达：它们结束的时候，tracer 已经关闭了。关闭之后的 tracer 什么也不会再发。',
    hint1: '结束不等于已经发出。span 还在进程里排队，进程退出得太早，它们就跟着没了。',
    hint2: '看 {file} 的末尾：最后一个 finish() 和 close 哪个在前？再找找有没有 `process.exit`。',
    hint3:
      '最后一步，而且要等它完成：`await closer.close()`。用 jaeger-client：`await new Promise((done) => tracer.close(done))`。在这之前不要 `process.exit`。',
  },
  'R-WRONGPORT': {
    title: 'span 发出去了，但走错了门',
    why: '{file} 把 span 发出去了，agent 却没有收到能读懂的数据。它的 UDP 端口各收一种编码：6831 收 compact Thrift，6832 收 binary Thrift。UDP 出了错也不会吭声。',
    'why.ENCODING':
      'UDP {port} 收到了数据包，编码却不是这个端口要的：6831 收 compact Thrift，6832 收 binary Thrift。',
    'why.ELSEWHERE':
      '{file} 把数据包发到了 UDP {port}，agent 不在那里：compact Thrift 发往 6831，binary Thrift 发往 6832。',
    'why.COLLECTOR':
      '{file} 把 span 提交给了 {port}，那里没有收下。collector 在 HTTP 14268 端口的 `/api/traces` 接收；agent 走的是 UDP。',
    hint1: 'tracer 和 agent 之间有两样要对上：端口，以及这个端口所用的编码。对不上也没有人告诉你。',
    hint2: '看 tracer 配置里的 `reporter`，以及环境变量 `JAEGER_AGENT_*`。',
    hint3:
      "本项目的客户端发 compact：`reporter: { localAgentHostPort: ':6831' }`。npm 的 jaeger-client 发 binary：`agentHost: 'localhost', agentPort: 6832`。",
  },
  'R-PARTIAL': {
    title: '{finished} 个 span 只到了 {arrived} 个',
    why: '{file} 结束了 {finished} 个 span，到达的只有 {arrived} 个：程序在两次发送之间退出了，还在排队的那些就丢了。',
    'why.CLOSED':
      '{file} 结束了 {finished} 个 span，到达了 {arrived} 个：其余的结束时，tracer 已经关闭了。关闭之后的 tracer 什么也不会再发。',
    hint1: 'reporter 成批发送。最后一批要么等到下一秒，要么等人关闭 tracer。',
    hint2: '看 {file} 的末尾：有没有 span 在 tracer 关闭之后才结束？close 有没有 await？',
    hint3: '先是最后一个 `span.finish()`，再 `await closer.close()`，之后什么都不要做了。',
  },
  'L1-COLLECTOR': {
    title: 'span 没有发往 collector',
    why: '配置成上报给 collector 之后，tracer 应当走 HTTP 14268。这次运行没有 span 从那里进来。',
    'why.AGENT':
      '配置的是走 HTTP 14268 上报给 collector，span 却走 UDP 去了 agent：这项配置没有传到 tracer 那里。',
    hint1:
      '上报的路有两条：走 UDP 给 agent，它从不应答；走 HTTP 给 collector，它会告诉你收下了没有。走哪条由配置决定。',
    hint2: '看 `initJaeger` 是怎样把传入的配置和自己的配置合在一起的。',
    hint3:
      "调用方给的要盖过自己的：`initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`，调用时传 `{ reporter: { collectorEndpoint: 'http://localhost:14268/api/traces' } }`。",
  },
  'L1-SAMPLER': {
    title: '采样器 `{key}` 留下的数量不对',
    why: '{count} 条新 trace，`{key}` 留下了 {actual} 条，正确的是 {expected}。tracer 实际使用的采样器，不是配置里要的那个。',
    hint1:
      '`const` 全留或全不留，`probabilistic` 按比例，`rateLimiting` 限制每秒多少条 trace，`remote` 听服务端的。',
    hint2: '看 `initJaeger` 里的 `sampler`：调用方要的那个传进去了吗？',
    hint3:
      '自己的在前，调用方的在后：`initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`。',
  },
  'L1-LOGSPANS': {
    title: 'reporter 没有打印它上报的 span',
    why: '打开 `logSpans` 后，每结束一个 span 都会在控制台打印一行 `Reporting span …`，而 {file} 一行也没有。以后什么都收不到的时候，首先要找的就是这一行。',
    hint1: '有这行日志，就能分清两种情况：根本没有结束，还是结束了却丢在路上。',
    hint2: '看 tracer 配置里的 `reporter`。npm 的 jaeger-client 还需要给它一个 logger。',
    hint3:
      '`reporter: { logSpans: true, … }`；npm 的 jaeger-client 还要加上 `initTracer(config, { logger: console })`。',
  },
  'L2-GLOBAL': {
    title: '全局 tracer 还是什么都不做的那个',
    why: '`startSpanFromContext` 用的是 opentracing 的全局 tracer。没有设置之前，它什么都不做：留下来的只有你自己的 tracer 创建的 span。',
    hint1: '程序里有两个 tracer：一个是你创建的，一个是全局的。库函数用的是后者。',
    hint2: '看 {file} 里创建 tracer 的那一行：在调用第一个函数之前，还差一步什么？',
    hint3: '紧跟在 `initJaeger(…)` 后面：`initGlobalTracer(tracer);`。',
  },
  'L2-CTX': {
    title: '`{span}` 挂错了位置',
    why: '`{span}` 是在 `{expected}` 里面运行的，却挂在 `{actual}` 之下：函数传下去的是别人给它的 context，而不是创建自己的 span 时得到的那个。',
    hint1:
      'context 从不改变。函数创建 span 之后，手里有两个 context：调用方给的那个，以及装着自己 span 的新的那个。',
    hint2: '看创建 `{expected}` 的那个函数：它调用下一个函数时，传的是哪个 context？',
    hint3:
      '先 `const [span, ctxService1] = startSpanFromContext(ctx, …);`，再 `callService2(ctxService1, …)`。不用 context 的话：`childOf: span`，也就是这个函数自己的 span。',
  },
  'L3-CLI-INJECT': {
    title: '发往 :{port} 的请求没有带上 trace',
    why: '请求到了 :{port}，头里没有 `uber-trace-id`，对方也就无从知道有这条 trace。注入了吗？是在请求发出之前吗？注入的是这个请求的头吗？',
    'why.MISSING':
      '请求到了 :{port}，头里没有 `uber-trace-id`：没有调用 inject()。两个进程之间能传的只有字节，没有写进请求头的，对方就看不到。',
    'why.TOO-LATE':
      '请求到了 :{port}，头里没有 `uber-trace-id`：inject() 是在请求发出之后才执行的。请求头在发起请求的那一刻就定了。',
    'why.HEADERS-NOT-PASSED':
      '请求到了 :{port}，头里没有 `uber-trace-id`：inject() 写进了一个对象，而这个对象没有交给请求。',
    hint1: '注入就是把标识 span 的信息写进 carrier。走 HTTP 时，carrier 就是请求头。',
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
    why: '请求里没有 `uberctx-{key}`：要么没有设置，要么设置在了别的 span 上（发起调用的 span 不是它的后代），要么设置的时候发起调用的 span 已经创建好了。',
    'why.MISSING':
      '请求里没有 `uberctx-{key}`：没有哪个 span 设置过它。它应当设置在这个服务的第一个 span 上。',
    'why.TOO-LATE':
      '请求里没有 `uberctx-{key}`：设置过了，发起调用的 span 却没有得到。子 span 在创建的那一刻带走父 span 所有的，inject 写出的也只是那时所有的。',
    hint1: 'baggage 只往下传，不往上传：子 span 在创建的那一刻，把父 span 当时有的带走。',
    hint2: '找到设置 `{key}` 的地方：设在了哪个 span 上？client span 是在它之后创建的吗？',
    hint3: "在第一个 span 上、发起调用之前：`span.setBaggageItem('{key}', '…')`。",
  },
  'L3-CLI-BAGGAGE1': {
    title: 'baggage `{key}` 没有传过去',
    why: '请求里没有 `uberctx-{key}`：它应当设置在发起调用的 span 上，而且要在 inject() 之前。写进请求头的，只是 span 在那一刻所知道的内容。',
    'why.MISSING':
      '请求里没有 `uberctx-{key}`：没有哪个 span 设置过它。它应当设置在发起调用的 span 上。',
    'why.TOO-LATE':
      '请求里没有 `uberctx-{key}`：setBaggageItem() 是在 inject() 之后调用的。写进请求头的，只是 span 在那一刻所知道的内容。',
    hint1: 'inject 只写一次。之后再给 span 加的东西就传不出去了。',
    hint2: '看发起调用的那个函数里这几行的顺序：setBaggageItem、inject、发请求。',
    hint3: "`span.setBaggageItem('{key}', '…');` 放到 `tracer.inject(…)` 的前面。",
  },
  'L3-SRV-EXTRACT': {
    title: ':{port} 另起了一条 trace',
    why: '评测程序带着 trace 调用了 :{port}，你的 span 却在另一条 trace 里：请求头里的内容没有读，或者读了没有用。',
    'why.MISSING':
      '评测程序带着 trace 调用了 :{port}，你的 span 却另起了一条：没有调用 extract()。有注入，就要有提取。',
    'why.UNUSED':
      '评测程序带着 trace 调用了 :{port}，extract() 也读到了，结果却没有用上：创建 span 时不给父级，就会另起一条 trace。',
    'why.EMPTY':
      '评测程序带着 trace 调用了 :{port}。extract() 调用了，却什么也没读到：给它的是这个请求的头吗？格式是 HTTP headers 吗？',
    hint1: '提取就是读 carrier，得到调用方 span 的上下文；创建新 span 时要说明它就是父级。',
    hint2: '看 :{port} 的处理函数的头几行，在创建 span 之前。',
    hint3:
      "先 `const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);`，再 `tracer.startSpan('…', rpcServerOption(parent))`；用 jaeger-client 就是 `{ childOf: parent }`。",
  },
  'L3-SRV-REF': {
    title: '`{span}` 与调用方的关系不对',
    why: '`{span}` 用 FOLLOWS_FROM 引用了调用方，意思是调用方不等它。server span 是在应答一个正等着的调用方，应当用 CHILD_OF。',
    hint1: '两种关系：ChildOf，父 span 依赖它的结果；FollowsFrom，父 span 只是起了个头，并不等它。',
    hint2: '看创建 `{span}` 时的选项。',
    hint3: '`rpcServerOption(parent)` 或者 `{ childOf: parent }`，不要用 `followsFrom`。',
  },
  'L3-SRV-HARDCODED': {
    title: 'tag `{key}` 的值不是从 baggage 来的',
    why: '评测程序发来的 baggage `{key}` 是 `{expected}`，你的 tag 却是 `{actual}`。写死的值只会碰巧对一次，要从 span 里读。',
    hint1: '随请求来的 baggage，就在根据它创建的 span 里。',
    hint2: '看处理函数里设置 tag `{key}` 的地方。',
    hint3: "`span.setTag('{key}', span.getBaggageItem('{key}'))`",
  },
  'L3-SRV-BAGGAGE': {
    title: 'baggage `{key}` 没有成为 tag',
    why: '评测程序发来的 baggage `{key}` 是 `{expected}`。它随上下文到了，却没有成为 tag：baggage 一路传递，没有人读就看不见。',
    'why.OTHER':
      '评测程序发来的 baggage `{key}` 是 `{expected}`，你的 tag `{key}` 却是 `{actual}`，那是另一个键的值。',
    hint1: 'baggage 用来传递，tag 用来展示和搜索。想看见它，就把它设成 tag。',
    hint2: '看处理函数，就在根据 extract 的结果创建 span 之后。',
    hint3: "`span.setTag('{key}', span.getBaggageItem('{key}'))`",
  },
  'L3-CLI-EXTRACT': {
    title: ':{port} 没有理会传进来的 trace',
    why: '评测程序带着 trace 调用了 :{port}，你的 span 却另起了一条。它今天是第一个服务，明天前面就可能再加一个。',
    'why.MISSING':
      '评测程序带着 trace 调用了 :{port}，你的 span 却另起了一条：那里没有调用 extract()。它今天是第一个服务，明天前面就可能再加一个。',
    'why.UNUSED':
      '评测程序带着 trace 调用了 :{port}，extract() 也读到了，结果却没有用上：创建 span 时要把它作为父级。',
    'why.EMPTY':
      '评测程序带着 trace 调用了 :{port}。extract() 调用了，却什么也没读到：给它的是这个请求的头吗？格式是 HTTP headers 吗？',
    hint1:
      '最前面的服务也是服务端。如果调用方没有接入追踪，extract 什么也得不到，span 就是根 span。',
    hint2: '看 :{port} 的处理函数。它后面那个服务里的两行，这里也需要。',
    hint3:
      "先 `const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);`，再 `tracer.startSpan('jaegerHttpOpname', rpcServerOption(parent))`。",
  },
  'L3-CLI-GLOBAL': {
    title: '两个同时到来的请求，混进了一条 trace',
    why: '评测程序同时发了两个请求，它们的 span 混在了一起：span 放在所有请求共用的变量里，后来的请求把前一个的覆盖了。',
    hint1: '属于一个请求的东西，就只能待在这个请求里：局部变量、参数，或者 context。',
    hint2: '在 {file} 里找找，有没有 span、context 或者请求头声明在函数外面。',
    hint3:
      '在处理函数里面写 `const span = …`（拦截器则写在处理这次调用的函数里），再用参数或 context 传下去：`contextWithSpan(background(), span)`。',
  },
  'L4-CLI-INTERCEPTOR': {
    title: '客户端的调用没有留下 span',
    why: '调用发出去了，也有应答，却没有创建 `{service}` 的 span `{span}`：拦截器没有装到这个客户端上。',
    hint1: '拦截器装在哪个客户端上，就只管哪个客户端的调用。',
    hint2: '看 greeter-client.ts 里创建客户端时的选项。',
    hint3:
      '`new Greeter(ADDRESS, credentials.createInsecure(), { interceptors: [gRPCClientInterceptor(tracer)] })`',
  },
  'L4-CLI-INJECT': {
    title: '这次调用没有带上 trace',
    why: '调用到了 :{port}，metadata 里没有 `uber-trace-id`。注入了吗？是在调用继续往下走之前吗？注入的是这次调用的 metadata 吗？',
    'why.MISSING':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：没有调用 inject()。gRPC 的 metadata 就相当于 HTTP 的请求头。',
    'why.TOO-LATE':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 执行时，调用已经走下去了。metadata 在调用一开始就发出。',
    'why.HEADERS-NOT-PASSED':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 写进的 metadata 不是这次调用所用的那一份。',
    hint1:
      '注入需要一个能设置键值的 carrier。metadata 可以胜任，只差中间转一道手，这就是 `MdWriter`。',
    hint2: '看客户端拦截器里的 `start(metadata, listener, next)`：交给 `next` 的是什么？',
    hint3:
      '在 `next(metadata, …)` 之前：`tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`，用的是同一份 metadata。npm 的 jaeger-client 只会写普通对象：先注入到一个对象，再逐个键 `metadata.set(key, value)`。',
  },
  'L4-CLI-WRONGCTX': {
    title: 'metadata 里带的是另一个 span',
    why: 'metadata 里写的是 span {actual}，而这次调用的 span 是 `{span}`，也就是 {expected}。服务端会把自己的 span 挂在 metadata 里的那个之下。',
    hint1: '注入的是谁，服务端的 span 就挂在谁下面，而发起调用的是 client span。',
    hint2: '看客户端拦截器里传给 inject 的是什么：父级的上下文，还是刚刚创建的 span 的上下文？',
    hint3: '`tracer.inject(clientSpan.context(), …)`',
  },
  'L4-CLI-BAGGAGE': {
    title: 'baggage `{key}` 没有传过去',
    why: '调用里没有 `uberctx-{key}`：它应当设置在 client span 上，而且要在 inject() 之前。',
    'why.MISSING': '调用里没有 `uberctx-{key}`：client span 上从来没有设置过它。',
    'why.TOO-LATE':
      '调用里没有 `uberctx-{key}`：setBaggageItem() 是在 inject() 之后调用的。写进 metadata 的，只是 span 在那一刻所知道的内容。',
    hint1: 'inject 只写一次。之后再给 span 加的东西就传不出去了。',
    hint2: '看客户端拦截器里这几行的顺序：创建 span、设置 baggage、inject。',
    hint3: "`clientSpan.setBaggageItem('{key}', 'gRPC-Baggage');` 放到 inject 的前面。",
  },
  'L4-CLI-EARLY': {
    title: '`{span}` 没等到应答就结束了',
    why: '调用才刚刚发起，`{span}` 就结束了。它量到的是发起调用花的时间，不是调用本身。',
    hint1: '调用是异步的：`start` 立刻就返回，而 status 总是最后才到。',
    hint2: '看客户端拦截器里 `finish()` 写在哪里。',
    hint3:
      '在 `start` 传下去的 listener 里：`onReceiveStatus(status, next) { …; clientSpan.finish(); next(status); }`。',
  },
  'L4-CLI-APPEND': {
    title: '`{key}` 带着不止一个值发出去了',
    why: 'metadata 里本来就有一个 `{key}`，你的又加在了它旁边。服务端会收到两个，用哪个全凭运气。夹在中间的服务最容易这样，博文里的 Go 程序也有这个毛病。',
    hint1: 'metadata 的一个键可以有多个值：`add` 是再加一个，`set` 是替换掉。',
    hint2: '看 `MdWriter.set` 里做了什么。',
    hint3: '`set(key, value) { this.metadata.set(key, value); }`',
  },
  'L4-SRV-INTERCEPTOR': {
    title: '服务端的应答没有留下 span',
    why: '服务端应答了，却没有创建 `{service}` 的 span `{span}`：拦截器没有装到这个服务端上。',
    hint1: '拦截器装在哪个服务端上，就只管哪个服务端的调用，而且要在创建服务端时给它。',
    hint2: '看 greeter.ts 里创建服务端的那一行。',
    hint3: '`new Server({ interceptors: [gRPCServerInterceptor(tracer)] })`',
  },
  'L4-SRV-EXTRACT': {
    title: '服务端另起了一条 trace',
    why: '评测程序在 metadata 里带着 trace 来调用，服务端的 span 却在另一条 trace 里：metadata 里的内容没有读，或者读了没有用。',
    'why.MISSING':
      '评测程序在 metadata 里带着 trace 来调用，服务端的 span 却另起了一条：没有调用 extract()。',
    'why.UNUSED':
      '评测程序在 metadata 里带着 trace 来调用，extract() 也读到了，结果却没有用上：创建 span 时不给父级，就会另起一条 trace。',
    'why.EMPTY':
      '评测程序在 metadata 里带着 trace 来调用。extract() 调用了，却什么也没读到：`MdReader.foreachKey` 把每个键值都交出去了吗？给它的是收到的那份 metadata 吗？',
    hint1:
      '提取需要一个能列出全部键值的 carrier。metadata 可以胜任，只差中间转一道手，这就是 `MdReader`。',
    hint2: '看服务端拦截器里 metadata 进来的地方：`withOnReceiveMetadata`。',
    hint3:
      '先 `const parent = tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata));`，再 `tracer.startSpan(path, rpcServerOption(parent))`；用 npm 的 jaeger-client 就是 `tracer.extract(FORMAT_TEXT_MAP, metadata.getMap())` 和 `{ childOf: parent }`。',
  },
  'L4-SRV-REF': {
    title: '`{span}` 与调用方的关系不对',
    why: '服务端的 span 用 FOLLOWS_FROM 引用了调用方，意思是调用方不等它。这里的调用方正等着，应当用 CHILD_OF。',
    hint1: '两种关系：ChildOf，父 span 依赖它的结果；FollowsFrom，父 span 只是起了个头，并不等它。',
    hint2: '看服务端拦截器里创建 span 时的选项。',
    hint3: '`rpcServerOption(parent)` 或者 `{ childOf: parent }`，不要用 `followsFrom`。',
  },
  'L4-SRV-HARDCODED': {
    title: 'tag `{key}` 的值不是从 baggage 来的',
    why: '评测程序发来的 baggage `{key}` 是 `{expected}`，你的 tag 却是 `{actual}`。要从 span 里读，下一个调用方带来的就不是这个值了。',
    hint1: '随调用来的 baggage，就在根据它创建的 span 里。',
    hint2: '看服务端拦截器里设置 tag `{key}` 的地方。',
    hint3: "`serverSpan.setTag('{key}', serverSpan.getBaggageItem('{key}'))`",
  },
  'L4-SRV-BAGGAGE': {
    title: 'baggage `{key}` 没有成为 tag',
    why: '评测程序发来的 baggage `{key}` 是 `{expected}`。它随上下文到了，却没有成为 tag：baggage 一路传递，没有人读就看不见。',
    hint1: 'baggage 用来传递，tag 用来展示和搜索。想看见它，就把它设成 tag。',
    hint2: '看服务端拦截器，就在根据 extract 的结果创建 span 之后。',
    hint3: "`serverSpan.setTag('{key}', serverSpan.getBaggageItem('{key}'))`",
  },
  'L4-SRV-EARLY': {
    title: '应答还没发出，`{span}` 就结束了',
    why: '方法还在干活，服务端的 span 就已经结束了：它量到的是请求进来的过程，不是应答。',
    hint1: '无论成功还是失败，发出 status 之后，服务端才算处理完一次调用。',
    hint2: '看服务端拦截器里 `finish()` 写在哪里：是有东西进来的地方，还是有东西出去的地方？',
    hint3:
      '`new ResponderBuilder().withSendStatus((status, next) => { …; serverSpan.finish(); next(status); })`',
  },
  'L4-SRV-CONTEXT': {
    title: '方法没有在自己的 span 里写东西',
    why: '这次调用的 span 上没有方法写的内容。如果方法里写了 log，那它就不是在装着拦截器 span 的 context 里运行的；方法本来就没什么要写，则不算错。',
    hint1:
      'grpc-js 不像 Go 那样给方法传 context。AsyncLocalStorage 可以替在它里面运行的一切保管一个。',
    hint2: '看服务端拦截器：`onReceiveHalfClose` 往下走的时候，方法才开始运行。',
    hint3:
      '`withOnReceiveHalfClose((next) => storage.run(contextWithSpan(background(), serverSpan), next))`',
  },
  'L4-OPNAME': {
    title: '`{actual}` 不是方法的全名',
    why: 'span 叫 `{actual}`，而方法是 `{expected}`。两个服务都可以有 SayHello：带上包名和服务名，两端才一致，也不会和别人重名。',
    hint1: 'gRPC 用路径来标识方法：`/包名.服务名/方法名`。客户端和服务端看到的是同一个。',
    hint2: '看拦截器里 startSpan 的第一个参数。',
    hint3: '客户端：`options.method_definition.path`。服务端：`methodDescriptor.path`。',
  },
  'P-TRACER': {
    title: '{service} 创建了不止一个 tracer',
    why: '同一个进程的 span 来自 {count} 个 tracer（各有各的 `client-uuid`）。多半是每个请求都创建了一个：每个都占着 socket、队列和定时器，却没有人关闭。',
    hint1: 'tracer 属于进程，span 属于请求。',
    hint2: '找到创建 tracer 的地方：是不是写在会执行多次的函数里？',
    hint3:
      "在文件开头创建一次：`const [tracer, closer] = initJaeger('{service}');`，再把 `tracer` 传下去。",
  },
  'P-OPNAME': {
    title: '操作名里混进了数据',
    why: '有 {count} 个操作名是同一个模样，例如 `{actual}`。操作名说的是哪一类工作；带上了 id，每个请求就自成一类，没法比较，也没法查找。',
    hint1: '所有请求都一样的放进操作名，各不相同的放进 tag。',
    hint2: '找一找名字是拼接出来的 startSpan。',
    hint3: "`startSpan('{expected}')`，再 `span.setTag('…', value)`。",
  },
  'D-SHORT': {
    title: '`{span}` 没等到应答就结束了',
    why: '评测程序让对方故意慢了一些，`{span}` 却没有等：应答还没到，它就结束了。它量到的是发问，不是回答。',
    'why.SERVER':
      '应答花了不少时间，`{span}` 却几乎没有时长：工作还没做完，它就结束了。它量到的只是请求进来，而不是应答。',
    hint1: 'client span 从发起请求开始，到读完应答为止。',
    hint2: '看 `{span}` 在哪里结束，前面是不是漏了 `await`。',
    hint3:
      '`const answer = await fetch(…); const body = await answer.text(); … span.finish();`，finish 最好放在 `finally` 里。',
  },
  'T-ORPHAN': {
    title: '`{span}` 的父 span 一直没有来',
    why: '`{span}` 的父 span `{parent}` 不在库里：创建了，却没有结束。span 要到 finish() 时才上报。',
    hint1: '有始就要有终，每条路径都一样：抛异常、提前 return 也不例外。',
    hint2: '找到创建 `{parent}` 的函数，把每个出口都走一遍。',
    hint3: '`const span = …; try { … } finally { span.finish(); }`',
  },
  'T-OUTLIVES': {
    title: '`{parent}` 比它的子 span 先结束',
    why: '`{span}` 还在运行，`{parent}` 就结束了：要么 finish() 调用得太早，要么前面漏了 `await`。',
    hint1: '等待别人的 span 总是后结束。父 span 更短，说明它没有等。',
    hint2: '看 `{parent}` 里面启动 `{span}` 的那次调用：有 await 吗？',
    hint3: '先 `await callService1(ctx, …);`，然后才是 `span.finish()`。',
  },
  'T-REVERSED': {
    title: '`{span}` 和 `{parent}` 的父子关系反了',
    why: '`{parent}` 挂在了 `{span}` 之下，其实是 `{parent}` 调用 `{span}`。谁发起调用，谁是父 span。',
    hint1: 'childOf 是子 span 说的：它指明自己属于哪个 span。',
    hint2: '看两者创建的地方：哪个在先？是哪个指向了哪个？',
    hint3:
      "先 `const parent = tracer.startSpan('{parent}')`，再 `tracer.startSpan('{span}', { childOf: parent })`。",
  },
  'T-SPLIT': {
    title: '一条 trace 变成了 {count} 条',
    why: '本应是一条 trace，到的却是 {count} 条，根 span 分别是 {actual}。创建 span 时不给父级，就会另起一条 trace。',
    hint1: 'span 并不知道别的 span，得有人告诉它：进程内靠 context 或 childOf，进程之间靠请求头。',
    hint2: '除第一个以外，逐个看这些根 span：创建它的函数是谁调用的，传下去的是什么？',
    hint3:
      '`const ctx = contextWithSpan(background(), span);`，把 `ctx` 传下去，在那边 `const [child, childCtx] = startSpanFromContext(ctx, …)`。不用 context 的话：`{ childOf: span }`。',
  },
  'T-PARENT': {
    title: '`{span}` 挂错了位置',
    why: '`{span}` 挂在 `{actual}` 之下，而它应当挂在 `{expected}` 之下：是后者调用了它。',
    'why.ROOT':
      '`{span}` 挂在了 `{actual}` 之下，而它上面不该有别的 span：它是根 span，一切从它开始。',
    'why.MISSING':
      '`{span}` 没有挂在本课的任何 span 之下，而它应当挂在 `{expected}` 之下：是后者调用了它。',
    hint1: '父 span 是直接调用方的 span，不一定是最开头的那个。',
    hint2: '看创建 `{span}` 的地方：它的父级来自哪个 context，或者哪个 childOf？',
    hint3:
      '把调用方从 startSpanFromContext 得到的 context 传下去；或者 `{ childOf: callerSpan }`。',
  },
  'A-NAME': {
    title: '`{actual}`？本课要的是 `{expected}`',
    why: '有一个 span 叫 `{actual}`，本课要的是 `{expected}`。搜索时这就是两个不同的操作，大小写也算。',
    hint1: '操作名是逐个字符比较的。',
    hint2: '找到创建 `{actual}` 的地方。',
    hint3: "`'{expected}'`",
  },
  'A-SERVICE': {
    title: '`{span}` 来自另一个服务',
    why: '`{span}` 是 `{actual}` 上报的，它应当属于 `{expected}`。服务名是 tracer 的：哪个 tracer 创建的 span，就署哪个的名。',
    hint1: 'span 由哪个服务的 tracer 创建，就属于哪个服务。',
    hint2: '看创建 `{span}` 的是哪个 tracer，它创建时给的是什么名字。',
    hint3: "`initJaeger('{expected}')`",
  },
  'A-KIND': {
    title: '`{span}` 没有说清自己是哪一端',
    why: '`{span}` 应当有 `span.kind={expected}`，现在是 `{actual}`。kind 说明谁在调用、谁在应答，系统的调用关系图就靠它来画。',
    'why.MISSING':
      '`{span}` 没有 `span.kind`，应当是 `{expected}`。kind 说明谁在调用、谁在应答，系统的调用关系图就靠它来画。',
    hint1: '发起调用的是 `client`，应答的是 `server`。',
    hint2: '看创建 `{span}` 的地方和它的 tag。',
    hint3:
      "`span.setTag(Tags.SPAN_KIND, '{expected}')`；服务端用 `rpcServerOption(parent)` 就会带上。",
  },
  'A-TAG': {
    title: '`{span}` 的 tag `{key}` 不对',
    why: '`{span}` 上是 `{key}={actual}`，本课要的是 `{key}={expected}`。',
    'why.MISSING': '`{span}` 上没有 tag `{key}`，本课要的是 `{key}={expected}`。',
    'why.NEAR': '`{actual}`？本课要 `{span}` 上的 tag 叫 `{key}`，一个字符也不能差。',
    hint1: 'tag 是一个键和一个值，设置在某一个 span 上。键逐个字符比较；`1` 和 `"1"` 也不一样。',
    hint2:
      '找到 `{span}` 上的 setTag。`sampler.type` 和 `sampler.param` 不在其列：它们是 tracer 写的，说明用的是哪个采样器。',
    hint3: "`span.setTag('{key}', …)`，值为 {expected}，要在 `{span}` 结束之前。",
  },
  'A-LOG': {
    title: '`{span}` 的 log 与课文不符',
    why: '`{span}` 没有哪条 log 同时含有 {expected}。',
    'why.MISSING': '`{span}` 上没有含 {expected} 的 log。',
    'why.NEAR': '`{span}` 上有一条 log 是 {actual}，本课要的是 {expected}。',
    hint1: 'log 记录 span 进行中的一个时刻，带若干字段。同一时刻的字段写在同一次 log 里。',
    hint2: '找到 `{span}` 上的 log：键和值逐个字符对照，而且要在 finish() 之前。',
    hint3: '`span.log({ … })`，内容为 {expected}。',
  },
  'X-ERROR': {
    title: '`{span}` 掩盖了一个错误',
    why: '评测程序让这次调用失败了，`{span}` 看上去却一切正常。trace 里看不出错误，到了要查错的那天就派不上用场：应当有 `error=true`，以及一条 `event=error` 的 log。',
    'why.TAG': '评测程序让这次调用失败了，`{span}` 上没有 tag `error=true`。',
    'why.UNFINISHED':
      '评测程序让这次调用失败了，`{span}` 始终没有到：函数没走到 finish() 就退出了，偏偏出错的这一次谁也看不到。',
    'why.LOG':
      '评测程序让这次调用失败了，`{span}` 有 `error=true`，却没有一条 `event=error` 的 log 说明原因。',
    hint1: 'tag 让 span 变红、能被搜到，log 说明何时出了什么事。',
    hint2: '看 `{span}` 的哪个出口：调用抛了异常，或者应答并不是成功。',
    hint3:
      "`catch (error) { span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: error.message }); throw error; }`；gRPC 则写在收发 status 的地方，status 不是 OK 的时候。",
  },
  'T-MISSING': {
    title: '缺少 `{span}`',
    why: 'trace 里没有 `{service}` 的 span `{span}`。要么没有创建，要么换了名字。',
    hint1: '一件工作一个 span：没有 span 的，在 trace 里就看不见。',
    hint2: '找到 `{span}` 所代表的那个函数：调用到了吗？里面创建 span 了吗？',
    hint3:
      "`const [span] = startSpanFromContext(ctx, '{span}');` 或 `tracer.startSpan('{span}', { childOf: … })`，最后 `span.finish()`。",
  },
  'T-EXTRA': {
    title: '`{span}` 比实际调用的次数多',
    why: '`{span}` 应当有 {expected} 个，来了 {count} 个：同一件工作追踪了两遍。',
    hint1: '欢迎多加自己的 span。不过这里是把一次调用算成了几次。',
    hint2: '找出所有创建 `{span}` 的地方：是不是函数外面一个、里面又一个？',
    hint3: '留下干活的函数里面的那个，去掉另一个。',
  },
  'T-DOUBLE': {
    title: '`{span}` 结束了两次',
    why: '一次就够了：第二次 finish() 什么也不会改变，有的客户端还会把这个 span 再上报一遍。',
    hint1: '一个 span 只结束一次。',
    hint2: '找到 `{span}` 的 finish()：是不是 `try` 里一次，`finally` 里又一次？',
    hint3: '只留 `finally` 里的那一次。',
  },
  'L0-PORT': {
    title: '后端的 :{port} 不正常',
    why: '课程要用到 :{port}，它的状态是：{error}。',
    hint1: '后端的每个组件都有一个端口，用来报告自己是否健康。',
    hint2: '`npm run doctor` 会列出全部端口，以及被谁占用。',
    hint3: '停掉占用端口的进程，再运行 `npm start`。',
  },
  'L0-ROUNDTRIP': {
    title: 'span 发出去了，却查不到',
    why: '评测程序向 UDP {port} 发了一个 span，再到 query 服务去查，规定时间内没有查到。后面各课都要走这条路。',
    hint1: 'agent、collector、存储、query：一个 span 要过这四关，你才能看到它。',
    hint2: '`npm run doctor` 会显示谁有应答。它们是同一套后端的，还是两套混在了一起？',
    hint3: '把正在运行的后端都停掉，再 `npm start`，重试一次。',
  },
  'L0-ANSWER': {
    title: '第 {key} 题：再看看 trace',
    why: '第 {key} 题你答的是 `{actual}`。再打开 trace 看一看，答案就在上面：你的 trace 和别人的都不一样。',
    'why.MISSING': '第 {key} 题还没有作答。',
    hint1: '一个横条就是一个 span，条的长度就是耗时，缩进在它下面的就是它调用的。',
    hint2:
      '点开 span，可以看到 tag、log 和所属的服务。span 自身的耗时，要从总耗时里减去各个子 span 的。',
    hint3: '最上面的是根 span。tag 只留在自己的 span 上；baggage 是后面的 span 都能读到的。',
  },
};
