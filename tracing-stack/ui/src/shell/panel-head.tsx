import { text } from '../i18n/text.ts';
import { Cross } from './action-icons.tsx';

/** Which span a panel of details is about, and the button that closes it. */
export function PanelHead(props: {
  readonly serviceName: string | undefined;
  readonly operationName: string | undefined;
  /** Of the service; CSS. */
  readonly color?: string;
  readonly close: string;
  readonly onClose: () => void;
}) {
  const { noName } = text().search;
  const { color, close, onClose } = props;
  return (
    <header {...(color && { style: { '--service': color } })}>
      <div>
        <p class="service-name">{props.serviceName || noName}</p>
        <h2>{props.operationName || noName}</h2>
      </div>
      <button type="button" class="icon-button" aria-label={close} title={close} onClick={onClose}>
        <Cross />
      </button>
    </header>
  );
}
