import { signal } from '@preact/signals';
import { type Catalogue, en } from './en.ts';

const catalogue = signal<Catalogue>(en);

/** The texts in the chosen language. A component that calls it is drawn anew when the language changes. */
export const text = (): Catalogue => catalogue.value;
