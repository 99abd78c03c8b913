/**
 * Files of a folder, found again by path or content among very many. `version` (size and time) tells a file that was read
 * whole from a changed one without reading it; for files that are no imports, content_hash covers the first `position`
 * bytes.
 */
export const journalFileVersions = {
  version: 20,
  sql: `
ALTER TABLE files ADD COLUMN version TEXT NOT NULL DEFAULT '';
CREATE INDEX files_path ON files (source_id, path);
CREATE INDEX files_content ON files (source_id, content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX files_inode ON files (source_id, inode, device);
`,
} as const;
