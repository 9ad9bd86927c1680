import type { AllRuleWords } from './rule-words.ts';

/** Of extract() in a service that others call, whether first or further behind. */
const EXTRACT_MISUSED = {
  'why.MISUSED':
    'The judge called :{port} with a trace in the headers. extract() read it, and the `childOf` of the span was given something else, which names no span: a span without a parent begins a new trace.',
  'why.EMPTY':
    'The judge called :{port} with a trace in the headers. extract() was called and found nothing: was it given the headers of this request, and the format of HTTP headers?',
  'title.EXCHANGED': 'The arguments of extract() stand in the wrong order',
  'why.EXCHANGED':
    'The judge called :{port} with a trace in the headers. extract() was called, and its arguments stand in another order than it reads them: it took the carrier for the format, and found nothing.',
  'hint1.EXCHANGED':
    'extract() is told how to read, and from what: first the format, the carrier last. A tracer throws nothing into a program; what it cannot use it leaves out, and logs that.',
  'hint2.EXCHANGED': 'Look at the two arguments of extract().',
  'hint3.EXCHANGED': '`tracer.extract(FORMAT_HTTP_HEADERS, request.headers)`',
  'why.AS-OPTIONS':
    'The judge called :{port} with a trace in the headers. extract() read it, and startSpan was given the result itself as its second argument. That one takes options, with the parent under `childOf`; without it the span begins a new trace.',
  'hint1.AS-OPTIONS':
    'The second argument of startSpan holds options, each under its key. A span or a context in their place names no parent, for nobody looks for one there.',
  'hint2.AS-OPTIONS': 'Look at the second argument of startSpan.',
  'hint3.AS-OPTIONS':
    "`tracer.startSpan('…', rpcServerOption(parent))`, or `{ childOf: parent }` in the place of `parent`.",
} as const;

