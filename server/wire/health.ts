import { z } from 'zod';

export const aliveSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Alive' });

/** `code` as in the server's log and its documentation, e.g. `index-corrupt`. */
export const refusedPublicationSchema = z
  .object({ code: z.string(), generation: z.string().optional() })
  .meta({ id: 'RefusedPublication', description: 'What was published last and cannot be opened; the log says more.' });

export const readySchema = z
  .object({ status: z.literal('ready'), indexGeneration: z.string(), refused: refusedPublicationSchema.optional() })
  .meta({ id: 'Ready' });

export const notReadySchema = z
  .object({ status: z.literal('not-ready'), refused: refusedPublicationSchema.optional() })
  .meta({ id: 'NotReady' });
