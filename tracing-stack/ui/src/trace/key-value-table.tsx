import type { KeyValueJson } from '@spoor/analysis';

/** Keys and values as the server wrote them. What is not text says its type. */
export function KeyValueTable({ pairs }: { readonly pairs: readonly KeyValueJson[] }) {
  return (
    <table class="pairs">
      <tbody>
        {pairs.map(({ key, type, value }, i) => (
          <tr key={i}>
            <th scope="row">{key}</th>
            <td>
              {valueText(value)}
              {type && type !== 'string' && <small>{type}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** An empty binary value comes as `null`. */
function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
