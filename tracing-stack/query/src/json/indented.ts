/** A whole string, a bracket or comma or colon, or another scalar. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/**
 * Compact JSON with line breaks and `indent` for each level, as Go's `json.MarshalIndent` sets it. The parts may be
 * cut anywhere but within a string or a number. Works on the text, so that no number is changed on the way.
 */
export async function* indented(
  parts: Iterable<string> | AsyncIterable<string>,
  indent = '    ',
): AsyncGenerator<string> {
  let depth = 0;
  /** An opening bracket was written, and no line break yet: an empty array stays `[]`. */
  let opened = false;
  const lineBreak = () => `\n${indent.repeat(depth)}`;
  for await (const part of parts) {
    let text = '';
    for (const [token] of part.matchAll(TOKEN)) {
      if (token === ']' || token === '}') {
        depth--;
        text += (opened ? '' : lineBreak()) + token;
        opened = false;
        continue;
      }
      if (opened) text += lineBreak();
      opened = false;
      if (token === '[' || token === '{') {
        depth++;
        opened = true;
        text += token;
      } else if (token === ',') text += token + lineBreak();
      else text += token === ':' ? ': ' : token;
    }
    if (text !== '') yield text;
  }
}
