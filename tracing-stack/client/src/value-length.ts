import type { KeyValue } from '@spoor/model';

/** Gives a tag or log field as it will be reported. */
export type LimitValue = (value: KeyValue) => KeyValue;

/**
 * Cuts text and bytes that are longer than `maxLength` bytes, at the end of a character, and tells each time. The values
 * of a tracer that was not told to cut go whole.
 */
export function limitValues(maxLength: number, onCut: () => void): LimitValue {
  return (value) => {
    if (value.type === 'string') {
      const cut = cutText(value.value, maxLength);
      if (cut === value.value) return value;
      onCut();
      return { ...value, value: cut };
    }
    if (value.type === 'binary' && value.value.length > maxLength) {
      onCut();
      return { ...value, value: value.value.subarray(0, maxLength) };
    }
    return value;
  };
}

/** A text of at most `maxLength` bytes of UTF-8, cut at the end of a character. */
export function cutText(text: string, maxLength: number): string {
  // No character has more than three bytes in a unit of UTF-16.
  if (text.length * 3 <= maxLength) return text;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxLength) return text;
  return bytes.toString('utf8', 0, endOfCharacter(bytes, maxLength));
}

/** The last place up to `end` at which a character ends: what follows is no byte inside one (10xxxxxx). */
function endOfCharacter(bytes: Uint8Array, end: number): number {
  let place = end;
  while (place > 0 && ((bytes[place] ?? 0) & 0xc0) === 0x80) place--;
  return place;
}
