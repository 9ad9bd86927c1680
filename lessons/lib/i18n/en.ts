/** Every line that the lessons say, in English. `{name}` is filled in; zh-cn.ts has the same keys and the same names. */
export const en = {
  'lesson.title': 'Lesson {number}: {title}',
  'lesson.unknown': 'There is no lesson {number} yet. Here are: {lessons}.',
  'lesson.starting': 'Starting {services}',
  'lesson.startingStack': 'Starting the stack',
  'lesson.attached':
    'Backend: {url} (was running already; a probe span came back after {millis} ms)',
  'lesson.started': 'Backend: {url} (started by this command, data in {directory})',
  'lesson.request': 'GET {url}',
  'lesson.command': '$ {command}',
  'lesson.answer': '{status} {body}',
  'lesson.link': 'See it in the browser: {url}',
  'lesson.read': 'What to read:',
  'lesson.exercise': 'Now you: npm run {script}',
  'lesson.stay': 'Everything keeps running, so that you can look around. Ctrl-C ends it.',
  'lesson.stayStack': 'The stack keeps running, so that you can look around. Ctrl-C ends it.',
  'lesson.leaving': 'Stopping …',
  'lesson.interrupted': 'Interrupted before the trace was whole.',

  'trace.heading': 'Trace {traceId} · {spans} · {services} · {duration}',
  'count.span': '1 span',
  'count.spans': '{count} spans',
  'count.service': '1 service',
  'count.services': '{count} services',
  'trace.whole': 'The trace arrived whole: {spans} of {spans} spans, as the lesson tells it.',
  'traces.whole':
    '{traces} traces arrived whole: {spans} of {spans} spans, as the lesson tells it.',
  'trace.broken': 'The trace is not what the lesson tells ({count}):',

  'finding.tracesMissing': '{expected} traces were expected, {actual} arrived',
  'finding.spanMissing': 'span {span} of service {service} did not arrive',
  'finding.service': 'span {span} came from service {actual}, expected {expected}',
  'finding.parent': 'span {span} hangs under {actual}, expected under {expected}',
  'finding.root': 'span {span} hangs under {actual}, expected it to be the root',
  'finding.tagMissing': 'span {span} has no tag {key} (expected {expected})',
  'finding.tag': 'span {span} has the tag {key}={actual}, expected {expected}',
  'finding.processTagMissing': 'the process of span {span} has no tag {key}',
  'finding.logMissing': 'span {span} has no log with {expected}',
  'finding.spanExtra': 'span {span} of service {service} is one too many',
  'parent.none': 'nothing (it is a root)',
  'parent.foreign': 'a span that did not arrive ({spanId})',

  'port.held': ':{port} is held by {holder}. {purpose}',
  'port.purpose.service':
    'The lesson needs it for {service}: stop that process, then run the command again.',
  'port.purpose.stack':
    'The tracing stack needs it ({what}): stop that process, then run the command again.',
  'port.purpose.movable':
    'The tracing stack needs it ({what}): stop that process, or choose another port (--help lists the flags).',
  'port.holder': 'pid {pid} ({command})',
  'port.holder.unknown': 'another process (of another user, or in a container)',

  'backend.badAgentPort': 'JAEGER_AGENT_PORT must be a port from 1 to 65535, not {value}.',
  'backend.badQuery': '--query must be a URL such as http://localhost:16686, not {value}.',
  'backend.unreachable':
    'No backend answers at {url} ({reason}). Start it there, or leave out --query and JAEGER_* to use one of our own.',
  'backend.stranger':
    ':{port} is held by {holder}, and what answers there is no Jaeger query service ({reason}). Stop that process, or name your backend with --query URL.',
  'backend.notQuery': '{url} answers, but not as a Jaeger query service ({reason}).',
  'backend.noRoundTrip':
    '{url} answers, but a probe span sent to UDP {agent} did not come back within {seconds} s. On UDP {agentPort} listens {agentHolder}, on {queryPort} {queryHolder}. Stop them to let the lesson start its own stack, or set JAEGER_AGENT_HOST and JAEGER_AGENT_PORT to the agent of that backend.',
  'backend.nobody': 'nobody',
  'backend.gone':
    'The backend at {url} went away ({reason}): the trace could not be read. Run the command again.',
  'backend.goneStaying':
    'The backend at {url} went away ({reason}). Starting one of our own on {directory}.',
  'backend.slow': 'The backend at {url} does not answer ({reason}). Waiting for it.',
  'backend.takenOver': 'Backend: {url} (took over; data in {directory})',
  'backend.failed': 'The tracing stack could not start: {reason}',

  'service.died': '{service} stopped by itself with {how}. The lesson cannot go on without it.',
  'service.notListening': '{service} runs, but does not listen on :{port} after {seconds} s.',
  'program.failed': '{program} ended with {how}.',
  'process.exit': 'exit code {code}',
  'process.signal': 'signal {signal}',
  'request.failed': 'GET {url} failed: {reason}',
  'request.status': 'GET {url} answered {status}: {body}',
  'trace.none':
    'No span arrived within {seconds} s. The services reported {reported} spans to UDP {agent}; {url} knows none of them.',
  'trace.unreported':
    'The request was answered, but no service reported a span: is the sampler const 1, and is every span finished?',
  'query.failed': '{url} answered {status}: {body}',

  'start.heading': 'Spoor: the tracing stack',
  'start.ready': 'Ready after {seconds} s · data in {directory}',
  'start.demoWritten': 'Demo trace: {url}',
  'start.demoThere': 'Demo trace, already in the store: {url}',
  'start.demoLost':
    'The demo trace was sent to UDP {port}, but is not in the store after {seconds} s.',
  'start.alreadyRuns':
    'A stack is running already at {url}: {holder}. Stop it, or give this one other ports (--help lists the flags).',
  'start.ui': 'UI: {url}',
  'start.next': 'Next, in a second terminal: npm run lesson:1',
  'start.stay': 'Ctrl-C ends it.',

  'exercise.more': '… {count} more',
  'exercise.hint': 'hint {number} of {count}',
  'exercise.also': 'and, with a cause of its own: {title}',
  'exercise.lessonPassed': 'All {count} steps passed.',
  'exercise.compare': 'Above, your code beside the finished one; `d` shows it again.',
  'exercise.today': 'The same with OpenTelemetry, as one writes it today: {file}',
  'exercise.stepPassed': 'Step {step} passed: {title}',
  'exercise.stepNext': '`n` goes on to step {step}: {title}',
  'exercise.judging': 'judging …',
  'exercise.waiting': 'each save is judged',
  'exercise.judged': 'judged at {time} in {seconds} s · each save is judged',
  'key.n': 'next',
  'key.h': 'hint',
  'key.c': 'check all',
  'key.r': 'run',
  'key.o': 'open trace',
  'key.d': 'diff',
  'key.l': 'list',
  'key.L': '中文',
  'key.x': 'reset',
  'key.q': 'quit',

  'check.passed': 'lesson {number}: passed, steps {steps}, judged in {seconds} s',
  'check.failed': 'lesson {number}, step {step}:',
  'check.also': 'Also: {title}',
  'check.warning': 'By the way: {title}.',
  'check.trace': 'Your trace: {url}',
  'check.hint': 'Not clear? npm run hint:{number}',
  'check.noStep': 'Lesson {number} has no step {step}; it has {steps}.',
  'check.noFolder': 'There is no {folder} yet. npm run exercise:{number} begins the lesson.',
  'check.noFolders': 'There is nothing to check yet. npm run exercise:1 begins the first lesson.',
  'check.noFile': '{file} is missing. npm run exercise:{number} -- --reset begins the lesson anew.',
  'check.interrupted': 'Interrupted; nothing was judged.',

  'progress.broken':
    '{file} could not be read ({reason}). It is now {movedTo}; progress starts anew.',

  'doctor.port': 'port',
  'doctor.protocol': 'protocol',
  'doctor.what': 'what',
  'doctor.state': 'state',
  'doctor.listening': 'listening',
  'doctor.healthy': 'healthy',
  'doctor.unhealthy': 'not healthy ({reason})',
  'doctor.free': 'free',
  'doctor.held': 'held by {holder}',
  'what.agentCompact': 'agent: spans from Jaeger clients (compact Thrift)',
  'what.agentBinary': 'agent: spans from Jaeger clients (binary Thrift)',
  'what.agentAdmin': 'agent: health, metrics',
  'what.collectorGrpc': 'collector: spans from agents',
  'what.collectorHttp': 'collector: spans from Jaeger clients',
  'what.collectorAdmin': 'collector: health, metrics',
  'what.queryHttp': 'query: UI and API',
  'what.queryAdmin': 'query: health, metrics',
  'what.lessonService': 'lesson {number}: {service}',

  'help.lesson':
    'Runs the finished program of a lesson, shows the trace that it leaves, and stays until Ctrl-C.',
  'help.start':
    'Starts the whole tracing stack on its usual ports, with one demo trace, and stays until Ctrl-C.',
  'help.once': 'End when the trace has been shown; exit code 0 only if it arrived whole',
  'help.query': 'URL of the query service of a running backend, such as http://localhost:16686',
  'help.lang': 'Language; else that of the locale',
  'help.check':
    "Judges a learner's programs by the traces that they leave; exit code 0 if they pass.",
  'help.json': 'Print the verdict as JSON',
  'help.target': 'URL of the query service of the backend to judge against, such as a real Jaeger',
  'help.dir': 'Folder with the programs; work/ if not given',
  'help.step': 'Judge no further than this step, such as 3.2',
  'help.environment':
    'JAEGER_AGENT_HOST and JAEGER_AGENT_PORT name the agent of a backend that runs elsewhere.',

  'flags.refused': '{problem}; --help lists the flags',
  'flags.badLanguage': '--lang must be en or zh-CN, not "{value}"',
  'flags.extra': 'one argument too many: "{value}"',

  'error.unexpected': 'Something broke that should not: {reason}',
} as const;
