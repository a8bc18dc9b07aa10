import { loadPlanSchema } from './load-plan.ts';
import { sendLoad } from './send-load.ts';

/** The load in a process of its own: it must not wait for whoever measures the server. A plan comes by IPC, its result goes back. */
process.on('message', async (message) => {
  process.send?.(await sendLoad(loadPlanSchema.parse(message)));
});
process.on('disconnect', () => process.exit(0));
