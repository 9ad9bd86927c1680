import type { Translated } from './rule-words.ts';
import type { rulesEn } from './rules.en.ts';

/** 被调用的服务里的 extract()，入口和下游都一样。 */
const EXTRACT_MISUSED = {
  'why.MISUSED':
    '评测程序带着 trace 上下文调用了 :{port}，extract() 也读到了，`childOf` 写的却是别的值，从中读不出是哪个 span：没有父 span，就会另起一条 trace。',
  'why.EMPTY':
    '评测程序带着 trace 上下文调用了 :{port}。extract() 调用了，却什么也没读到：传给它的是这个请求的请求头吗？格式是 FORMAT_HTTP_HEADERS 吗？',
  'title.EXCHANGED': 'extract() 的参数顺序不对',
  'why.EXCHANGED':
    '评测程序带着 trace 上下文调用了 :{port}。extract() 调用了，参数的顺序却不对：它把 carrier 当成了格式，所以什么也没读到。',
  'hint1.EXCHANGED':
    'extract() 的两个参数依次是怎么读、从哪里读：先是格式，后是 carrier。tracer 不会向业务代码抛异常，用不了的参数只会跳过并打一条日志。',
  'hint2.EXCHANGED': '看 extract() 的两个参数。',
  'hint3.EXCHANGED': '`tracer.extract(FORMAT_HTTP_HEADERS, request.headers)`',
  'why.AS-OPTIONS':
    '评测程序带着 trace 上下文调用了 :{port}，extract() 也读到了，结果却直接当成了 startSpan 的第二个参数。那里要的是选项，父 span 写在 `childOf` 里；没有它，就会另起一条 trace。',
  'hint1.AS-OPTIONS':
    'startSpan 的第二个参数是选项，每一项都有自己的键。直接放一个 span 或者上下文，里面没有 `childOf` 这一项，也就没有父 span。',
  'hint2.AS-OPTIONS': '看 startSpan 的第二个参数。',
  'hint3.AS-OPTIONS':
    "`tracer.startSpan('…', rpcServerOption(parent))`，或者把 `parent` 写成 `{ childOf: parent }`。",
} as const;

