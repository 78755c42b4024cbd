/**
 * Raised when files or pages can be read that could not be before: what an older
 * reader failed on is then tried once more (readAgain says which).
 *
 * 1: scans that lie on their side or upside down, scans of locked files, files of which attachments alone are locked.
 */
export const READER_VERSION = 1
