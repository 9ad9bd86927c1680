import type { TraceDifference as Finding, DifferingParent as Parent } from '@spoor/analysis';
import type { Say } from './i18n/messages.ts';
import { printable } from './terminal-text.ts';

/** A finding as one line. Values come from a trace, so whatever they hold is made printable. */
export function findingText(finding: Finding, say: Say): string {
  return printable(text(finding, say));
}

function text(finding: Finding, say: Say): string {
  switch (finding.rule) {
    case 'spanMissing':
      return say('finding.spanMissing', { ...finding });
    case 'spanExtra':
      return say('finding.spanExtra', { ...finding });
    case 'service':
      return say('finding.service', { ...finding });
    case 'parent':
      return say('finding.parent', { ...finding, actual: parentText(finding.actual, say) });
    case 'root':
      return say('finding.root', { ...finding, actual: parentText(finding.actual, say) });
    case 'tagMissing':
      return say('finding.tagMissing', { ...finding, expected: String(finding.expected) });
    case 'tag': {
      const [expected, actual] = [String(finding.expected), String(finding.actual)];
      return say('finding.tag', { ...finding, expected, actual });
    }
    case 'processTagMissing':
      return say('finding.processTagMissing', { ...finding });
    case 'logMissing': {
      const fields = Object.entries(finding.expected).map(([key, value]) => `${key}=${value}`);
      return say('finding.logMissing', { span: finding.span, expected: fields.join(', ') });
    }
  }
}

function parentText(parent: Parent, say: Say): string {
  switch (parent.kind) {
    case 'none':
      return say('parent.none');
    case 'foreign':
      return say('parent.foreign', { spanId: parent.spanId });
    case 'span':
      return parent.name;
  }
}
