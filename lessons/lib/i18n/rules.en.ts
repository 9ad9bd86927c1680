import type { AllRuleWords } from './rule-words.ts';

/** What the judge says of each mistake. rules.zh-cn.ts has the same keys and the same `{names}`. */
export const rulesEn = {
  'W-CRASH': {
    title: '{file} stopped with an error',
    'title.ANSWER': 'A request to {file} ended in an error',
    'title.STUCK': '{file} got no further than an error',
    why: 'It ended with: {error}. Until it runs to its end there is no trace worth judging.',
    'why.ANSWER':
      'It runs, but a request to it went wrong: {error}. Until it answers there is no trace worth judging.',
    'why.STUCK':
      'It printed an error, got no further, and had to be stopped: {error}. Until it runs to its end there is no trace worth judging.',
    hint1:
      'Read the first line of the error, not the last: it says what was wrong, the lines below only who called whom.',
    hint2: 'Look at {place}, at the place that the error names: {error}',
    'hint2.STUCK':
      'Look in {file}, and in the files that it imports, for what the error names: {error}',
    hint3:
      'If it says that something is undefined, not defined or not a function, compare the name that you use in {place} with the imports at its top and the parameters around it. An underscore is part of a name.',
    'hint3.STUCK':
      'If it says that something is undefined, not defined or not a function, compare the name that you use with the imports at the top of its file and the parameters around it. An underscore is part of a name.',
  },
  'W-HANG': {
    title: '{file} never got done',
    why: 'The judge waited, and stopped it. Something in it still waits: a promise that nobody resolves, a request without an answer, or a connection or timer that nobody closes.',
    'why.STATUS':
      'The judge waited, and stopped it. The server answers, and the span of the call was finished, so the answer came in. The caller never heard of it: its call ends when the status is handed on.',
    'why.HANDLER':
      'A call came to {file}, and its span was started; an answer never left. The handler was not reached, or does not answer: what an interceptor is handed, it has to hand on.',
    hint1:
      'A Node program ends when nothing is left that it waits for, and a request is over when it was answered.',
    hint2:
      'Go through {file} along the path of one run: which await comes back, which callback is called, and is every request answered, also after an error?',
    'hint2.STATUS':
      'Look in client-interceptor.ts at the listener: does every one of its methods call its `next`?',
    'hint2.HANDLER':
      'Look in server-interceptor.ts at each listener and responder method: is `next` called in it, and not only named? Then at the handler: does it call its callback on every path?',
    'hint3.STATUS': '`nextStatus(status);` as the last line of `withOnReceiveStatus`.',
    'hint3.HANDLER':
      '`next()` where it reads `() => next`; `callContexts.run(context, next)` calls it for you. In the handler: `callback(null, reply)`.',
    hint3:
      'A program: close what was opened, `client.close()` and `await closer.close()`. A handler: `response.send(…)` or `callback(null, reply)` on every path.',
  },
  'W-PORT': {
    title: '{file} is not on :{port}',
    why: 'The judge calls {file} on :{port}, as the lesson says, and the program does not listen there.',
    'why.ELSEWHERE': 'The lesson expects {file} on :{port}; your program listens on :{actual}.',
    'why.HELD': '{file} could not listen on :{port}: {error}.',
    hint1:
      'A port belongs to one process at a time. Both sides of a call have to agree on its number.',
    hint2:
      'Look at the last lines of {file}, where the server is told its port. `npm run doctor` says who holds which port.',
    hint3: 'Give it the lesson’s port: `listen({port})`, or `await serve(app, {port}, closer)`.',
  },
  'P-SERVICE': {
    title: 'The service is not called `{expected}`',
    why: 'The lesson’s tracer belongs to the service `{expected}`; yours says `{actual}`. The list in the UI and every search begin with that name.',
    'why.MISSING':
      'The tracer was given no service name. It has to say whose spans it sends; here that is `{expected}`.',
    hint1:
      'A tracer speaks for one service. Its name travels with every packet of spans, not with each span.',
    hint2: 'Look for the place in {file} where the tracer is made.',
    hint3:
      "`initJaeger('{expected}')`; with jaeger-client `serviceName: '{expected}'` in the configuration.",
  },
  'T-NOOP': {
    title: '{file} started no span',
    why: 'The program did its work, and its tracer was never asked for a span, or is one that does nothing. opentracing’s own `Tracer` takes every call and keeps none: nothing fails, and nothing is seen.',
    hint1:
      'opentracing is an interface. A program runs with it even when no real tracer is behind it, and then leaves no trace.',
    hint2:
      'Follow the tracer in {file} back to where it is made: is it a `new Tracer()` of opentracing, the global one before anybody set it, or one that is `disabled`?',
    hint3:
      "Make a real one and start the span with it: `const [tracer, closer] = initJaeger('…'); const span = tracer.startSpan('…')`. In `initJaeger` itself: `initTracer({ serviceName, sampler, reporter })`.",
  },
  'S-NOTSAMPLED': {
    title: 'The sampler dropped every span',
    'title.SHARE': 'The sampler keeps only a share of the traces',
    why: 'Spans finished in {file}: {finished}. Kept by its sampler: none. `const` with param 0 keeps nothing; a small share keeps nothing most of the time.',
    'why.SHARE':
      'Of {count} new traces the sampler in your `initJaeger` kept about {actual}. Whether the one span of this lesson is among them is luck; with `const` 1 it always is.',
    hint1:
      'When a trace begins the sampler decides whether it is kept. A span that is not kept is never sent.',
    hint2:
      'Look at `sampler` in the configuration of the tracer, and at `JAEGER_SAMPLER_*` in the environment.',
    hint3: "`sampler: { type: 'const', param: 1 }` keeps every trace.",
  },
  'T-UNFINISHED': {
    title: '`{span}` was started and never finished',
    why: 'A span is sent when it is finished, and not before: until then nobody knows how long it took. `{span}` never was, so it is missing, and what hangs below it hangs on nothing.',
    'why.EXIT':
      '`{span}` was started and never finished: the program ended itself by `process.exit` while it ran. Nothing that would come later runs then, no `finally` either.',
    hint1:
      'Every start needs its finish, on every path: also when something throws or returns early.',
    hint2: 'Look for the function that starts `{span}` and go through each way out of it.',
    hint3: '`const span = …; try { … } finally { span.finish(); }`',
  },
  'R-NOFLUSH': {
    title: 'The program left before its spans did',
    why: 'Spans finished in {file}: {finished}. Arrived: none. The reporter gathers spans and sends them about once a second; your program was gone earlier.',
    'why.CLOSED':
      'Spans finished in {file}: {finished}. Arrived: none, for the tracer had been closed before they were finished. A closed tracer sends nothing more.',
    hint1:
      'Finished is not yet sent. Spans wait in the process, and go with it if it ends too soon.',
    hint2:
      'Look at the very end of {file}: in which order stand the last finish() and the close? And is there a `process.exit` anywhere?',
    hint3:
      'The last act, awaited: `await closer.close()`. With jaeger-client: `await new Promise((done) => tracer.close(done))`. No `process.exit` before it.',
  },
  'R-WRONGPORT': {
    title: 'The spans left, but to the wrong door',
    why: '{file} sent its spans, and the agent got none that it could read. Each of its UDP ports takes one encoding: 6831 compact Thrift, 6832 binary Thrift. UDP does not complain.',
    'why.ENCODING':
      'Packets came in on UDP {port}, in an encoding that this port does not take: 6831 expects compact Thrift, 6832 binary Thrift.',
    'why.ELSEWHERE':
      '{file} sent its packets to UDP {port}. The agent is not there: it takes compact Thrift on 6831 and binary Thrift on 6832.',
    'why.COLLECTOR':
      '{file} posted its spans to {port}, and they were not taken there. The collector takes them by HTTP on port 14268, at `/api/traces`; agents are reached by UDP.',
    hint1:
      'Between tracer and agent two things have to fit: the port, and the encoding that is spoken there. Nobody answers if they do not.',
    hint2:
      'Look at `reporter` in the configuration of the tracer, and at `JAEGER_AGENT_*` in the environment.',
    hint3:
      "This workshop’s client speaks compact: `reporter: { localAgentHostPort: ':6831' }`. npm jaeger-client speaks binary: `agentHost: 'localhost', agentPort: 6832`.",
  },
  'R-PARTIAL': {
    title: 'Only {arrived} of {finished} spans arrived',
    why: 'Spans finished in {file}: {finished}. Arrived: {arrived}. The program left between two packets. What was still waiting then is lost.',
    'why.CLOSED':
      'Spans finished in {file}: {finished}. Arrived: {arrived}. The others were finished when the tracer had been closed already. A closed tracer sends nothing more.',
    'why.TRACERS':
      'Spans finished in {file}: {finished}. Arrived: {arrived}. They come from {count} tracers, and closed were {actual} of these: what still waits in the others is lost.',
    hint1:
      'The reporter sends in groups. The last group waits for the next second, or for somebody to close the tracer.',
    hint2:
      'Look at the end of {file}: is anything finished after the tracer was closed, or the close not awaited?',
    'hint2.TRACERS':
      'Look in {file} for the places where a tracer is made: why is there more than one?',
    hint3: 'First the last `span.finish()`, then `await closer.close()`, then nothing more.',
    'hint3.TRACERS':
      'Call `initJaeger(…)` once, hand that `tracer` on, also to `initGlobalTracer(tracer)`, and `await closer.close()` at the end.',
  },
  'L1-COLLECTOR': {
    title: 'The span did not go to the collector',
    'title.ALL-COLLECTOR': 'No span went to the agent',
    why: 'The judge called your `initJaeger` with a `collectorEndpoint`, and no span was posted there.',
    'why.AGENT':
      'The judge called your `initJaeger` with a `collectorEndpoint`, and the span went to the agent over UDP all the same: what a caller asks for does not reach the tracer.',
    'why.FORMER':
      'The judge called your `initJaeger` with a `collectorEndpoint`, and got back a tracer that an earlier call had made with another configuration: what this caller asked for was not looked at. If the tracer was closed meanwhile, it sends nothing at all.',
    'why.NOT-YET':
      'The judge saw your `initJaeger` honour a `collectorEndpoint`. But {file} itself sent nothing to the collector: the second tracer, the one with a `collectorEndpoint`, is still to come, or its span is.',
    'why.ALL-AGENT':
      'Both tracers of {file} reported to the agent, and no span came in by the collector: the second tracer was told of none.',
    'why.ALL-COLLECTOR':
      'Both tracers of {file} posted to the collector. The one that `initJaeger` makes by itself is to report to the agent, over UDP 6831.',
    hint1:
      'There are two ways out: over UDP to the agent, which never answers, or over HTTP to the collector, which says what it took. The configuration chooses.',
    hint2: 'Look at how `initJaeger` joins the configuration that it is given with its own.',
    'hint2.FORMER':
      'Does `initJaeger` keep the tracer in a variable outside of the function, and give it back the next time?',
    'hint2.NOT-YET':
      'Look at {file}: how often does it call `initJaeger`, and with which `reporter`? Is a span started and finished on each tracer?',
    'hint2.ALL-AGENT':
      'Look at the second call of `initJaeger` in {file}: what is handed to it besides the name of the service?',
    'hint2.ALL-COLLECTOR': 'Look at the `reporter` in `initJaeger`: which address does it name?',
    hint3:
      "A caller’s part replaces yours: `initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`, called with `{ reporter: { collectorEndpoint: 'http://localhost:14268/api/traces' } }`.",
    'hint3.FORMER':
      'Each call of `initJaeger` makes a tracer of its own, with the `config` of that call: `return [tracer, tracer]` with a `tracer` that is a `const` inside the function.',
    'hint3.NOT-YET':
      "`const reporter = { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' };`, a second `initJaeger(SERVICE, { reporter })`, and a `first-span` on that tracer, finished and closed like the first.",
    'hint3.ALL-AGENT':
      "`initJaeger(SERVICE, { reporter: { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' } })`",
    'hint3.ALL-COLLECTOR':
      "`reporter: { logSpans: true, localAgentHostPort: ':6831' }` in `initJaeger`; a `collectorEndpoint` is for the caller to give.",
  },
  'L1-SAMPLER': {
    title: 'Sampler `{key}` does not keep what it should',
    why: 'Of {count} new traces `{key}` kept {actual}, where {expected} are right. The sampler that the tracer uses is not the one that it was told.',
    hint1:
      '`const` keeps all or nothing, `probabilistic` a share, `rateLimiting` so many traces a second, `remote` what a server says.',
    hint2: 'Look at `sampler` in `initJaeger`: does the one that a caller asks for get through?',
    hint3:
      'Your own first, the caller’s after it: `initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`.',
  },
  'L1-LOGSPANS': {
    title: 'The reporter does not say what it reports',
    why: 'With `logSpans` each finished span is a line on the console, `Reporting span …`. {file} printed none, and when nothing arrives that line is the first thing one looks for.',
    'why.OWN':
      'With `logSpans` each finished span is a line on the console, `Reporting span …`. The reporter that `initJaeger` makes by itself printed none; only another one of {file} did.',
    hint1:
      'A reporter that logs tells two cases apart: never finished, and finished but lost on the way.',
    hint2:
      'Look at `reporter` in the configuration of the tracer. npm jaeger-client also needs a logger to log with.',
    hint3:
      '`reporter: { logSpans: true, … }`; with npm jaeger-client besides `initTracer(config, { logger: console })`.',
  },
  'L2-GLOBAL': {
    title: 'The global tracer still does nothing',
    why: '`startSpanFromContext` asks opentracing’s global tracer for its spans. Until somebody sets that, it is one that does nothing: only what your own tracer started was kept.',
    hint1:
      'There are two tracers in your program: the one that you made, and the global one. The second is what a library asks.',
    hint2:
      'Look at the line in {file} where your tracer is made. What has to happen before the first function is called?',
    hint3: '`initGlobalTracer(tracer);` right after `initJaeger(…)`.',
  },
  'L2-CTX': {
    title: '`{span}` hangs under the wrong span',
    why: '`{span}` ran inside `{expected}`, yet hangs under `{actual}`: the function handed on the context that it was given, not the one that it got back for its own span.',
    hint1:
      'A context never changes. A function that starts a span holds two: the one of its caller, and a new one with its own span in it.',
    hint2:
      'Look inside the function that starts `{expected}`: with which context does it call the next one?',
    hint3:
      '`const [span, ctxService1] = startSpanFromContext(ctx, …);` and then `callService2(ctxService1, …)`. Without contexts: `childOf: span`, the span of this function.',
  },
  'L2-REF': {
    title: '`{span}` only follows its caller',
    why: '`{span}` refers to its caller by FOLLOWS_FROM: that says that the caller goes on without it. Here the function was called, and the caller went on when it had come back: that is CHILD_OF.',
    hint1:
      'Two relations: ChildOf, when the parent waits for the outcome; FollowsFrom, when it only set something going.',
    hint2: 'Look at the options with which `{span}` is started.',
    hint3:
      "`startSpanFromContext(ctx, '{span}')` says CHILD_OF by itself. Without contexts: `{ childOf: parent }` in place of `references: [followsFrom(…)]`.",
  },
  'L2-SHORT': {
    title: '`{span}` does not hold the work of its function',
    why: '`{span}` took next to no time, though the function that it stands for works for three seconds: the work is not awaited.',
    'title.PAUSE': '`{span}` does not wait for the pause before it',
    'why.PAUSE':
      '`{span}` started while the second that should pass before it had only begun: `sleep` was called and not awaited. It gives back a promise, and the program goes on at once.',
    'why.LATE':
      '`{span}` took next to no time, and began when the work was done: the three seconds lie before it.',
    hint1:
      'A span lasts from its start to its finish. It shows the work that lies between the two, and nothing else.',
    hint2: 'Look at the function that starts `{span}`: is its `sleep(3000)` awaited?',
    'hint2.LATE':
      'Look at the function that starts `{span}`: what stands above the line that starts it?',
    'hint2.PAUSE': 'Look at the line above the call that starts `{span}`: is its `sleep` awaited?',
    'hint3.PAUSE': '`await sleep(1000);` between the two calls.',
    hint3: '`await sleep(3000);` between the start of the span and its `finish()`.',
    'hint3.LATE':
      "`const [span, ctxService1] = startSpanFromContext(ctx, '{span}');` is the first line of the function; the work comes after it.",
  },
  'L3-CLI-INJECT': {
    title: 'The request to :{port} carries no trace',
    why: 'The request came to :{port} without `uber-trace-id`. Without it the other side cannot know that there is a trace: was the span injected, before the request left, into the headers of that request?',
    'why.MISSING':
      'The request came to :{port} without `uber-trace-id`: inject() was never called. Between two processes nothing travels but bytes; what is not written into the headers is not there.',
    'why.TOO-LATE':
      'The request came to :{port} without `uber-trace-id`: inject() ran after the request had left. Headers are sent when the request is made.',
    'why.HEADERS-NOT-PASSED':
      'The request came to :{port} without `uber-trace-id`: inject() wrote into an object that was not handed to the request.',
    'why.BINARY':
      'No request with `uber-trace-id` came to :{port}: inject() was given FORMAT_BINARY, which writes bytes. Headers are text.',
    hint1:
      'inject writes what identifies a span into a carrier. Over HTTP the carrier is the headers of the request.',
    hint2:
      'Look in the function that calls :{port}, between the start of its span and the request.',
    hint3:
      '`const headers = {}; tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);` and then the request with `{ headers }`.',
  },
  'L3-CLI-WRONGCTX': {
    title: 'The wrong span travels in the headers',
    why: 'In the headers of the request stands span {actual}, but the span of the call is `{span}`, {expected}. Whoever is called becomes a child of the span in the headers: inject the context of `{span}`.',
    hint1:
      'The server’s span hangs under whatever was injected. The span that asks is the client span.',
    hint2: 'Look at the first argument of inject: whose context is it?',
    hint3: '`tracer.inject(span.context(), …)`, where `span` is `{span}` and not its parent.',
  },
  'L3-CLI-BAGGAGE': {
    title: 'The baggage item `{key}` does not travel',
    why: 'The request came without `uberctx-{key}`: the item was not set, or on a span from which the call’s span does not descend, or when that one had been started already.',
    'why.MISSING':
      'The request came without `uberctx-{key}`: no span was given that item. It belongs on the first span of the service.',
    'why.TOO-LATE':
      'The request came without `uberctx-{key}`: the item was set, but the span of the call did not get it. A child takes what its parent has when it is started, and inject writes what it has then.',
    'why.TAG':
      'The call came without the baggage item `{key}`. `{span}` has a tag of that name: a tag stays with its span, and only baggage travels on.',
    hint1:
      'Baggage goes down the trace and never up: a child takes what its parent has at the moment when the child is started.',
    hint2:
      'Look for the place where `{key}` is set. On which span is it, and is the client span started later?',
    'hint2.TAG': 'Look for the place where `{key}` is set: by setTag, or by setBaggageItem?',
    hint3: "On the first span, before the call: `span.setBaggageItem('{key}', '…')`.",
  },
  'L3-CLI-BAGGAGE1': {
    title: 'The baggage item `{key}` does not travel',
    why: 'The request came without `uberctx-{key}`: it has to be set on the span of the call, and before inject(). What is written into the headers is what the span knows at that moment.',
    'why.MISSING':
      'The request came without `uberctx-{key}`: no span was given that item. It belongs on the span of the call.',
    'why.TOO-LATE':
      'The request came without `uberctx-{key}`: setBaggageItem() was called after inject(). The headers hold what the span knew when they were written.',
    'why.TAG':
      'The call came without the baggage item `{key}`. `{span}` has a tag of that name: a tag stays with its span, and only baggage travels on.',
    hint1: 'inject writes once. What a span learns afterwards stays at home.',
    hint2:
      'Look at the order of lines in the function that makes the call: setBaggageItem, inject, request.',
    'hint2.TAG': 'Look for the place where `{key}` is set: by setTag, or by setBaggageItem?',
    hint3: "`span.setBaggageItem('{key}', '…');` goes above `tracer.inject(…)`.",
  },
  'L3-SRV-EXTRACT': {
    title: ':{port} starts a new trace',
    why: 'The judge called :{port} with a trace in the headers, and your span is in another one: what the caller sent was not read, or was not used.',
    'why.MISSING':
      'The judge called :{port} with a trace in the headers, and your span began a new one: extract() was not called. It is the other half of inject.',
    'why.UNUSED':
      'The judge called :{port} with a trace in the headers. extract() read it, and nobody used the result: a span started without a parent begins a new trace.',
    'why.EMPTY':
      'The judge called :{port} with a trace in the headers. extract() was called and found nothing: was it given the headers of this request, and the format of HTTP headers?',
    hint1:
      'extract reads the carrier and gives the context of the caller’s span; the new span has to be told that this is its parent.',
    hint2: 'Look at the first lines of the handler on :{port}, before its span is started.',
    hint3:
      "`const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);` then `tracer.startSpan('…', rpcServerOption(parent))`; with jaeger-client `{ childOf: parent }`.",
  },
  'L3-SRV-REF': {
    title: '`{span}` follows its caller instead of serving it',
    why: '`{span}` refers to its caller by FOLLOWS_FROM: that says that the caller does not wait. A server span answers a caller who waits, so it is CHILD_OF.',
    hint1:
      'Two relations: ChildOf, the parent depends on the outcome; FollowsFrom, it only set something going.',
    hint2: 'Look at the options with which `{span}` is started.',
    hint3: '`rpcServerOption(parent)`, or `{ childOf: parent }`; no `followsFrom`.',
  },
  'L3-SRV-HARDCODED': {
    title: 'The tag `{key}` does not come from the baggage',
    why: 'The judge sent `{expected}` as the baggage item `{key}`, and your tag says `{actual}`. A value written into the program is right once, by chance: read it from the span.',
    hint1: 'What came with the request lies in the span that was started from it.',
    hint2: 'Look in the handler where the tag `{key}` is set.',
    hint3: "`span.setTag('{key}', span.getBaggageItem('{key}'))`",
  },
  'L3-SRV-BAGGAGE': {
    title: 'The baggage item `{key}` is not in the tags',
    why: 'The judge sent `{expected}` as the baggage item `{key}`. It arrives with the context, but as a tag it is missing: baggage travels unseen until somebody reads it.',
    'why.OTHER':
      'The judge sent `{expected}` as the baggage item `{key}`, and your tag `{key}` says `{actual}`, which came under another key.',
    hint1:
      'Baggage travels, a tag is shown and searched for. What should be seen has to become a tag.',
    hint2: 'Look in the handler, right after its span was started from what extract gave.',
    hint3: "`span.setTag('{key}', span.getBaggageItem('{key}'))`",
  },
  'L3-CLI-EXTRACT': {
    title: ':{port} ignores a trace that comes in',
    why: 'The judge called :{port} with a trace in the headers, and your span began a new one. Today it is the first service; tomorrow somebody stands in front of it.',
    'why.MISSING':
      'The judge called :{port} with a trace in the headers, and your span began a new one: extract() is not called there. Today it is the first service; tomorrow somebody stands in front of it.',
    'why.UNUSED':
      'The judge called :{port} with a trace in the headers. extract() read it, and nobody used the result: the span has to be started as a child of it.',
    'why.EMPTY':
      'The judge called :{port} with a trace in the headers. extract() was called and found nothing: was it given the headers of this request, and the format of HTTP headers?',
    hint1:
      'The first service of a system is a server, too. Without a caller who traces, extract gives nothing, and the span is a root.',
    hint2: 'Look at the handler on :{port}. It needs the same two lines as the service behind it.',
    hint3:
      "`const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);` then `tracer.startSpan('jaegerHttpOpname', rpcServerOption(parent))`.",
  },
  'L3-CLI-GLOBAL': {
    title: 'Several requests share one trace',
    why: 'The judge sent two requests at the same time, and their spans got mixed up: the span lives in a variable that all requests share, and the second one overwrote it.',
    'why.KEPT':
      'The judge sent one request after the other, and the later one has the trace of the earlier: what belonged to the first is kept in a variable that all requests share.',
    'why.CALLS':
      'The judge had the client of {service} call twice, and both calls carried the same span: it lives in a variable that all calls share.',
    hint1:
      'Whatever belongs to one request must live in that request: a local variable, a parameter, a context.',
    hint2: 'Look in {file} for a span, a context or headers declared outside of the functions.',
    hint3:
      '`const span = …` inside the handler or, with an interceptor, inside the function of the call; handed on as a parameter or in a context: `contextWithSpan(background(), span)`.',
  },
  'L4-CLI-INTERCEPTOR': {
    title: 'The client’s calls leave no span',
    why: 'The call was made and answered, and no span `{span}` of `{service}` was started: the interceptor is not the client’s.',
    'why.NOT-HANDED-ON':
      'The call was made and answered, and no span `{span}` of `{service}` was started. The interceptor was asked, for a call went through an InterceptingCall; what should start the span there was not handed on to it.',
    hint1: 'An interceptor only sees the calls of the client that it was given to.',
    hint2: 'Look in greeter-client.ts at the options with which the client is made.',
    'hint2.NOT-HANDED-ON':
      'Look in client-interceptor.ts at `new InterceptingCall(…)`: is the requester its second argument, was it built, and does its `withStart` start the span?',
    'hint3.NOT-HANDED-ON': '`return new InterceptingCall(nextCall(options), requester);`',
    hint3:
      '`new Greeter(ADDRESS, credentials.createInsecure(), { interceptors: [gRPCClientInterceptor(tracer)] })`',
  },
  'L4-CLI-TWICE': {
    title: 'One call of the client, several spans',
    why: 'Calls that the client made: {expected}. Spans `{span}` that `{service}` sent of them: {count}. The same call is traced more than once, and the server hangs under only one of these.',
    hint1:
      'Each interceptor that starts a span starts one for every call. What is in the list twice is asked twice.',
    hint2:
      'Look in greeter-client.ts at `interceptors: […]` and at the options of the call, and in client-interceptor.ts for a second startSpan: who else starts `{span}`?',
    hint3:
      'Once: `new Greeter(ADDRESS, credentials.createInsecure(), { interceptors: [gRPCClientInterceptor(tracer)] })`, and no span by hand around the call.',
  },
  'L4-CLI-INJECT': {
    title: 'The call carries no trace',
    why: 'The call came to :{port} without `uber-trace-id` in its metadata. Was the span injected, before the call went on, into the metadata that went with it?',
    'why.MISSING':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was never called. For gRPC the metadata is what the headers are for HTTP.',
    'why.TOO-LATE':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() ran after the call had gone on. Metadata is sent at the start of a call.',
    'why.HEADERS-NOT-PASSED':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was called, and nothing of it is in the metadata that left. Either that was other metadata, or it was written when the call had gone on, or `MdWriter.set` does not set `key` as it is.',
    'why.BINARY':
      'The call came to :{port} without `uber-trace-id`: inject() was given FORMAT_BINARY, which writes bytes. The keys of metadata need FORMAT_TEXT_MAP.',
    'why.BROKEN':
      'The call broke once inject() had run: {error}. The judge’s own call of the server was answered, so it is what was written into the metadata: each key becomes the name of an HTTP/2 header, and `uber-trace-id` can be one, a value with colons cannot.',
    hint1:
      'inject needs a carrier that can set a key. Metadata can, once something in between translates: that is `MdWriter`.',
    hint2:
      'Look at `start(metadata, listener, next)` in the client’s interceptor: what goes into `next`?',
    'hint2.BROKEN':
      'Look at the line that writes into the metadata, in `MdWriter.set` or wherever you copy: which comes first, key or value?',
    hint3:
      '`tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));` before `next(metadata, …)`, with the same metadata. npm jaeger-client writes into plain objects only: inject into one, then `metadata.set(key, value)` for each of its keys.',
  },
  'L4-CLI-WRONGCTX': {
    title: 'The wrong span travels in the metadata',
    why: 'In the metadata of the call stands span {actual}, but the span of the call is `{span}`, {expected}. The server hangs its span under the one in the metadata.',
    hint1: 'The server’s span hangs under whatever was injected, and who asked is the client span.',
    hint2:
      'Look in the client’s interceptor at what is given to inject: the parent’s context, or that of the span just started?',
    hint3: '`tracer.inject(clientSpan.context(), …)`',
  },
  'L4-CLI-BAGGAGE': {
    title: 'The baggage item `{key}` does not travel',
    why: 'The call came without `uberctx-{key}`: the item has to be set on the client span, and before inject().',
    'why.MISSING':
      'The call came without `uberctx-{key}`: the client span was never given that item.',
    'why.TOO-LATE':
      'The call came without `uberctx-{key}`: setBaggageItem() was called after inject(). The metadata holds what the span knew when it was written.',
    'why.TAG':
      'The call came without the baggage item `{key}`. `{span}` has a tag of that name: a tag stays with its span, and only baggage travels on.',
    hint1: 'inject writes once. What a span learns afterwards stays at home.',
    hint2:
      'Look at the order of lines in the client’s interceptor: start the span, set baggage, inject.',
    'hint2.TAG': 'Look for the place where `{key}` is set: by setTag, or by setBaggageItem?',
    hint3: "`clientSpan.setBaggageItem('{key}', 'gRPC-Baggage');` goes above inject.",
  },
  'L4-CLI-EARLY': {
    title: '`{span}` ends before its answer is there',
    why: '`{span}` was finished when the call had only been started. What it measures is the start of a call, not the call.',
    hint1:
      'A call is asynchronous: `start` returns at once, and the status, which is always the last to come, arrives later.',
    hint2: 'Look in the client’s interceptor for the place of `finish()`.',
    hint3:
      '`onReceiveStatus(status, next) { …; clientSpan.finish(); next(status); }` in the listener that `start` hands on.',
  },
  'L4-CLI-APPEND': {
    title: '`{key}` goes out with more than one value',
    why: 'The metadata held a `{key}` already, and yours was added beside it. The server then reads two, and which one it takes is luck. It happens in a service between two others, as in the blog post’s Go program.',
    hint1:
      'Metadata may hold several values of one key: `add` puts one beside the others, `set` replaces them.',
    hint2: 'Look at what `MdWriter.set` does.',
    hint3: '`set(key, value) { this.metadata.set(key, value); }`',
  },
  'L4-SRV-INTERCEPTOR': {
    title: 'The server’s answers leave no span',
    why: 'The server answered, and no span `{span}` of `{service}` was started: the interceptor is not the server’s.',
    'why.NOT-HANDED-ON':
      'The server answered, and no span `{span}` of `{service}` was started. The interceptor was asked, for the call went through a ServerInterceptingCall; what should start the span there was not handed on to it.',
    hint1:
      'An interceptor only sees the calls of the server that it was given to, and it is given when the server is made.',
    hint2: 'Look in greeter.ts at the line that makes the server.',
    'hint2.NOT-HANDED-ON':
      'Look in server-interceptor.ts: is the responder the second argument of `new ServerInterceptingCall(…)`, and does its `withStart` hand the listener to `next`?',
    'hint3.NOT-HANDED-ON':
      '`.withStart((next) => next(listener))` in the responder, and `return new ServerInterceptingCall(call, responder);`',
    hint3: '`new Server({ interceptors: [gRPCServerInterceptor(tracer)] })`',
  },
  'L4-SRV-TWICE': {
    title: 'One call, several spans of the server',
    why: 'Calls that came to the server: {expected}. Spans `{span}` that `{service}` sent of them: {count}. The same call is traced more than once.',
    hint1:
      'Each interceptor that starts a span starts one for every call. What is in the list twice is asked twice.',
    hint2:
      'Look in greeter.ts at `interceptors: […]`, and in server-interceptor.ts and the method for a second startSpan: who else starts `{span}`?',
    hint3:
      'Once: `new Server({ interceptors: [gRPCServerInterceptor(tracer)] })`, and no span by hand around the method.',
  },
  'L4-SRV-EXTRACT': {
    title: 'The server starts a new trace',
    why: 'The judge called with a trace in the metadata, and your server’s span is in another one: what came was not read, or was not used.',
    'why.MISSING':
      'The judge called with a trace in the metadata, and your server’s span began a new one: extract() was not called.',
    'why.UNUSED':
      'The judge called with a trace in the metadata. extract() read it, and nobody used the result: a span started without a parent begins a new trace.',
    'why.EMPTY':
      'The judge called with a trace in the metadata. extract() was called and found nothing: does `MdReader.foreachKey` pass on every key with its value, and is it given the metadata that came in?',
    hint1:
      'extract needs a carrier that can name all its keys. Metadata can, once something in between translates: that is `MdReader`.',
    hint2:
      'Look in the server’s interceptor at where the metadata comes in: `withOnReceiveMetadata`.',
    hint3:
      '`const parent = tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata));` then `tracer.startSpan(path, rpcServerOption(parent))`; with npm jaeger-client `tracer.extract(FORMAT_TEXT_MAP, metadata.getMap())` and `{ childOf: parent }`.',
  },
  'L4-SRV-REF': {
    title: '`{span}` follows its caller instead of serving it',
    why: 'The server’s span refers to its caller by FOLLOWS_FROM: that says that the caller does not wait. This one does, so it is CHILD_OF.',
    hint1:
      'Two relations: ChildOf, the parent depends on the outcome; FollowsFrom, it only set something going.',
    hint2: 'Look in the server’s interceptor at the options with which the span is started.',
    hint3: '`rpcServerOption(parent)`, or `{ childOf: parent }`; no `followsFrom`.',
  },
  'L4-SRV-HARDCODED': {
    title: 'The tag `{key}` does not come from the baggage',
    why: 'The judge sent `{expected}` as the baggage item `{key}`, and your tag says `{actual}`. Read it from the span: the next caller sends something else.',
    hint1: 'What came with the call lies in the span that was started from it.',
    hint2: 'Look in the server’s interceptor where the tag `{key}` is set.',
    hint3: "`serverSpan.setTag('{key}', serverSpan.getBaggageItem('{key}'))`",
  },
  'L4-SRV-BAGGAGE': {
    title: 'The baggage item `{key}` is not in the tags',
    why: 'The judge sent `{expected}` as the baggage item `{key}`. It came in with the context, and as a tag it is missing: baggage travels unseen until somebody reads it.',
    hint1:
      'Baggage travels, a tag is shown and searched for. What should be seen has to become a tag.',
    hint2:
      'Look in the server’s interceptor, right after the span was started from what extract gave.',
    hint3: "`serverSpan.setTag('{key}', serverSpan.getBaggageItem('{key}'))`",
  },
  'L4-SRV-EARLY': {
    title: '`{span}` ends before the answer goes out',
    why: 'The server’s span was finished while the method was still at work: it measures the way in, not the answer.',
    hint1:
      'A server is done with a call when it has sent the status, whether the call went well or failed.',
    hint2:
      'Look in the server’s interceptor for the place of `finish()`: is it where something comes in, or where something goes out?',
    hint3:
      '`new ResponderBuilder().withSendStatus((status, next) => { …; serverSpan.finish(); next(status); })`',
  },
  'L4-SRV-CONTEXT': {
    title: 'The method says nothing in its span',
    why: 'Nothing in the span of the call comes from the method. If it writes a log there, then it did not run in the context of the interceptor’s span. A method that has nothing to say is no mistake.',
    hint1:
      'grpc-js gives a method no context, as Go does. An AsyncLocalStorage keeps one for everything that runs inside it.',
    hint2: 'Look in the server’s interceptor: the method runs when `onReceiveHalfClose` goes on.',
    hint3:
      '`withOnReceiveHalfClose((next) => storage.run(contextWithSpan(background(), serverSpan), next))`',
  },
  'L4-OPNAME': {
    title: '`{actual}` is not the full name of the method',
    why: 'The span of `{service}` is called `{actual}`; the method is `{expected}`. Two services may each have a SayHello: only with package and service is the name the same on both sides and nobody else’s.',
    hint1:
      'gRPC knows each method by its path, `/package.Service/Method`. Client and server see the same one.',
    hint2: 'Look in the interceptor at the first argument of startSpan.',
    hint3: 'Client: `options.method_definition.path`. Server: `methodDescriptor.path`.',
  },
  'P-TRACER': {
    title: '{service} makes more than one tracer',
    why: 'The spans of one process come from {count} tracers (each has a `client-uuid` of its own). Most often one is made per request: each has a socket, a queue and a timer, and nobody closes them.',
    hint1: 'A tracer belongs to the process, a span to the request.',
    hint2:
      'Look for the call that makes the tracer: is it inside a function that runs more than once?',
    hint3:
      "Once, at the top of the file: `const [tracer, closer] = initJaeger('{service}');`, and hand `tracer` on.",
  },
  'P-OPNAME': {
    title: 'The operation name holds data',
    why: 'There are {count} operation names of one pattern, such as `{actual}`. A name says what kind of work it is; with an id in it every request has a kind of its own, and nothing can be compared or found.',
    hint1: 'What is the same for all requests goes into the name, what differs into a tag.',
    hint2: 'Look for a startSpan whose name is put together from pieces.',
    hint3: "`startSpan('{expected}')` and `span.setTag('…', value)`.",
  },
  'D-SHORT': {
    title: '`{span}` ends before the reply is there',
    why: 'The judge let the other side take its time, and `{span}` did not wait for it: it was finished before the whole reply had come. It measures the asking, not the answer.',
    'why.SERVER':
      'The answer took its time, and `{span}` took next to none: it was finished before the work was done. It measures the coming in, not the answering.',
    hint1: 'A client span lasts from the request until its reply has been read.',
    hint2: 'Look at where `{span}` is finished, and for an `await` that is missing before it.',
    hint3:
      '`const answer = await fetch(…); const body = await answer.text(); … span.finish();`, best in `finally`.',
  },
  'D-LONG': {
    title: '`{span}` goes on after the answer',
    why: 'The answer was there at once, and `{span}` lasted long after it: the work comes after the answer has been sent. The caller has gone on by then, and its span ends before this one.',
    hint1:
      'A server span lasts from the request until the answer leaves. What goes on afterwards is no part of that request.',
    hint2:
      'Look in the function that starts `{span}`: in which order stand the work, the answer and finish()?',
    'hint3.FRONT':
      'First `await callHttpService1(ctx)` and what follows it, then `response.send(reply)`: whoever asked would otherwise be told that all went well before anybody knows.',
    hint3:
      'First `await sleep(2000)`, then `response.send(…)`, and `span.finish()` in `finally`. Work for which nobody waits gets a span of its own, with `references: [followsFrom(span.context())]`.',
  },
  'T-ORPHAN': {
    title: '`{span}` hangs under a span that never came',
    why: '`{span}` hangs on a parent that is not in the store, `{parent}`: it was started and never finished. A span is sent at finish() and not before.',
    hint1:
      'Every start needs its finish, on every path: also when something throws or returns early.',
    hint2: 'Look for the function that starts `{parent}` and go through each way out of it.',
    hint3: '`const span = …; try { … } finally { span.finish(); }`',
  },
  'T-OUTLIVES': {
    title: '`{parent}` ends before its child does',
    why: '`{parent}` was finished while `{span}` still ran: finish() is called too early, or an `await` is missing before it.',
    hint1:
      'A span that waits for another ends after it. If the parent is shorter, it did not wait.',
    hint2: 'Look at the call below `{parent}` that starts `{span}`: is it awaited?',
    hint3: '`await callService1(ctx, …);` and only then `span.finish()`.',
  },
  'T-REVERSED': {
    title: '`{span}` and `{parent}` are the wrong way round',
    why: '`{parent}` hangs under `{span}`, and it is `{parent}` that calls `{span}`. Whoever calls is the parent.',
    hint1: 'childOf is said by the child: it names the span to which it belongs.',
    hint2: 'Look at where the two are started: which one is first, and which one names the other?',
    hint3:
      "First `const parent = tracer.startSpan('{parent}')`, then `tracer.startSpan('{span}', { childOf: parent })`.",
  },
  'T-SPLIT': {
    title: '{count} traces instead of one',
    why: 'What should be one trace came as {count}, with the roots {actual}. A span that is started without a parent begins a new trace.',
    hint1:
      'A span knows nothing of the others until it is told: in one process by a context or childOf, between two by headers.',
    hint2:
      'Look at each of these roots but the first: who calls the function that starts it, and what does it hand on?',
    hint3:
      '`const ctx = contextWithSpan(background(), span);`, hand `ctx` on, and `const [child, childCtx] = startSpanFromContext(ctx, …)` there. Without contexts: `{ childOf: span }`.',
  },
  'T-PARENT': {
    title: '`{span}` hangs under the wrong span',
    why: '`{span}` hangs under `{actual}`, and belongs under `{expected}`: that is who called it.',
    'why.ROOT':
      '`{span}` hangs under `{actual}`, and should hang under nothing: it is the root, the span with which everything begins.',
    'why.MISSING':
      '`{span}` does not hang under any span of the lesson, and belongs under `{expected}`: that is who called it.',
    hint1: 'The parent of a span is the span of whoever called, not of whoever began.',
    hint2:
      'Look at the start of `{span}`: from which context, or from which childOf, does it get its parent?',
    hint3:
      'Hand on the context that startSpanFromContext gave back with the caller’s span; or `{ childOf: callerSpan }`.',
  },
  'A-NAME': {
    title: '`{actual}`? The lesson wants `{expected}`',
    why: 'A span is called `{actual}`, and the lesson’s is `{expected}`. To a search these are two operations, upper and lower case included.',
    'why.SIDE':
      'The span of `{service}` is called `{actual}`, and the lesson’s is `{expected}`. To a search these are two operations, upper and lower case included.',
    hint1: 'Operation names are compared letter by letter.',
    hint2: 'Look for the start of `{actual}`.',
    hint3: "`'{expected}'`",
  },
  'A-SERVICE': {
    title: '`{span}` came from the wrong service',
    why: '`{span}` was sent by `{actual}`, and belongs to `{expected}`. The service is the tracer’s: whichever tracer starts a span signs it.',
    hint1: 'A span belongs to the service whose tracer started it.',
    hint2: 'Look at the tracer that starts `{span}`, and at the name with which it was made.',
    hint3: "`initJaeger('{expected}')`",
  },
  'A-KIND': {
    title: '`{span}` does not say which side it is',
    why: '`{span}` should have `span.kind={expected}`; it has `{actual}`. The kind tells who asked and who answered: the picture of the system is drawn from it.',
    'why.MISSING':
      '`{span}` has no `span.kind`; it should be `{expected}`. The kind tells who asked and who answered: the picture of the system is drawn from it.',
    hint1: 'Who calls is `client`, who answers is `server`.',
    hint2: 'Look at the start of `{span}` and at its tags.',
    hint3:
      "`span.setTag(Tags.SPAN_KIND, '{expected}')`; for a server `rpcServerOption(parent)` does it.",
  },
  'A-TAG': {
    title: '`{span}`: the tag `{key}` is not right',
    why: '`{span}` has `{key}={actual}`, and the lesson wants `{key}={expected}`.',
    'why.MISSING': '`{span}` has no tag `{key}`; the lesson wants `{key}={expected}`.',
    'why.NEAR': '`{actual}`? The lesson wants the tag `{key}` on `{span}`, letter by letter.',
    'why.ELSEWHERE':
      '`{key}={expected}` is on `{actual}`, and `{span}` has none: the tag was set on the wrong span. Two variables, or two spans that are both called `span`, are easily taken for each other.',
    'why.TOO-LATE':
      '`{span}` has no tag `{key}`: it was set after `{span}` had been finished, and a finished span takes nothing more.',
    hint1:
      'A tag is a key with a value, set once on one span. Keys are compared letter by letter, and `1` is not `"1"`.',
    hint2:
      'Look for the setTag calls on `{span}`. `sampler.type` and `sampler.param` are not set there: the tracer writes them, and they tell which sampler it has.',
    'hint2.ELSEWHERE':
      'Find the setTag of `{key}`: which span does the variable before the dot hold there?',
    'hint2.TOO-LATE': 'Find the finish() of `{span}`, and what stands below it.',
    hint3: "`span.setTag('{key}', …)` with the value {expected}, before `{span}` is finished.",
  },
  'A-LOG': {
    title: '`{span}`: a log is not as the lesson wants it',
    why: 'The logs of `{span}` do not hold all of {expected}.',
    'why.MISSING': '`{span}` has no log with {expected}.',
    'why.NEAR': '`{span}` has a log with {actual}; the lesson wants {expected}.',
    'why.ELSEWHERE':
      'The log {expected} is on `{actual}`, and `{span}` has none: it was written on the wrong span. Two variables, or two spans that are both called `span`, are easily taken for each other.',
    'why.EXCHANGED':
      'Of the two `{span}` the one under `{parent}` should log {expected}; the one under `{actual}` does, and this one logs what that one should: the two calls are exchanged.',
    'why.TOO-LATE':
      '`{span}` has no log with {expected}: it was written after `{span}` had been finished, and a finished span takes nothing more.',
    hint1: 'A log is a moment within a span, with fields that say what happened then.',
    hint2:
      'Look for the log calls on `{span}`: keys and values letter by letter, and before finish().',
    'hint2.ELSEWHERE':
      'Find the log call with {expected}: which span does the variable before the dot hold there?',
    'hint2.EXCHANGED':
      'Look at the two calls of the function that starts `{span}`: what does each hand to it?',
    'hint2.TOO-LATE': 'Find the finish() of `{span}`, and what stands below it.',
    hint3: '`span.log({ … })` with {expected}.',
  },
  'X-ERROR': {
    title: '`{span}` hides an error',
    why: 'The judge made the call fail, and `{span}` looks as if all were well. A trace that cannot show an error is of no use on the day when one looks for it: `error=true`, and a log with `event=error`.',
    'why.TAG': 'The judge made the call fail, and `{span}` has no tag `error=true`.',
    'why.TAG-VALUE':
      'The judge made the call fail, and `{span}` has `error={actual}`. The tag is a mark, `true` or not there: whoever looks for failed calls asks for `error=true`. The reason belongs into a log.',
    'why.STATUS':
      'The judge had the other side answer 500, and `{span}` looks as if all were well. For fetch an answer of 500 is an answer: it throws nothing, the status has to be looked at. Wanted: `error=true`, and a log with `event=error`.',
    'why.HANG-UP':
      'The judge had the other side hang up, and `{span}` looks as if all were well. Wanted: `error=true`, and a log with `event=error`.',
    'why.GRPC':
      'The judge made the call end with an error, and `{span}` looks as if all were well. How a gRPC call ended is told by its status, which comes last; a call that failed has no message. Wanted: `error=true`, and a log with `event=error`.',
    'why.UNFINISHED':
      'The judge made the call fail, and `{span}` never arrived: the function was left before finish(), so the one call that went wrong is the one that nobody sees.',
    'why.LOG':
      'The judge made the call fail, and `{span}` has `error=true`, but no log with `event=error` that says why.',
    hint1: 'The tag makes the span red and findable, the log says what happened and when.',
    hint2:
      'Look at the way out of `{span}` on which the call throws, or answers with something that is no success.',
    'hint2.STATUS':
      'Look at what follows the request of `{span}`: is `answer.ok`, or the status, asked?',
    'hint2.HANG-UP': 'Look at the `catch` around the request of `{span}`.',
    'hint2.GRPC':
      'Where is `{span}` finished: when the status passes (client `withOnReceiveStatus`, server `withSendStatus`), and with that very status?',
    hint3:
      "`catch (error) { span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: error.message }); throw error; }`; for gRPC in the place where a status other than OK passes.",
  },
  'X-FALSE': {
    title: '`{span}` says error=true, and nothing failed',
    why: 'The call went well, and the span `{span}` of `{service}` says `error=true`. Where every trace is red, nobody sees the one that really failed.',
    hint1: '`error=true` belongs to a call that failed, and to no other.',
    hint2:
      'Look for the place where `{service}` sets the tag: which question decides it, and is that question asked of the status with which the call really ended?',
    hint3:
      'Only where something failed. gRPC: `finishWithStatus(span, status)` with the status that the interceptor was handed, and in it `if (code) span.setTag(Tags.ERROR, true)`; 0 is OK. HTTP: in `catch`, and for `!answer.ok`.',
  },
  'T-MISSING': {
    title: '`{span}` is not there',
    why: 'The trace has no span `{span}` of `{service}`. It was not started, or has another name.',
    'why.UNDER':
      'Expected of `{span}`: {expected}. Came: {count}. The one that is missing is the one under `{parent}`.',
    'why.STOPPED':
      '`{span}` is missing, and so is the log of `{parent}`, whose function calls it: it seems that this function stopped halfway. An error that somebody caught and did not show does that; so does an early return.',
    hint1: 'One piece of work, one span: what has none cannot be seen in the trace.',
    hint2:
      'Look for the function whose work `{span}` stands for. Is it called, and does it start a span?',
    'hint2.STOPPED':
      'Look at the function that starts `{parent}`, line by line: how far does it get? Print the error in every `catch` around it.',
    'hint2.UNDER':
      'Look at the function that starts `{parent}`: does it call the function that starts `{span}`?',
    hint3:
      "`const [span] = startSpanFromContext(ctx, '{span}');` or `tracer.startSpan('{span}', { childOf: … })`, and `span.finish()`.",
  },
  'T-EXTRA': {
    title: '`{span}` is there more often than it was called',
    why: 'Expected of `{span}`: {expected}. Came: {count}. The same work is traced twice.',
    'why.AGAIN':
      'Under `{parent}` there are {count} spans `{span}` with the same tags and logs, and the lesson makes that call once.',
    'why.BESIDE':
      'One request brought about {count} calls `{span}`, and the lesson makes one. One of them hangs under nothing: it was made without the context of the request.',
    hint1:
      'More spans of your own are welcome. This one counts a call that took place once as several.',
    hint2:
      'Look for all places that start `{span}`: is there one outside of the function and another inside?',
    'hint2.AGAIN':
      'Look at the function that starts `{parent}`: how often does it call the function that starts `{span}`?',
    'hint2.BESIDE':
      'Look for every line that makes the call: is an older one still there, that hands on `background()` or nothing?',
    hint3: 'Keep the span inside the function that does the work, and take the other away.',
    'hint3.BESIDE': 'One call is enough: take the other away.',
    'hint3.AGAIN': 'One call is enough: take the other away.',
  },
  'T-DOUBLE': {
    title: '`{span}` was finished twice',
    why: 'Once would do: the second finish() changes nothing, and some clients report the span again.',
    hint1: 'A span has one end.',
    hint2: 'Look for the finish() calls of `{span}`: one in `try`, and one more in `finally`?',
    hint3: 'Keep the one in `finally`.',
  },
  'L0-PORT': {
    title: 'The stack is not healthy on :{port}',
    why: 'The lessons need :{port}, and it says: {error}.',
    hint1: 'Each part of the stack has a port on which it says how it is.',
    hint2: '`npm run doctor` shows all ports, and who holds them.',
    hint3: 'Stop the process that holds the port, and run `npm start` again.',
  },
  'L0-ROUNDTRIP': {
    title: 'A span went off and was not found again',
    why: 'The judge sent a span to UDP {port} and asked the query service for it: it did not come within the time. Everything else in these lessons goes that way.',
    hint1: 'agent, collector, store, query: a span has to pass all four before you can see it.',
    hint2: '`npm run doctor` shows which of them answers. Do they belong to one stack, or to two?',
    hint3: 'End every stack that runs, then `npm start`, and try again.',
  },
  'L0-ANSWER': {
    title: 'Question {key}: look at the trace again',
    why: 'Your answer to question {key} is `{actual}`. Open the trace again and read it off there: your trace is like nobody else’s.',
    'why.MISSING': 'Question {key} has no answer yet.',
    hint1: 'A bar is a span, its length is its time, what is indented under it was called by it.',
    hint2: 'Click on a span: its tags, its logs and its service are there.',
    hint3: 'The line above the tree says how many spans there are, and names the services.',
    'hint2.spans':
      'Each line of the tree is a span. Is anything folded? A folded line says how much.',
    'hint3.spans': 'Count the lines, or read it off above the tree: “Spans”.',
    'hint1.root': 'The root is the span that nobody called: it hangs under no other one.',
    'hint2.root': 'What is called is set in under its caller. Which line is not set in?',
    'hint3.root':
      'It is the first line of the tree. Behind its service stands its operation: write that.',
    'hint1.longest':
      'What a span did itself is its time without that of its children, which come one after the other here.',
    'hint2.longest':
      'A long bar with nothing under it did all of that itself. One that only waits for others did not.',
    'hint3.longest':
      'For each span with children: its duration less theirs. Write the operation of which most is left.',
    'hint1.tag': 'A tag stays on the span on which it was set. A child has only its own.',
    'hint2.tag': 'Click on the parent and then on its child, and compare their tags.',
    'hint3.tag':
      'Two tags of the parent count: one of them its child has, too. Write the key of the other, the word before its value.',
    'hint1.baggage':
      'Baggage travels with the context: every span that comes later can read it, in whatever service.',
    'hint2.baggage':
      'Click on the root: what is put into baggage leaves a log with `event=baggage`.',
    'hint3.baggage': 'In that log stand `key` and `value`. Write what stands beside `value`.',
    'hint1.services':
      'A service is a program. Each span comes from one, and each service has a colour.',
    'hint2.services': 'In each line of the tree its service stands before the operation.',
    'hint3.services':
      'Count the different names: they are listed above the tree, behind “Services”.',
  },
} as const satisfies AllRuleWords;
