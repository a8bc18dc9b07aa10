/** Why a request was refused unanswered. */
export type ShedReason = 'queue-full' | 'queue-timeout' | 'event-loop-lag' | 'shutting-down';
