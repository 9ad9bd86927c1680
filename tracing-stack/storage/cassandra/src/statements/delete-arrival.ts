import type { ArrivalPlace } from './insert-arrival.ts';
import type { Write } from './statement.ts';

/** Takes the arrival of a refused batch back, which may have been stored without an answer. */
export const DELETE_ARRIVAL: Write<ArrivalPlace> = {
  cql: 'DELETE FROM spoor_arrivals WHERE writer = :writer AND part = :part AND sequence = :sequence',
  partition: ['writer', 'part'],
  clustering: ['sequence'],
};
