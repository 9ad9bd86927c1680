import type { AskedOf, Question } from '../../00-take-off/questions.ts';
import type { Say } from '../i18n/messages.ts';

/** A question, with the names of the learner's own trace in it. */
export function questionText(
  question: Question,
  { parent, child, reader }: AskedOf,
  say: Say,
): string {
  switch (question) {
    case 'tag':
      return say('takeOff.tag', { parent, child });
    case 'baggage':
      return say('takeOff.baggage', { reader });
    default:
      return say(`takeOff.${question}`);
  }
}
