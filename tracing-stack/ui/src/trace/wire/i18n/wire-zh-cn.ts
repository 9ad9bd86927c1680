import type { WireCatalogue } from './wire-en.ts';

const numbers = new Intl.NumberFormat('zh-CN');
const n = (count: number) => numbers.format(count);

export const wireZhCn: WireCatalogue = {
  failed: '无法列出报文',
  gone: '无法读取这条报文',
  messages: '承载此 trace 的报文',
  count: (count) => `${n(count)} 条报文`,
  message: '逐字节查看报文',
  layouts: {
    'thrift-compact-call': 'Thrift 调用，compact 协议',
    'thrift-binary-call': 'Thrift 调用，binary 协议',
    'jaeger-thrift': 'jaeger.thrift 的 Batch，binary 协议',
    'zipkin-thrift': 'zipkincore.thrift 的 span，binary 协议',
    'zipkin-v1-json': 'Zipkin v1，JSON 格式',
    'zipkin-v2-json': 'Zipkin v2，JSON 格式',
    'zipkin-proto': 'Zipkin v2，protobuf 格式',
    'otlp-json': 'OTLP，JSON 格式',
    'otlp-proto': 'OTLP，protobuf 格式',
    'otlp-grpc': 'OTLP，经 gRPC 的 protobuf',
    'jaeger-grpc': 'jaeger.api_v2，经 gRPC 的 protobuf',
    'tchannel-call': 'TChannel 调用，内含 binary Thrift',
  },
  spansIn: (own, all) =>
    own === all ? `${n(all)} 个 span` : `其 ${n(all)} 个 span 中的 ${n(own)} 个`,
  keptBy: (source) => `由 ${source} 保留`,
  more: (count) => `另有 ${count} 条未列出`,
  missing: (count) => `有 ${n(count)} 个 span 的报文未保留。`,
  openedMissing: '所打开 span 的报文未保留。可选择其他 span 查看其字节。',
  came: {
    udp: (port) => `发往端口 ${port} 的 UDP 数据报`,
    http: (port) => `发往端口 ${port} 的 HTTP 请求正文`,
    grpc: (port) => `发往端口 ${port} 的 gRPC 消息`,
    tchannel: (port) => `发往端口 ${port} 的 TChannel 调用帧`,
  },
  from: (sender) => `来自 ${sender}`,
  compressed: (by, bytes) => `到达时为 ${bytes}，以 ${by} 压缩；此处是压缩前的内容。`,
  rebuilt: (count) =>
    `开头 ${n(count)} 个字节是重新生成的：gRPC 会去掉它们；如果消息当时经过压缩，则原值不同。`,
  header: '向外调用时 inject 写入的内容，所属 span：',
  inTimeline: '在时间线中显示',
  roles: { traceId: 'trace 标识', spanId: 'span 标识', parentId: '父 span 标识', flags: '标志位' },
  roleHints: {
    traceId: '同一条 trace 的所有 span 都相同',
    spanId: '被调用方以它作为自己的父 span 标识',
    parentId: '调用此 span 的 span；根 span 中全为零',
    flags: '第 0 位：已采样，会上报。第 1 位：调试，任何采样器都不得丢弃',
  },
  bytes: '字节',
  parts: '字节的含义',
  unnamed: '（无名称）',
  otherTrace: '属于另一条 trace',
  range: (start, end) =>
    end - start === 1
      ? `第 ${n(start)} 字节`
      : `第 ${n(start)}–${n(Math.max(start, end - 1))} 字节（共 ${n(end - start)}）`,
  field: (id) => `字段 ${n(id)}`,
  hints: {
    compact: {
      bool: '值就在头字节的低四位：1 为真，2 为假。',
      i16: 'zigzag 变长整数：每字节七位，低位在前；最低位是符号。',
      i32: 'zigzag 变长整数：每字节七位，低位在前；最低位是符号。',
      i64: 'zigzag 变长整数：每字节七位，低位在前；最低位是符号。',
      varint: '每字节七位，低位在前；最高位表示后面还有字节。',
      double: '八个字节，低位在前。',
      string: '先是变长整数表示的长度，再是 UTF-8 文本。',
      list: '四位个数加四位类型；达到 15 个时，个数另用变长整数表示。',
      struct: '字段头：四位为 id 的增量，四位为类型。',
      stop: '以零字节结束结构体。',
    },
    binary: {
      bool: '一个字节。',
      i16: '先是类型和两字节的 id，再是两字节的值，高位在前。',
      i32: '四个字节，高位在前；之前是类型和 id。',
      i64: '八个字节，高位在前；之前是类型和 id。',
      double: '八个字节，高位在前；之前是类型和 id。',
      string: '先是四字节的长度，再是 UTF-8 文本。',
      list: '元素的类型，以及四字节的个数。',
      struct: '字段头：一字节类型，两字节 id。',
      stop: '以零字节结束结构体。',
    },
    proto: {
      varint: '先是编号与 wire 类型；再每字节七位，低位在前。',
      fixed64: '八个字节，低位在前。',
      fixed32: '四个字节，低位在前。',
      len: '先是编号与 wire 类型，再是变长整数表示的长度，然后是内容。',
    },
    frame: {
      ':1': '一个字节。',
      ':2': '两个字节，高位在前。',
      ':4': '四个字节，高位在前。',
      ':8': '八个字节，高位在前。',
      '~1': '一字节的长度，再是相应字节。',
      '~2': '两字节的长度，再是相应字节。',
      '25 bytes':
        '调用自身的 span、父 span 与 trace，各 8 字节，外加一字节标志位：uber-trace-id 在此的形式。agent 的调用不属于任何 span，所以全为零。',
      '5 bytes': '一个标志和长度：位于每条 gRPC 消息之前。',
    },
  },
  none: {
    title: '这里没有此 trace 的字节',
    nobodyTitle: '没有可询问的报文来源',
    nobody:
      '查询服务不知道由谁保留承载 span 的报文。请让 agent 与 collector 保留一些，并指明它们的管理端口：',
    off: '不保留任何报文：--wire.memory-bytes 为 0。',
    away: (error) => `无法询问：${error}`,
    forgotten: (since, size) => `已不再保留。它只保留最近 ${size} 的报文，最早到 ${since}。`,
    before: (since) => `于 ${since} 启动，晚于此 trace。报文只保留在内存中，停止后即消失。`,
    elsewhere:
      '仍有空间，但没有收到承载此 trace 的报文：它可能经由其他 agent 或 collector 到达，报文过大而未保留，或来自文件。',
  },
};
