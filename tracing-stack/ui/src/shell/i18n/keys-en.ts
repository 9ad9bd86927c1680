/** The texts of the list of keys. */
export const keysEn = {
  title: 'Keyboard shortcuts',
  close: 'Close',
  everywhere: 'On every page',
  help: 'Show these shortcuts',
  search: 'Go to the search or find box',
  spans: 'Among the spans',
  move: 'Next, previous span',
  page: 'A page down, up',
  ends: 'First, last span',
  expand: 'Expand, or go to the first child',
  collapse: 'Collapse, or go to the parent',
  siblings: 'Expand all beside it',
  levels: 'One level less, more',
  all: 'Collapse all, expand all',
  critical: 'Mark the critical path',
  views: 'Timeline and the other views',
  open: 'Show the details',
  matches: 'Next, previous match',
  zoom: 'Zoom',
  inOut: 'In, out',
  pan: 'Earlier, later',
  toSpan: 'To the span of the cursor',
  escape: 'Close the details, then show the whole trace',
  single: 'Shortcuts of a single letter or sign',
};

export type KeysCatalogue = typeof keysEn;
