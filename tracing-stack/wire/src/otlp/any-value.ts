/** Values within a value; proto's own readers stop at a hundred messages, of which one takes three. */
export const MAX_VALUE_DEPTH = 32;
