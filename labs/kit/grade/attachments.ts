/** The attachment that carries a check's result from its test to the reporter. */
export const resultAttachment = 'check-result';

/** The attachment that tells which lab ran: its seed, factor, broker and journal. */
export const labAttachment = 'lab-started';
