import { z } from 'zod';

export const aliveSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Alive' });

export const readySchema = z.object({ status: z.literal('ready'), indexGeneration: z.string() }).meta({ id: 'Ready' });

export const notReadySchema = z.object({ status: z.literal('not-ready') }).meta({ id: 'NotReady' });