/** rules.en.ts 的简体中文版：规则、键、`{占位符}` 都相同。 */
export const rulesZhCN: Translated<typeof rulesEn> = {
  'W-CRASH': {
    title: '{file} 报错退出了',
    'title.SWAPPED': '{file} 把 context 当成了 span',
    'why.SWAPPED':
      '{actual} 处调用了 `{method}()`，点号前面的却不是 span。startSpanFromContext 返回一对值，先是 span，再是 context，{file} 拆开时的顺序却不是这样。',
    'hint2.SWAPPED': '在 {file} 里看每个 startSpanFromContext 左边的方括号：哪一个在前？',
    'hint3.SWAPPED':
      '`const [span, ctxOfSpan] = startSpanFromContext(ctx, …);`：先是 span，再是 context。',
    'title.ANSWER': '请求 {file} 时出错了',
    'title.STUCK': '{file} 报错之后卡住了',
    'title.LISTENER': '`start` 没有把 listener 传下去',
    'title.PAIR': '{file} 把别的东西当成了 span 或 tracer',
    'title.UNPACKED': '{file} 拆开的不是一对值',
    'title.NO-PAIR': '`{method}` 返回的不是一对值',
    'title.PROMISED': '`initJaeger` 返回的是 promise',
    'title.NOTHING': '`initJaeger` 什么也没有返回',
    'title.ALONE': '`initJaeger` 只返回了 tracer，没有返回 closer',
    'title.GLOBAL': '传给 `initGlobalTracer` 的不是 tracer',
    'title.CALLBACK': '{file} 里的处理函数把响应当成错误交了出去',
    why: '报错信息：{error}。程序要先能完整跑完，trace 才有检查的意义。',
    'why.ANSWER': '程序在运行，但请求它时出错了：{error}。它要先能正常响应，trace 才有检查的意义。',
    'why.STUCK':
      '它打印了一条报错就没有下文了，只好强行停掉：{error}。程序要先能完整跑完，trace 才有检查的意义。',
    'why.LISTENER':
      '调用报错停住了：{error}。`start` 调用 `next` 时只给了 metadata。第二个参数是接收响应的 listener，grpc-js 马上就要用到它。',
    'why.PAIR':
      '报错信息：{error}。点号前面的值既不是 span，也不是 tracer。`startSpanFromContext` 和 `initJaeger` 返回的都是一对值，要先拆开。',
    'why.UNPACKED':
      '报错信息：{error}。等号左边的方括号用来拆开一对值，可是右边的并不是一对值。`startSpanFromContext` 和 `initJaeger` 返回一对值，`tracer.startSpan` 返回的只是一个 span。',
    'why.NO-PAIR':
      '报错信息：{error}。这一行要拆开 `{method}` 的返回值，可它返回的不是一对值。函数里没有 `return`，就什么也不返回；写成 `async`，返回的是 promise；只返回 tracer，就少了 closer。',
    'why.PROMISED':
      '报错信息：{error}。`initJaeger` 写成了 `async`：调用它的人拿到的是 promise，里面还没有 tracer。其实它没有什么要等的。',
    'why.NOTHING':
      '报错信息：{error}。`initJaeger` 执行到最后也没有 `return`：tracer 也许创建了，却没有交给任何人。',
    'why.ALONE':
      '报错信息：{error}。调用 `initJaeger` 的人要从返回值里拆出两样东西，tracer 和用来关闭它的 closer，现在只有一样。',
    'why.GLOBAL':
      '报错信息：{error}。对 opentracing 全局 tracer 的每次调用，都会转给传给 `initGlobalTracer` 的那个值，而那个值不会创建 span：它是整个一对值，或者是把 tracer 包在里面的对象。',
    'hint1.NO-PAIR': '等号左边的方括号，是从列表里取出第一个和第二个值。不是列表，就不能这样拆。',
    'hint2.NO-PAIR':
      '不要只看调用的那一行，要看 `{method}` 本身：它是 `async` 吗？每个分支返回的是什么？',
    'hint3.NO-PAIR':
      '`function initJaeger(service) { …; return [tracer, tracer]; }`，不要加 `async`：tracer 自己就能关闭自己，所以它也是 closer。',
    'hint1.PROMISED':
      '创建 tracer 不需要等待：上报是它之后自己做的事。没有什么要等的函数，不必写成 `async`。',
    'hint2.PROMISED': '看 {file} 里 `initJaeger` 的第一行。',
    'hint3.PROMISED': '`export function initJaeger(service, config) {`，不要加 `async`。',
    'hint1.NOTHING':
      '函数返回的是 `return` 后面的值；没有执行到 `return`，返回的就是 `undefined`。',
    'hint2.NOTHING': '看 {file} 里 `initJaeger` 的每个出口：都有 `return` 吗？`try` 后面的也有吗？',
    'hint3.NOTHING':
      '最后一行写 `return [tracer, tracer];`：tracer 自己就能关闭自己，所以它也是 closer。',
    'hint1.ALONE':
      'span 先在 tracer 里等着上报。拿到 tracer 的人，最后要有办法关闭它，所以两样要一起给。',
    'hint2.ALONE': '看 {file} 里 `initJaeger` 的 `return`。',
    'hint3.ALONE': '`return [tracer, tracer];`：tracer 自己就能关闭自己，所以它也是 closer。',
    'hint1.GLOBAL':
      '各种库，还有 `startSpanFromContext`，都向全局 tracer 要 span。它自己没有 span，背后要有一个真正的 tracer，而且就是 tracer 本身。',
    'hint2.GLOBAL': '看 {file} 里 `initGlobalTracer` 那一行：参数里装的是什么？',
    'hint3.GLOBAL': '`const [tracer, closer] = initJaeger(…); initGlobalTracer(tracer);`',
    'why.CALLBACK':
      '调用以这样的错误结束：{error}。处理函数调用 callback 时，第一个参数并不是错误：既没有 code，也没有 message。这个位置是留给错误的，所以 grpc-js 当成调用失败来处理。',
    'hint1.CALLBACK': 'Node 的 callback 先传错误，没有错误就传 `null`，后面才是结果。',
    'hint2.CALLBACK': '在 {file} 里找出每一处对 callback 的调用：第一个参数是什么？',
    'hint3.CALLBACK': '`callback(null, { msg: … })`',
    hint1: '看报错的第一行，不要看最后一行：第一行说明出了什么错，下面的都是调用栈。',
    hint2: '打开 {place}，找到报错所指的位置：{error}',
    'hint2.STUCK': '在 {file} 和它引入的文件里，找到报错提到的地方：{error}',
    'hint2.PAIR': '在 {place} 里找到给这个变量赋值的地方：{error}',
    'hint2.UNPACKED': '在 {place} 里找到报错所指的那一行：等号右边是一对值吗？{error}',
    'hint3.UNPACKED':
      '`const span = tracer.startSpan(…);` 不加方括号；`const [span, ctxOfSpan] = startSpanFromContext(ctx, …);` 和 `const [tracer, closer] = initJaeger(…);` 要加。',
    'hint3.PAIR':
      '`const [span, ctxOfSpan] = startSpanFromContext(ctx, …);` 和 `const [tracer, closer] = initJaeger(…);`：顺序如此，方括号不能少。',
    hint3:
      '如果报的是 undefined、not defined 或 not a function，对照一下 {place} 里用到的名字，和文件开头的 import、所在函数的参数是不是一致。下划线也是名字的一部分。',
    'hint2.LISTENER': '看 client-interceptor.ts 里 `withStart` 的 `next`：给了两个参数吗？',
    'hint3.LISTENER':
      '`next(metadata, listener.build());`，这个 `listener` 就是在 `withOnReceiveStatus` 里结束 span 的那个。',
    'hint3.STUCK':
      '如果报的是 undefined、not defined 或 not a function，对照一下用到的名字，和那个文件开头的 import、所在函数的参数是不是一致。下划线也是名字的一部分。',
    'title.NO-LIST': '`{method}` 的返回值没法循环',
    'why.NO-LIST':
      '报错信息：{error}。`for … of` 要从列表里逐个取值，`{method}` 返回的却不是列表。如果 `{method}` 是 `async` 函数，那就是前面少了 `await`：它返回的是 promise，要 `await` 才能拿到里面的列表。',
    'hint1.NO-LIST':
      '`async` 函数一调用就返回 promise，不管 `return` 后面写的是什么。只有 `await` 才会等到结果。',
    'hint2.NO-LIST': '看 {place} 里报错所指的那一行，再看 `{method}` 的第一行：{error}',
    'hint3.NO-LIST': '`for (const line of await {method}()) …`',
  },
  'W-HANG': {
    title: '{file} 一直没有结束',
    'title.METHOD': '{file} 里的处理函数一直没有响应',
    'title.FAILING': '{file} 里的处理函数没有响应 `boom`',
    'title.UNANSWERED': '{file} 没有响应',
    'title.STUCK': '{file} 没有响应',
    why: '等了很久也没结束，只好强行停掉。程序里还有没完成的事：没有 resolve 的 promise、没有响应的请求，或者没有关闭的连接、定时器。',
    'why.UNANSWERED':
      '有请求到了 {file}，它的 span 创建了，也结束了，响应却没有发：处理函数已经执行完，一直没有发响应。',
    'why.STUCK':
      '有请求到了 {file}，没有响应，那里也没有什么还在进行的事能带来响应：没有定时器，也没有发出去的调用。错误被 `catch` 住却没有打印出来，会这样；promise 没有人 resolve，也会这样。',
    'why.METHOD':
      '调用到了 {file} 里的处理函数，却一直没有响应发出：callback 没有被调用。拦截器已经放行，没有响应的是处理函数自己。',
    'why.FAILING':
      '评测程序用 `boom` 来调用，处理函数应当返回错误。调用到了 {file} 里的处理函数，callback 却没有被调用。失败的调用也要响应：没有 status，调用方就要一直等到自己的 deadline，两边的 span 也都结束不了。',
    'hint2.FAILING':
      '看 {file} 里处理函数拒绝请求的那个分支：最后调用 callback 了吗，还是只有一个 `return`？',
    'hint3.FAILING': "`callback({ code: status.INTERNAL, details: 'boom' })`",
    'why.HANDLER':
      '有调用到了 {file}，span 也创建了，响应却一直没有发出：要么没有执行到处理函数，要么处理函数没有响应。拦截器收到的，都要继续往下传。',
    hint1: 'Node 进程要等所有待处理的事都完成了才会退出；一个请求要发回响应才算结束。',
    hint2:
      '在 {file} 里顺着一次运行走一遍：哪个 await 等不到结果？哪个回调没有被调用？出错的分支也发回响应了吗？',
    'hint2.UNANSWERED':
      '把 {file} 里的处理函数按每个分支走一遍：发响应的是哪一行？每个 `catch` 又怎么处理错误？',
    'hint2.STUCK':
      '把 {file} 里的处理函数一行一行走一遍：执行到了哪里？每个 `catch` 里都把错误打印出来，再找找有没有等不到结果的 `await`。',
    'hint3.UNANSWERED':
      '每个分支都要 `response.send(…)`，`catch` 里也要：`response.status(502).send(…)`。',
    'hint3.STUCK':
      '每个分支都要 `response.send(…)`，`catch` 里也要：`response.status(502).send(…)`。',
    'hint2.METHOD':
      '把 {file} 里的处理函数按每个分支走一遍：每个分支都调用 callback 了吗？出错的分支呢？',
    'hint2.HANDLER':
      '看 server-interceptor.ts 里 listener 和 responder 的每个方法：`next` 是调用了，还是只写了个名字？再看处理函数：每个分支都调用 callback 了吗？',
    'hint3.METHOD':
      '每个分支都要二选一：`callback(null, { msg: … })` 或者 `callback({ code: status.INTERNAL, details: … })`。',
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
    'title.UNUSED': 'tracer 创建了，{file} 用的却是另一个',
    'why.UNUSED':
      '`initTracer` 创建了 tracer，却没有用它创建过 span：span 是向另一个 tracer 要的，也就是 opentracing 自带的空实现（noop）。调用它不报错，也什么都不会上报。',
    'hint2.UNUSED':
      '在 {file} 里往回找，tracer 是从哪里来的：返回的是 `initTracer` 创建的那个，还是 `try` 外面的同名变量？',
    'hint3.UNUSED':
      '`const tracer = initTracer({ … }); return [tracer, tracer];`，两句写在同一对花括号里。',
    why: '程序正常跑完了，但没有通过 tracer 创建过 span，或者用的 tracer 是空实现。opentracing 自带的 `Tracer` 就是空实现（noop）：调用它不报错，也什么都不会上报。',
    'title.GLOBAL': '全局 tracer 那时还是空实现',
    'why.GLOBAL':
      '创建 `{span}` 的时候，opentracing 的全局 tracer 还是空实现（noop）：`initGlobalTracer` 在 {file} 里写在了后面，或者根本没有写。在那之前，调用它不报错，也什么都不会上报。',
    'title.DISABLED': '{file} 的 tracer 被禁用了',
    'why.DISABLED':
      '{file} 用的是本项目客户端的 tracer，但它被禁用了：span 照样创建，却一个也不会保留。不报错，也什么都不会上报。',
    'hint2.DISABLED':
      '看传给 `initTracer` 的配置：里面有没有 `disabled`？环境变量里有没有设置 `JAEGER_DISABLED`？',
    'hint3.DISABLED': '去掉 `disabled`：`initTracer({ serviceName, sampler, reporter })`。',
    'title.REFUSED': '`initTracer` 没有创建出 tracer，错误却被吞掉了',
    'why.REFUSED':
      '`initTracer` 不接受传给它的配置：{error}。它抛出了这个异常，却被 catch 住了；{file} 接着用的是一个空实现的 tracer，或者根本没有 tracer。',
    'hint1.REFUSED':
      '配置写错了就会抛异常，异常里会说明是哪一项。catch 住之后当作什么都没发生，最需要的那一行信息也就看不到了。',
    'hint2.REFUSED':
      '看异常里说的那一项配置。再找到 `initTracer` 外面的 `catch`：它拿到异常之后做了什么？',
    'hint3.REFUSED':
      "`initTracer({ serviceName, sampler: { type: 'const', param: 1 }, reporter })`；`catch` 里打印异常，然后退出：`process.exit(1)`。",
    hint1: 'opentracing 只是一套接口。背后没有真正的 tracer，程序照样能跑，只是没有 trace。',
    hint2:
      '在 {file} 里往回找，tracer 是从哪里来的：opentracing 的 `new Tracer()`？没有设置过的全局 tracer？还是配置成了 `disabled`？',
    'hint2.GLOBAL': '在 {file} 里找到 `initGlobalTracer` 和创建 `{span}` 的那一行：哪一行在前？',
    'hint3.GLOBAL':
      '`const [tracer, closer] = initJaeger(…); initGlobalTracer(tracer);`，写在创建第一个 span 之前。',
    hint3:
      "创建一个真正的 tracer，用它来建 span：`const [tracer, closer] = initJaeger('…'); const span = tracer.startSpan('…')`。如果写的就是 `initJaeger`：`initTracer({ serviceName, sampler, reporter })`。",
    'title.PATH': '发往 :{port} 的请求要的是 `{actual}`，那里没有这个路径',
    'why.PATH':
      '{file} 收到的请求是 `{actual}`，返回了 404：课文里 :{port} 上的路径是 `{expected}`。它的处理函数都没有执行，自然没有 span。对 fetch 来说，404 也是正常的响应，调用方照样往下走了。',
    'hint1.PATH':
      '一个地址由主机、端口和路径组成。路径不对，express 找不到处理函数，就自己返回 404。',
    'hint2.PATH': '看发起请求的服务里写的地址，再看 {file} 里的路径：逐字比较。',
    'hint3.PATH': '`http://localhost:{port}{expected}`',
  },
  'S-NOTSAMPLED': {
    title: 'span 全被采样器丢弃了',
    'title.SHARE': '采样器只采了一部分 trace',
    why: '{file} 结束了 {finished} 个 span，采样器一个也没采。`const` 的 param 为 0 就是全部丢弃；采样率太低，多半也一个都采不到。',
    'why.SHARE':
      '新建 {count} 条 trace，`initJaeger` 里的采样器只采了大约 {actual}。本课只有一个 span，采没采到全凭运气；用 `const` 1 就一定采到。',
    'title.PRIORITY': '`{span}` 让自己的 trace 被丢弃了',
    'why.PRIORITY':
      '{file} 结束了 {finished} 个 span，一个也没采。`{span}` 带有 tag `sampling.priority`，值不大于 0：不管采样器怎么决定，整条 trace 都会被丢弃。',
    'hint1.PRIORITY':
      '`sampling.priority` 不是普通的 tag，它能推翻采样器的决定：大于 0 就保留这条 trace，0 就丢弃。',
    'hint2.PRIORITY': '看 {file} 里 `{span}` 的各个 tag：哪一个和采样有关？',
    'hint3.PRIORITY': '去掉 tag `sampling.priority`：采不采样，由采样器决定。',
    hint1: '采不采样，在 trace 开始时就由采样器决定了。没有被采样的 span 不会上报。',
    hint2: '看 tracer 配置里的 `sampler`，以及环境变量 `JAEGER_SAMPLER_*`。',
    hint3: "全量采样：`sampler: { type: 'const', param: 1 }`。",
  },
  'T-UNFINISHED': {
    title: '`{span}` 创建了，却没有结束',
    'title.LISTENER': '你的 listener 收不到 status',
    'title.DEAF': '你的 listener 收不到 status',
    why: 'span 要到 finish() 时才上报，在那之前不知道它会持续多久。`{span}` 一直没有结束，所以 trace 里没有它，它的子 span 也就找不到父 span。',
    'why.EXIT':
      '`{span}` 还没结束，程序就调用 `process.exit` 退出了。`process.exit` 之后的代码都不会执行，`finally` 也不例外。',
    'why.LISTENER':
      '`{span}` 创建了，却没有结束：`start` 往下传的是它收到的那个 listener。那是调用方的；不经过你的 listener，它就什么也收不到。',
    'why.DEAF':
      '`{span}` 创建了，却没有结束：`start` 往下传的 listener 里没有 `onReceiveStatus`，调用结束时你的代码得不到通知。',
    'why.STOPPED':
      '`{span}` 创建了，却没有结束，也没有写 log：看来那个函数只执行到一半。也许有异常被 catch 住又没有打印，也许提前 return 了。',
    'why.SHARED':
      '`{span}` 创建了，却没有结束；而在它运行期间创建的 `{actual}` 结束了两次。所以两者多半放在同一个变量里：`{actual}` 覆盖了 `{span}`，本该结束 `{span}` 的 finish() 就落到了 `{actual}` 上。',
    'hint1.SHARED':
      '一个变量只能放一个 span。中途调用的函数把自己的 span 放进同一个变量，原来的那个就丢了。',
    'hint2.SHARED': '看结束 `{span}` 的是哪个变量：它声明在函数里面，还是声明在所有函数外面？',
    'hint3.SHARED': '在每个创建 span 的函数里面写 `const span = …`，不要共用外面的变量。',
    hint1: '创建了就要结束，每条路径都要顾到：抛异常、提前 return 也不例外。',
    hint2: '找到创建 `{span}` 的函数，把每个出口都走一遍。',
    'hint2.LISTENER':
      '看 client-interceptor.ts 里 `withStart` 的 `next`：第二个参数是你自己构建的 listener 吗？',
    'hint2.DEAF':
      '看 client-interceptor.ts 里 `withStart` 交给 `next` 的 listener：有 `withOnReceiveStatus` 吗？调用 `.build()` 了吗？',
    'hint3.LISTENER':
      '`next(metadata, listener.build());`，这个 `listener` 就是在 `withOnReceiveStatus` 里结束 span 的那个。',
    'hint3.DEAF':
      '先 `const listener = new ListenerBuilder().withOnReceiveStatus((status, nextStatus) => { …; nextStatus(status); });`，再 `next(metadata, listener.build());`。',
    'hint2.STOPPED':
      '逐行看创建 `{span}` 的函数：执行到哪一行了？把里面和外面每个 `catch` 到的错误都打印出来。',
    hint3: '`const span = …; try { … } finally { span.finish(); }`',
    'title.TWICE': '`{span}` 创建了两次，其中一个没有结束',
    'why.TWICE':
      'startSpanFromContext 接连调用了两次，每次都创建了一个 `{span}`：一次只用了 span，另一次只用了 context。从那个 context 创建的 span，都挂在一个谁也拿不到、也就没法结束的 span 之下。其实调用一次，两样就都有了。',
    'hint1.TWICE':
      'startSpanFromContext 每调用一次就创建一个 span。它返回的两样东西是配套的：一个 span，以及带着这个 span 的 context。',
    'hint2.TWICE': '找出每个创建 `{span}` 的 startSpanFromContext：左边的方括号里写了什么？',
    'hint3.TWICE':
      "`const [span, ctxOfSpan] = startSpanFromContext(ctx, '{span}');`，只调用一次：`span` 用来结束，`ctxOfSpan` 往下传。",
  },
  'R-NOFLUSH': {
    title: 'span 还没发出，程序就退出了',
    'title.IDLE-CLOSER': '`initJaeger` 返回的 closer 没有关闭任何 tracer',
    'why.IDLE-CLOSER':
      '{file} 结束了 {finished} 个 span，一个也没有到达，也没有关闭过任何 tracer。评测程序自己调用了你的 `initJaeger`，并关闭了得到的 closer：它的 `close()` 没有关闭一起返回的 tracer。还在排队的 span，只有 tracer 自己关闭时才会马上发送。',
    'hint2.IDLE-CLOSER':
      '看 tracing.ts 里 `initJaeger` 的 `return`：第二个值的 `close()` 做了什么？',
    'hint3.IDLE-CLOSER':
      '`return [tracer, tracer];`：tracer 自己就能关闭自己，所以它也是 closer。{file} 的末尾写 `await closer.close();`。',
    why: '{file} 结束了 {finished} 个 span，一个也没有到达 agent。reporter 把 span 攒成批，大约每秒发一次；还没等到发送，程序就退出了。',
    'why.CLOSED':
      '{file} 结束了 {finished} 个 span，一个也没有到达：它们结束的时候，tracer 已经关闭了。关闭之后的 tracer 什么也不会再发。',
    'why.UNCLOSED':
      '{file} 结束了 {finished} 个 span，一个也没有到达，也没有关闭过任何 tracer。reporter 把 span 攒成批，大约每秒发一次；还没等到发送，程序就退出了。只有关闭 tracer 才会马上发送。',
    'why.OTHER-TRACER':
      '{file} 结束了 {finished} 个 span，一个也没有到达。关闭的是另一个 tracer，不是创建这些 span 的那个：每个 tracer 只发自己的 span，其余的随进程一起丢了。',
    'why.CLOSING':
      '{file} 结束了 {finished} 个 span，一个也没有到达。tracer 的关闭开始了，但还没发完，程序就退出了：`close()` 只是开始关闭，它返回一个 promise。',
    'title.BY-CHANCE': 'span 到达只是碰巧',
    'why.BY-CHANCE':
      '{file} 里的 span 结束了，创建它们的 tracer 却一直没有关闭。它们能到达，是因为程序之后又运行了一秒以上；换一个更短的程序就会丢。如果末尾调用了 `close()`，那它什么也没有关闭。',
    hint1: '结束不等于已经发出。span 还在进程里排队，进程退出得太早，它们就丢了。',
    hint2: '看 {file} 的末尾：最后一个 finish() 和 close 哪个在前？再找找有没有 `process.exit`。',
    'hint2.CLOSING':
      '看 {file} 的末尾：close 前面有 `await` 吗？它后面是不是紧跟着 `process.exit`？',
    'hint2.UNCLOSED':
      '看 {file} 的末尾：调用 closer 了吗？如果调用了，再看 `initJaeger` 返回的 closer：它的 `close()` 里做了什么？',
    'hint2.BY-CHANCE':
      '在 {file} 里找到 closer：调用了吗？如果调用了，再看 `initJaeger` 返回的 closer：它的 `close()` 里做了什么？',
    'hint2.OTHER-TRACER':
      '找出 {file} 里创建 tracer 的每个地方：末尾调用的那个 closer，是和哪一个 tracer 一起得到的？',
    'hint3.UNCLOSED':
      '末尾写 `await closer.close()`，这个 closer 来自 `const [tracer, closer] = initJaeger(…)`；`initJaeger` 里由 tracer 自己来关闭：`return [tracer, tracer];`。',
    'hint3.BY-CHANCE':
      '末尾写 `await closer.close()`，这个 closer 来自 `const [tracer, closer] = initJaeger(…)`；`initJaeger` 里由 tracer 自己来关闭：`return [tracer, tracer];`。',
    'hint3.OTHER-TRACER':
      '只写一次 `const [tracer, closer] = initJaeger(…);`，所有 span 都用这个 `tracer` 创建，末尾用这个 `closer`：`await closer.close()`。',
    hint3:
      '最后一步，而且要等它完成：`await closer.close()`。用 jaeger-client：`await new Promise((done) => tracer.close(done))`。在这之前不要 `process.exit`。',
    'why.EXIT':
      '{file} 结束了 {finished} 个 span，一个也没有到达。tracer 还没有关闭，`process.exit` 就让程序退出了，写在它后面的都不会执行，`finally` 也不例外。所以丢的偏偏是失败的那次调用的 span。',
    'hint2.EXIT': '在 {file} 里找 `process.exit`：调用失败时，它是不是在关闭 tracer 之前执行？',
    'hint3.EXIT':
      '`catch` 里写 `process.exitCode = 1;`，不要写 `process.exit(1)`：程序会在 `finally { await closer.close(); }` 之后自己退出。',
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
    'title.UNKNOWN-HOST': '找不到名为 `{actual}` 的主机',
    'why.UNKNOWN-HOST':
      '{file} 要把 span 发往主机 `{actual}`，但本机解析不出这个名字的地址，所以该发到那里的 span 都没有发出去。容器名之类的名字，只在容器之间有效。',
    'hint1.UNKNOWN-HOST': '地址由主机和端口组成。主机名解析不出来，端口写得再对也发不出去。',
    'hint2.UNKNOWN-HOST':
      '找到写 `{actual}` 的地方：是 tracer 配置里的 `reporter`，还是环境变量 `JAEGER_*`？',
    'hint3.UNKNOWN-HOST':
      "agent 就在本机：`localAgentHostPort: ':6831'`，或者 `agentHost: 'localhost'`；collector 在 `http://localhost:14268/api/traces`。",
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
    'why.EACH':
      '{file} 结束了 {finished} 个 span，到达的只有 {arrived} 个。它们来自 {count} 个 tracer，只关闭了 {actual} 个：每个 tracer 只发自己的 span，另一个里还在排队的就丢了。',
    hint1: 'reporter 成批发送。最后一批要等到下一秒，或者等到 tracer 关闭时才发。',
    hint2: '看 {file} 的末尾：有没有 span 在 tracer 关闭之后才结束？close 有没有 await？',
    'hint2.TRACERS': '找出 {file} 里创建 tracer 的地方：为什么不止一个？',
    hint3: '先是最后一个 `span.finish()`，再 `await closer.close()`，之后什么都不要做了。',
    'hint2.EACH': '看 {file} 里的每个 `close()`：点号前的 closer，是和哪个 tracer 一起得到的？',
    'hint3.EACH':
      '每个 tracer 都有自己的 closer：`const [second, closerOfSecond] = initJaeger(SERVICE, { reporter });`，它的 span 结束后 `await closerOfSecond.close()`。',
    'hint3.TRACERS':
      '只调用一次 `initJaeger(…)`，用的都是同一个 `tracer`，包括 `initGlobalTracer(tracer)`；最后 `await closer.close()`。',
    'why.CLOSING':
      '{file} 结束了 {finished} 个 span，到达的只有 {arrived} 个。其余那些的 tracer 正在关闭，程序就调用 `process.exit` 退出了：`close()` 只是开始发送，返回的是 promise。里面调用了 `close()` 的 `async` 函数也一样，而程序没有等它。',
    'hint2.CLOSING':
      '看 {file} 的末尾：每次调用会关闭 tracer 的函数，前面都有 `await` 吗？那里的 `process.exit` 又是做什么用的？',
    'hint3.CLOSING':
      '`await closer.close()`，调用它的那个函数前面也要 `await`。不写 `process.exit`，程序做完事自己就会结束。',
  },
  'L1-COLLECTOR': {
    title: 'span 没有发往 collector',
    'title.OVERRULED': '你自己的 `reporter` 覆盖了调用方的',
    'why.OVERRULED':
      '检查程序调用你的 `initJaeger` 时传入了 `collectorEndpoint`，span 却还是走 UDP 去了 agent。调用方的另一项设置 `tags` 倒是传到了 tracer：可见传入的配置用上了，只是你自己的 `reporter` 写在了它后面。同名的两项，以后面的为准。',
    'hint2.OVERRULED': '看 `initJaeger` 传给 `initTracer` 的对象：`...config` 写在哪里？',
    'hint3.OVERRULED':
      '`...config` 写在最后：`initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`。',
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
    'why.UNUSED':
      '{file} 创建了第二个 tracer，却没有用它创建 span。tracer 只上报自己创建的 span：要发往 collector 的 span，得用配置了 collector 的那个 tracer 来创建。',
    'why.CONFIG':
      '第一个 span 到了；接着调用 `initJaeger` 时传入的配置它看不懂：{error}。服务名之后只有一个对象，里面是要覆盖的部分，各有各的 key：`sampler`、`reporter`。',
    'why.MISREAD':
      '检查程序调用你的 `initJaeger` 时传入了配置（`{ sampler }` 或 `{ reporter }`），tracer 报错：{error}。调用方传入的就是配置的一部分，原样覆盖你的默认值即可；`initJaeger` 却把它当成了别的东西。',
    hint1:
      '上报有两条路：走 UDP 给 agent，没有响应；走 HTTP 给 collector，收没收下看响应就知道。走哪条由配置决定。',
    hint2: '看 `initJaeger` 是怎样把传入的配置和自己的默认配置合并的。',
    'hint2.FORMER': '`initJaeger` 是不是把 tracer 存在函数外面的变量里，下一次调用又原样返回？',
    'hint2.NOT-YET':
      '看 {file}：调用了几次 `initJaeger`？`reporter` 各是什么？每个 tracer 上都创建并结束了 span 吗？',
    'hint2.ALL-AGENT': '看 {file} 里第二次调用 `initJaeger` 的地方：除了服务名，还传了什么？',
    'hint2.ALL-COLLECTOR': '看 `initJaeger` 里的 `reporter`：写的是哪个地址？',
    'hint2.UNUSED': '看 {file} 里每一处 startSpan：点号前面是第一个 tracer，还是第二个？',
    'hint2.CONFIG': '看 {file} 里第二次调用 `initJaeger` 的地方：传了什么？各在哪个 key 下面？',
    hint3:
      "调用方传入的要覆盖默认的：`initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`，调用时传 `{ reporter: { collectorEndpoint: 'http://localhost:14268/api/traces' } }`。",
    'hint3.FORMER':
      '每次调用 `initJaeger` 都按这次的 `config` 创建一个新的 tracer：`tracer` 是函数里面的 `const`，最后 `return [tracer, tracer]`。',
    'hint3.NOT-YET':
      "先写 `const reporter = { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' };`，再调用一次 `initJaeger(SERVICE, { reporter })`，在这个 tracer 上同样创建并结束一个 `first-span`，然后关闭它。",
    'hint3.UNUSED':
      '`const [tracer, closer] = initJaeger(SERVICE, { reporter });`，然后就用这个 tracer：`tracer.startSpan(…)`、`finish()`，最后 `await closer.close()`。',
    'hint3.CONFIG':
      "写成 `initJaeger(SERVICE, { reporter })`，其中 `const reporter = { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' };`。`reporter` 外面的花括号不能少，它是配置里的一个部分。",
    'hint3.MISREAD':
      '`initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`，`config` 就是第二个参数，原样传入。',
    'hint3.ALL-AGENT':
      "`initJaeger(SERVICE, { reporter: { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' } })`",
    'hint3.ALL-COLLECTOR':
      "`initJaeger` 里写 `reporter: { logSpans: true, localAgentHostPort: ':6831' }`，`collectorEndpoint` 由调用方传入。",
    'title.URL-OF-AGENT': 'collector 的 URL 写到了 agent 的地址那一项里',
    'why.URL-OF-AGENT':
      '第一个 span 到了；接着传给 `initJaeger` 的 `reporter` 里，`localAgentHostPort` 写的是一个 URL：{error}。这一项是给 agent 的，走 UDP，要的是主机和端口。URL 属于另一条路，走 HTTP 到 collector，那条路有自己的一项：`collectorEndpoint`。',
    'hint2.URL-OF-AGENT': '看 {file} 里写着 URL 的那个 `reporter`：URL 在哪个 key 下面？',
    'hint3.URL-OF-AGENT':
      "`const reporter = { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' };`，不要写 `localAgentHostPort`。",
  },
  'L1-SAMPLER': {
    title: '采样器 `{key}` 采到的数量不对',
    why: '{count} 条新 trace，`{key}` 采到了 {actual} 条，应为 {expected}。tracer 实际使用的采样器不是配置里指定的那个。',
    'why.FORMER':
      '{count} 条新 trace，`{key}` 采到了 {actual} 条，应为 {expected}：`initJaeger` 返回的是之前那次调用创建的 tracer，配置还是那时的。',
    'why.UNASKED':
      '检查程序调用你的 `initJaeger` 时传入了 remote 采样器，采多少由一个服务端决定。可是那个服务端一次也没有被问过：它的地址（`hostPort`、`samplingServerURL`）没有传到 tracer 那里。',
    'why.ZERO':
      '{count} 条新 trace，`{key}` 采到了 {actual} 条，应为 {expected}。别的 param（比如 0.1）都传进去了，只有 0 没有。对 `||` 来说，0 和没有给是一回事：`param || 1` 就是 1。',
    'hint1.ZERO':
      '没有给值的时候才用默认值。0 也是值：`const` 0 就是一条 trace 也不采，有人要的正是这样。',
    'hint2.ZERO': '看 {file} 里 `initJaeger` 的采样器，`param` 是怎么得来的。',
    'hint3.ZERO':
      '`param || 1` 改成 `param ?? 1`：`??` 只在 `undefined` 和 `null` 时才取后面的值。或者干脆不要默认值，`...config` 原样传入。',
    hint1:
      '`const` 全采或全不采，`probabilistic` 按比例采，`rateLimiting` 限制每秒采多少条 trace，`remote` 由服务端决定。',
    hint2: '看 `initJaeger` 里的 `sampler`：调用方指定的那个传进去了吗？',
    'hint2.FORMER': '`initJaeger` 是不是把 tracer 存在函数外面，下一次调用又原样返回？',
    'hint2.UNASKED':
      '看 `initJaeger` 把调用方的 `sampler` 传下去了多少：整个对象，还是只有 type 和 param？',
    hint3:
      '默认的在前，调用方的在后：`initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`。',
    'title.TYPE': '调用方采样器的 `type` 丢了',
    'why.TYPE':
      '检查程序调用你的 `initJaeger` 时传入了采样器 `{key}`，tracer 报错：{error}。可见调用方的 `param` 传到了，`type` 却没有，用的是 `{actual}`。param 要和它的 type 一起才有意义。',
    'hint1.TYPE': '采样器要整个来选。默认的只换掉一部分，剩下的那部分往往就不配套了。',
    'hint2.TYPE':
      '看 {file} 里 `initJaeger` 传给 `initTracer` 的 `sampler`：`type` 是哪里来的？`param` 又是哪里来的？',
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
    'why.LATE':
      '创建 `{span}` 的时候，全局 tracer 还是空实现（noop），所以它没有上报：`initGlobalTracer` 是在那之后才调用的。',
    hint1: '程序里有两个 tracer：一个是你创建的，一个是全局的。库函数用的是后者。',
    hint2: '看 {file} 里创建 tracer 的那一行：在调用第一个函数之前，还少了哪一步？',
    hint3: '紧跟在 `initJaeger(…)` 后面：`initGlobalTracer(tracer);`。',
  },
  'L2-CTX': {
    title: '`{span}` 挂错了位置',
    why: '`{span}` 是在 `{expected}` 里面运行的，却挂在 `{actual}` 之下：函数往下传的是调用方给的 context，而不是创建自己的 span 时返回的新 context。',
    'title.WHICH': '带有 `{which}` 的 `{span}` 挂错了位置',
    'why.WHICH':
      '`{span}` 不止一个。带有 `{which}` 的那个是在 `{expected}` 里面运行的，却挂在 `{actual}` 之下：调用它的函数往下传的是调用方给的 context，而不是创建自己的 span 时返回的新 context。',
    'title.ACTIVE': '带有 `{which}` 的 `{span}` 挂错了位置',
    'why.ACTIVE':
      '`{span}` 不止一个。带有 `{which}` 的那个是在 `{expected}` 里面运行的，父 span 取的是当前活动的 span，而那时还是 `{actual}`：在那个位置上，活动的 span 不是 `{expected}`。',
    'hint1.ACTIVE':
      'activeSpan() 得到的是外面最近一层 withSpan 的 span。创建或者结束一个 span，都不会让它变成活动的。',
    'hint2.ACTIVE':
      '看创建 `{expected}` 的那个函数：有没有用自己的 span 调用 `withSpan`？产生 `{which}` 的那次调用在不在它里面？',
    'hint3.ACTIVE':
      '在创建 `{expected}` 的函数里写 `await withSpan(span, async () => { … });`，要调用的都放在花括号里面。',
    'title.CHILD-OF': '带有 `{which}` 的 `{span}` 挂错了位置',
    'why.CHILD-OF':
      '`{span}` 不止一个。带有 `{which}` 的那个是在 `{expected}` 里面运行的，却挂在 `{actual}` 之下：创建时 `childOf` 写的就是后者，不是从 context 里取的。要么调用它的函数传错了 span，要么它没有用传进来的东西，而是用了外面的 span。',
    'hint1.CHILD-OF':
      '同一个函数会在好几个地方被调用，它自己无从知道这次是谁调用的，只能看调用方传进来的东西。',
    'hint2.CHILD-OF':
      '看创建 `{span}` 时的 `childOf`：那个 span 来自函数的参数，还是来自函数外面的变量？',
    'hint3.CHILD-OF':
      "用 context：`const [span] = startSpanFromContext(ctx, '{span}');`，`ctx` 就是传给函数的那个。不用 context：`childOf: parent`，`parent` 是参数，由调用方传入自己的 span。",
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
    'why.NO-SLEEP':
      '函数要执行三秒，`{span}` 却几乎没有时长。要么执行过程没有 await，要么 await 的不是 promise：全局的 `setTimeout` 返回的是定时器，前面写了 `await` 也不会等。',
    'hint2.NO-SLEEP': '看创建 `{span}` 的那个函数：那三秒是靠什么等过去的？它返回 promise 吗？',
    'hint3.NO-SLEEP':
      "`await sleep(3000);`，`sleep` 来自 @spoor/client；或者在文件开头 `import { setTimeout } from 'node:timers/promises'`，再写 `await setTimeout(3000);`。",
    why: '函数要执行三秒，`{span}` 却几乎没有时长：执行过程没有 await。',
    'title.PAUSE': '`{span}` 没有等前面的停顿结束',
    'why.PAUSE':
      '`{span}` 开始时，它前面那一秒的停顿才刚开始：调用了 `sleep` 却没有 await。`sleep` 返回的是 promise，不 await 程序就直接往下走了。',
    'why.LATE': '`{span}` 几乎没有时长：函数先执行了三秒，然后才创建它。',
    'title.NO-PAUSE': '两次调用之间没有停顿',
    'why.NO-PAUSE': '`{parent}` 一结束，`{span}` 就开始了；课文的图里，两者之间隔了一秒。',
    'title.PAUSE-FIRST': '停顿放在了第一次调用之前',
    'why.PAUSE-FIRST':
      '`{parent}` 晚了一秒才开始，它一结束 `{span}` 就开始了；课文的图里，这一秒在两者之间。',
    hint1: 'span 的时长就是从创建到结束，只包含这两者之间的执行过程。',
    hint2: '看创建 `{span}` 的那个函数：`sleep(3000)` 有 await 吗？',
    'hint2.LATE': '看创建 `{span}` 的那个函数：在创建它之前还做了什么？',
    'hint2.PAUSE': '看创建 `{span}` 的那次调用的上一行：`sleep` 有 await 吗？',
    'hint2.NO-PAUSE': '看两次调用之间写了什么。',
    'hint3.NO-PAUSE': '两次调用之间写 `await sleep(1000);`。',
    'hint2.PAUSE-FIRST': '看第一次调用的上一行。',
    'hint3.PAUSE-FIRST': '两次调用之间写 `await sleep(1000);`。',
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
    'title.UNREADABLE': ':{port} 收到的 `uber-trace-id` 解析不了',
    'why.UNREADABLE':
      '请求到了 :{port}，请求头里有 `uber-trace-id: {actual}`，但从中读不出是哪个 span。它要有四段十六进制，用冒号隔开：trace id、span id、父 span id（没有就是 0）、flags（采样为 1）。inject() 会按这个格式写，不必自己拼。',
    'title.OTHER-KEY': '发往 :{port} 的 trace 上下文换了名字',
    'why.OTHER-KEY':
      '请求到了 :{port}，trace 上下文却写在请求头 `{actual}` 里。对方 extract 时只找 `uber-trace-id`，这个名字 inject() 自己会写。',
    'why.BINARY':
      ':{port} 没有收到带 `uber-trace-id` 的请求：inject() 用的是 FORMAT_BINARY，写出来的是字节，而请求头是文本。',
    'title.EXCHANGED': 'inject() 的参数顺序不对',
    'why.EXCHANGED':
      '请求到了 :{port}，请求头里没有 `uber-trace-id`：inject() 调用了，参数的顺序却不对。它拿到的上下文、格式和 carrier 都是别的东西，所以什么也没写。',
    'hint1.EXCHANGED':
      'inject() 的三个参数依次是写什么、怎么写、写到哪里：先是上下文，再是格式，最后是 carrier。tracer 不会向业务代码抛异常，用不了的参数只会跳过并打一条日志。',
    'hint2.EXCHANGED': '逐个看 inject() 的三个参数。',
    'hint3.EXCHANGED': '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`',
    hint1: '注入（inject）就是把 span 的标识写进 carrier。走 HTTP 时，carrier 就是请求头。',
    hint2: '看调用 :{port} 的那个函数，在创建 span 和发起请求之间。',
    'hint2.HEADERS-NOT-PASSED':
      '看 inject 的第三个参数和请求用的请求头：是同一个对象吗？inject 没有返回值，它写进传给它的那个对象。',
    hint3:
      '`const headers = {}; tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`，然后带上 `{ headers }` 发起请求。',
    'title.OF-CONTEXT': '传给 inject() 的是 `Context`，不是 span 的上下文',
    'why.OF-CONTEXT':
      '请求到了 :{port}，请求头里没有 `uber-trace-id`：inject() 调用了，第一个参数却是在函数之间传递的 `Context`。它里面装着 span，opentracing 的 inject() 却不会去里面找：它要的是某个 span 的那些 id，也就是 `span.context()` 的返回值。',
    'hint1.OF-CONTEXT':
      '叫 context 的有两样东西：`Context` 在进程内的函数之间传递，span 的上下文则在进程之间传递。tracer 不会向业务代码抛异常，用不了的参数只会跳过并打一条日志。',
    'hint2.OF-CONTEXT': '看 inject() 的第一个参数：是这两样里的哪一样？',
    'hint3.OF-CONTEXT':
      '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`，`span` 就是这次调用的 span。',
    'title.OF-OTHER': '传给 inject() 的不是 span',
    'why.OF-OTHER':
      '请求到了 :{port}，请求头里没有 `uber-trace-id`：inject() 调用了，第一个参数却既不是 span，也不是 span 的上下文。只写了方法名而没有调用的 `span.context` 不是，startSpanFromContext 返回的一对值也不是。',
    'hint1.OF-OTHER':
      'inject() 的三个参数依次是写什么、怎么写、写到哪里。写的是某个 span 的那些 id。tracer 不会向业务代码抛异常，用不了的参数只会跳过并打一条日志。',
    'hint2.OF-OTHER': '逐字看 inject() 的第一个参数：它究竟是什么？',
    'hint3.OF-OTHER': '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`',
    'title.NOOP-GLOBAL': '调用 inject() 的全局 tracer 是空实现',
    'why.NOOP-GLOBAL':
      '请求到了 :{port}，请求头里没有 `uber-trace-id`：inject() 调用了，用的是 opentracing 的全局 tracer，而它还没有设置过。在那之前它是空实现（noop），调用它不报错，也什么都不写。',
    'hint1.NOOP-GLOBAL':
      '写上下文的是 tracer。opentracing 的全局 tracer 会转交给设置好的那个，没有设置过就什么也不做。',
    'hint2.NOOP-GLOBAL':
      'inject() 是在哪个 tracer 上调用的？再找 `initGlobalTracer`：写了吗？在第一次调用之前吗？',
    'hint3.NOOP-GLOBAL':
      '`span.tracer().inject(span.context(), FORMAT_HTTP_HEADERS, headers);`，用创建这个 span 的 tracer；或者在 `initJaeger` 之后马上写 `initGlobalTracer(tracer)`。',
    'title.NOOP': '调用 inject() 的 tracer 是空实现',
    'why.NOOP':
      '请求到了 :{port}，请求头里没有 `uber-trace-id`：inject() 调用了，用的却是 opentracing 自带的 `Tracer`，它是空实现（noop），调用它不报错，也什么都不写。',
    'hint1.NOOP':
      'opentracing 只是一套接口。它自带的 `Tracer` 能调用，但什么也不做；会写的是创建这个 span 的那个 tracer。',
    'hint2.NOOP': 'inject() 是在哪个 tracer 上调用的？它是从哪里来的？',
    'hint3.NOOP':
      '`span.tracer().inject(span.context(), FORMAT_HTTP_HEADERS, headers);`，用创建这个 span 的 tracer。',
  },
  'L3-CLI-WRONGCTX': {
    title: '请求头里带的是另一个 span',
    why: '请求头里写的是 span {actual}，而发起调用的是 `{span}`，也就是 {expected}。对方会把自己的 span 挂在请求头里的那个 span 之下，所以要注入 `{span}` 的上下文。',
    hint1: '注入的是谁，服务端的 span 就挂在谁下面。发起调用的是 client span。',
    hint2: '看 inject 的第一个参数：是谁的上下文？',
    hint3: '`tracer.inject(span.context(), …)`，其中 `span` 是 `{span}`，不是它的父 span。',
    'title.CALLER': '调用方的 `uber-trace-id` 原样传了下去',
    'why.CALLER':
      '评测程序带着 trace 上下文调用了 :{port}，接着发出的请求头里，写的却是评测程序自己的 span {actual}，那里应当是 `{span}`。trace 看上去是完整的，可是被调用的服务挂在 `{span}` 旁边，而不是下面：收到的请求头盖掉了 inject() 写的内容，或者和它并列。',
    'hint1.CALLER': '`uber-trace-id` 写的是谁在调用。处在中间的服务读收到的那个，发出自己的那个。',
    'hint2.CALLER': '收到的请求头有没有放进发出的请求头里？放了的话，它和 inject() 谁在后？',
    'hint3.CALLER':
      '先放要转发的，再 `span.tracer().inject(span.context(), FORMAT_HTTP_HEADERS, headers);`；或者不要转发收到的请求头。',
  },
  'L3-CLI-BAGGAGE': {
    title: 'baggage `{key}` 没有传过去',
    'why.OBJECT':
      '调用里没有 baggage `{key}`：传给 setBaggageItem() 的是一个对象。它一次只设一项，先是 key，再是 value，都是字符串。',
    'hint2.OBJECT': '看设置 `{key}` 的 setBaggageItem：圆括号里面是不是紧跟着花括号？',
    'hint3.OBJECT': "`span.setBaggageItem('{key}', '…')`",
    why: '请求里没有 `uberctx-{key}`：可能没有设置；可能设在了别的 span 上，而发起调用的 span 不是它的后代；也可能设得太晚，那时发起调用的 span 已经创建好了。',
    'why.MISSING':
      '请求里没有 `uberctx-{key}`：没有哪个 span 设置过它。它应当设置在这个服务的第一个 span 上。',
    'why.TOO-LATE':
      '请求里没有 `uberctx-{key}`：设置过，但发起调用的 span 没有继承到。子 span 只继承它创建时父 span 已有的 baggage，inject 也只写出调用时已有的。',
    'why.LEFT-OUT':
      '请求里有 `uber-trace-id`，却没有 `uberctx-{key}`，而 span 上是有这一项的。inject() 两个都会写：发出去的只是其中一部分，或者是自己拼的。',
    'why.NEAR':
      '请求里有 `uberctx-{actual}`，本课的这一项叫 `{key}`。读 baggage 要靠名字，一个字符也不能差。',
    'why.TAG':
      '请求里没有 baggage `{key}`。`{span}` 上倒是有同名的 tag：tag 只留在它所在的 span 上，会往下游传的是 baggage。',
    'title.ELSEWHERE': 'baggage `{key}` 设在了 `{actual}` 上',
    'why.ELSEWHERE':
      '它照样能传到对方。课文里是设在 `{span}` 上的：从设置它的 span 往下，每次调用都会带上它，设在哪里就决定了它传多远。',
    hint1: 'baggage 只往下游传，不往回传：子 span 在创建的那一刻，继承父 span 当时已有的 baggage。',
    hint2: '找到设置 `{key}` 的地方：设在了哪个 span 上？client span 是在它之后创建的吗？',
    'hint2.TAG': '看设置 `{key}` 的地方：用的是 setTag，还是 setBaggageItem？',
    'hint2.LEFT-OUT': '看请求带的请求头：是 inject() 写出的全部，还是自己逐个挑出来的？',
    'hint3.LEFT-OUT':
      '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`，然后带上整个 `headers` 发起请求。',
    hint3: "在第一个 span 上、发起调用之前：`span.setBaggageItem('{key}', '…')`。",
  },
  'L3-CLI-BAGGAGE1': {
    title: 'baggage `{key}` 没有传过去',
    'why.OBJECT':
      '调用里没有 baggage `{key}`：传给 setBaggageItem() 的是一个对象。它一次只设一项，先是 key，再是 value，都是字符串。',
    'hint2.OBJECT': '看设置 `{key}` 的 setBaggageItem：圆括号里面是不是紧跟着花括号？',
    'hint3.OBJECT': "`span.setBaggageItem('{key}', '…')`",
    why: '请求里没有 `uberctx-{key}`：它应当设置在发起调用的 span 上，而且要在 inject() 之前。inject() 只写出 span 当时已有的 baggage。',
    'why.MISSING':
      '请求里没有 `uberctx-{key}`：没有哪个 span 设置过它。它应当设置在发起调用的 span 上。',
    'why.TOO-LATE':
      '请求里没有 `uberctx-{key}`：setBaggageItem() 是在 inject() 之后调用的。inject() 只写出 span 当时已有的 baggage。',
    'why.LEFT-OUT':
      '请求里有 `uber-trace-id`，却没有 `uberctx-{key}`，而 span 上是有这一项的。inject() 两个都会写：发出去的只是其中一部分，或者是自己拼的。',
    'why.NEAR':
      '请求里有 `uberctx-{actual}`，本课的这一项叫 `{key}`。读 baggage 要靠名字，一个字符也不能差。',
    'why.TAG':
      '请求里没有 baggage `{key}`。`{span}` 上倒是有同名的 tag：tag 只留在它所在的 span 上，会往下游传的是 baggage。',
    'title.ELSEWHERE': 'baggage `{key}` 设在了 `{actual}` 上',
    'why.ELSEWHERE':
      '它照样能传到对方。课文里是设在 `{span}` 上的：从设置它的 span 往下，每次调用都会带上它，设在哪里就决定了它传多远。',
    hint1: 'inject 只写一次。之后再加到 span 上的 baggage 就传不出去了。',
    hint2: '看发起调用的那个函数里这几行的顺序：setBaggageItem、inject、发请求。',
    'hint2.TAG': '看设置 `{key}` 的地方：用的是 setTag，还是 setBaggageItem？',
    'hint2.LEFT-OUT': '看请求带的请求头：是 inject() 写出的全部，还是自己逐个挑出来的？',
    'hint3.LEFT-OUT':
      '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`，然后带上整个 `headers` 发起请求。',
    hint3: "`span.setBaggageItem('{key}', '…');` 放到 `tracer.inject(…)` 的前面。",
  },
  'L3-SRV-EXTRACT': {
    title: ':{port} 另起了一条 trace',
    why: '评测程序带着 trace 上下文调用了 :{port}，你的 span 却在另一条 trace 里：请求头没有读，或者读了没有用上。',
    'why.MISSING':
      '评测程序带着 trace 上下文调用了 :{port}，你的 span 却另起了一条 trace：没有调用 extract()。上游 inject，下游就要 extract。',
    'why.UNUSED':
      '评测程序带着 trace 上下文调用了 :{port}，extract() 也读到了，结果却没有用上：创建 span 时不指定父 span，就会另起一条 trace。',
    ...EXTRACT_MISUSED,
    hint1:
      '提取（extract）就是读 carrier，得到调用方 span 的上下文；创建新 span 时要把它指定为父 span。',
    hint2: '看 :{port} 的处理函数的头几行，在创建 span 之前。',
    hint3:
      "先 `const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);`，再 `tracer.startSpan('…', rpcServerOption(parent))`；用 jaeger-client 就是 `{ childOf: parent }`。",
    'title.REFUSED': ':{port} 没有响应不带 trace 的调用方',
    'why.REFUSED':
      '评测程序不带 trace 上下文调用了 :{port}，没有得到正常的响应：{actual}。有没有 trace 不应当影响服务：不带 trace 的调用方也要响应，这时 span 就是一条新 trace 的根。',
    'hint1.REFUSED':
      '对方什么也没发，extract 就什么也读不到，这不是错误。浏览器、curl，还有尚未接入 trace 的服务，都是这样来调用的。',
    'hint2.REFUSED': '看 :{port} 的处理函数：有没有判断 extract 的返回值？',
    'hint3.REFUSED':
      "`tracer.startSpan('…', rpcServerOption(spanContext))`，extract 返回什么就传什么：没有上下文时，它创建的就是根 span。",
    'title.NO-ROOT': ':{port} 没有为不带 trace 的调用方创建 span',
    'why.NO-ROOT':
      '评测程序不带 trace 上下文调用了 :{port}，得到了响应，却没有创建 span：这样的调用在哪里都看不到。没有调用方的上下文，span 就是一条新 trace 的根。',
    'hint1.NO-ROOT':
      '对方什么也没发，extract 就什么也读不到，这不是错误：span 照样要创建，只是没有父 span。',
    'hint2.NO-ROOT': '看 :{port} 的处理函数：有没有判断 extract 的返回值？',
    'hint3.NO-ROOT':
      "`tracer.startSpan('…', rpcServerOption(spanContext))`，extract 返回什么就传什么：没有上下文时，它创建的就是根 span。",
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
    'why.EMPTY':
      '评测程序发来的 baggage `{key}` 是 `{expected}`，你的 tag `{key}` 却是空的：把 `undefined` 写进 tag 就是这样，也就是说没有取到这一项。',
    'why.UNCALLED':
      '评测程序把 `{expected}` 作为 baggage `{key}` 发了过来，你的 tag `{key}` 里却是一段函数的源码：`getBaggageItem` 只写了名字，没有调用。',
    'hint2.UNCALLED': '看设置 tag `{key}` 的地方：值的后面有括号吗？括号里写了 baggage 的名字吗？',
    hint1: 'baggage 用来透传，tag 用来展示和搜索。想看见它，就把它写进 tag。',
    hint2: '看处理函数，就在用 extract 的结果创建 span 之后。',
    'hint2.EMPTY':
      '这一项就叫 `{key}`，不带请求头里的前缀。处理函数取它时用的是什么名字？是向哪个 span 取的？',
    hint3: "`span.setTag('{key}', span.getBaggageItem('{key}'))`",
    'title.LEFT-OUT': 'extract() 看不到 `{key}` 的请求头',
    'why.LEFT-OUT':
      '评测程序发来的 baggage `{key}` 是 `{expected}`。传给 extract() 的只有 `uber-trace-id`，没有 `uberctx-{key}`：每一项 baggage 都有自己的请求头，不在 trace 的那个里面。span 上没有这一项，你的 tag `{key}` 也就是空的。',
    'hint1.LEFT-OUT':
      '上下文不止一个请求头。要用到哪些，tracer 自己知道：把请求头全部给它，它只取自己的。',
    'hint2.LEFT-OUT': '看 extract() 的第二个参数：里面有这个请求的哪些请求头？',
    'hint3.LEFT-OUT': '`tracer.extract(FORMAT_HTTP_HEADERS, request.headers)`',
  },
  'L3-CLI-EXTRACT': {
    title: ':{port} 没有接上传入的 trace',
    why: '评测程序带着 trace 上下文调用了 :{port}，你的 span 却另起了一条 trace。它今天是入口，明天前面可能就多了一个服务。',
    'why.MISSING':
      '评测程序带着 trace 上下文调用了 :{port}，你的 span 却另起了一条 trace：那里没有调用 extract()。它今天是入口，明天前面可能就多了一个服务。',
    'why.UNUSED':
      '评测程序带着 trace 上下文调用了 :{port}，extract() 也读到了，结果却没有用上：创建 span 时要把它指定为父 span。',
    ...EXTRACT_MISUSED,
    hint1: '入口服务也是服务端。如果调用方没有接入追踪，extract 返回 null，span 就是根 span。',
    hint2: '看 :{port} 的处理函数。下游服务里的那两行，这里同样需要。',
    hint3:
      "先 `const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);`，再 `tracer.startSpan('jaegerHttpOpname', rpcServerOption(parent))`。",
  },
  'L3-CLI-GLOBAL': {
    title: '几个请求混进了一条 trace',
    'title.JOINED': '后来的请求接进了先前调用方的 trace',
    'why.JOINED':
      '评测程序发出两个调用方的请求，各有自己的 trace，结果都进了同一条：extract() 只读了其中一个请求的请求头，返回值存在所有请求共用的变量里。',
    'hint2.JOINED':
      '在 {file} 里找到接收 extract() 返回值的变量：是不是在处理函数外面声明的？是不是用 `??=` 或者 `if` 保留了原来的值？',
    'hint3.JOINED':
      '处理函数里面写 `const spanContext = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);`：用局部变量，每个请求都重新 extract。',
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
  'L4-NEXT': {
    title: '`{method}` 没有把调用传下去',
    why: '调用到了 {file} 的 `{method}` 就停住了：它的 `next` 一直没有被调用。拦截器拦在调用的路上，收到什么就要往下传什么；在那之前 grpc-js 会一直等，调用方也跟着等。',
    hint1:
      '拦截器的每个方法都有一个 `next`，调用了它，这次调用才会继续往下走。只写出名字，或者直接返回，都不起作用。',
    hint2:
      '看 {file} 里的 `{builder}`（写成对象的话就是 `{method}`）：每个分支都调用 `next` 了吗？括号写了吗？',
    hint3: '`{code}` 写成 `() => next` 只是给出了名字，要写 `next` 或者 `() => next()`。',
  },
  'L4-CLI-AWAIT': {
    title: '没有等调用结束',
    why: '调用还没有结束，{file} 就关闭了 client 或者 tracer：没有 await 它的 promise，或者响应还没到，promise 就已经完成了，程序于是一直走到了末尾。',
    hint1:
      '回调被调用，调用才算结束。代表这次调用的 promise 只应当在回调里完成；要用响应的一方必须 await 它。',
    hint2:
      '看 {file} 里调用 `sayHello` 的那一行：有 `await` 吗？再看 `sayHello`：promise 返回了吗？是在哪里 resolve 的？',
    hint3:
      '先 `const msg = await sayHello(client, background(), name);`，然后才是 `client.close()` 和 `await closer.close()`。',
  },
  'L4-CLI-INTERCEPTOR': {
    title: '客户端的调用没有留下 span',
    'title.FACTORY': '交给客户端的不是拦截器，而是创建拦截器的函数',
    'title.NO-CALL': '客户端拦截器没有返回 call',
    why: '调用发出去了，也有响应，却没有创建 `{service}` 的 span `{span}`：拦截器没有装到这个客户端上。',
    'why.NOT-HANDED-ON':
      '调用发出去了，也有响应，却没有创建 `{service}` 的 span `{span}`。拦截器执行了，这次调用确实经过了 InterceptingCall，但负责创建 span 的那部分没有交给它。',
    'why.UNCHANGED':
      '调用发出了，也收到了响应，却没有创建 `{service}` 的 span `{span}`。拦截器执行了，但把 `nextCall(options)` 的结果原样返回了：这次调用没有经过你的代码。',
    'why.FACTORY':
      'grpc-js 向拦截器要一个 call，得到的却是函数。`gRPCClientInterceptor` 是用来创建拦截器的，列表里放的是它本身，没有传入 tracer 调用它。',
    'why.NO-CALL':
      'grpc-js 向拦截器要一个 call，得到的却不是：要么漏了 `return`，要么函数是 `async` 的，返回的是 promise。',
    hint1: '拦截器装在哪个客户端上，就只对哪个客户端的调用生效。',
    hint2: '看 greeter-client.ts 里创建客户端时的选项。',
    'hint2.NOT-HANDED-ON':
      '看 client-interceptor.ts 里的 `new InterceptingCall(…)`：第二个参数是 requester 吗？调用 build() 了吗？span 是在它的 `withStart` 里创建的吗？',
    'hint2.UNCHANGED':
      '看 client-interceptor.ts 里拦截器返回什么：`nextCall(options)` 外面套了 `new InterceptingCall(…)` 吗？',
    'hint2.FACTORY': '看 {file} 里的 `interceptors: […]`：里面的函数调用了吗？传入 tracer 了吗？',
    'hint2.NO-CALL':
      '看 client-interceptor.ts 里参数是 `options`、`nextCall` 的那个函数：最后返回的是什么？',
    'hint3.UNCHANGED': '`return new InterceptingCall(nextCall(options), requester);`',
    'hint3.NO-CALL': '`return new InterceptingCall(nextCall(options), requester);`',
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
    'title.NO-ENTRY': '`MdWriter.set` 没有往 metadata 里写入任何内容',
    'why.NO-ENTRY':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 拿到了 `MdWriter`，它的 `set` 却没有往任何 Metadata 里写入这个 key。`metadata[key] = value` 写的只是对象的属性，不会随调用发出。',
    'hint2.NO-ENTRY':
      '看 metadata-carrier.ts 里的 `MdWriter.set`：调用 Metadata 的方法了吗？key 原样传了吗？',
    'hint3.NO-ENTRY': '`set(key, value) { this.metadata.set(key, value); }`',
    'title.OTHER-METADATA': 'trace 上下文写进了另一份 metadata',
    'why.OTHER-METADATA':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 写进了一份 Metadata，随调用发出的却是另一份。`clone()` 得到的是独立的一份，写进去的内容不会出现在原来那份里。',
    'hint2.OTHER-METADATA':
      '看客户端拦截器里的 `start(metadata, listener, next)`：inject() 写的是哪一份 metadata？交给 `next` 的又是哪一份？',
    'hint3.OTHER-METADATA':
      '`const copy = metadata.clone(); tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(copy)); next(copy, listener.build());`',
    why: '调用到了 :{port}，metadata 里没有 `uber-trace-id`。span 注入了吗？是在调用 next 之前吗？注入的是这次调用的 metadata 吗？',
    'why.MISSING':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：没有调用 inject()。gRPC 的 metadata 就相当于 HTTP 的请求头。',
    'why.TOO-LATE':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 执行时，调用已经发出了。metadata 在调用一开始就会发送。',
    'why.HEADERS-NOT-PASSED':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 调用了，写的内容却不在发出的 metadata 里：要么写进了另一份 metadata，要么写的时候调用已经发出，要么 `MdWriter.set` 没有按原样写入 key。',
    'title.UNREADABLE': ':{port} 收到的 `uber-trace-id` 解析不了',
    'why.UNREADABLE':
      '调用到了 :{port}，metadata 里有 `uber-trace-id: {actual}`，但从中读不出是哪个 span。它要有四段十六进制，用冒号隔开：trace id、span id、父 span id（没有就是 0）、flags（采样为 1）。inject() 会按这个格式写，不必自己拼。',
    'title.OTHER-KEY': '发往 :{port} 的 trace 上下文换了名字',
    'why.OTHER-KEY':
      '调用到了 :{port}，trace 上下文却写在 `{actual}` 里。对方 extract 时只找 `uber-trace-id`：inject() 自己会写这个 key，`MdWriter.set` 原样写入即可。',
    'why.METADATA':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：传给 inject() 的就是 Metadata 对象本身，这个 tracer 往里面写的是属性，属性不会随调用发出。要发出去的，得用 `metadata.set(key, value)` 写入。',
    'why.BINARY':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 用的是 FORMAT_BINARY，写出来的是字节，而 metadata 的键值要用 FORMAT_TEXT_MAP。',
    'why.BROKEN':
      'inject() 执行之后，这次调用就断开了：{error}。评测程序自己调用服务端，响应是正常的，问题出在写进 metadata 的内容：每个 key 都会成为 HTTP/2 的头名，`uber-trace-id` 可以，带冒号的 value 不行。',
    'title.EXCHANGED': 'inject() 的参数顺序不对',
    'why.EXCHANGED':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 调用了，参数的顺序却不对。它拿到的上下文、格式和 carrier 都是别的东西，所以什么也没写。',
    'hint1.EXCHANGED':
      'inject() 的三个参数依次是写什么、怎么写、写到哪里：先是上下文，再是格式，最后是 carrier。tracer 不会向业务代码抛异常，用不了的参数只会跳过并打一条日志。',
    'hint2.EXCHANGED': '逐个看 inject() 的三个参数。',
    'hint3.EXCHANGED':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`',
    hint1:
      'inject 需要一个能写入键值的 carrier。metadata 能写，只是接口不同，中间要加一个适配器，这就是 `MdWriter`。',
    hint2: '看客户端拦截器里的 `start(metadata, listener, next)`：交给 `next` 的是什么？',
    'hint2.BROKEN':
      '看写 metadata 的那一行，在 `MdWriter.set` 里或者你复制键值的地方：key 和 value 谁在前？',
    'hint3.METADATA':
      '在 `next(metadata, …)` 之前：`const carrier = {}; tracer.inject(span.context(), FORMAT_TEXT_MAP, carrier); for (const [key, value] of Object.entries(carrier)) metadata.set(key, value);`。',
    hint3:
      '在 `next(metadata, …)` 之前：`tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`，用的是同一份 metadata。npm 的 jaeger-client 只会写普通对象：先注入到一个对象，再对每个 key 执行 `metadata.set(key, value)`。',
    'title.OF-CONTEXT': '传给 inject() 的是 `Context`，不是 span 的上下文',
    'why.OF-CONTEXT':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 调用了，第一个参数却是在函数之间传递的 `Context`。它里面装着 span，opentracing 的 inject() 却不会去里面找：它要的是某个 span 的那些 id，也就是 `span.context()` 的返回值。',
    'hint1.OF-CONTEXT':
      '叫 context 的有两样东西：`Context` 在进程内的函数之间传递，span 的上下文则在进程之间传递。tracer 不会向业务代码抛异常，用不了的参数只会跳过并打一条日志。',
    'hint2.OF-CONTEXT': '看 inject() 的第一个参数：是这两样里的哪一样？',
    'hint3.OF-CONTEXT':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`',
    'title.OF-OTHER': '传给 inject() 的不是 span',
    'why.OF-OTHER':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 调用了，第一个参数却既不是 span，也不是 span 的上下文。只写了方法名而没有调用的 `clientSpan.context` 就不是。',
    'hint1.OF-OTHER':
      'inject() 的三个参数依次是写什么、怎么写、写到哪里。写的是某个 span 的那些 id。tracer 不会向业务代码抛异常，用不了的参数只会跳过并打一条日志。',
    'hint2.OF-OTHER': '逐字看 inject() 的第一个参数：它究竟是什么？',
    'hint3.OF-OTHER':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`',
    'title.NOOP-GLOBAL': '调用 inject() 的全局 tracer 是空实现',
    'why.NOOP-GLOBAL':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 调用了，用的是 opentracing 的全局 tracer，而它还没有设置过。在那之前它是空实现（noop），调用它不报错，也什么都不写。',
    'hint1.NOOP-GLOBAL':
      '写上下文的是 tracer。opentracing 的全局 tracer 会转交给设置好的那个，没有设置过就什么也不做。',
    'hint2.NOOP-GLOBAL':
      'inject() 是在哪个 tracer 上调用的？再找 `initGlobalTracer`：写了吗？在第一次调用之前吗？',
    'hint3.NOOP-GLOBAL':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`，用创建这个 span 的 tracer；或者在 `initJaeger` 之后马上写 `initGlobalTracer(tracer)`。',
    'title.NOOP': '调用 inject() 的 tracer 是空实现',
    'why.NOOP':
      '调用到了 :{port}，metadata 里没有 `uber-trace-id`：inject() 调用了，用的却是 opentracing 自带的 `Tracer`，它是空实现（noop），调用它不报错，也什么都不写。',
    'hint1.NOOP':
      'opentracing 只是一套接口。它自带的 `Tracer` 能调用，但什么也不做；会写的是创建这个 span 的那个 tracer。',
    'hint2.NOOP': 'inject() 是在哪个 tracer 上调用的？它是从哪里来的？',
    'hint3.NOOP':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`，用创建这个 span 的 tracer。',
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
    'why.OBJECT':
      '调用里没有 baggage `{key}`：传给 setBaggageItem() 的是一个对象。它一次只设一项，先是 key，再是 value，都是字符串。',
    'hint2.OBJECT': '看设置 `{key}` 的 setBaggageItem：圆括号里面是不是紧跟着花括号？',
    'hint3.OBJECT': "`span.setBaggageItem('{key}', '…')`",
    why: '调用里没有 `uberctx-{key}`：它应当设置在 client span 上，而且要在 inject() 之前。',
    'why.MISSING': '调用里没有 `uberctx-{key}`：client span 上从来没有设置过它。',
    'why.TOO-LATE':
      '调用里没有 `uberctx-{key}`：setBaggageItem() 是在 inject() 之后调用的。inject() 只写出 span 当时已有的 baggage。',
    'why.LEFT-OUT':
      '调用里有 `uber-trace-id`，却没有 `uberctx-{key}`，而 span 上是有这一项的。inject() 两个都会写：发出去的只是其中一部分，或者是自己拼的。',
    'why.NEAR':
      '调用里有 `uberctx-{actual}`，本课的这一项叫 `{key}`。读 baggage 要靠名字，一个字符也不能差。',
    'why.TAG':
      '请求里没有 baggage `{key}`。`{span}` 上倒是有同名的 tag：tag 只留在它所在的 span 上，会往下游传的是 baggage。',
    hint1: 'inject 只写一次。之后再加到 span 上的 baggage 就传不出去了。',
    hint2: '看客户端拦截器里这几行的顺序：创建 span、设置 baggage、inject。',
    'hint2.TAG': '看设置 `{key}` 的地方：用的是 setTag，还是 setBaggageItem？',
    'hint2.LEFT-OUT': '看写进 metadata 的是什么：inject() 写出的全部，还是自己逐个挑出来的 key？',
    'hint3.LEFT-OUT':
      '`tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`，不要再自己 `metadata.set`。',
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
  'L4-CLI-METADATA': {
    title: '调用方放进 metadata 的内容丢了',
    why: '评测程序事先在这次调用的 metadata 里放了 `{key}`，就像调用方放 token、请求 ID 那样。它没有到达服务端：发出去的是另一份 metadata。跟踪只应当往调用里添东西，不能弄丢东西。',
    hint1:
      '`start` 收到的 metadata 是调用方的。往下传的那份要保留它的全部内容，再加上自己的上下文。',
    hint2:
      '看 client-interceptor.ts 里交给 `next` 的 metadata：是收到的那份、它的副本，还是新建的空 metadata？',
    hint3: '把 `new Metadata()` 换成 `const copy = metadata.clone();`，注入到这一份，再往下传。',
  },
  'L4-SRV-INTERCEPTOR': {
    title: '服务端的处理没有留下 span',
    'title.FACTORY': '交给服务端的不是拦截器，而是创建拦截器的函数',
    'title.NO-CALL': '服务端拦截器没有返回 call',
    why: '服务端返回了响应，却没有创建 `{service}` 的 span `{span}`：拦截器没有装到这个服务端上。',
    'why.NOT-HANDED-ON':
      '服务端返回了响应，却没有创建 `{service}` 的 span `{span}`。拦截器执行了，这次调用确实经过了 ServerInterceptingCall，但负责创建 span 的那部分没有交给它。',
    'why.UNCHANGED':
      '服务端返回了响应，却没有创建 `{service}` 的 span `{span}`。拦截器执行了，但把收到的 `call` 原样返回了：这次调用没有经过你的代码。',
    'why.FACTORY':
      'grpc-js 向拦截器要一个 call，得到的却是函数。`gRPCServerInterceptor` 是用来创建拦截器的，列表里放的是它本身，没有传入 tracer 调用它。',
    'why.NO-CALL':
      'grpc-js 向拦截器要一个 call，得到的却不是：要么漏了 `return`，要么函数是 `async` 的，返回的是 promise。',
    hint1: '拦截器装在哪个服务端上，就只对哪个服务端的调用生效，而且要在创建服务端时传入。',
    hint2: '看 greeter.ts 里创建服务端的那一行。',
    'hint2.NOT-HANDED-ON':
      '看 server-interceptor.ts：`new ServerInterceptingCall(…)` 的第二个参数是 responder 吗？responder 的 `withStart` 把 listener 交给 `next` 了吗？',
    'hint2.UNCHANGED':
      '看 server-interceptor.ts 里拦截器返回什么：`call` 外面套了 `new ServerInterceptingCall(…)` 吗？',
    'hint2.FACTORY': '看 {file} 里的 `interceptors: […]`：里面的函数调用了吗？传入 tracer 了吗？',
    'hint2.NO-CALL':
      '看 server-interceptor.ts 里参数是 `method`、`call` 的那个函数：最后返回的是什么？',
    'hint3.UNCHANGED': '`return new ServerInterceptingCall(call, responder);`',
    'hint3.NO-CALL': '`return new ServerInterceptingCall(call, responder);`',
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
    'why.MISUSED':
      '评测程序带着 trace 上下文调用了服务端，extract() 也读到了，`childOf` 写的却是别的值，从中读不出是哪个 span：没有父 span，就会另起一条 trace。',
    'why.METADATA':
      '评测程序在 metadata 里带着 trace 上下文来调用。传给 extract() 的就是 Metadata 对象本身，所以什么也没读到：键值不是它的属性，要有人把它们一个个报给 tracer。',
    'why.EMPTY':
      '评测程序在 metadata 里带着 trace 上下文来调用。extract() 调用了，却什么也没读到：`MdReader.foreachKey` 把每个键值都传给回调了吗？传给它的是收到的那份 metadata 吗？',
    'title.EXCHANGED': 'extract() 的参数顺序不对',
    'why.EXCHANGED':
      '评测程序在 metadata 里带着 trace 上下文来调用。extract() 调用了，参数的顺序却不对：它把 carrier 当成了格式，所以什么也没读到。',
    'hint1.EXCHANGED':
      'extract() 的两个参数依次是怎么读、从哪里读：先是格式，后是 carrier。tracer 不会向业务代码抛异常，用不了的参数只会跳过并打一条日志。',
    'hint2.EXCHANGED': '看 extract() 的两个参数。',
    'hint3.EXCHANGED': '`tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata))`',
    'why.HANDLER':
      '评测程序在 metadata 里带着 trace 上下文来调用。extract() 通过 `foreachKey` 来读，它却把 value 放在了 key 的位置上：始终没有出现 `uber-trace-id` 这个 key，所以什么也没读到。',
    'hint2.HANDLER': '看 metadata-carrier.ts 里 `foreachKey` 对 `handler` 的调用：两个参数谁在前？',
    'hint3.HANDLER': '`handler(key, value)`：key 在前。',
    'why.AS-OPTIONS':
      '评测程序带着 trace 上下文调用了服务端，extract() 也读到了，结果却直接当成了 startSpan 的第二个参数。那里要的是选项，父 span 写在 `childOf` 里；没有它，就会另起一条 trace。',
    'hint1.AS-OPTIONS':
      'startSpan 的第二个参数是选项，每一项都有自己的键。直接放一个 span 或者上下文，里面没有 `childOf` 这一项，也就没有父 span。',
    'hint2.AS-OPTIONS': '看 startSpan 的第二个参数。',
    'hint3.AS-OPTIONS':
      "`tracer.startSpan('…', rpcServerOption(parent))`，或者把 `parent` 写成 `{ childOf: parent }`。",
    hint1:
      'extract 需要一个能遍历全部键值的 carrier。metadata 能遍历，只是接口不同，中间要加一个适配器，这就是 `MdReader`。',
    hint2: '看服务端拦截器里 metadata 进来的地方：`withOnReceiveMetadata`。',
    hint3:
      '先 `const parent = tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata));`，再 `tracer.startSpan(path, rpcServerOption(parent))`；用 npm 的 jaeger-client 就是 `tracer.extract(FORMAT_TEXT_MAP, metadata.getMap())` 和 `{ childOf: parent }`。',
    'title.REFUSED': '服务端没有响应不带 trace 的调用方',
    'why.REFUSED':
      '评测程序不带 trace 上下文调用了服务端，没有得到正常的响应：{actual}。有没有 trace 不应当影响服务：不带 trace 的调用方也要响应，这时 span 就是一条新 trace 的根。',
    'hint1.REFUSED':
      '对方什么也没发，extract 就什么也读不到，这不是错误。浏览器、curl，还有尚未接入 trace 的服务，都是这样来调用的。',
    'hint2.REFUSED':
      '看 server-interceptor.ts 里提取上下文的地方：没有上下文时会怎样？抛出的错误由谁来 catch？',
    'hint3.REFUSED':
      '`try { return extractSpanFromMetadata(metadata, tracer); } catch { return undefined; }`，再把结果交给 `rpcServerOption`：没有上下文时，它创建的就是根 span。',
    'title.NO-ROOT': '服务端没有为不带 trace 的调用方创建 span',
    'why.NO-ROOT':
      '评测程序不带 trace 上下文调用了服务端，得到了响应，却没有创建 span：这样的调用在哪里都看不到。没有调用方的上下文，span 就是一条新 trace 的根。',
    'hint1.NO-ROOT':
      '对方什么也没发，extract 就什么也读不到，这不是错误：span 照样要创建，只是没有父 span。',
    'hint2.NO-ROOT':
      '看 server-interceptor.ts 里提取上下文的地方：没有上下文时会怎样？抛出的错误由谁来 catch？',
    'hint3.NO-ROOT':
      '`try { return extractSpanFromMetadata(metadata, tracer); } catch { return undefined; }`，再把结果交给 `rpcServerOption`：没有上下文时，它创建的就是根 span。',
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
    'why.OTHER':
      '评测程序发来的 baggage `{key}` 是 `{expected}`，你的 tag `{key}` 却是 `{actual}`，那是另一个 key 的值。',
    'why.EMPTY':
      '评测程序发来的 baggage `{key}` 是 `{expected}`，你的 tag `{key}` 却是空的：把 `undefined` 写进 tag 就是这样，也就是说没有取到这一项。',
    'why.UNCALLED':
      '评测程序把 `{expected}` 作为 baggage `{key}` 发了过来，你的 tag `{key}` 里却是一段函数的源码：`getBaggageItem` 只写了名字，没有调用。',
    'hint2.UNCALLED': '看设置 tag `{key}` 的地方：值的后面有括号吗？括号里写了 baggage 的名字吗？',
    hint1: 'baggage 用来透传，tag 用来展示和搜索。想看见它，就把它写进 tag。',
    hint2: '看服务端拦截器，就在用 extract 的结果创建 span 之后。',
    'hint2.EMPTY':
      '这一项就叫 `{key}`，不带 metadata 里的前缀。拦截器取它时用的是什么名字？是向哪个 span 取的？',
    hint3: "`serverSpan.setTag('{key}', serverSpan.getBaggageItem('{key}'))`",
    'title.LEFT-OUT': 'extract() 看不到 `{key}` 这一项',
    'why.LEFT-OUT':
      '评测程序发来的 baggage `{key}` 是 `{expected}`。传给 extract() 的只有 `uber-trace-id`，没有 `uberctx-{key}`：每一项 baggage 在 metadata 里都有自己的 key，不在 trace 的那个里面。span 上没有这一项，你的 tag `{key}` 也就是空的。',
    'hint1.LEFT-OUT':
      '上下文在 metadata 里不止一项。要用到哪些，tracer 自己知道：把整份 metadata 给它，它只取自己的。',
    'hint2.LEFT-OUT':
      '看 extract() 的第二个参数：里面有 metadata 的哪些项？或者，它的 `foreachKey` 报了哪些 key？',
    'hint3.LEFT-OUT': '`tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata))`',
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
    'title.UNCALLED': '传给 `spanFromContext` 的是一个函数',
    'why.UNCALLED':
      '这次调用的 span 上没有方法写入的内容。方法里用 `spanFromContext` 取 span，传进去的却是一个函数，里面没有 span：返回 context 的函数只写了名字，没有调用。于是 `?.` 悄悄跳过了后面的 log。',
    'hint2.UNCALLED': '看方法里的 `spanFromContext`：它的参数后面有括号吗？',
    'hint3.UNCALLED': '`spanFromContext(callContext())?.log({ … })`',
  },
  'L4-SRV-CANCEL': {
    title: '被取消的调用没有留下 span',
    why: '评测程序发起一次调用，没等服务端响应就取消了。`{service}` 的 `{span}` 创建了，却一直没有结束：谁也看不到这次调用。',
    hint1: '被取消的调用不会再发 status，也就不经过 `sendStatus`；来的是取消通知。',
    hint2: '看服务端拦截器里的 listener：哪个方法会得知调用方已经走了？',
    hint3:
      "`.withOnCancel(() => finish({ code: status.CANCELLED, details: 'the caller did not wait' }))`。正常响应之后它也会被调用，所以 `finish` 第二次执行时应当什么都不做。",
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
    'title.SERVER': '响应还没发出，`{span}` 就结束了',
    'why.SERVER':
      '还没处理完，`{span}` 就结束了，响应是在那之后才发的。它只量到请求进来，没有量到处理和响应。',
    'title.NOT-AWAITED': '`{span}` 没有量到函数里的处理过程',
    'why.NOT-AWAITED':
      '处理才刚开始，`{span}` 就结束了，响应也发出去了：调用了 `sleep`，却没有 await。它返回的是 promise，程序不等它就往下走了。',
    hint1: 'client span 从发起请求开始，到读完响应为止。',
    'hint1.SERVER': 'server span 从收到请求开始，到发出响应为止。',
    'hint1.NOT-AWAITED': 'span 从创建持续到 finish()，量到的只有这两者之间的事。',
    hint2: '看 `{span}` 在哪里结束，前面是不是漏了 `await`。',
    'hint2.SERVER': '看创建 `{span}` 的那个函数：它的 finish() 后面还有什么？',
    'hint2.NOT-AWAITED': '看创建 `{span}` 的那个函数里的 `sleep`。',
    'hint3.SERVER':
      '先 `await sleep({count})`，再 `response.send(…)`，`span.finish()` 放在 `finally` 里，只调用一次。',
    'hint3.NOT-AWAITED': '`await sleep({count});` 放在发响应和 `finish()` 之前。',
    hint3:
      '`const answer = await fetch(…); const body = await answer.text(); … span.finish();`，finish 最好放在 `finally` 里。',
  },
  'D-LONG': {
    title: '响应已经发出，`{span}` 还没有结束',
    why: '响应马上就发了，`{span}` 却还在继续：先发了响应，才去处理。这时调用方早已收到响应，不会再等它。',
    'why.FRONT':
      '调用还没有返回，响应就已经发了，`{span}` 却还在继续。请求方早已收到响应，调用失败了它也无从知道。',
    hint1: 'server span 从收到请求开始，到发出响应为止。之后再做的事不属于这个请求。',
    hint2: '看创建 `{span}` 的那个函数：处理、发响应、finish()，先后顺序对吗？',
    'hint3.FRONT':
      '先 `await callHttpService1(ctx)`，把后面的事做完，再 `response.send(reply)`：否则结果还不知道，就已经告诉对方成功了。',
    hint3:
      '先 `await sleep({count})`，再 `response.send(…)`，`span.finish()` 放在 `finally` 里。没人等它完成的事，另建一个 span，用 `references: [followsFrom(span.context())]`。',
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
    'why.FROM-EMPTY':
      '收到了 {count} 条 trace，根 span 分别是 {actual}。`{span}` 由 startSpanFromContext 创建，传入的 context 里没有 span，例如 `background()`。没有父 span 就会另起一条 trace。',
    'hint2.FROM-EMPTY':
      '看调用创建 `{span}` 的那个函数的地方，再看它的 startSpanFromContext：传的是哪个 context？有没有创建过装着 span 的 context？',
    'hint3.FROM-EMPTY':
      '只在根 span 那里写一次 `const ctx = contextWithSpan(background(), span);`，之后传下去的都是 `ctx`，而不是 `background()`。',
    why: '本应是一条 trace，实际却是 {count} 条，根 span 分别是 {actual}。创建 span 时不指定父 span，就会另起一条 trace。',
    'why.CONTEXT-UNUSED':
      '这里有 {count} 条 trace，根 span 分别是 {actual}。contextWithSpan 已经把 `{expected}` 放进了一个 context，创建 `{span}` 用的却是另一个，里面没有 span。context 是不可变的：只有 contextWithSpan 返回的那个才知道这个 span。',
    'why.CONTEXT-WITHOUT-SPAN':
      '这里有 {count} 条 trace，根 span 分别是 {actual}。调用了 contextWithSpan，但传给它的并不是 span，得到的 context 里什么也没有，`{span}` 从中找不到父 span。参数的顺序是先 context，后 span。',
    'why.FROM-SPAN':
      '这里有 {count} 条 trace，根 span 分别是 {actual}。`{span}` 由 startSpanFromContext 创建，传给它的却是一个 span。它要的是 context，也就是装着 span 的那个值，不会到 span 里面去找。',
    'why.FROM-LIST':
      '这里有 {count} 条 trace，根 span 分别是 {actual}。`{span}` 由 startSpanFromContext 创建，传给它的却是一个数组。它要的是 context；它自己返回的则是一对，先 span，后 context。',
    'why.FROM-NOTHING':
      '这里有 {count} 条 trace，根 span 分别是 {actual}。`{span}` 由 startSpanFromContext 创建，传给它的却是 `undefined`：调用这个函数时没有把 context 传进来。',
    'why.CHILD-OF-CONTEXT':
      '这里有 {count} 条 trace，根 span 分别是 {actual}。创建 `{span}` 时，`childOf` 写的是一个 context。childOf 要的是 span，或者 `span.context()` 的返回值；函数之间传递的 context 只是碰巧同名：它要交给 startSpanFromContext，由后者从中取出 span。',
    'why.CHILD-OF-NOTHING':
      '这里有 {count} 条 trace，根 span 分别是 {actual}。创建 `{span}` 时写了 `childOf`，里面却是空的（`null` 或 `undefined`）。没有父 span 就会另起一条 trace，而且不会报错。',
    'why.CHILD-OF-OTHER':
      '这里有 {count} 条 trace，根 span 分别是 {actual}。创建 `{span}` 时，`childOf` 写的不是 span。它要的是 span，或者 `span.context()`、`extract()` 的返回值。',
    'why.AS-OPTIONS':
      '收到了 {count} 条 trace，根 span 分别是 {actual}。`{span}` 由 startSpan 创建，父 span 却直接当成了它的第二个参数。那里要的是选项，父 span 写在 `childOf` 里。',
    'why.FROM-EXCHANGED':
      '收到了 {count} 条 trace，根 span 分别是 {actual}。调用 startSpanFromContext 时，context 的位置上是名字，后面的值就被当成了名字。先是 context，再是名字。',
    'hint1.AS-OPTIONS':
      'startSpan 的第二个参数是选项，每一项都有自己的键。直接放一个 span 或者上下文，里面没有 `childOf` 这一项，也就没有父 span。',
    'hint2.AS-OPTIONS': '看创建 `{span}` 的那个 startSpan：第二个参数是什么？',
    'hint3.AS-OPTIONS': "`tracer.startSpan('{span}', { childOf: parent })`",
    'hint2.FROM-EXCHANGED': '看 startSpanFromContext 的两个参数：谁在前？',
    'hint3.FROM-EXCHANGED': "`const [span, ctxOfSpan] = startSpanFromContext(ctx, '{span}');`",
    'why.NOTHING-ACTIVE':
      '收到了 {count} 条 trace，根 span 分别是 {actual}。`{span}` 的父 span 本该取当前活动的 span，而那里一个也没有：这次调用在所有 `withSpan` 的外面。没有父 span 就会另起一条 trace。',
    'hint1.NOTHING-ACTIVE':
      'activeSpan() 得到的是外面最近一层 withSpan 的 span；外面一层也没有，就什么也得不到。花括号后面的调用，已经在外面了。',
    'hint2.NOTHING-ACTIVE':
      '找到产生 `{span}` 的那次调用，再找到 `withSpan` 的花括号：它在里面吗？',
    'hint3.NOTHING-ACTIVE':
      '`await withSpan(span, async () => { … });`，用 `{expected}` 的 span，属于它的调用都放在花括号里面。',
    hint1: 'span 之间不会自动关联：进程内靠 context 或 childOf，进程之间靠请求头。',
    hint2: '除第一个以外，逐个看这些根 span：创建它的函数是谁调用的，调用时传了什么？',
    'hint2.CONTEXT-UNUSED':
      '找到 contextWithSpan：它的返回值存进了哪个变量？往下传的是不是那个变量？',
    'hint2.CONTEXT-WITHOUT-SPAN': '看 contextWithSpan 的两个参数，以及它们的顺序。',
    'hint2.CHILD-OF-NOTHING': '看创建 `{span}` 时 `childOf` 后面的变量：此时里面是什么？',
    'hint3.CONTEXT-UNUSED':
      '`const ctx = contextWithSpan(background(), span);`，传给各个函数的就是这个 `ctx`。',
    'hint3.CONTEXT-WITHOUT-SPAN': '`contextWithSpan(background(), span)`',
    'hint3.FROM-SPAN':
      '先 `const ctx = contextWithSpan(background(), span);`，再把 `ctx` 传下去；不用 context 的话，写 `tracer.startSpan(…, { childOf: span })`。',
    'hint3.FROM-LIST':
      '`const [span, ctxOfSpan] = startSpanFromContext(ctx, …);`，往下传 `ctxOfSpan`。',
    'hint3.CHILD-OF-CONTEXT':
      "把 `tracer.startSpan('{span}', { childOf: ctx })` 换成 `const [span] = startSpanFromContext(ctx, '{span}');`。",
    hint3:
      '`const ctx = contextWithSpan(background(), span);`，把 `ctx` 传下去，在那边 `const [child, childCtx] = startSpanFromContext(ctx, …)`。不用 context 的话：`{ childOf: span }`。',
  },
  'T-PARENT': {
    title: '`{span}` 挂错了位置',
    why: '`{span}` 挂在 `{actual}` 之下，而它应当挂在 `{expected}` 之下：是后者调用了它。',
    'why.ROOT': '`{span}` 挂在了 `{actual}` 之下，而它是根 span，上面不该有别的 span。',
    'why.MISSING':
      '`{span}` 没有挂在本课的任何 span 之下，而它应当挂在 `{expected}` 之下：是后者调用了它。',
    'title.WHICH': '带有 `{which}` 的 `{span}` 挂错了位置',
    'why.WHICH':
      '`{span}` 不止一个。带有 `{which}` 的那个挂在 `{actual}` 之下，而它应当挂在 `{expected}` 之下：是后者调用了它。',
    'hint2.WHICH':
      '找到传入 `{which}` 里这个值的那次调用：一起传进去的是哪个 context，或者哪个 span？',
    'title.AFTER': '带有 `{which}` 的 `{span}` 挂错了位置',
    'why.AFTER':
      '`{span}` 不止一个。带有 `{which}` 的那个挂在 `{actual}` 之下，而它应当挂在 `{expected}` 之下。可是它开始的时候，后者已经结束了：这次调用写在创建 `{expected}` 的函数之后，或者写在函数里的 `finish()` 之后。本课要由那个函数在自己的 span 还没结束时调用它。',
    'hint2.AFTER':
      '找到传入 `{which}` 里这个值的那次调用：它在创建 `{expected}` 的函数里面吗？在 `finish()` 之前吗？',
    'hint3.AFTER':
      '把这次调用移到创建 `{expected}` 的函数里面、`finish()` 之前，传给它那里 startSpanFromContext 返回的 context。',
    'title.LEFT-OVER': '带有 `{which}` 的 `{span}` 挂错了位置',
    'why.LEFT-OVER':
      '`{span}` 不止一个。带有 `{which}` 的那个挂在 `{actual}` 之下，可它开始的时候后者已经结束了；它应当挂在 `{expected}` 之下。传给它的是上一次调用遗留下来的东西：也许是那个函数返回的，也许还留在一个不止一个函数会写入的变量里。',
    'hint1.LEFT-OVER':
      '父 span 是直接调用方的 span。函数的 context 只给它自己调用的函数用；之后，调用方要继续用自己的。',
    'hint2.LEFT-OVER':
      '找到传入 `{which}` 里这个值的那次调用，看一起传进去的变量：有哪些地方给它赋过值？',
    'hint3.LEFT-OVER':
      '在每个函数里面写 `const [span, ctxOfSpan] = startSpanFromContext(ctx, …);`，`ctx` 是参数，不再重新赋值。',
    hint1: '父 span 是直接调用方的 span，不一定是最开头的那个。',
    hint2: '看创建 `{span}` 的地方：它的父 span 来自哪个 context，或者哪个 childOf？',
    hint3:
      '把调用方从 startSpanFromContext 得到的 context 传下去；或者 `{ childOf: callerSpan }`。',
    'title.CALLER': '`{span}` 挂在了 :{port} 的调用方之下',
    'why.CALLER':
      '评测程序调用 :{port} 时带上了一条 trace，`{span}` 就挂在了这个调用方之下，与 `{expected}` 并列。它应当挂在 `{expected}` 之下：是后者发起了这次调用。extract() 的结果只能用作 `{expected}` 的父 span。',
    'hint2.CALLER':
      '看 :{port} 的处理函数传给创建 `{span}` 的函数的是什么：是 extract() 的结果，还是用它创建的那个 span？',
    'hint3.CALLER':
      '不管有没有调用方，传下去的都是处理函数自己的 span：`contextWithSpan(background(), span)`，或者 `{ childOf: span }`。',
  },
  'A-NAME': {
    title: '`{actual}`？本课要的是 `{expected}`',
    'title.OBJECT': '有一个 span 的名字是一个对象',
    'why.OBJECT':
      '有一个 span 叫 `{actual}`：该写字符串的地方写了对象，就会变成这样。名字是 `tracer.startSpan` 的第一个参数；在 startSpanFromContext 里是第二个，紧跟在 context 后面，tracer 由它自己去取全局的那个。',
    'hint1.OBJECT': '参数只靠位置来区分。名字不是字符串，就会被转成字符串。',
    'hint2.OBJECT': '找到应当叫 `{expected}` 的 span 是在哪里创建的：名字的位置上写了什么？',
    'hint3.OBJECT':
      "`startSpanFromContext(ctx, '{expected}')`，或者 `tracer.startSpan('{expected}', { … })`。",
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
    'why.OBJECT':
      '`{span}` 没有 `span.kind`：传给 setTag() 的是一个对象。它一次只设一个 tag，先是 key，再是 value；接收对象的是 addTags()。',
    'why.OPTIONS':
      '`{span}` 没有 `span.kind`：它直接写在了 startSpan 的选项里，和 `tags` 并列，那里没有人会读。要成为 tag 的，应当写在 `tags` 里面。',
    'hint2.OPTIONS':
      '看创建 `{span}` 的 startSpan 的第二个参数：有 `tags` 吗？各个 tag 在它的花括号里面吗？',
    'hint3.OPTIONS':
      "`tracer.startSpan('…', { childOf: parent, tags: { [Tags.SPAN_KIND]: '{expected}' } })`",
    'why.REPLACED':
      '`{span}` 没有 `span.kind`。rpcServerOption 调用了，`span.kind` 就在它返回的选项的 `tags` 里；你自己的 `tags` 却把它整个替换掉了。同名的两项，以后面的为准，前面的一点也不会留下。',
    'hint2.REPLACED': '看创建 `{span}` 时的选项：`tags` 里除了你自己的，还有什么？',
    'hint3.REPLACED':
      "`const caller = rpcServerOption(parent); tracer.startSpan('…', { ...caller, tags: { ...caller.tags, … } })`：两边的 tag 都要。",
    why: '`{span}` 应当有 `span.kind={expected}`，现在是 `{actual}`。kind 说明谁是调用方、谁是被调用方，服务依赖图就靠它来画。',
    'why.MISSING':
      '`{span}` 没有 `span.kind`，应当是 `{expected}`。kind 说明谁是调用方、谁是被调用方，服务依赖图就靠它来画。',
    'why.ELSEWHERE':
      '`{span}` 没有 `span.kind`，`span.kind={expected}` 设在了 `{actual}` 上：设错 span 了。变量名相近，或者两个 span 都叫 `span`，很容易弄混。',
    'why.EXCHANGED':
      '`{span}` 上是 `span.kind={actual}`，`{parent}` 上却是 `span.kind={expected}`：两者弄反了。服务依赖图靠 kind 来画，这样一来调用方向就全反了。',
    'why.NEAR':
      '`{actual}`？本课要 `{span}` 上有 `span.kind={expected}`，tag 的 key 一个字符也不能差。',
    'why.TOO-LATE':
      '`{span}` 没有 `span.kind`：设置它的时候 `{span}` 已经结束，结束之后再写什么都不会生效。',
    hint1: '发起调用的是 `client`，处理调用的是 `server`。',
    hint2: '看创建 `{span}` 的地方和它的 tag。',
    'hint2.ELSEWHERE':
      '找到把 `span.kind` 设为 `{expected}` 的那一行：点号前面的变量，此时是哪个 span？',
    'hint2.TOO-LATE': '找到 `{span}` 的 finish()，看看它下面还写了什么。',
    hint3:
      "`span.setTag(Tags.SPAN_KIND, '{expected}')`；服务端用 `rpcServerOption(parent)` 就会带上。",
  },
  'A-TAG': {
    title: '`{span}` 的 tag `{key}` 不对',
    'title.OBJECT': '`{span}`：传给 setTag() 的是一个对象',
    'why.OBJECT':
      '`{span}` 上没有 tag `{key}`：传给 setTag() 的是一个对象。它一次只设一个 tag，先是 key，再是 value；接收对象的是 addTags()。',
    'hint2.OBJECT': '看设置 `{key}` 的 setTag：圆括号里面是不是紧跟着花括号？',
    'hint3.OBJECT':
      "`span.setTag('{key}', …)`，值为 {expected}；或者 `span.addTags({ … })`，两者都写在对象里。",
    'why.OPTIONS':
      '`{span}` 上没有 tag `{key}`：`{key}` 直接写在了 startSpan 的选项里，和 `tags` 并列，那里没有人会读。要成为 tag 的，应当写在 `tags` 里面。',
    'hint2.OPTIONS':
      '看创建 `{span}` 的 startSpan 的第二个参数：有 `tags` 吗？`{key}` 在它的花括号里面吗？',
    'hint3.OPTIONS':
      "`tracer.startSpan('…', { childOf: parent, tags: { … } })`，`tags` 里写 `{key}`，值为 {expected}。",
    why: '`{span}` 上是 `{key}={actual}`，本课要的是 `{key}={expected}`。',
    'why.MISSING': '`{span}` 上没有 tag `{key}`，本课要的是 `{key}={expected}`。',
    'why.NEAR': '`{actual}`？本课要 `{span}` 上的 tag 叫 `{key}`，一个字符也不能差。',
    'why.ELSEWHERE':
      '`{key}={expected}` 设在了 `{actual}` 上，`{span}` 上却没有：设错 span 了。变量名相近，或者两个 span 都叫 `span`，很容易弄混。',
    'why.TOO-LATE':
      '`{span}` 上没有 tag `{key}`：设置它的时候 `{span}` 已经结束，结束之后再写什么都不会生效。',
    'title.BARE': '`{span}` 上什么也没有写',
    'why.BARE':
      '`{span}` 上既没有 tag `{key}={expected}`，也没有含 {actual} 的 log。如果程序里这两行都有，那就是没有执行到：也许有异常被 catch 住又没有打印，也许提前 return 了。',
    'why.LOGGED':
      '`{key}={expected}` 写进了 `{span}` 的 log，本课要的是 tag。tag 描述整个 span，可以用来搜索；log 只是其中的某一时刻。',
    hint1:
      'tag 是一对 key 和 value，设置在某一个 span 上。key 要逐字符一致；`1` 和 `"1"` 也不一样。',
    hint2:
      '找到 `{span}` 上的 setTag。`sampler.type` 和 `sampler.param` 除外：它们由 tracer 写入，说明用的是哪个采样器。',
    'hint2.ELSEWHERE': '找到设置 `{key}` 的那行 setTag：点号前面的变量，此时是哪个 span？',
    'hint2.TOO-LATE': '找到 `{span}` 的 finish()，看看它下面还写了什么。',
    'hint2.BARE':
      '逐行看创建 `{span}` 的函数：执行到哪一行了？把里面和外面每个 `catch` 到的错误都打印出来。',
    'hint3.BARE':
      "`span.setTag('{key}', …)`，值为 {expected}；`span.log({ … })`，内容为 {actual}。都要在 `{span}` 结束之前。",
    hint3: "`span.setTag('{key}', …)`，值为 {expected}，要在 `{span}` 结束之前。",
    'title.OVERRULED': '`{span}`：rpcServerOption 的 tag 覆盖了你的',
    'why.OVERRULED':
      '`{span}` 上没有 tag `{key}`。它的选项里，`tags` 就是 rpcServerOption 返回的那一份，原样没动。如果你也写了自己的，那就是写在展开它的选项之前，被它替换掉了：同名的两项，以后面的为准，前面的一点也不会留下。',
    'hint2.OVERRULED': '看创建 `{span}` 时的选项：`tags` 和三个点的展开，哪个在前？',
    'hint3.OVERRULED':
      '`{ ...caller, tags: { ...caller.tags, … } }`，里面写 `{key}`，值为 {expected}：先展开，再写两边的 tag。',
  },
  'A-LOG': {
    title: '`{span}` 的 log 与课文不符',
    'title.TEXT': '`{span}`：传给 log() 的是字符串，应当是对象',
    'why.TEXT':
      '`{span}` 上没有含 {expected} 的 log：传给 log() 的是一个个字符串。它只接收一个对象，log 的每个字段都写成其中的一项。',
    'hint2.TEXT': '看 `{span}` 上的 log 调用：圆括号里面有花括号吗？',
    why: '`{span}` 的 log 里没有写全 {expected}。',
    'why.MISSING': '`{span}` 上没有含 {expected} 的 log。',
    'why.NEAR': '`{span}` 上有一条 log 是 {actual}，本课要的是 {expected}。',
    'why.ELSEWHERE':
      '含 {expected} 的 log 写到了 `{actual}` 上，`{span}` 上却没有：写错 span 了。变量名相近，或者两个 span 都叫 `span`，很容易弄混。',
    'why.EXCHANGED':
      '两个 `{span}` 里，`{parent}` 之下的那个应当记 {expected}，实际却记在 `{actual}` 之下的那个上，而它自己记的是对方的内容：两次调用弄反了。',
    'why.EARLY':
      '`{span}` 记录 {expected} 的时候，它要说明的操作还没有执行。log 带的是写入那一刻的时间，写早了，时间线上就对不上。',
    'why.TOO-LATE':
      '`{span}` 上没有含 {expected} 的 log：写它的时候 `{span}` 已经结束，结束之后再写什么都不会生效。',
    'why.TAGGED':
      '{expected} 写成了 `{span}` 的 tag，本课要的是 log。tag 描述整个 span；log 是其中的某一时刻，带有时间。',
    hint1: 'log 记录 span 期间某一时刻发生的事，带若干字段。',
    hint2: '找到 `{span}` 上的 log：key 和 value 逐字符对照，而且要在 finish() 之前。',
    'hint2.ELSEWHERE': '找到写 {expected} 的那行 log：点号前面的变量，此时是哪个 span？',
    'hint2.EXCHANGED': '看两处调用：创建 `{span}` 的函数，每次传进去的是什么？',
    'hint2.TOO-LATE': '找到 `{span}` 的 finish()，看看它下面还写了什么。',
    'hint2.EARLY': '找到写 {expected} 的那行 log：那个函数里，哪个 `await` 排在它后面？',
    hint3: '`span.log({ … })`，内容为 {expected}。',
    'hint3.EARLY': '先 `await` 操作完成，再 `span.log({ … })`，内容为 {expected}。',
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
    'why.TOO-LATE':
      '评测程序让这次调用失败了，写错误信息的时候，`{span}` 已经结束了。结束之后的 span 什么也写不进去。finish() 之前要有 `error=true`，以及一条 `event=error` 的 log。',
    'title.IN-METHOD': '处理函数把 `{span}` 结束掉了',
    'why.IN-METHOD':
      '评测程序让这次调用失败了。status 还没有定，处理函数就把 `{span}` 结束了，拦截器再写什么都晚了。谁创建的 span 由谁来结束；处理函数可以往上面写，但不要结束它。',
    'title.CANCEL': '结束 `{span}` 的只有取消事件',
    'why.CANCEL':
      '评测程序让这次调用失败了。`withSendStatus` 只把 status 传了下去，没有结束 `{span}`；结束它的只有 `withOnCancel`，它最后才来，也不知道 status 是什么。要按发出的 status 写上 `error=true`，以及一条 `event=error` 的 log。',
    'hint1.CANCEL':
      '调用怎样结束，看的是 status，而 status 要经过 `sendStatus`。grpc-js 在每次调用之后都会调用 `onCancel`，正常响应的也不例外：它是为那些等不到 status 的调用准备的。',
    'hint2.CANCEL':
      '在 server-interceptor.ts 里找出 `{span}` 的每个 finish()：`withSendStatus` 里有吗？',
    'hint3.CANCEL':
      '`.withSendStatus((sent, next) => { finish(sent); next(sent); })`，其中 `finish` 第二次调用时什么也不做。',
    'why.LOG':
      '评测程序让这次调用失败了，`{span}` 有 `error=true`，却没有一条 `event=error` 的 log 说明原因。',
    'why.BOTH':
      '评测程序先让对方返回 500，再让对方断开连接，`{span}` 两次看上去都一切正常。对 fetch 来说，500 不会抛异常，状态码要自己检查；连接断开会抛异常，span 在这个分支上要反映出来。要有 `error=true`，以及一条 `event=error` 的 log。',
    'title.ANSWERED-OK': '调用失败了，:{port} 却告诉调用方一切正常',
    'why.ANSWERED-OK':
      '`{span}` 下面的调用失败了，:{port} 仍然返回了 {actual}。trace 里看得到错误，调用方却不知道：`catch` 住之后没有再抛出，错误就到此为止了。课文里返回的是 502。',
    'title.UNANSWERED': ':{port} 一直没有响应调用方',
    'why.UNANSWERED':
      '评测程序让这次调用失败了。span 都结束了，:{port} 却一直没有响应，调用方还在等。出错的分支也要返回响应。',
    hint1: 'tag 让 span 标红、能被搜到，log 说明什么时候出了什么事。',
    hint2: '看 `{span}` 的出错分支：调用抛异常，或者返回的不是成功。',
    'hint2.STATUS': '看 `{span}` 的请求之后：检查 `answer.ok` 或者状态码了吗？',
    'hint2.HANG-UP': '看 `{span}` 的请求外面的 `catch`。',
    'hint2.TOO-LATE': '找出 `{span}` 的每个 finish()：最先执行的那个后面，还写了什么？',
    'hint2.IN-METHOD': '在 greeter.ts 的处理函数里找 finish()。',
    'hint2.GRPC':
      '`{span}` 是在哪里结束的？是收到 status 的时候（客户端 `withOnReceiveStatus`，服务端 `withSendStatus`）吗？传进去的就是那个 status 吗？',
    'hint2.BOTH':
      '看 `{span}` 的请求之后，以及外面的 `catch`：检查状态码了吗？`catch` 里设 tag、写 log 了吗？',
    'hint2.ANSWERED-OK':
      '看请求外面的 `catch`：有没有把错误继续抛出？再看返回响应的那个函数的 `catch`。',
    'hint2.UNANSWERED': '看处理 :{port} 请求的那个函数的 `catch`。',
    'hint3.TOO-LATE':
      "先 `span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: … });`，最后才是 `span.finish();`，只调用一次。",
    'hint3.IN-METHOD':
      '处理函数里写 `spanFromContext(callContext())?.log({ … })`，不要 `finish()`：它在拦截器里，在发出 status 的地方。',
    'hint3.UNFINISHED':
      '`try { … } catch (error) { … } finally { span.finish(); }`；gRPC 则写在 status 经过的地方，不管是什么状态。',
    'hint3.ANSWERED-OK':
      '请求外面的 `catch` 最后一行写 `throw error;`，接住它的地方写 `response.status(502).send(…)`。',
    'hint3.UNANSWERED':
      '`catch (error) { span.setTag(Tags.ERROR, true); response.status(502).send(…); }`',
    hint3:
      "`catch (error) { span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: error.message }); throw error; }`；gRPC 则写在处理 status 的地方，status 不是 OK 时执行。",
    'title.CANCELLED': '`{span}` 上的错误不是发出的那个',
    'why.CANCELLED':
      '评测程序让这次调用以 `13 INTERNAL: boom` 失败，`{span}` 的错误 log 里写的却是 `{actual}`。这个 status 经过时没有人结束 span，结束它的只有 `withOnCancel`：它在每次调用的最后才来，也不知道 status 是什么。如果是在 `withSendMessage` 里结束的：失败的调用没有 message。',
    'hint1.CANCELLED':
      '调用怎样结束，看的是 status；每次调用都有 status，都要经过 `sendStatus`。只有成功的调用才会发 message；grpc-js 在每次调用之后都会调用 `onCancel`，那是为等不到 status 的调用准备的。',
    'hint2.CANCELLED':
      '在 server-interceptor.ts 里找出 `{span}` 的每个 finish()：`withSendStatus` 里有吗？用的是经过那里的 status 吗？',
    'hint3.CANCELLED':
      '把 `withSendMessage` 换成 `.withSendStatus((sent, next) => { finish(sent); next(sent); })`，其中 `finish` 第二次调用时什么也不做。',
    'title.ELSEWHERE': '错误写在了 `{actual}` 上，失败的却是 `{span}` 的调用',
    'why.ELSEWHERE':
      '评测程序让这次调用失败了。`{actual}` 上有 `error=true` 和 log，`{span}` 才是这次调用的 span，看上去却一切正常。要找失败的调用，找到的会是另一个。',
    'hint1.ELSEWHERE': '错误要写在失败的那个 span 上。上层的 span 也可以写，但代替不了它。',
    'hint2.ELSEWHERE': '看设 `error=true`、写 log 的地方：写在了哪个 span 上？',
    'title.OTHER-STATUS': '`{span}` 只反映出一部分错误',
    'why.OTHER-STATUS':
      '评测程序让一次调用以 {actual} 结束，`{span}` 看上去却一切正常；`boom` 是 INTERNAL，它反映出来了。status 只要不是 OK，就是失败的调用。',
    'hint1.OTHER-STATUS': 'OK 的 code 是 0。另外还有十六个，各自说明调用为什么失败。',
    'hint2.OTHER-STATUS': '看决定要不要标记 `{span}` 的那个判断：哪些 code 会成立？',
    'hint3.OTHER-STATUS':
      "`if (code) { span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: … }); }`",
    'hint3.GRPC':
      "在 status 经过的地方写 `if (status.code) { span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: status.details }); }`，最后 `span.finish();`。`code` 是数字，OK 是 0：它永远不会等于 'INTERNAL' 这样的名字。",
  },
  'X-FALSE': {
    title: '`{span}` 上有 error=true，但调用并没有失败',
    'why.GRPC':
      '这次调用是成功的，status 就是 OK，而 OK 的 code 是 0。`{service}` 的 span `{span}` 上却有 `error=true`：要么把 0 当成了错误，要么 span 得到的是另一个 status。如果每条 trace 都标红，真正失败的那一条就看不出来了。',
    why: '这次调用是成功的，`{service}` 的 span `{span}` 上却有 `error=true`。如果每条 trace 都标红，真正失败的那一条就看不出来了。',
    'title.CANCEL': '`withSendStatus` 没有结束 `{span}`',
    'why.CANCEL':
      '这次调用是成功的，`{service}` 的 span `{span}` 上却有 `error=true`：它是只由 `withOnCancel` 结束的。grpc-js 在每次调用之后都会调用它，正常响应的也不例外，于是每次调用看上去都像是调用方不等了。',
    'hint1.CANCEL':
      '服务端发出 status，这次调用就处理完了。只有在此之前就被放弃的调用，才由取消事件来收尾。',
    'hint2.CANCEL':
      '看 server-interceptor.ts 里的 `withSendStatus`：把 status 传下去之前，结束 span 了吗？',
    'hint3.CANCEL':
      '`.withSendStatus((sent, next) => { finish(sent); next(sent); })`，其中 `finish` 第二次调用时什么也不做，后面再来的取消事件也就不起作用了。',
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
