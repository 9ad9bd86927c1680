import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SERVICE_COLORS } from './service-color.ts';

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');

type Rgb = readonly [number, number, number];

/** What a pair `light-dark(#light, #dark)` in the style sheet says, as linear RGB. */
function token(name: string, theme: 0 | 1): Rgb {
  const pair = new RegExp(`--${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(css);
  const hex = Number.parseInt(pair?.[theme + 1] ?? '', 16);
  expect(hex, `--${name}`).not.toBeNaN();
  return [hex >> 16, (hex >> 8) & 255, hex & 255].map(linear) as unknown as Rgb;
}

function linear(byte: number): number {
  const x = byte / 255;
  return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
}

/** WCAG 2.1's contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [a, b]
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((x, y) => x - y);
  return ((light as number) + 0.05) / ((dark as number) + 0.05);
}

type Matrix = readonly [Rgb, Rgb, Rgb];

/** Simulation of full colour blindness in linear RGB: Machado, Oliveira and Fernandes 2009, severity 1. */
const sights: Record<string, Matrix> = {
  'full colour vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red (protanopia)': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green (deuteranopia)': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue (tritanopia)': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (m: Matrix, [r, g, b]: Rgb) =>
  m.map(([x, y, z]) => x * r + y * g + z * b) as unknown as Rgb;

const clamped = (rgb: Rgb) => rgb.map((x) => Math.min(1, Math.max(0, x))) as unknown as Rgb;

/** Ottosson's OKLab, in which distance follows what the eye sees. */
function oklab(rgb: Rgb): Rgb {
  return times(TO_LAB, times(TO_CONE, rgb).map(Math.cbrt) as unknown as Rgb);
}

const TO_CONE: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('in the %s theme', (_name, theme) => {
  const colors = Array.from({ length: SERVICE_COLORS }, (_, i) => token(`service-${i}`, theme));

  test.each(['surface', 'page'])('every service colour stands out 3:1 on --%s', (ground) => {
    for (const color of colors)
      expect(contrast(color, token(ground, theme))).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.entries(sights))('service colours differ for eyes with %s', (_sight, matrix) => {
    const seen = colors.map((color) => oklab(clamped(times(matrix, color))));
    for (const [i, a] of seen.entries())
      for (const [j, b] of seen.entries())
        if (i < j)
          expect(
            Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]),
            `${i} and ${j}`,
          ).toBeGreaterThan(0.075);
  });

  test.each(['text', 'muted', 'accent', 'danger', 'notice'])(
    '--%s is readable, 4.5:1, on every ground',
    (ink) => {
      for (const ground of ['surface', 'page', 'hover', 'accent-soft', 'sunken'])
        expect(contrast(token(ink, theme), token(ground, theme)), ground).toBeGreaterThanOrEqual(
          4.5,
        );
    },
  );
});