/** What the judge says of each mistake. rules.zh-cn.ts has the same keys and the same `{names}`. */
export const rulesEn = {
  'W-CRASH': {
    title: '{file} stopped with an error',
    'title.SWAPPED': '{file} takes the context for the span',
    'why.SWAPPED':
      'At {actual} `{method}()` was called on something that is no span. startSpanFromContext gives back a pair, first the span and then the context, and {file} takes them out of it in another order.',
    'hint2.SWAPPED':
      'Look in {file} at the square brackets before each startSpanFromContext: which of the two stands first?',
    'hint3.SWAPPED':
      '`const [span, ctxOfSpan] = startSpanFromContext(ctx, …);`: first the span, then the context.',
    'title.ANSWER': 'A request to {file} ended in an error',
    'title.STUCK': '{file} got no further than an error',
    'title.LISTENER': '`start` hands on no listener',
    'title.PAIR': '{file} takes something else for a span or a tracer',
    'title.UNPACKED': '{file} takes apart what is no pair',
    'title.NO-PAIR': '`{method}` gives back no pair',
    'title.PROMISED': '`initJaeger` gives back a promise',
    'title.NOTHING': '`initJaeger` gives back nothing',
    'title.ALONE': '`initJaeger` gives back a tracer without its closer',
    'title.GLOBAL': '`initGlobalTracer` was given something that is no tracer',
    'title.CALLBACK': 'The method in {file} hands over its reply as an error',
    why: 'It ended with: {error}. Until it runs to its end there is no trace worth judging.',
    'why.ANSWER':
      'It runs, but a request to it went wrong: {error}. Until it answers there is no trace worth judging.',
    'why.STUCK':
      'It printed an error, got no further, and had to be stopped: {error}. Until it runs to its end there is no trace worth judging.',
    'why.LISTENER':
      'The call stopped with: {error}. `start` called its `next` with the metadata alone. Its second argument is the listener that will hear of the answer, and grpc-js asks it at once.',
    'why.PAIR':
      'It went wrong with: {error}. What stands before that dot is neither a span nor a tracer. `startSpanFromContext` and `initJaeger` each give back a pair, and a pair has to be taken apart.',
    'why.UNPACKED':
      'It went wrong with: {error}. Square brackets on the left of a `=` take a pair apart, and what stands on its right here is none. `startSpanFromContext` and `initJaeger` give back a pair; `tracer.startSpan` gives back a span alone.',
    'why.NO-PAIR':
      'It went wrong with: {error}. The line takes apart what `{method}` gives back, and that is no pair. A function without a `return` gives nothing, one that is `async` gives a promise, and one that returns the tracer alone leaves out the closer.',
    'why.PROMISED':
      'It went wrong with: {error}. `initJaeger` is `async`: whoever calls it gets a promise, and there is no tracer in a promise yet. Nothing in it has to be waited for.',
    'why.NOTHING':
      'It went wrong with: {error}. `initJaeger` came to its end without a `return`: the tracer may have been made, and nobody gets it.',
    'why.ALONE':
      'It went wrong with: {error}. Whoever calls `initJaeger` takes two things out of what it gives back, the tracer and what closes it, and found one.',
    'why.GLOBAL':
      'It went wrong with: {error}. opentracing’s global tracer hands every call on to what `initGlobalTracer` was given, and that cannot start a span: it is the whole pair, or an object around the tracer.',
    'why.CALLBACK':
      'The call ended with: {error}. The method called its callback with something in the first place that is no error: it has neither a code nor a message. That place belongs to the error, so grpc-js made a failed call of it.',
    hint1:
      'Read the first line of the error, not the last: it says what was wrong, the lines below only who called whom.',
    hint2: 'Look at {place}, at the place that the error names: {error}',
    'hint1.NO-PAIR':
      'Square brackets on the left of a `=` take the first and the second out of a list. What is no list cannot be taken apart so.',
    'hint2.NO-PAIR':
      'Look at `{method}` itself, not at the line that calls it: is it `async`, and what does it return on each of its ways?',
    'hint3.NO-PAIR':
      '`function initJaeger(service) { …; return [tracer, tracer]; }` without `async`: the tracer closes itself, so it is its own closer.',
    'hint1.PROMISED':
      'To make a tracer takes no time: it begins to send later, on its own. A function that waits for nothing need not be `async`.',
    'hint2.PROMISED': 'Look in {file} at the first line of `initJaeger`.',
    'hint3.PROMISED': '`export function initJaeger(service, config) {` without `async`.',
    'hint1.NOTHING':
      'A function gives back what stands behind its `return`, and `undefined` if it comes to none.',
    'hint2.NOTHING':
      'Look in {file} at the ways out of `initJaeger`: is there a `return` on each, also behind a `try`?',
    'hint3.NOTHING':
      '`return [tracer, tracer];` as the last line: the tracer closes itself, so it is its own closer.',
    'hint1.ALONE':
      'Spans wait in the tracer until they are sent. Whoever gets a tracer needs something to close it with at the end, and so gets both.',
    'hint2.ALONE': 'Look in {file} at the `return` of `initJaeger`.',
    'hint3.ALONE': '`return [tracer, tracer];`: the tracer closes itself, so it is its own closer.',
    'hint1.GLOBAL':
      'Libraries, and `startSpanFromContext`, ask the global tracer for their spans. It has none of its own and needs a real tracer behind it, by itself.',
    'hint2.GLOBAL':
      'Look in {file} at the line with `initGlobalTracer`: what does its argument hold?',
    'hint3.GLOBAL': '`const [tracer, closer] = initJaeger(…); initGlobalTracer(tracer);`',
    'hint1.CALLBACK':
      'A callback of Node’s takes the error first, `null` if there is none, and the result after it.',
    'hint2.CALLBACK': 'Look in {file} for every call of the callback: what is its first argument?',
    'hint3.CALLBACK': '`callback(null, { msg: … })`',
    'hint2.STUCK':
      'Look in {file}, and in the files that it imports, for what the error names: {error}',
    'hint2.PAIR': 'Look in {place} for the place where that variable gets its value: {error}',
    'hint2.UNPACKED':
      'Look in {place} at the line that the error names: is what stands on the right of `=` a pair? {error}',
    'hint3.UNPACKED':
      '`const span = tracer.startSpan(…);` without brackets; `const [span, ctxOfSpan] = startSpanFromContext(ctx, …);` and `const [tracer, closer] = initJaeger(…);` with them.',
    'hint3.PAIR':
      '`const [span, ctxOfSpan] = startSpanFromContext(ctx, …);` and `const [tracer, closer] = initJaeger(…);`, in this order and with the brackets.',
    hint3:
      'If it says that something is undefined, not defined or not a function, compare the name that you use in {place} with the imports at its top and the parameters around it. An underscore is part of a name.',
    'hint2.LISTENER':
      'Look in client-interceptor.ts at the `next` in `withStart`: has it two arguments?',
    'hint3.LISTENER':
      '`next(metadata, listener.build());` where `listener` is the one whose `withOnReceiveStatus` finishes the span.',
    'hint3.STUCK':
      'If it says that something is undefined, not defined or not a function, compare the name that you use with the imports at the top of its file and the parameters around it. An underscore is part of a name.',
    'title.NO-LIST': 'A loop over `{method}` gets no list',
    'why.NO-LIST':
      'It went wrong with: {error}. `for … of` takes a list one by one, and what `{method}` gives back is none. The `await` before the call is missing if `{method}` is `async`: it gives back a promise then, and the list comes out of that only by `await`.',
    'hint1.NO-LIST':
      'An `async` function gives back a promise at once, whatever stands behind its `return`. Only `await` waits until that is there.',
    'hint2.NO-LIST':
      'Look at {place}, at the line that the error names, and at the first line of `{method}`: {error}',
    'hint3.NO-LIST': '`for (const line of await {method}()) …`',
  },
  'W-HANG': {
    title: '{file} never got done',
    'title.METHOD': 'The method in {file} never answers',
    'title.FAILING': 'The method in {file} never answers `boom`',
    'title.UNANSWERED': '{file} does not answer',
    'title.STUCK': '{file} does not answer',
    why: 'The judge waited, and stopped it. Something in it still waits: a promise that nobody resolves, a request without an answer, or a connection or timer that nobody closes.',
    'why.UNANSWERED':
      'A request came to {file}, its span was started and finished, and no answer was sent: the handler came to its end without one.',
    'why.STUCK':
      'A request came to {file}. It was not answered, and nothing is under way there any more that could lead to an answer, no timer and no call. An error that somebody caught and did not show does that; so does a promise that nobody resolves.',
    'why.METHOD':
      'A call came to the method in {file}, and no answer left it: its callback was never called. The way there is free, so it is the method that does not answer.',
    'why.FAILING':
      'The judge had `boom` greeted, which the method is to answer with an error. The call came to the method in {file}, and its callback was not called. A call that fails has to be answered, too: without a status its caller waits until its own deadline, and the spans of both sides stay open.',
    'why.HANDLER':
      'A call came to {file}, and its span was started; an answer never left. The handler was not reached, or does not answer: what an interceptor is handed, it has to hand on.',
    hint1:
      'A Node program ends when nothing is left that it waits for, and a request is over when it was answered.',
    hint2:
      'Go through {file} along the path of one run: which await comes back, which callback is called, and is every request answered, also after an error?',
    'hint2.UNANSWERED':
      'Go through the handler in {file} along each of its paths: where is the line that answers, and what does each `catch` do with its error?',
    'hint2.STUCK':
      'Go through the handler in {file} line by line: how far does it get? Print the error in every `catch`, and look for an `await` that cannot come back.',
    'hint3.UNANSWERED':
      '`response.send(…)` on every path, in the `catch` too: `response.status(502).send(…)`.',
    'hint3.STUCK':
      '`response.send(…)` on every path, in the `catch` too: `response.status(502).send(…)`.',
    'hint2.METHOD':
      'Go through the method in {file} along each of its paths: is the callback called on every one, also after an error?',
    'hint2.FAILING':
      'Look in {file} at the way of the method on which it refuses: does it end in a call of the callback, or in a `return` alone?',
    'hint3.FAILING': "`callback({ code: status.INTERNAL, details: 'boom' })`",
    'hint2.HANDLER':
      'Look in server-interceptor.ts at each listener and responder method: is `next` called in it, and not only named? Then at the handler: does it call its callback on every path?',
    'hint3.METHOD':
      '`callback(null, { msg: … })`, or `callback({ code: status.INTERNAL, details: … })`: one of them on every path.',
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
    'title.UNUSED': 'A tracer was made, and {file} got another one',
    'why.UNUSED':
      '`initTracer` made a tracer, and no span was started on it: the spans were asked of another, opentracing’s own, which takes every call and keeps none. Nothing fails, and nothing is seen.',
    'hint2.UNUSED':
      'Follow the tracer in {file} back to where it comes from: is what is given back there what `initTracer` made, or a variable of the same name outside of the `try`?',
    'hint3.UNUSED':
      '`const tracer = initTracer({ … }); return [tracer, tracer];`, both inside the same braces.',
    why: 'The program did its work, and its tracer was never asked for a span, or is one that does nothing. opentracing’s own `Tracer` takes every call and keeps none: nothing fails, and nothing is seen.',
    'title.GLOBAL': 'The global tracer still did nothing',
    'why.GLOBAL':
      '`{span}` was started when opentracing’s global tracer still did nothing: `initGlobalTracer` comes later in {file}, or nowhere. Until then that tracer takes every call and keeps none: nothing fails, and nothing is seen.',
    'title.DISABLED': 'The tracer of {file} is switched off',
    'why.DISABLED':
      '{file} has a tracer of this workshop’s client, and it is disabled: it gives out spans and keeps none of them. Nothing fails, and nothing is seen.',
    'hint2.DISABLED':
      'Look at what `initTracer` is given: does `disabled` stand there? And is `JAEGER_DISABLED` set in the environment?',
    'hint3.DISABLED': 'Leave out `disabled`: `initTracer({ serviceName, sampler, reporter })`.',
    'title.REFUSED': '`initTracer` made no tracer, and nobody said so',
    'why.REFUSED':
      '`initTracer` refused what it was given: {error}. It threw that, and something caught it; {file} went on with a tracer that does nothing, or with none.',
    'hint1.REFUSED':
      'A configuration that cannot be is an error, and the error says which setting it is. A `catch` that goes on as if nothing had happened hides the very line that one needs.',
    'hint2.REFUSED':
      'Look at the setting that the error names. And look for the `catch` around `initTracer`: what does it do with the error?',
    'hint3.REFUSED':
      "`initTracer({ serviceName, sampler: { type: 'const', param: 1 }, reporter })`, and in the `catch` print the error and end: `process.exit(1)`.",
    hint1:
      'opentracing is an interface. A program runs with it even when no real tracer is behind it, and then leaves no trace.',
    hint2:
      'Follow the tracer in {file} back to where it is made: is it a `new Tracer()` of opentracing, the global one before anybody set it, or one that is `disabled`?',
    'hint2.GLOBAL':
      'Look in {file} for the line with `initGlobalTracer`, and for the one that starts `{span}`: which is first?',
    'hint3.GLOBAL':
      '`const [tracer, closer] = initJaeger(…); initGlobalTracer(tracer);` before anything starts a span.',
    hint3:
      "Make a real one and start the span with it: `const [tracer, closer] = initJaeger('…'); const span = tracer.startSpan('…')`. In `initJaeger` itself: `initTracer({ serviceName, sampler, reporter })`.",
    'title.PATH': 'The request to :{port} asks for `{actual}`, which is not there',
    'why.PATH':
      '{file} was asked for `{actual}` and answered 404: the lesson’s path on :{port} is `{expected}`. No function of it ran, so there is no span either. For fetch a 404 is an answer like any other, and whoever asked went on.',
    'hint1.PATH':
      'An address is host, port and path. Where the path is another, express finds nobody to ask, and answers 404 by itself.',
    'hint2.PATH':
      'Look at the address in the service that asks, and at the path in {file}: letter by letter.',
    'hint3.PATH': '`http://localhost:{port}{expected}`',
  },
  'S-NOTSAMPLED': {
    title: 'The sampler dropped every span',
    'title.SHARE': 'The sampler keeps only a share of the traces',
    why: 'Spans finished in {file}: {finished}. Kept by its sampler: none. `const` with param 0 keeps nothing; a small share keeps nothing most of the time.',
    'why.SHARE':
      'Of {count} new traces the sampler in your `initJaeger` kept about {actual}. Whether the one span of this lesson is among them is luck; with `const` 1 it always is.',
    'title.PRIORITY': '`{span}` gives its own trace up',
    'why.PRIORITY':
      'Spans finished in {file}: {finished}. Kept: none. `{span}` has the tag `sampling.priority`, and it is not more than 0: that gives the whole trace up, whatever the sampler said.',
    'hint1.PRIORITY':
      '`sampling.priority` is no tag like the others: it overrules the sampler. More than 0 keeps the trace, 0 gives it up.',
    'hint2.PRIORITY': 'Look in {file} for the tags of `{span}`: which of them is about sampling?',
    'hint3.PRIORITY':
      'Leave out the tag `sampling.priority`: whether the trace is kept is for the sampler to say.',
    hint1:
      'When a trace begins the sampler decides whether it is kept. A span that is not kept is never sent.',
    hint2:
      'Look at `sampler` in the configuration of the tracer, and at `JAEGER_SAMPLER_*` in the environment.',
    hint3: "`sampler: { type: 'const', param: 1 }` keeps every trace.",
  },
  'T-UNFINISHED': {
    title: '`{span}` was started and never finished',
    'title.LISTENER': 'Your listener never hears of the status',
    'title.DEAF': 'Your listener never hears of the status',
    why: 'A span is sent when it is finished, and not before: until then nobody knows how long it took. `{span}` never was, so it is missing, and what hangs below it hangs on nothing.',
    'why.EXIT':
      '`{span}` was started and never finished: the program ended itself by `process.exit` while it ran. Nothing that would come later runs then, no `finally` either.',
    'why.LISTENER':
      '`{span}` was started and never finished: `start` handed on the listener that it was given. That one is the caller’s; yours hears only of what passes through it.',
    'why.DEAF':
      '`{span}` was started and never finished: the listener that `start` handed on has no `onReceiveStatus`, so nothing of yours hears when the call is over.',
    'why.STOPPED':
      '`{span}` was started and never finished, and no log was written on it: it seems that its function stopped halfway. An error that somebody caught and did not show does that; so does an early return.',
    'why.SHARED':
      '`{span}` was started and never finished, and `{actual}`, which was started while it ran, was finished twice. So both are most likely in one variable: `{actual}` took the place of `{span}` there, and the finish that was meant for `{span}` came to `{actual}`.',
    'hint1.SHARED':
      'A variable holds one span. If a function that is called meanwhile puts its own span into the same variable, the first one is lost.',
    'hint2.SHARED':
      'Look for the variable on which `{span}` is finished: where is it declared, inside the function, or outside of all of them?',
    'hint3.SHARED':
      '`const span = …` inside each function that starts one, in place of a variable outside that they all write to.',
    hint1:
      'Every start needs its finish, on every path: also when something throws or returns early.',
    hint2: 'Look for the function that starts `{span}` and go through each way out of it.',
    'hint2.LISTENER':
      'Look in client-interceptor.ts at the `next` in `withStart`: is its second argument the listener that you built?',
    'hint2.DEAF':
      'Look in client-interceptor.ts at the listener that goes into the `next` in `withStart`: does it have a `withOnReceiveStatus`, and was it built?',
    'hint3.LISTENER':
      '`next(metadata, listener.build());` where `listener` is the one whose `withOnReceiveStatus` finishes the span.',
    'hint3.DEAF':
      '`const listener = new ListenerBuilder().withOnReceiveStatus((status, nextStatus) => { …; nextStatus(status); });` and `next(metadata, listener.build());`',
    'hint2.STOPPED':
      'Look at the function that starts `{span}`, line by line: how far does it get? Print the error in every `catch` in it and around it.',
    hint3: '`const span = …; try { … } finally { span.finish(); }`',
    'title.TWICE': '`{span}` is started twice, and one of the two is never finished',
    'why.TWICE':
      'startSpanFromContext was called twice in a row, and each call started a `{span}`: of one the span is used, of the other the context. Whatever is started from that context hangs below a span that nobody holds, and nobody can finish. One call gives both.',
    'hint1.TWICE':
      'startSpanFromContext starts a span each time. What it gives back belongs together: the span, and a context in which that very span is under way.',
    'hint2.TWICE':
      'Look for each startSpanFromContext that starts `{span}`: what stands in the square brackets before it?',
    'hint3.TWICE':
      "`const [span, ctxOfSpan] = startSpanFromContext(ctx, '{span}');`, once: `span` is finished, `ctxOfSpan` handed on.",
  },
  'R-NOFLUSH': {
    title: 'The program left before its spans did',
    'title.IDLE-CLOSER': 'The closer that `initJaeger` gives back closes no tracer',
    'why.IDLE-CLOSER':
      'Spans finished in {file}: {finished}. Arrived: none, and no tracer was closed. The judge called your `initJaeger` itself and closed what it got: the closer’s `close()` did not close the tracer that came with it. Only the tracer’s own close sends at once what still waits.',
    'hint2.IDLE-CLOSER':
      'Look in tracing.ts at the `return` of `initJaeger`: what does the `close()` of its second value do?',
    'hint3.IDLE-CLOSER':
      '`return [tracer, tracer];`: the tracer closes itself, so it is its own closer. And at the end of {file} `await closer.close();`.',
    why: 'Spans finished in {file}: {finished}. Arrived: none. The reporter gathers spans and sends them about once a second; your program was gone earlier.',
    'why.CLOSED':
      'Spans finished in {file}: {finished}. Arrived: none, for the tracer had been closed before they were finished. A closed tracer sends nothing more.',
    'why.UNCLOSED':
      'Spans finished in {file}: {finished}. Arrived: none, and no tracer was closed. The reporter gathers spans and sends them about once a second; your program was gone earlier, and only a close makes it send at once.',
    'why.OTHER-TRACER':
      'Spans finished in {file}: {finished}. Arrived: none. A tracer was closed, but it is not the one that these spans were started on: each tracer sends its own spans only, and the others are gone with the program.',
    'why.CLOSING':
      'Spans finished in {file}: {finished}. Arrived: none. The tracer was closed, and the program was gone before the close had sent them: `close()` only begins it, and gives back a promise.',
    'title.BY-CHANCE': 'The spans arrived by chance',
    'why.BY-CHANCE':
      'Spans were finished in {file}, and the tracer that they were started on was never closed. They arrived since the program went on for a second after them; a shorter one would lose them. If there is a `close()` at its end, that one closes nothing.',
    hint1:
      'Finished is not yet sent. Spans wait in the process, and go with it if it ends too soon.',
    hint2:
      'Look at the very end of {file}: in which order stand the last finish() and the close? And is there a `process.exit` anywhere?',
    'hint2.CLOSING':
      'Look at the very end of {file}: is the close awaited? And does a `process.exit` stand right behind it?',
    'hint2.UNCLOSED':
      'Look at the very end of {file}: is the closer called there? If it is, look at what `initJaeger` gives back as the closer: what does its `close()` do?',
    'hint2.BY-CHANCE':
      'Look in {file} for the closer: is it called? If it is, look at what `initJaeger` gives back as the closer: what does its `close()` do?',
    'hint2.OTHER-TRACER':
      'Look for the places where {file} makes a tracer: with which of them came the closer that is called at the end?',
    'hint3.UNCLOSED':
      'At the end `await closer.close()`, with the closer from `const [tracer, closer] = initJaeger(…)`; and in `initJaeger` the tracer closes itself: `return [tracer, tracer];`.',
    'hint3.BY-CHANCE':
      'At the end `await closer.close()`, with the closer from `const [tracer, closer] = initJaeger(…)`; and in `initJaeger` the tracer closes itself: `return [tracer, tracer];`.',
    'hint3.OTHER-TRACER':
      'Once `const [tracer, closer] = initJaeger(…);`, every span from that `tracer`, and at the end `await closer.close()` with that `closer`.',
    hint3:
      'The last act, awaited: `await closer.close()`. With jaeger-client: `await new Promise((done) => tracer.close(done))`. No `process.exit` before it.',
    'why.EXIT':
      'Spans finished in {file}: {finished}. Arrived: none. `process.exit` ended the program before its tracer was closed, and nothing that stands after it runs any more, no `finally` either. So the span of the very call that failed is the one that is lost.',
    'hint2.EXIT':
      'Look in {file} for `process.exit`: does it come before the tracer is closed, on the way that a failed call takes?',
    'hint3.EXIT':
      '`process.exitCode = 1;` in the `catch`, in place of `process.exit(1)`: the program ends by itself then, after `finally { await closer.close(); }`.',
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
    'title.UNKNOWN-HOST': 'No machine is called `{actual}` here',
    'why.UNKNOWN-HOST':
      '{file} was to send its spans to the host `{actual}`, and this machine cannot find the address of that name, so what was meant for it never left. A name such as that of a container is known only among containers.',
    'hint1.UNKNOWN-HOST':
      'An address is a host and a port. If nobody knows the host, the port does not matter: nothing leaves.',
    'hint2.UNKNOWN-HOST':
      'Look for `{actual}`: in `reporter` in the configuration of the tracer, or in `JAEGER_*` in the environment.',
    'hint3.UNKNOWN-HOST':
      "The agent is on this machine: `localAgentHostPort: ':6831'`, or `agentHost: 'localhost'`; the collector is at `http://localhost:14268/api/traces`.",
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
    'why.EACH':
      'Spans finished in {file}: {finished}. Arrived: {arrived}. They come from {count} tracers, and closed were {actual} of these: each sends its own spans only, and what still waits in the other is lost.',
    hint1:
      'The reporter sends in groups. The last group waits for the next second, or for somebody to close the tracer.',
    hint2:
      'Look at the end of {file}: is anything finished after the tracer was closed, or the close not awaited?',
    'hint2.TRACERS':
      'Look in {file} for the places where a tracer is made: why is there more than one?',
    hint3: 'First the last `span.finish()`, then `await closer.close()`, then nothing more.',
    'hint2.EACH':
      'Look in {file} at each `close()`: which tracer came with the closer before the dot?',
    'hint3.EACH':
      'Each tracer comes with its closer: `const [second, closerOfSecond] = initJaeger(SERVICE, { reporter });`, and `await closerOfSecond.close()` after its span.',
    'hint3.TRACERS':
      'Call `initJaeger(…)` once, hand that `tracer` on, also to `initGlobalTracer(tracer)`, and `await closer.close()` at the end.',
    'why.CLOSING':
      'Spans finished in {file}: {finished}. Arrived: {arrived}. The tracer of the others was being closed when the program ended itself by `process.exit`: `close()` only begins to send, and gives back a promise. So does an `async` function that closes a tracer, and nobody waited for that.',
    'hint2.CLOSING':
      'Look at the end of {file}: is there an `await` before every call of a function that closes a tracer? And what does the `process.exit` do there?',
    'hint3.CLOSING':
      '`await closer.close()`, and an `await` before the function that does it, too. Without `process.exit` the program ends by itself when nothing is left to do.',
  },
  'L1-COLLECTOR': {
    title: 'The span did not go to the collector',
    'title.OVERRULED': 'Your own `reporter` overrules the caller’s',
    'why.OVERRULED':
      'The judge called your `initJaeger` with a `collectorEndpoint`, and the span went to the agent over UDP all the same. Another setting of the caller, `tags`, did reach the tracer: so the configuration is not left out, but your own `reporter` comes after it. Of two settings of one name the later one counts.',
    'hint2.OVERRULED':
      'Look at the object that `initJaeger` hands to `initTracer`: where in it does `...config` stand?',
    'hint3.OVERRULED':
      '`...config` as the last line: `initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`.',
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
    'why.UNUSED':
      '{file} makes a second tracer and starts no span on it. Each tracer sends only what was started on it: the span that is to go to the collector has to come from the tracer that knows of the collector.',
    'why.CONFIG':
      'The first span arrived; then `initJaeger` was handed a configuration that it does not understand: {error}. After the name of the service comes one object, with the parts that replace those of `initJaeger`, each under its key: `sampler`, `reporter`.',
    'why.MISREAD':
      'The judge called your `initJaeger` with a configuration, `{ sampler }` or `{ reporter }`, and the tracer complained: {error}. What a caller hands over are parts of a configuration, to be laid over yours as they are; `initJaeger` takes them for something else.',
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
    'hint2.UNUSED':
      'Look in {file} at every startSpan: what stands before the dot, the first tracer or the second?',
    'hint2.CONFIG':
      'Look at the second call of `initJaeger` in {file}: what does it hand over, and under which keys?',
    hint3:
      "A caller’s part replaces yours: `initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`, called with `{ reporter: { collectorEndpoint: 'http://localhost:14268/api/traces' } }`.",
    'hint3.FORMER':
      'Each call of `initJaeger` makes a tracer of its own, with the `config` of that call: `return [tracer, tracer]` with a `tracer` that is a `const` inside the function.',
    'hint3.NOT-YET':
      "`const reporter = { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' };`, a second `initJaeger(SERVICE, { reporter })`, and a `first-span` on that tracer, finished and closed like the first.",
    'hint3.UNUSED':
      '`const [tracer, closer] = initJaeger(SERVICE, { reporter });`, then `tracer.startSpan(…)` on that very tracer, `finish()`, and `await closer.close()`.',
    'hint3.CONFIG':
      "`initJaeger(SERVICE, { reporter })` with `const reporter = { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' };`: the braces around `reporter` make it a part of the configuration.",
    'hint3.MISREAD':
      '`initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`, with `config` as the second parameter, as it came.',
    'hint3.ALL-AGENT':
      "`initJaeger(SERVICE, { reporter: { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' } })`",
    'hint3.ALL-COLLECTOR':
      "`reporter: { logSpans: true, localAgentHostPort: ':6831' }` in `initJaeger`; a `collectorEndpoint` is for the caller to give.",
    'title.URL-OF-AGENT': 'The collector’s URL stands where the agent’s address belongs',
    'why.URL-OF-AGENT':
      'The first span arrived; then `initJaeger` was handed a `reporter` with a URL as its `localAgentHostPort`: {error}. That setting is for the agent, which is reached over UDP by host and port. A URL belongs to the other way out, over HTTP to the collector, and that has a setting of its own: `collectorEndpoint`.',
    'hint2.URL-OF-AGENT': 'Look at the `reporter` in {file} that holds the URL: under which key?',
    'hint3.URL-OF-AGENT':
      "`const reporter = { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' };`, without a `localAgentHostPort`.",
  },
  'L1-SAMPLER': {
    title: 'Sampler `{key}` does not keep what it should',
    why: 'Of {count} new traces `{key}` kept {actual}, where {expected} are right. The sampler that the tracer uses is not the one that it was told.',
    'why.FORMER':
      'Of {count} new traces `{key}` kept {actual}, where {expected} are right: `initJaeger` gave back a tracer that an earlier call had made with another configuration.',
    'why.UNASKED':
      'The judge called your `initJaeger` with a remote sampler and a server that says how much to keep. That server was not asked once: its address (`hostPort`, `samplingServerURL`) does not reach the tracer.',
    'why.ZERO':
      'Of {count} new traces `{key}` kept {actual}, where {expected} are right. Other params get through, 0.1 among them; 0 does not. For `||` a 0 is as good as nothing: `param || 1` is 1.',
    hint1:
      '`const` keeps all or nothing, `probabilistic` a share, `rateLimiting` so many traces a second, `remote` what a server says.',
    'hint1.ZERO':
      'A default belongs where nothing was given. 0 is something: `const` with 0 keeps no trace, and somebody may want just that.',
    'hint2.ZERO': 'Look in {file} at how `initJaeger` comes to the `param` of the sampler.',
    'hint3.ZERO':
      '`param ?? 1` in place of `param || 1`: `??` asks for `undefined` and `null` only. Or no default at all: `...config` as it came.',
    hint2: 'Look at `sampler` in `initJaeger`: does the one that a caller asks for get through?',
    'hint2.FORMER':
      'Does `initJaeger` keep tracers outside of the function, and give them back the next time?',
    'hint2.UNASKED':
      'Look at what `initJaeger` hands on of a caller’s `sampler`: the whole of it, or its type and its param alone?',
    hint3:
      'Your own first, the caller’s after it: `initTracer({ serviceName: service, sampler: …, reporter: …, ...config })`.',
    'title.TYPE': 'Of a caller’s sampler the `type` is lost',
    'why.TYPE':
      'The judge called your `initJaeger` with the sampler `{key}`, and the tracer complained: {error}. So the caller’s `param` reached it, and its `type` did not: in its place stood `{actual}`. A param means something only together with its type.',
    'hint1.TYPE':
      'A sampler is chosen as a whole. What is left of a default, when only a part of it is replaced, seldom fits the other part.',
    'hint2.TYPE':
      'Look in {file} at the `sampler` that `initJaeger` hands to `initTracer`: where does its `type` come from, and where its `param`?',
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
    'why.LATE':
      '`{span}` was started when opentracing’s global tracer still did nothing, so it was not kept: `initGlobalTracer` was called after it.',
    hint1:
      'There are two tracers in your program: the one that you made, and the global one. The second is what a library asks.',
    hint2:
      'Look at the line in {file} where your tracer is made. What has to happen before the first function is called?',
    hint3: '`initGlobalTracer(tracer);` right after `initJaeger(…)`.',
  },
  'L2-CTX': {
    title: '`{span}` hangs under the wrong span',
    why: '`{span}` ran inside `{expected}`, yet hangs under `{actual}`: the function handed on the context that it was given, not the one that it got back for its own span.',
    'title.WHICH': 'The `{span}` with `{which}` hangs under the wrong span',
    'why.WHICH':
      'There are several `{span}`. The one with `{which}` ran inside `{expected}`, yet hangs under `{actual}`: the function that called it handed on the context that it was given, not the one that it got back for its own span.',
    'title.ACTIVE': 'The `{span}` with `{which}` hangs under the wrong span',
    'why.ACTIVE':
      'There are several `{span}`. The one with `{which}` ran inside `{expected}`, and took the active span for its parent. That was still `{actual}`: at that place `{expected}` was not the active one.',
    'hint1.ACTIVE':
      'activeSpan() finds the span of the nearest withSpan around it. To start a span, or to finish it, does not make it the active one.',
    'hint2.ACTIVE':
      'Look inside the function that starts `{expected}`: is there a `withSpan` with its own span, and does the call that leads to `{which}` stand inside of it?',
    'hint3.ACTIVE':
      '`await withSpan(span, async () => { … });` in the function that starts `{expected}`, with all that it calls inside of the braces.',
    'title.CHILD-OF': 'The `{span}` with `{which}` hangs under the wrong span',
    'why.CHILD-OF':
      'There are several `{span}`. The one with `{which}` ran inside `{expected}`, yet hangs under `{actual}`: it was started with that very span as `childOf`, and not with one out of a context. Either the function that called it handed on the wrong span, or it does not look at what it is handed, and takes a span from outside.',
    'hint1.CHILD-OF':
      'The same function is called from several places, so it cannot know by itself whose call it is: only what its caller hands it tells.',
    'hint2.CHILD-OF':
      'Look at the `childOf` where `{span}` is started: does the span there come from a parameter of the function, or from a variable outside of it?',
    'hint3.CHILD-OF':
      "With a context: `const [span] = startSpanFromContext(ctx, '{span}');`, with the `ctx` that the function is given. Without: `childOf: parent`, with `parent` as a parameter, and the caller gives its own span.",
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
    'why.NO-SLEEP':
      '`{span}` took next to no time, though the function that it stands for works for three seconds. Either that work is not awaited, or what is awaited is no promise: the global `setTimeout` gives back a timer, and an `await` before it goes on at once.',
    'hint2.NO-SLEEP':
      'Look at the function that starts `{span}`: what lets the three seconds pass, and does it give back a promise?',
    'hint3.NO-SLEEP':
      "`await sleep(3000);` with `sleep` from @spoor/client, or with `import { setTimeout } from 'node:timers/promises'` at the top: `await setTimeout(3000);`.",
    why: '`{span}` took next to no time, though the function that it stands for works for three seconds: the work is not awaited.',
    'title.PAUSE': '`{span}` does not wait for the pause before it',
    'why.PAUSE':
      '`{span}` started while the second that should pass before it had only begun: `sleep` was called and not awaited. It gives back a promise, and the program goes on at once.',
    'why.LATE':
      '`{span}` took next to no time, and began when the work was done: the three seconds lie before it.',
    'title.NO-PAUSE': 'There is no pause between the two calls',
    'why.NO-PAUSE':
      '`{span}` starts as soon as `{parent}` has ended; in the picture a second lies between the two.',
    'title.PAUSE-FIRST': 'The pause lies before the first call',
    'why.PAUSE-FIRST':
      '`{parent}` starts a second late, and `{span}` as soon as that one has ended; in the picture the second lies between the two.',
    hint1:
      'A span lasts from its start to its finish. It shows the work that lies between the two, and nothing else.',
    hint2: 'Look at the function that starts `{span}`: is its `sleep(3000)` awaited?',
    'hint2.LATE':
      'Look at the function that starts `{span}`: what stands above the line that starts it?',
    'hint2.PAUSE': 'Look at the line above the call that starts `{span}`: is its `sleep` awaited?',
    'hint2.NO-PAUSE': 'Look at what stands between the two calls.',
    'hint3.NO-PAUSE': '`await sleep(1000);` between the two calls.',
    'hint2.PAUSE-FIRST': 'Look at the line above the first call.',
    'hint3.PAUSE-FIRST': '`await sleep(1000);` between the two calls.',
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
    'title.UNREADABLE': 'What came to :{port} as `uber-trace-id` cannot be read',
    'why.UNREADABLE':
      'The request came to :{port} with the header `uber-trace-id: {actual}`, and that names no span. It takes four parts in hex with colons between them: trace id, span id, parent span id (0 if there is none), flags (1 if it is kept). inject() writes them; nobody has to do it by hand.',
    'title.OTHER-KEY': 'The trace came to :{port} under another name',
    'why.OTHER-KEY':
      'The request came to :{port} with a context in the header `{actual}`. Whoever extracts looks for `uber-trace-id`: inject() writes that name by itself.',
    'title.EXCHANGED': 'The arguments of inject() stand in the wrong order',
    'why.EXCHANGED':
      'The request came to :{port} without `uber-trace-id`: inject() was called, and its arguments stand in another order than it reads them. What it takes for the context, the format and the carrier is something else then, so it wrote nothing.',
    'why.BINARY':
      'No request with `uber-trace-id` came to :{port}: inject() was given FORMAT_BINARY, which writes bytes. Headers are text.',
    hint1:
      'inject writes what identifies a span into a carrier. Over HTTP the carrier is the headers of the request.',
    hint2:
      'Look in the function that calls :{port}, between the start of its span and the request.',
    'hint1.EXCHANGED':
      'inject() is told what to write, how, and into what: first the context, then the format, the carrier last. A tracer throws nothing into a program; what it cannot use it leaves out, and logs that.',
    'hint2.EXCHANGED': 'Look at the three arguments of inject(), one after the other.',
    'hint3.EXCHANGED': '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`',
    'hint2.HEADERS-NOT-PASSED':
      'Look at the third argument of inject and at the headers of the request: are they one and the same object? inject gives nothing back; it writes into what it is handed.',
    hint3:
      '`const headers = {}; tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);` and then the request with `{ headers }`.',
    'title.OF-CONTEXT': 'inject() was given a `Context` in place of a span’s context',
    'why.OF-CONTEXT':
      'The request came to :{port} without `uber-trace-id`: inject() was called, and its first argument was a `Context`, the one that goes from function to function. It holds a span, and opentracing’s inject() does not look into it: that wants the ids of one span, which is what `span.context()` gives.',
    'hint1.OF-CONTEXT':
      'Two things are called a context. A `Context` goes from function to function inside a process; a span’s context is what travels between processes. A tracer throws nothing into a program; what it cannot use it leaves out, and logs that.',
    'hint2.OF-CONTEXT': 'Look at the first argument of inject(): which of the two is it?',
    'hint3.OF-CONTEXT':
      '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);` with the `span` of the call.',
    'title.OF-OTHER': 'inject() was given something that is no span',
    'why.OF-OTHER':
      'The request came to :{port} without `uber-trace-id`: inject() was called, and its first argument was neither a span nor a span’s context. A method that is named and not called, `span.context`, is none; nor is the pair that startSpanFromContext gives back.',
    'hint1.OF-OTHER':
      'inject() is told what to write, how, and into what. What it writes are the ids of one span. A tracer throws nothing into a program; what it cannot use it leaves out, and logs that.',
    'hint2.OF-OTHER': 'Look at the first argument of inject(): what is it, letter by letter?',
    'hint3.OF-OTHER': '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`',
    'title.NOOP-GLOBAL': 'inject() was asked of a global tracer that does nothing',
    'why.NOOP-GLOBAL':
      'The request came to :{port} without `uber-trace-id`: inject() was called on opentracing’s global tracer, and nobody has set that. Until then it is one that takes every call and does nothing, so it wrote nothing.',
    'hint1.NOOP-GLOBAL':
      'What writes a context is a tracer. opentracing’s global one hands on to the one that was set, and does nothing as long as none was.',
    'hint2.NOOP-GLOBAL':
      'On which tracer is inject() called? Then look for `initGlobalTracer`: is it there, and before the first call?',
    'hint3.NOOP-GLOBAL':
      '`span.tracer().inject(span.context(), FORMAT_HTTP_HEADERS, headers);` with the tracer that made the span, or `initGlobalTracer(tracer)` right after `initJaeger`.',
    'title.NOOP': 'inject() was asked of a tracer that does nothing',
    'why.NOOP':
      'The request came to :{port} without `uber-trace-id`: inject() was called on opentracing’s own `Tracer`, which takes every call and does nothing, so it wrote nothing.',
    'hint1.NOOP':
      'opentracing is an interface. Its own `Tracer` can be called and does nothing; the one that writes is the one that made the span.',
    'hint2.NOOP': 'On which tracer is inject() called, and where does it come from?',
    'hint3.NOOP':
      '`span.tracer().inject(span.context(), FORMAT_HTTP_HEADERS, headers);` with the tracer that made the span.',
  },
  'L3-CLI-WRONGCTX': {
    title: 'The wrong span travels in the headers',
    why: 'In the headers of the request stands span {actual}, but the span of the call is `{span}`, {expected}. Whoever is called becomes a child of the span in the headers: inject the context of `{span}`.',
    hint1:
      'The server’s span hangs under whatever was injected. The span that asks is the client span.',
    hint2: 'Look at the first argument of inject: whose context is it?',
    hint3: '`tracer.inject(span.context(), …)`, where `span` is `{span}` and not its parent.',
    'title.CALLER': 'The caller’s own `uber-trace-id` travels on',
    'why.CALLER':
      'The judge called :{port} with a trace in the headers, and its own span {actual} stands in the headers of the call that followed, where that of `{span}` belongs. The trace looks whole, but the service that is called hangs beside `{span}` and not below it: what came in was written over what inject() had written, or beside it.',
    'hint1.CALLER':
      '`uber-trace-id` says who calls. A service between two others reads the one that comes in, and sends one of its own.',
    'hint2.CALLER':
      'Do headers of the incoming request go into those of the call? Then which comes last, they or inject()?',
    'hint3.CALLER':
      'First what is to be handed on, then `span.tracer().inject(span.context(), FORMAT_HTTP_HEADERS, headers);`, or leave the incoming headers out.',
  },
  'L3-CLI-BAGGAGE': {
    title: 'The baggage item `{key}` does not travel',
    'why.OBJECT':
      'The call came without the baggage item `{key}`: setBaggageItem() was given an object. It takes one item, first the key and then the value, each as a text.',
    'hint2.OBJECT':
      'Look at the setBaggageItem with `{key}`: does a brace stand behind its parenthesis?',
    'hint3.OBJECT': "`span.setBaggageItem('{key}', '…')`",
    why: 'The request came without `uberctx-{key}`: the item was not set, or on a span from which the call’s span does not descend, or when that one had been started already.',
    'why.MISSING':
      'The request came without `uberctx-{key}`: no span was given that item. It belongs on the first span of the service.',
    'why.TOO-LATE':
      'The request came without `uberctx-{key}`: the item was set, but the span of the call did not get it. A child takes what its parent has when it is started, and inject writes what it has then.',
    'why.LEFT-OUT':
      'The request came with `uber-trace-id` and without `uberctx-{key}`, though the span has that item. inject() writes both; what was sent is only a part of it, or was written by hand.',
    'why.NEAR':
      'The request came with `uberctx-{actual}`, and the lesson’s item is called `{key}`. Whoever reads baggage asks for it by its name, letter by letter.',
    'why.TAG':
      'The call came without the baggage item `{key}`. `{span}` has a tag of that name: a tag stays with its span, and only baggage travels on.',
    'title.ELSEWHERE': 'The baggage item `{key}` was set on `{actual}`',
    'why.ELSEWHERE':
      'It arrives at the other service all the same. The lesson sets it on `{span}`: an item goes along with every call that is made from its span on, so the place decides how far it spreads.',
    hint1:
      'Baggage goes down the trace and never up: a child takes what its parent has at the moment when the child is started.',
    hint2:
      'Look for the place where `{key}` is set. On which span is it, and is the client span started later?',
    'hint2.TAG': 'Look for the place where `{key}` is set: by setTag, or by setBaggageItem?',
    'hint2.LEFT-OUT':
      'Look at the headers of the request: are they all that inject() wrote, or keys that you name one by one?',
    'hint3.LEFT-OUT':
      '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`, and then the request with all of `headers`.',
    hint3: "On the first span, before the call: `span.setBaggageItem('{key}', '…')`.",
  },
  'L3-CLI-BAGGAGE1': {
    title: 'The baggage item `{key}` does not travel',
    'why.OBJECT':
      'The call came without the baggage item `{key}`: setBaggageItem() was given an object. It takes one item, first the key and then the value, each as a text.',
    'hint2.OBJECT':
      'Look at the setBaggageItem with `{key}`: does a brace stand behind its parenthesis?',
    'hint3.OBJECT': "`span.setBaggageItem('{key}', '…')`",
    why: 'The request came without `uberctx-{key}`: it has to be set on the span of the call, and before inject(). What is written into the headers is what the span knows at that moment.',
    'why.MISSING':
      'The request came without `uberctx-{key}`: no span was given that item. It belongs on the span of the call.',
    'why.TOO-LATE':
      'The request came without `uberctx-{key}`: setBaggageItem() was called after inject(). The headers hold what the span knew when they were written.',
    'why.LEFT-OUT':
      'The request came with `uber-trace-id` and without `uberctx-{key}`, though the span has that item. inject() writes both; what was sent is only a part of it, or was written by hand.',
    'why.NEAR':
      'The request came with `uberctx-{actual}`, and the lesson’s item is called `{key}`. Whoever reads baggage asks for it by its name, letter by letter.',
    'why.TAG':
      'The call came without the baggage item `{key}`. `{span}` has a tag of that name: a tag stays with its span, and only baggage travels on.',
    'title.ELSEWHERE': 'The baggage item `{key}` was set on `{actual}`',
    'why.ELSEWHERE':
      'It arrives at the other service all the same. The lesson sets it on `{span}`: an item goes along with every call that is made from its span on, so the place decides how far it spreads.',
    hint1: 'inject writes once. What a span learns afterwards stays at home.',
    hint2:
      'Look at the order of lines in the function that makes the call: setBaggageItem, inject, request.',
    'hint2.TAG': 'Look for the place where `{key}` is set: by setTag, or by setBaggageItem?',
    'hint2.LEFT-OUT':
      'Look at the headers of the request: are they all that inject() wrote, or keys that you name one by one?',
    'hint3.LEFT-OUT':
      '`tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);`, and then the request with all of `headers`.',
    hint3: "`span.setBaggageItem('{key}', '…');` goes above `tracer.inject(…)`.",
  },
  'L3-SRV-EXTRACT': {
    title: ':{port} starts a new trace',
    why: 'The judge called :{port} with a trace in the headers, and your span is in another one: what the caller sent was not read, or was not used.',
    'why.MISSING':
      'The judge called :{port} with a trace in the headers, and your span began a new one: extract() was not called. It is the other half of inject.',
    'why.UNUSED':
      'The judge called :{port} with a trace in the headers. extract() read it, and nobody used the result: a span started without a parent begins a new trace.',
    ...EXTRACT_MISUSED,
    hint1:
      'extract reads the carrier and gives the context of the caller’s span; the new span has to be told that this is its parent.',
    hint2: 'Look at the first lines of the handler on :{port}, before its span is started.',
    hint3:
      "`const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);` then `tracer.startSpan('…', rpcServerOption(parent))`; with jaeger-client `{ childOf: parent }`.",
    'title.REFUSED': ':{port} does not answer a caller without a trace',
    'why.REFUSED':
      'The judge called :{port} without a trace, and got no good answer: {actual}. Tracing is no condition of being served: whoever does not trace is answered as well, and the span is the root of a new trace.',
    'hint1.REFUSED':
      'extract finds nothing where nothing was sent, and that is no error. A browser, curl and every service that does not trace yet call so.',
    'hint2.REFUSED': 'Look in the handler on :{port} for a question about what extract gave.',
    'hint3.REFUSED':
      "`tracer.startSpan('…', rpcServerOption(spanContext))`, with whatever extract gave: of nothing it makes a root.",
    'title.NO-ROOT': ':{port} leaves no span of a caller without a trace',
    'why.NO-ROOT':
      'The judge called :{port} without a trace. It was answered, and no span was started: such a call is seen nowhere. Without a caller’s context the span is the root of a new trace.',
    'hint1.NO-ROOT':
      'extract finds nothing where nothing was sent, and that is no error: the span is started all the same, and has no parent.',
    'hint2.NO-ROOT': 'Look in the handler on :{port} for a question about what extract gave.',
    'hint3.NO-ROOT':
      "`tracer.startSpan('…', rpcServerOption(spanContext))`, with whatever extract gave: of nothing it makes a root.",
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
    'why.EMPTY':
      'The judge sent `{expected}` as the baggage item `{key}`, and your tag `{key}` is empty: that is what `undefined` becomes, so the item was not found where it was asked for.',
    'why.UNCALLED':
      'The judge sent `{expected}` as the baggage item `{key}`, and your tag `{key}` holds the text of a function: `getBaggageItem` was named there, and not called.',
    'hint2.UNCALLED':
      'Look where the tag `{key}` is set: does its value end in parentheses, with the name of the item in them?',
    hint1:
      'Baggage travels, a tag is shown and searched for. What should be seen has to become a tag.',
    hint2: 'Look in the handler, right after its span was started from what extract gave.',
    'hint2.EMPTY':
      'An item is called `{key}`, without the prefix that its header has. By which name does the handler ask for it, and of which span?',
    hint3: "`span.setTag('{key}', span.getBaggageItem('{key}'))`",
    'title.LEFT-OUT': 'extract() is not shown the header of `{key}`',
    'why.LEFT-OUT':
      'The judge sent `{expected}` as the baggage item `{key}`. extract() was given `uber-trace-id`, and not `uberctx-{key}`: each item comes in a header of its own, beside that of the trace. So the span never heard of it, and your tag `{key}` is empty.',
    'hint1.LEFT-OUT':
      'A context is more than one header. Which ones it needs the tracer knows: it is given all, and takes what is its own.',
    'hint2.LEFT-OUT':
      'Look at the second argument of extract(): which headers of the request are in it?',
    'hint3.LEFT-OUT': '`tracer.extract(FORMAT_HTTP_HEADERS, request.headers)`',
  },
  'L3-CLI-EXTRACT': {
    title: ':{port} ignores a trace that comes in',
    why: 'The judge called :{port} with a trace in the headers, and your span began a new one. Today it is the first service; tomorrow somebody stands in front of it.',
    'why.MISSING':
      'The judge called :{port} with a trace in the headers, and your span began a new one: extract() is not called there. Today it is the first service; tomorrow somebody stands in front of it.',
    'why.UNUSED':
      'The judge called :{port} with a trace in the headers. extract() read it, and nobody used the result: the span has to be started as a child of it.',
    ...EXTRACT_MISUSED,
    hint1:
      'The first service of a system is a server, too. Without a caller who traces, extract gives nothing, and the span is a root.',
    hint2: 'Look at the handler on :{port}. It needs the same two lines as the service behind it.',
    hint3:
      "`const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);` then `tracer.startSpan('jaegerHttpOpname', rpcServerOption(parent))`.",
  },
  'L3-CLI-GLOBAL': {
    title: 'Several requests share one trace',
    'title.JOINED': 'A later request joined an earlier caller’s trace',
    'why.JOINED':
      'The judge sent the requests of two callers, each with a trace of its own, and both went into the trace of one: extract() read the headers of one request only, and what it gave is kept in a variable that all requests share.',
    'hint2.JOINED':
      'Look in {file} for the variable that takes what extract() gives: is it declared outside of the handler, and does a `??=` or an `if` keep what it already holds?',
    'hint3.JOINED':
      '`const spanContext = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);` inside the handler: a local variable, extracted anew for each request.',
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
  'L4-NEXT': {
    title: '`{method}` does not hand the call on',
    why: 'The call came to `{method}` in {file} and got no further: its `next` was never called. An interceptor stands in the way of a call. What it is handed it has to hand on; until then grpc-js waits, and so does the caller.',
    hint1:
      'Every method of an interceptor has a `next`, and calling it is what lets the call go on. To name it, or to return, does nothing.',
    hint2:
      'Look in {file} at `{builder}`, or at `{method}` if you write objects: is `next` called there on every path, with its parentheses?',
    hint3: '`{code}` Where it reads `() => next`, that names it only: `next`, or `() => next()`.',
  },
  'L4-CLI-AWAIT': {
    title: 'Nobody waits for the call',
    why: '{file} closed its client or its tracer while the call was still under way. Its promise was not awaited, or it was settled before the answer came, so the program went on to its end.',
    hint1:
      'A call is over when its callback is called. The promise that stands for it is settled there and nowhere else, and whoever needs the answer awaits it.',
    hint2:
      'Look in {file} at the line that calls `sayHello`: is there an `await`? Then at `sayHello`: is the promise returned, and where is it resolved?',
    hint3:
      '`const msg = await sayHello(client, background(), name);` and after it `client.close()` and `await closer.close()`.',
  },
  'L4-CLI-INTERCEPTOR': {
    title: 'The client’s calls leave no span',
    'title.FACTORY': 'The client was not given an interceptor, but what makes one',
    'title.NO-CALL': 'The client’s interceptor gives back no call',
    why: 'The call was made and answered, and no span `{span}` of `{service}` was started: the interceptor is not the client’s.',
    'why.NOT-HANDED-ON':
      'The call was made and answered, and no span `{span}` of `{service}` was started. The interceptor was asked, for a call went through an InterceptingCall; what should start the span there was not handed on to it.',
    'why.UNCHANGED':
      'The call was made and answered, and no span `{span}` of `{service}` was started. The interceptor was asked, and gave back what `nextCall(options)` gave it, unchanged: nothing of yours stands in the way of the call.',
    'why.FACTORY':
      'grpc-js asked the interceptor for a call and got a function. `gRPCClientInterceptor` is what makes an interceptor: it stands in the list itself, and was not called with the tracer.',
    'why.NO-CALL':
      'grpc-js asked the interceptor for a call and got nothing that is one. A `return` is missing, or the function is `async` and gives a promise.',
    hint1: 'An interceptor only sees the calls of the client that it was given to.',
    hint2: 'Look in greeter-client.ts at the options with which the client is made.',
    'hint2.NOT-HANDED-ON':
      'Look in client-interceptor.ts at `new InterceptingCall(…)`: is the requester its second argument, was it built, and does its `withStart` start the span?',
    'hint2.UNCHANGED':
      'Look in client-interceptor.ts at what the interceptor returns: is there a `new InterceptingCall(…)` around `nextCall(options)`?',
    'hint2.FACTORY':
      'Look in {file} at `interceptors: […]`: is the function in it called, with the tracer?',
    'hint2.NO-CALL':
      'Look in client-interceptor.ts at the end of the function that takes `options` and `nextCall`: what does it return?',
    'hint3.UNCHANGED': '`return new InterceptingCall(nextCall(options), requester);`',
    'hint3.NO-CALL': '`return new InterceptingCall(nextCall(options), requester);`',
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
    'title.NO-ENTRY': '`MdWriter.set` puts nothing into the metadata',
    'why.NO-ENTRY':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() had an `MdWriter` to write with, and its `set` put no entry of that key into any Metadata. A property of the object, `metadata[key] = value`, is none, and does not travel.',
    'hint2.NO-ENTRY':
      'Look in metadata-carrier.ts at `MdWriter.set`: does it call a method of the Metadata, with the key as it came?',
    'hint3.NO-ENTRY': '`set(key, value) { this.metadata.set(key, value); }`',
    'title.OTHER-METADATA': 'The trace was written into other metadata',
    'why.OTHER-METADATA':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() put it into a Metadata, and another one went with the call. A `clone()` is a metadata of its own; what is written into it is not in the first.',
    'hint2.OTHER-METADATA':
      'Look at `start(metadata, listener, next)` in the client’s interceptor: which metadata is inject() given, and which one `next`?',
    'hint3.OTHER-METADATA':
      '`const copy = metadata.clone(); tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(copy)); next(copy, listener.build());`',
    why: 'The call came to :{port} without `uber-trace-id` in its metadata. Was the span injected, before the call went on, into the metadata that went with it?',
    'why.MISSING':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was never called. For gRPC the metadata is what the headers are for HTTP.',
    'why.TOO-LATE':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() ran after the call had gone on. Metadata is sent at the start of a call.',
    'why.HEADERS-NOT-PASSED':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was called, and nothing of it is in the metadata that left. Either that was other metadata, or it was written when the call had gone on, or `MdWriter.set` does not set `key` as it is.',
    'title.UNREADABLE': 'What came to :{port} as `uber-trace-id` cannot be read',
    'why.UNREADABLE':
      'The call came to :{port} with `uber-trace-id: {actual}` in its metadata, and that names no span. It takes four parts in hex with colons between them: trace id, span id, parent span id (0 if there is none), flags (1 if it is kept). inject() writes them; nobody has to do it by hand.',
    'title.OTHER-KEY': 'The trace came to :{port} under another name',
    'why.OTHER-KEY':
      'The call came to :{port} with a context under `{actual}`. Whoever extracts looks for `uber-trace-id`: inject() sets that key by itself, and `MdWriter.set` takes it as it is.',
    'why.METADATA':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was handed the Metadata itself, and this tracer writes properties into it, which do not travel. What does is put in by `metadata.set(key, value)`.',
    'title.EXCHANGED': 'The arguments of inject() stand in the wrong order',
    'why.EXCHANGED':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was called, and its arguments stand in another order than it reads them. What it takes for the context, the format and the carrier is something else then, so it wrote nothing.',
    'why.BINARY':
      'The call came to :{port} without `uber-trace-id`: inject() was given FORMAT_BINARY, which writes bytes. The keys of metadata need FORMAT_TEXT_MAP.',
    'why.BROKEN':
      'The call broke once inject() had run: {error}. The judge’s own call of the server was answered, so it is what was written into the metadata: each key becomes the name of an HTTP/2 header, and `uber-trace-id` can be one, a value with colons cannot.',
    hint1:
      'inject needs a carrier that can set a key. Metadata can, once something in between translates: that is `MdWriter`.',
    hint2:
      'Look at `start(metadata, listener, next)` in the client’s interceptor: what goes into `next`?',
    'hint1.EXCHANGED':
      'inject() is told what to write, how, and into what: first the context, then the format, the carrier last. A tracer throws nothing into a program; what it cannot use it leaves out, and logs that.',
    'hint2.EXCHANGED': 'Look at the three arguments of inject(), one after the other.',
    'hint3.EXCHANGED':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`',
    'hint2.BROKEN':
      'Look at the line that writes into the metadata, in `MdWriter.set` or wherever you copy: which comes first, key or value?',
    'hint3.METADATA':
      '`const carrier = {}; tracer.inject(span.context(), FORMAT_TEXT_MAP, carrier); for (const [key, value] of Object.entries(carrier)) metadata.set(key, value);`, before `next(metadata, …)`.',
    hint3:
      '`tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));` before `next(metadata, …)`, with the same metadata. npm jaeger-client writes into plain objects only: inject into one, then `metadata.set(key, value)` for each of its keys.',
    'title.OF-CONTEXT': 'inject() was given a `Context` in place of a span’s context',
    'why.OF-CONTEXT':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was called, and its first argument was a `Context`, the one that goes from function to function. It holds a span, and opentracing’s inject() does not look into it: that wants the ids of one span, which is what `span.context()` gives.',
    'hint1.OF-CONTEXT':
      'Two things are called a context. A `Context` goes from function to function inside a process; a span’s context is what travels between processes. A tracer throws nothing into a program; what it cannot use it leaves out, and logs that.',
    'hint2.OF-CONTEXT': 'Look at the first argument of inject(): which of the two is it?',
    'hint3.OF-CONTEXT':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`',
    'title.OF-OTHER': 'inject() was given something that is no span',
    'why.OF-OTHER':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was called, and its first argument was neither a span nor a span’s context. A method that is named and not called, `clientSpan.context`, is none.',
    'hint1.OF-OTHER':
      'inject() is told what to write, how, and into what. What it writes are the ids of one span. A tracer throws nothing into a program; what it cannot use it leaves out, and logs that.',
    'hint2.OF-OTHER': 'Look at the first argument of inject(): what is it, letter by letter?',
    'hint3.OF-OTHER':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));`',
    'title.NOOP-GLOBAL': 'inject() was asked of a global tracer that does nothing',
    'why.NOOP-GLOBAL':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was called on opentracing’s global tracer, and nobody has set that. Until then it is one that takes every call and does nothing, so it wrote nothing.',
    'hint1.NOOP-GLOBAL':
      'What writes a context is a tracer. opentracing’s global one hands on to the one that was set, and does nothing as long as none was.',
    'hint2.NOOP-GLOBAL':
      'On which tracer is inject() called? Then look for `initGlobalTracer`: is it there, and before the first call?',
    'hint3.NOOP-GLOBAL':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));` with the tracer that made the span, or `initGlobalTracer(tracer)` right after `initJaeger`.',
    'title.NOOP': 'inject() was asked of a tracer that does nothing',
    'why.NOOP':
      'The call came to :{port} without `uber-trace-id` in its metadata: inject() was called on opentracing’s own `Tracer`, which takes every call and does nothing, so it wrote nothing.',
    'hint1.NOOP':
      'opentracing is an interface. Its own `Tracer` can be called and does nothing; the one that writes is the one that made the span.',
    'hint2.NOOP': 'On which tracer is inject() called, and where does it come from?',
    'hint3.NOOP':
      '`tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));` with the tracer that made the span.',
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
    'why.OBJECT':
      'The call came without the baggage item `{key}`: setBaggageItem() was given an object. It takes one item, first the key and then the value, each as a text.',
    'hint2.OBJECT':
      'Look at the setBaggageItem with `{key}`: does a brace stand behind its parenthesis?',
    'hint3.OBJECT': "`span.setBaggageItem('{key}', '…')`",
    why: 'The call came without `uberctx-{key}`: the item has to be set on the client span, and before inject().',
    'why.MISSING':
      'The call came without `uberctx-{key}`: the client span was never given that item.',
    'why.TOO-LATE':
      'The call came without `uberctx-{key}`: setBaggageItem() was called after inject(). The metadata holds what the span knew when it was written.',
    'why.LEFT-OUT':
      'The call came with `uber-trace-id` and without `uberctx-{key}`, though the span has that item. inject() writes both; what was sent is only a part of it, or was written by hand.',
    'why.NEAR':
      'The call came with `uberctx-{actual}`, and the lesson’s item is called `{key}`. Whoever reads baggage asks for it by its name, letter by letter.',
    'why.TAG':
      'The call came without the baggage item `{key}`. `{span}` has a tag of that name: a tag stays with its span, and only baggage travels on.',
    hint1: 'inject writes once. What a span learns afterwards stays at home.',
    hint2:
      'Look at the order of lines in the client’s interceptor: start the span, set baggage, inject.',
    'hint2.TAG': 'Look for the place where `{key}` is set: by setTag, or by setBaggageItem?',
    'hint2.LEFT-OUT':
      'Look at what goes into the metadata: all that inject() wrote, or keys that you name one by one?',
    'hint3.LEFT-OUT':
      '`tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(metadata));` and no `metadata.set` by hand.',
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
  'L4-CLI-METADATA': {
    title: 'The call loses what its caller put into the metadata',
    why: 'The judge had put `{key}` into the metadata of the call, as callers do with a token or an id. It did not come to the server: other metadata went on. Tracing adds to a call and takes nothing away.',
    hint1:
      'The metadata that `start` is handed belongs to the caller. What goes on has to hold all of it, and the context besides.',
    hint2:
      'Look in client-interceptor.ts at the metadata that goes into `next`: is it what came in, a copy of it, or new and empty?',
    hint3:
      '`const copy = metadata.clone();` in place of `new Metadata()`; inject into that one, and hand it on.',
  },
  'L4-SRV-INTERCEPTOR': {
    title: 'The server’s answers leave no span',
    'title.FACTORY': 'The server was not given an interceptor, but what makes one',
    'title.NO-CALL': 'The server’s interceptor gives back no call',
    why: 'The server answered, and no span `{span}` of `{service}` was started: the interceptor is not the server’s.',
    'why.NOT-HANDED-ON':
      'The server answered, and no span `{span}` of `{service}` was started. The interceptor was asked, for the call went through a ServerInterceptingCall; what should start the span there was not handed on to it.',
    'why.UNCHANGED':
      'The server answered, and no span `{span}` of `{service}` was started. The interceptor was asked, and gave back the `call` that it was given, unchanged: nothing of yours stands in the way of the call.',
    'why.FACTORY':
      'grpc-js asked the interceptor for a call and got a function. `gRPCServerInterceptor` is what makes an interceptor: it stands in the list itself, and was not called with the tracer.',
    'why.NO-CALL':
      'grpc-js asked the interceptor for a call and got nothing that is one. A `return` is missing, or the function is `async` and gives a promise.',
    hint1:
      'An interceptor only sees the calls of the server that it was given to, and it is given when the server is made.',
    hint2: 'Look in greeter.ts at the line that makes the server.',
    'hint2.NOT-HANDED-ON':
      'Look in server-interceptor.ts: is the responder the second argument of `new ServerInterceptingCall(…)`, and does its `withStart` hand the listener to `next`?',
    'hint2.UNCHANGED':
      'Look in server-interceptor.ts at what the interceptor returns: is there a `new ServerInterceptingCall(…)` around `call`?',
    'hint2.FACTORY':
      'Look in {file} at `interceptors: […]`: is the function in it called, with the tracer?',
    'hint2.NO-CALL':
      'Look in server-interceptor.ts at the end of the function that takes `method` and `call`: what does it return?',
    'hint3.UNCHANGED': '`return new ServerInterceptingCall(call, responder);`',
    'hint3.NO-CALL': '`return new ServerInterceptingCall(call, responder);`',
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
    'why.MISUSED':
      'The judge called the server with a trace in the metadata. extract() read it, and the `childOf` of the span was given something else, which names no span: a span without a parent begins a new trace.',
    'why.METADATA':
      'The judge called with a trace in the metadata. extract() was handed the Metadata itself and found nothing: its keys are no properties of that object, so somebody has to name them to the tracer, one after the other.',
    'why.EMPTY':
      'The judge called with a trace in the metadata. extract() was called and found nothing: does `MdReader.foreachKey` pass on every key with its value, and is it given the metadata that came in?',
    'title.EXCHANGED': 'The arguments of extract() stand in the wrong order',
    'why.EXCHANGED':
      'The judge called with a trace in the metadata. extract() was called, and its arguments stand in another order than it reads them: it took the carrier for the format, and found nothing.',
    'hint1.EXCHANGED':
      'extract() is told how to read, and from what: first the format, the carrier last. A tracer throws nothing into a program; what it cannot use it leaves out, and logs that.',
    'hint2.EXCHANGED': 'Look at the two arguments of extract().',
    'hint3.EXCHANGED': '`tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata))`',
    'why.HANDLER':
      'The judge called with a trace in the metadata. extract() read it through `foreachKey`, which handed over each value in the place of its key: a key `uber-trace-id` never came, so nothing was found.',
    'hint2.HANDLER':
      'Look in metadata-carrier.ts at the call of `handler` in `foreachKey`: in which order stand its two arguments?',
    'hint3.HANDLER': '`handler(key, value)`: first the key.',
    'why.AS-OPTIONS':
      'The judge called the server with a trace in the metadata. extract() read it, and startSpan was given the result itself as its second argument. That one takes options, with the parent under `childOf`; without it the span begins a new trace.',
    'hint1.AS-OPTIONS':
      'The second argument of startSpan holds options, each under its key. A span or a context in their place names no parent, for nobody looks for one there.',
    'hint2.AS-OPTIONS': 'Look at the second argument of startSpan.',
    'hint3.AS-OPTIONS':
      "`tracer.startSpan('…', rpcServerOption(parent))`, or `{ childOf: parent }` in the place of `parent`.",
    hint1:
      'extract needs a carrier that can name all its keys. Metadata can, once something in between translates: that is `MdReader`.',
    hint2:
      'Look in the server’s interceptor at where the metadata comes in: `withOnReceiveMetadata`.',
    hint3:
      '`const parent = tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata));` then `tracer.startSpan(path, rpcServerOption(parent))`; with npm jaeger-client `tracer.extract(FORMAT_TEXT_MAP, metadata.getMap())` and `{ childOf: parent }`.',
    'title.REFUSED': 'The server does not answer a caller without a trace',
    'why.REFUSED':
      'The judge called the server without a trace, and got no good answer: {actual}. Tracing is no condition of being served: whoever does not trace is answered as well, and the span is the root of a new trace.',
    'hint1.REFUSED':
      'extract finds nothing where nothing was sent, and that is no error. A browser, curl and every service that does not trace yet call so.',
    'hint2.REFUSED':
      'Look in server-interceptor.ts where the context is extracted: what happens if there is none, and who catches an error then?',
    'hint3.REFUSED':
      '`try { return extractSpanFromMetadata(metadata, tracer); } catch { return undefined; }`, and `rpcServerOption` of that: of nothing it makes a root.',
    'title.NO-ROOT': 'The server leaves no span of a caller without a trace',
    'why.NO-ROOT':
      'The judge called the server without a trace. It was answered, and no span was started: such a call is seen nowhere. Without a caller’s context the span is the root of a new trace.',
    'hint1.NO-ROOT':
      'extract finds nothing where nothing was sent, and that is no error: the span is started all the same, and has no parent.',
    'hint2.NO-ROOT':
      'Look in server-interceptor.ts where the context is extracted: what happens if there is none, and who catches an error then?',
    'hint3.NO-ROOT':
      '`try { return extractSpanFromMetadata(metadata, tracer); } catch { return undefined; }`, and `rpcServerOption` of that: of nothing it makes a root.',
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
    'why.OTHER':
      'The judge sent `{expected}` as the baggage item `{key}`, and your tag `{key}` says `{actual}`, which came under another key.',
    'why.EMPTY':
      'The judge sent `{expected}` as the baggage item `{key}`, and your tag `{key}` is empty: that is what `undefined` becomes, so the item was not found where it was asked for.',
    'why.UNCALLED':
      'The judge sent `{expected}` as the baggage item `{key}`, and your tag `{key}` holds the text of a function: `getBaggageItem` was named there, and not called.',
    'hint2.UNCALLED':
      'Look where the tag `{key}` is set: does its value end in parentheses, with the name of the item in them?',
    hint1:
      'Baggage travels, a tag is shown and searched for. What should be seen has to become a tag.',
    hint2:
      'Look in the server’s interceptor, right after the span was started from what extract gave.',
    'hint2.EMPTY':
      'An item is called `{key}`, without the prefix that its header has. By which name does the interceptor ask for it, and of which span?',
    hint3: "`serverSpan.setTag('{key}', serverSpan.getBaggageItem('{key}'))`",
    'title.LEFT-OUT': 'extract() is not shown the entry of `{key}`',
    'why.LEFT-OUT':
      'The judge sent `{expected}` as the baggage item `{key}`. extract() was given `uber-trace-id`, and not `uberctx-{key}`: each item comes in an entry of its own, beside that of the trace. So the span never heard of it, and your tag `{key}` is empty.',
    'hint1.LEFT-OUT':
      'A context is more than one entry of the metadata. Which ones it needs the tracer knows: it is given all, and takes what is its own.',
    'hint2.LEFT-OUT':
      'Look at the second argument of extract(): which entries of the metadata are in it, or which keys does its `foreachKey` name?',
    'hint3.LEFT-OUT': '`tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata))`',
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
    'title.UNCALLED': '`spanFromContext` was given a function',
    'why.UNCALLED':
      'Nothing in the span of the call comes from the method. Where it asks `spanFromContext` for the span it hands over a function, and that holds no span: the function that gives the context was named there, and not called. `?.` then passes over the log without a word.',
    'hint2.UNCALLED':
      'Look at the method for `spanFromContext`: does its argument end in parentheses?',
    'hint3.UNCALLED': '`spanFromContext(callContext())?.log({ … })`',
  },
  'L4-SRV-CANCEL': {
    title: 'A call that is given up leaves no span',
    why: 'The judge began a call and gave it up before the server could answer. `{span}` of `{service}` was started and never finished: nobody will see that call.',
    hint1:
      'A call that is given up has no status to send, so it never passes `sendStatus`. What comes in its place is the cancellation.',
    hint2:
      'Look in the server’s interceptor at the listener: which of its methods hears that the caller has gone?',
    hint3:
      "`.withOnCancel(() => finish({ code: status.CANCELLED, details: 'the caller did not wait' }))`. It also comes after an answer, so `finish` must do nothing the second time.",
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
    'title.SERVER': '`{span}` ends before the answer leaves',
    'why.SERVER':
      '`{span}` was finished before the work was done, and the answer came after that: it measures the coming in, not the answering.',
    'title.NOT-AWAITED': '`{span}` does not hold the work of its function',
    'why.NOT-AWAITED':
      '`{span}` was finished, and the answer sent, when the work had only begun: `sleep` was called and not awaited. It gives back a promise, and the program goes on at once.',
    hint1: 'A client span lasts from the request until its reply has been read.',
    'hint1.SERVER': 'A server span lasts from the request until the answer leaves.',
    'hint1.NOT-AWAITED':
      'A span lasts from its start to its finish. It shows the work that lies between the two, and nothing else.',
    hint2: 'Look at where `{span}` is finished, and for an `await` that is missing before it.',
    'hint2.SERVER': 'Look in the function that starts `{span}` at what stands below its finish().',
    'hint2.NOT-AWAITED': 'Look in the function that starts `{span}` at its `sleep`.',
    'hint3.SERVER':
      'First `await sleep({count})`, then `response.send(…)`, and `span.finish()` in `finally`, once.',
    'hint3.NOT-AWAITED': '`await sleep({count});` before the answer and the `finish()`.',
    hint3:
      '`const answer = await fetch(…); const body = await answer.text(); … span.finish();`, best in `finally`.',
  },
  'D-LONG': {
    title: '`{span}` goes on after the answer',
    why: 'The answer was given at once, and `{span}` went on after it: the work comes after the answer has been sent. The caller has gone on by then, and does not wait for it.',
    'why.FRONT':
      'The answer was given before the call had come back, and `{span}` went on after it. Whoever asked has gone on by then, and hears nothing of a call that fails.',
    hint1:
      'A server span lasts from the request until the answer leaves. What goes on afterwards is no part of that request.',
    hint2:
      'Look in the function that starts `{span}`: in which order stand the work, the answer and finish()?',
    'hint3.FRONT':
      'First `await callHttpService1(ctx)` and what follows it, then `response.send(reply)`: whoever asked would otherwise be told that all went well before anybody knows.',
    hint3:
      'First `await sleep({count})`, then `response.send(…)`, and `span.finish()` in `finally`. Work for which nobody waits gets a span of its own, with `references: [followsFrom(span.context())]`.',
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
    'why.FROM-EMPTY':
      '{count} traces came, with the roots {actual}. `{span}` was started by startSpanFromContext from a context that holds no span, such as `background()`. A span without a parent begins a new trace.',
    'hint2.FROM-EMPTY':
      'Look at the call of the function that starts `{span}`, and at its startSpanFromContext: which context is handed on, and was one made with a span in it?',
    'hint3.FROM-EMPTY':
      '`const ctx = contextWithSpan(background(), span);` once, where the root is; from there on `ctx` is handed on, and not `background()`.',
    why: 'What should be one trace came as {count}, with the roots {actual}. A span that is started without a parent begins a new trace.',
    'why.CONTEXT-UNUSED':
      '{count} traces came, with the roots {actual}. contextWithSpan made a context with `{expected}` in it, and `{span}` was started from another one, which holds no span. A context never changes: only the one that contextWithSpan gives back knows of the span.',
    'why.CONTEXT-WITHOUT-SPAN':
      '{count} traces came, with the roots {actual}. contextWithSpan was called, and what it was given as the span is none: the context that it made holds nothing, and `{span}` found no parent in it. First comes the context, then the span.',
    'why.FROM-SPAN':
      '{count} traces came, with the roots {actual}. `{span}` was started by startSpanFromContext, which was given a span. It takes a context, a value with a span in it, and looks for none inside of a span.',
    'why.FROM-LIST':
      '{count} traces came, with the roots {actual}. `{span}` was started by startSpanFromContext, which was given a list. It takes a context; what it gives back itself is a pair, the span first and the context second.',
    'why.FROM-NOTHING':
      '{count} traces came, with the roots {actual}. `{span}` was started by startSpanFromContext from no context at all, `undefined`: whoever calls the function that starts it hands it none.',
    'why.CHILD-OF-CONTEXT':
      '{count} traces came, with the roots {actual}. `{span}` was started with a `childOf` that is a context. childOf takes a span, or what `span.context()` gives. The context that functions hand on is something else that has the same name: startSpanFromContext takes that one, and the span out of it.',
    'why.CHILD-OF-NOTHING':
      '{count} traces came, with the roots {actual}. `{span}` was started with `childOf`, and there was nothing in it, `null` or `undefined`. A span without a parent begins a new trace, and nobody complains.',
    'why.CHILD-OF-OTHER':
      '{count} traces came, with the roots {actual}. `{span}` was started with a `childOf` that names no span. It takes a span, or what `span.context()` or `extract()` gives.',
    'why.AS-OPTIONS':
      '{count} traces came, with the roots {actual}. `{span}` was started by startSpan, which was given the parent itself as its second argument. That one takes options, with the parent under `childOf`.',
    'why.FROM-EXCHANGED':
      '{count} traces came, with the roots {actual}. startSpanFromContext was given a name in the place of the context, and took what stood after it for the name. First comes the context, then the name.',
    'hint1.AS-OPTIONS':
      'The second argument of startSpan holds options, each under its key. A span or a context in their place names no parent, for nobody looks for one there.',
    'hint2.AS-OPTIONS': 'Look at the second argument of the startSpan that starts `{span}`.',
    'hint3.AS-OPTIONS': "`tracer.startSpan('{span}', { childOf: parent })`",
    'hint2.FROM-EXCHANGED':
      'Look at the two arguments of startSpanFromContext, and at their order.',
    'hint3.FROM-EXCHANGED': "`const [span, ctxOfSpan] = startSpanFromContext(ctx, '{span}');`",
    'why.NOTHING-ACTIVE':
      '{count} traces came, with the roots {actual}. `{span}` was to get the active span for its parent, and none was active there: the call stands outside of every `withSpan`. A span without a parent begins a new trace.',
    'hint1.NOTHING-ACTIVE':
      'activeSpan() finds the span of the nearest withSpan around it, and nothing where there is none around it. Whatever is called behind the braces is outside again.',
    'hint2.NOTHING-ACTIVE':
      'Look for the call that leads to `{span}`, and for the braces of `withSpan`: is it inside of them?',
    'hint3.NOTHING-ACTIVE':
      '`await withSpan(span, async () => { … });` with the span of `{expected}`, and every call that belongs to it inside of the braces.',
    hint1:
      'A span knows nothing of the others until it is told: in one process by a context or childOf, between two by headers.',
    hint2:
      'Look at each of these roots but the first: who calls the function that starts it, and what does it hand on?',
    'hint2.CONTEXT-UNUSED':
      'Look for contextWithSpan: which variable takes what it gives back, and is it that one that is handed on?',
    'hint2.CONTEXT-WITHOUT-SPAN':
      'Look at the two arguments of contextWithSpan, and at their order.',
    'hint2.CHILD-OF-NOTHING':
      'Look at the variable after `childOf` where `{span}` is started: what does it hold at that moment?',
    'hint3.CONTEXT-UNUSED':
      '`const ctx = contextWithSpan(background(), span);`, and this `ctx` goes to the functions.',
    'hint3.CONTEXT-WITHOUT-SPAN': '`contextWithSpan(background(), span)`',
    'hint3.FROM-SPAN':
      '`const ctx = contextWithSpan(background(), span);` and hand `ctx` on; or, without contexts, `tracer.startSpan(…, { childOf: span })`.',
    'hint3.FROM-LIST':
      '`const [span, ctxOfSpan] = startSpanFromContext(ctx, …);`, and hand `ctxOfSpan` on.',
    'hint3.CHILD-OF-CONTEXT':
      "`const [span] = startSpanFromContext(ctx, '{span}');` in place of `tracer.startSpan('{span}', { childOf: ctx })`.",
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
    'title.WHICH': 'The `{span}` with `{which}` hangs under the wrong span',
    'why.WHICH':
      'There are several `{span}`. The one with `{which}` hangs under `{actual}`, and belongs under `{expected}`: that is who called it.',
    'title.AFTER': 'The `{span}` with `{which}` hangs under the wrong span',
    'why.AFTER':
      'There are several `{span}`. The one with `{which}` hangs under `{actual}`, and belongs under `{expected}`. But that one was finished already when it began: the call stands behind the function that starts `{expected}`, or in it behind its `finish()`. The lesson wants it made by that function, while its span is under way.',
    'hint2.AFTER':
      'Find the call that hands on what `{which}` shows: does it stand inside of the function that starts `{expected}`, and above its `finish()`?',
    'hint3.AFTER':
      'Move that call into the function that starts `{expected}`, before its `finish()`, and hand it the context that startSpanFromContext gave back there.',
    'title.LEFT-OVER': 'The `{span}` with `{which}` hangs under the wrong span',
    'why.LEFT-OVER':
      'There are several `{span}`. The one with `{which}` hangs under `{actual}`, which was finished already when it began, and belongs under `{expected}`. What it was handed is left over from the call before: given back by that function, or still in a variable into which more than one function writes.',
    'hint1.LEFT-OVER':
      'The parent of a span is the span of whoever called. A context of a function is of use only to what that function calls; afterwards the caller goes on with its own.',
    'hint2.LEFT-OVER':
      'Find the call that hands on what `{which}` shows, and the variable that it hands on: in which places is something put into it?',
    'hint3.LEFT-OVER':
      '`const [span, ctxOfSpan] = startSpanFromContext(ctx, …);` inside of each function, and a `ctx` that is a parameter, never assigned again.',
    hint1: 'The parent of a span is the span of whoever called, not of whoever began.',
    hint2:
      'Look at the start of `{span}`: from which context, or from which childOf, does it get its parent?',
    'hint2.WHICH':
      'Find the call that hands on what `{which}` shows: which context, or which span, does it hand on besides?',
    hint3:
      'Hand on the context that startSpanFromContext gave back with the caller’s span; or `{ childOf: callerSpan }`.',
    'title.CALLER': '`{span}` hangs under the caller of :{port}',
    'why.CALLER':
      'The judge called :{port} with a trace in the headers. `{span}` then hangs under that caller, beside `{expected}`, and belongs under `{expected}`: that is who called. What extract() gives is the parent of `{expected}` alone.',
    'hint2.CALLER':
      'Look at what the handler on :{port} hands on to the function that starts `{span}`: what extract() gave, or the span that was started from it?',
    'hint3.CALLER':
      'The handler’s own span, with a caller and without: `contextWithSpan(background(), span)`, or `{ childOf: span }`.',
  },
  'A-NAME': {
    title: '`{actual}`? The lesson wants `{expected}`',
    'title.OBJECT': 'A span was given an object as its name',
    'why.OBJECT':
      'A span is called `{actual}`: that is what an object looks like where a text belongs. The name is the first argument of `tracer.startSpan`, and the second of startSpanFromContext, right behind the context; that one asks the global tracer by itself.',
    'hint1.OBJECT':
      'Arguments are told apart by their place alone. A name that is no text is made one.',
    'hint2.OBJECT':
      'Look at the start of the span that should be called `{expected}`: what stands in the place of the name?',
    'hint3.OBJECT':
      "`startSpanFromContext(ctx, '{expected}')`, or `tracer.startSpan('{expected}', { … })`.",
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
    'why.OBJECT':
      '`{span}` has no `span.kind`: setTag() was given an object. It takes one tag, first the key and then the value; it is addTags() that takes an object.',
    'why.OPTIONS':
      '`{span}` has no `span.kind`: it stands among the options of startSpan, beside `tags`, and nobody reads it there. What is to become a tag belongs into `tags`.',
    'hint2.OPTIONS':
      'Look at the second argument of the startSpan that starts `{span}`: is there a `tags`, and do the tags stand inside of its braces?',
    'hint3.OPTIONS':
      "`tracer.startSpan('…', { childOf: parent, tags: { [Tags.SPAN_KIND]: '{expected}' } })`",
    'why.REPLACED':
      '`{span}` has no `span.kind`. rpcServerOption was called and gives it, in the `tags` of its options; your own `tags` take their place. Of two settings of one name the later one counts, and the earlier one is gone as a whole.',
    'hint2.REPLACED':
      'Look at the options with which `{span}` is started: what stands in `tags` besides your own?',
    'hint3.REPLACED':
      "`const caller = rpcServerOption(parent); tracer.startSpan('…', { ...caller, tags: { ...caller.tags, … } })`: the tags of both.",
    why: '`{span}` should have `span.kind={expected}`; it has `{actual}`. The kind tells who asked and who answered: the picture of the system is drawn from it.',
    'why.MISSING':
      '`{span}` has no `span.kind`; it should be `{expected}`. The kind tells who asked and who answered: the picture of the system is drawn from it.',
    'why.ELSEWHERE':
      '`{span}` has no `span.kind`; `span.kind={expected}` is on `{actual}`: the tag was set on the wrong span. Two variables, or two spans that are both called `span`, are easily taken for each other.',
    'why.EXCHANGED':
      '`{span}` says `span.kind={actual}`, and `{parent}` says `span.kind={expected}`: the two are exchanged. The picture of the system is drawn from the kinds, and now shows every call the wrong way round.',
    'why.NEAR':
      '`{actual}`? The lesson wants `span.kind={expected}` on `{span}`, and a tag’s key letter by letter.',
    'why.TOO-LATE':
      '`{span}` has no `span.kind`: it was set after `{span}` had been finished, and a finished span takes nothing more.',
    hint1: 'Who calls is `client`, who answers is `server`.',
    hint2: 'Look at the start of `{span}` and at its tags.',
    'hint2.ELSEWHERE':
      'Find the line that sets `span.kind` to `{expected}`: which span does the variable before the dot hold there?',
    'hint2.TOO-LATE': 'Find the finish() of `{span}`, and what stands below it.',
    hint3:
      "`span.setTag(Tags.SPAN_KIND, '{expected}')`; for a server `rpcServerOption(parent)` does it.",
  },
  'A-TAG': {
    title: '`{span}`: the tag `{key}` is not right',
    'title.OBJECT': '`{span}`: setTag() was given an object',
    'why.OBJECT':
      '`{span}` has no tag `{key}`: setTag() was given an object. It takes one tag, first the key and then the value; it is addTags() that takes an object.',
    'hint2.OBJECT': 'Look at the setTag of `{key}`: does a brace stand behind its parenthesis?',
    'hint3.OBJECT':
      "`span.setTag('{key}', …)` with the value {expected}, or `span.addTags({ … })` with both in an object.",
    'why.OPTIONS':
      '`{span}` has no tag `{key}`: `{key}` stands among the options of startSpan, beside `tags`, and nobody reads it there. What is to become a tag belongs into `tags`.',
    'hint2.OPTIONS':
      'Look at the second argument of the startSpan that starts `{span}`: is there a `tags`, and does `{key}` stand inside of its braces?',
    'hint3.OPTIONS':
      "`tracer.startSpan('…', { childOf: parent, tags: { … } })` with `{key}` and the value {expected} in `tags`.",
    why: '`{span}` has `{key}={actual}`, and the lesson wants `{key}={expected}`.',
    'why.MISSING': '`{span}` has no tag `{key}`; the lesson wants `{key}={expected}`.',
    'why.NEAR': '`{actual}`? The lesson wants the tag `{key}` on `{span}`, letter by letter.',
    'why.ELSEWHERE':
      '`{key}={expected}` is on `{actual}`, and `{span}` has none: the tag was set on the wrong span. Two variables, or two spans that are both called `span`, are easily taken for each other.',
    'why.TOO-LATE':
      '`{span}` has no tag `{key}`: it was set after `{span}` had been finished, and a finished span takes nothing more.',
    'title.BARE': 'Nothing was written on `{span}`',
    'why.BARE':
      '`{span}` has neither the tag `{key}={expected}` nor a log with {actual}. If both lines are in the program, it never came to them: an error that somebody caught and did not show does that, and so does an early return.',
    'why.LOGGED':
      '`{key}={expected}` is in a log of `{span}`, and the lesson wants it as a tag. A tag describes the span as a whole and can be searched for; a log is a moment in it.',
    hint1:
      'A tag is a key with a value, set once on one span. Keys are compared letter by letter, and `1` is not `"1"`.',
    hint2:
      'Look for the setTag calls on `{span}`. `sampler.type` and `sampler.param` are not set there: the tracer writes them, and they tell which sampler it has.',
    'hint2.ELSEWHERE':
      'Find the setTag of `{key}`: which span does the variable before the dot hold there?',
    'hint2.TOO-LATE': 'Find the finish() of `{span}`, and what stands below it.',
    'hint2.BARE':
      'Look at the function that starts `{span}`, line by line: how far does it get? Print the error in every `catch` in it and around it.',
    'hint3.BARE':
      "`span.setTag('{key}', …)` with the value {expected} and `span.log({ … })` with {actual}, before `{span}` is finished.",
    hint3: "`span.setTag('{key}', …)` with the value {expected}, before `{span}` is finished.",
    'title.OVERRULED': '`{span}`: the tags of rpcServerOption take the place of yours',
    'why.OVERRULED':
      '`{span}` has no tag `{key}`. The `tags` among its options are those of rpcServerOption, just as they came. If you give some of your own, they stand before the spread of its options, and that replaces them: of two settings of one name the later one counts, and the earlier one is gone as a whole.',
    'hint2.OVERRULED':
      'Look at the options with which `{span}` is started: in which order do `tags` and the three dots stand?',
    'hint3.OVERRULED':
      '`{ ...caller, tags: { ...caller.tags, … } }` with `{key}` and the value {expected} in it: first the spread, then the tags of both.',
  },
  'A-LOG': {
    title: '`{span}`: a log is not as the lesson wants it',
    'title.TEXT': '`{span}`: log() was given a text where an object belongs',
    'why.TEXT':
      '`{span}` has no log with {expected}: log() was given texts, one after the other. It takes one object, with each field of the log under its key.',
    'hint2.TEXT': 'Look at the log call on `{span}`: does a brace stand behind its parenthesis?',
    why: 'The logs of `{span}` do not hold all of {expected}.',
    'why.MISSING': '`{span}` has no log with {expected}.',
    'why.NEAR': '`{span}` has a log with {actual}; the lesson wants {expected}.',
    'why.ELSEWHERE':
      'The log {expected} is on `{actual}`, and `{span}` has none: it was written on the wrong span. Two variables, or two spans that are both called `span`, are easily taken for each other.',
    'why.EXCHANGED':
      'Of the two `{span}` the one under `{parent}` should log {expected}; the one under `{actual}` does, and this one logs what that one should: the two calls are exchanged.',
    'why.EARLY':
      '`{span}` logs {expected} before the work that this log reports: when it was written nothing of that had happened. A log carries the time at which it is written.',
    'why.TOO-LATE':
      '`{span}` has no log with {expected}: it was written after `{span}` had been finished, and a finished span takes nothing more.',
    'why.TAGGED':
      '{expected} is a tag of `{span}`, and the lesson wants it as a log. A tag describes the span as a whole; a log is a moment in it, and carries its time.',
    hint1: 'A log is a moment within a span, with fields that say what happened then.',
    hint2:
      'Look for the log calls on `{span}`: keys and values letter by letter, and before finish().',
    'hint2.ELSEWHERE':
      'Find the log call with {expected}: which span does the variable before the dot hold there?',
    'hint2.EXCHANGED':
      'Look at the two calls of the function that starts `{span}`: what does each hand to it?',
    'hint2.TOO-LATE': 'Find the finish() of `{span}`, and what stands below it.',
    'hint2.EARLY':
      'Find the log call with {expected}: which `await` of that function comes only after it?',
    hint3: '`span.log({ … })` with {expected}.',
    'hint3.EARLY': 'First the `await` of the work, then `span.log({ … })` with {expected}.',
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
    'why.TOO-LATE':
      'The judge made the call fail, and the error was written on `{span}` when that had been finished already. A finished span takes nothing more. Wanted before finish(): `error=true`, and a log with `event=error`.',
    'title.IN-METHOD': 'The method finishes `{span}`',
    'why.IN-METHOD':
      'The judge made the call fail. The method had finished `{span}` before its status was known, so what the interceptor wrote on it came too late. Whoever starts a span finishes it; the method may add to it, and leaves it open.',
    'title.CANCEL': '`{span}` is finished only by the cancellation',
    'why.CANCEL':
      'The judge made the call fail. `withSendStatus` handed the status on and did not finish `{span}`; only `withOnCancel` did, which comes last and knows of no status. Wanted: `error=true`, and a log with `event=error`, from the status that goes out.',
    'why.LOG':
      'The judge made the call fail, and `{span}` has `error=true`, but no log with `event=error` that says why.',
    'why.BOTH':
      'The judge had the other side answer 500, then hang up, and both times `{span}` looks as if all were well. An answer of 500 throws nothing in fetch, its status has to be looked at; a connection that breaks throws, and the span has to show it on that way out. Wanted: `error=true`, and a log with `event=error`.',
    'title.ANSWERED-OK': 'Whoever called :{port} is told that all went well',
    'why.ANSWERED-OK':
      'The call behind `{span}` failed, and :{port} answered {actual} all the same. The trace shows the error, the caller never hears of it: a `catch` that does not throw on ends it there. The lesson answers 502.',
    'title.UNANSWERED': 'Whoever called :{port} never got an answer',
    'why.UNANSWERED':
      'The judge made the call fail. The spans are finished, and :{port} never answered: whoever asked still waits. The way out for errors has to answer, too.',
    hint1: 'The tag makes the span red and findable, the log says what happened and when.',
    hint2:
      'Look at the way out of `{span}` on which the call throws, or answers with something that is no success.',
    'hint2.STATUS':
      'Look at what follows the request of `{span}`: is `answer.ok`, or the status, asked?',
    'hint2.HANG-UP': 'Look at the `catch` around the request of `{span}`.',
    'hint2.TOO-LATE':
      'Look for every finish() of `{span}`: what stands below the one that comes first?',
    'hint2.IN-METHOD': 'Look in greeter.ts for a finish() in the method.',
    'hint1.CANCEL':
      'How a call ended is told by its status, and that passes `sendStatus`. grpc-js calls `onCancel` after every call, also after one that was answered: it is there for those that never came to a status.',
    'hint2.CANCEL':
      'Look in server-interceptor.ts for every finish() of `{span}`: is there one in `withSendStatus`?',
    'hint3.CANCEL':
      '`.withSendStatus((sent, next) => { finish(sent); next(sent); })`, where `finish` does nothing the second time.',
    'hint2.GRPC':
      'Where is `{span}` finished: when the status passes (client `withOnReceiveStatus`, server `withSendStatus`), and with that very status?',
    'hint2.BOTH':
      'Look at what follows the request of `{span}`, and at the `catch` around it: is the status asked, and does the `catch` set the tag and write the log?',
    'hint2.ANSWERED-OK':
      'Look at the `catch` around the request: does it throw the error on? Then at the `catch` of the function that answers.',
    'hint2.UNANSWERED': 'Look at the `catch` of the function that answers :{port}.',
    'hint3.TOO-LATE':
      "`span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: … });` and only then `span.finish();`, once.",
    'hint3.IN-METHOD':
      '`spanFromContext(callContext())?.log({ … })` in the method, without a `finish()`: that one is in the interceptor, where the status goes out.',
    'hint3.UNFINISHED':
      '`try { … } catch (error) { … } finally { span.finish(); }`; for gRPC where the status passes, whatever it is.',
    'hint3.ANSWERED-OK':
      '`throw error;` as the last line of the `catch` around the request, and `response.status(502).send(…)` where it arrives.',
    'hint3.UNANSWERED':
      '`catch (error) { span.setTag(Tags.ERROR, true); response.status(502).send(…); }`',
    hint3:
      "`catch (error) { span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: error.message }); throw error; }`; for gRPC in the place where a status other than OK passes.",
    'title.CANCELLED': '`{span}` shows another error than the one that was sent',
    'why.CANCELLED':
      'The judge made the call fail with `13 INTERNAL: boom`, and the error log of `{span}` says `{actual}`. Nothing finished the span when that status passed; only `withOnCancel` did, which comes last, after every call, and knows of no status. If `withSendMessage` finishes it: a call that fails has no message.',
    'hint1.CANCELLED':
      'How a call ended is told by its status, and every call has one, passing `sendStatus`. A message is sent only by a call that went well; grpc-js calls `onCancel` after every call, for those that never came to a status.',
    'hint2.CANCELLED':
      'Look in server-interceptor.ts for every finish() of `{span}`: is there one in `withSendStatus`, with the status that passes there?',
    'hint3.CANCELLED':
      '`.withSendStatus((sent, next) => { finish(sent); next(sent); })` in place of `withSendMessage`, where `finish` does nothing the second time.',
    'title.ELSEWHERE':
      'The error stands on `{actual}`, and it was the call of `{span}` that failed',
    'why.ELSEWHERE':
      'The judge made the call fail. `{actual}` says so, with `error=true` and a log, and `{span}`, the span of that very call, looks as if all were well. Whoever searches for the call that failed finds another one.',
    'hint1.ELSEWHERE':
      'An error belongs on the span of what failed. Whatever is above it may show it, too, and does not take its place.',
    'hint2.ELSEWHERE': 'Look where `error=true` is set and the log is written: on which span?',
    'title.OTHER-STATUS': '`{span}` shows some errors only',
    'why.OTHER-STATUS':
      'The judge let a call end with the status {actual}, and `{span}` looks as if all were well; of `boom`, which is INTERNAL, it shows the error. Every status other than OK is a call that failed.',
    'hint1.OTHER-STATUS':
      'OK is code 0. There are sixteen others, and each says why a call failed.',
    'hint2.OTHER-STATUS':
      'Look at the question that decides whether `{span}` is marked: of which codes is it true?',
    'hint3.OTHER-STATUS':
      "`if (code) { span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: … }); }`",
    'hint3.GRPC':
      "`if (status.code) { span.setTag(Tags.ERROR, true); span.log({ event: 'error', message: status.details }); }` and then `span.finish();`, in the place where the status passes. `code` is a number, and OK is 0: a name such as 'INTERNAL' it never equals.",
  },
  'X-FALSE': {
    title: '`{span}` says error=true, and nothing failed',
    'why.GRPC':
      'The call went well, so its status is OK, and OK is code 0. The span `{span}` of `{service}` says `error=true` all the same: either that code is taken for an error, or the span was told of another status. Where every trace is red, nobody sees the one that really failed.',
    why: 'The call went well, and the span `{span}` of `{service}` says `error=true`. Where every trace is red, nobody sees the one that really failed.',
    'title.CANCEL': '`withSendStatus` never finishes `{span}`',
    'why.CANCEL':
      'The call went well, and the span `{span}` of `{service}` says `error=true`: it was finished by `withOnCancel` alone. grpc-js calls that after every call, also after one that was answered, so each of them looks as if its caller had given up.',
    hint1: '`error=true` belongs to a call that failed, and to no other.',
    'hint1.CANCEL':
      'A server is done with a call when it has sent its status. A cancellation takes the place of that only for a call that was given up before.',
    'hint2.CANCEL':
      'Look in server-interceptor.ts at `withSendStatus`: does it finish the span before it hands the status on?',
    'hint3.CANCEL':
      '`.withSendStatus((sent, next) => { finish(sent); next(sent); })`, where `finish` does nothing the second time, so that the cancellation that follows changes nothing.',
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
