// What Go's mime.ParseMediaType makes of a Content-Type, with its words for what is wrong: Jaeger answers with them.

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+/;
/** One parameter with the semicolon before it; group 1 is its name. */
const PARAMETER =
  /^\s*;\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*=\s*(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+|"(?:[^"\\]|\\.)*")/;

/** The media type in lower case, without its parameters. Throws `SyntaxError` in Go's words. */
export function parseMediaType(text: string): string {
  const [base = ''] = text.split(';', 1);
  const name = base.trim().toLowerCase();
  checkType(name);
  const seen = new Set<string>();
  let rest = text.slice(base.length);
  for (let match = PARAMETER.exec(rest); match !== null; match = PARAMETER.exec(rest)) {
    const parameter = (match[1] as string).toLowerCase();
    if (seen.has(parameter)) throw new SyntaxError('mime: duplicate parameter name');
    seen.add(parameter);
    rest = rest.slice(match[0].length);
  }
  // A semicolon with nothing behind it is let pass.
  if (!['', ';'].includes(rest.trim())) throw new SyntaxError('mime: invalid media parameter');
  return name;
}

function checkType(name: string): void {
  const type = TOKEN.exec(name)?.[0];
  if (type === undefined) throw new SyntaxError('mime: no media type');
  if (name === type) return;
  if (name[type.length] !== '/') {
    throw new SyntaxError('mime: expected slash after first token');
  }
  const rest = name.slice(type.length + 1);
  const subtype = TOKEN.exec(rest)?.[0];
  if (subtype === undefined) throw new SyntaxError('mime: expected token after slash');
  if (rest !== subtype) throw new SyntaxError('mime: unexpected content after media subtype');
}
