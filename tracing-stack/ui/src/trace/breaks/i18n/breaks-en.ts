const numbers = new Intl.NumberFormat('en');
const n = (count: number) => numbers.format(count);
const percents = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const counted = (count: number, one: string, many: string) =>
  `${n(count)} ${count === 1 ? one : many}`;

/** The texts of the break finder. */
export const breaksEn = {
  found: (count: number) => counted(count, 'break', 'breaks'),
  looking: 'Looking into other traces…',
  failed: 'The other traces could not be read:',
  compared: (traces: number, services: number) =>
    `Compared with ${counted(traces, 'trace', 'traces')} of ${counted(services, 'service', 'services')} from the same time.`,
  someServices: (asked: number, all: number) =>
    `Of ${n(all)} services only the ${n(asked)} were asked that a call names in peer.service.`,
  notCompared: 'No call of this trace is open, so no other trace was looked into.',
  young: (age: string) =>
    `The trace ended ${age} ago. A tracer sends about once a second, and a parent finishes after its children: what is missing may still arrive.`,
  lookAgain: 'Look again',
  noneTitle: 'This trace is whole, as far as can be seen',
  none: [
    'Every span’s parent is here.',
    'No child starts before its parent on another machine.',
    'No call lies around the root of another trace.',
  ],
  evidence: 'What says so',
  causes: 'What may be the reason',
  mend: 'What to do',
  spans: 'The spans',
  times: (after: string, duration: string) => `after ${after}, ${duration}`,

  lost: {
    titles: {
      caller: (service: string) => `The caller of ${service} is missing`,
      own: (service: string) => `A span of ${service} was never finished, or never sent`,
      unknown: () => 'A span is missing that others stand beneath',
    },
    why: {
      caller: (id: string) =>
        `A process put the id of its span, ${id}, into its call; the called one took it as its parent. No span with that id is in the trace.`,
      own: (id: string) =>
        `A span with the id ${id} was started here, for others name it as their parent. These were sent, and it was not.`,
      unknown: (id: string) =>
        `Spans of several processes name the span ${id} as their parent. It is not in the trace.`,
    },
    root: 'It was the root of the trace: its id is the end of the trace’s id, as Jaeger’s tracers make it.',
    children: (count: number) =>
      `${counted(count, 'span names', 'spans name')} it as the parent, and so ${count === 1 ? 'stands' : 'stand'} without one.`,
    later: (count: number) =>
      `${counted(count, 'span', 'spans')} of the same process ended later and arrived: it went on, and it was sending.`,
    causesOwn: [
      'finish() was not called on it: a return or an exception came first.',
      'The process ended before its tracer had sent it.',
      'The datagram that carried it was lost, or was too large.',
    ],
    causesAlive: [
      'finish() was not called on it: a return or an exception came first.',
      'The datagram that carried it was lost, or was too large.',
    ],
    causesCaller: [
      'The caller’s process ended before its tracer had sent the span.',
      'finish() was not called on it.',
      'The caller sends to another backend, or did not sample the trace.',
      'The datagram that carried it was lost, or was too large.',
    ],
    finish: 'Finish the span on every way out:',
    close: 'Close the tracer before the process ends: that sends what waits.',
  },
  circle: {
    title: 'Spans stand above each other in a circle',
    why: (name: string) =>
      `Going up from “${name}”, parent by parent, one comes back to it. No tracer makes this: an id was given twice, or a reference was set by hand.`,
  },
  clocks: {
    title: (parent: string, child: string) => `The clocks of ${parent} and ${child} disagree`,
    early: (by: string) =>
      `A span starts ${by} before the one that called it. A call cannot be answered before it is made: one of the clocks is wrong.`,
    late: (by: string) =>
      `A span starts ${by} after the call has ended that waited for it. One of the clocks is wrong, or nobody waited after all.`,
    adjusted: (by: string) =>
      `The query service moved the spans of one of them by ${by}, so that they lie within their callers. With raw=true the API gives the times as they were sent.`,
    behind: (service: string, by: string) => `The clock of ${service} is about ${by} behind.`,
    ahead: (service: string, by: string) => `The clock of ${service} is about ${by} ahead.`,
    calls: (count: number) =>
      `${counted(count, 'call', 'calls')} between the two ${count === 1 ? 'says' : 'say'} so.`,
    ntp: 'Keep the clocks of all machines by NTP.',
    flag: 'Until then, the query service can move the bars:',
  },
  severed: {
    goesOn: 'This trace probably goes on in another one',
    begins: 'This trace probably begins in another one',
    why: 'A trace crosses into another process only if the caller injects its context into the call and the called process extracts it. Here one of the two is missing, so the called process began a trace of its own.',
    open: 'The call is of kind client, and no other process has put a span beneath it.',
    rooted: 'The request is of kind server, and has no parent.',
    within: (share: number) =>
      `The request lies within the call, and fills ${percents.format(share)} of it.`,
    by: {
      service: 'The call names the service in peer.service.',
      address: 'The call names the address of the host.',
      path: 'Both name the same path of a URL.',
      name: 'Both operations have the same name.',
    },
    rivals: (count: number) =>
      `${counted(count, 'other pair', 'other pairs')} of a call and a request would fit as well.`,
    timesOnly: 'Nothing but the times says that the two belong together.',
    bridge: (call: string, request: string) =>
      `The call ${call} in one trace, and within its time the request ${request} in another`,
    here: 'this trace',
    there: 'trace',
    caller: (service: string) => `In ${service}, before the call:`,
    callee: (service: string) => `In ${service}, where the request comes in:`,
  },
};

export type BreaksCatalogue = typeof breaksEn;
