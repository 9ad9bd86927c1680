/** A page that draws the trace named in its address, one bar a span. */
export const page = `<!doctype html><meta charset="utf-8"><title>Spoor</title>
<body style="font: 14px system-ui; margin: 2em"><h1 id="title">Spoor</h1><div id="bars"></div>
<script type="module">
const id = location.pathname.split('/')[2];
const { data } = await (await fetch('/api/traces/' + id)).json();
const { spans, processes } = data[0];
const start = Math.min(...spans.map((s) => s.startTime));
const length = Math.max(...spans.map((s) => s.startTime + s.duration - start));
title.textContent = spans.length + ' spans';
for (const s of spans.sort((a, b) => a.startTime - b.startTime)) {
  const bar = bars.appendChild(document.createElement('div'));
  bar.textContent = processes[s.processID].serviceName + ' ' + s.operationName;
  bar.style.cssText = 'background: #cfe3ff; margin: 2px 0; white-space: nowrap; margin-left: ' +
    (100 * (s.startTime - start)) / length + '%; width: ' + (100 * s.duration) / length + '%';
}
</script>`;
