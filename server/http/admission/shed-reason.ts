/** Why a request was refused unanswered. */
export type ShedReason = 'queue-full' | 'queue-timeout' | 'slow-body' | 'too-many-open' | 'event-loop-lag' | 'shutting-down';
