/** Values of CUCM's cause and feature columns that change what a row means. */

/** Cause: this leg ended because of a transfer. */
export const CALL_SPLIT = '393216';
/** Feature that joined two legs. */
export const TRANSFER_JOIN = '10';
export const RECORDING_JOIN = '27';
/** Redirect reason of the recorder's legs. */
export const RECORDING_REASON = '354';
/** What stands as the client matter code when a refused one was dialled. */
export const REFUSED_CODE = '9999999999999999';
