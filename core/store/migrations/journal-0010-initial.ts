/**
 * journal.db: the bytes, exactly as they came. Each source has one offset space; a stream (one TCP connection, one file,
 * one uninterrupted serial session) is a subset of its chunks. `hash` = SHA-256(previous hash of the source, chunk header,
 * bytes); `heads` holds the newest hash so that a cut-off tail is noticed too.
 */
export const journalInitial = {
  version: 10,
  sql: `
-- id = source_id * 2^40 + offset of the first byte
CREATE TABLE chunks (
  id INTEGER PRIMARY KEY,
  stream_id INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX chunks_stream ON chunks (stream_id);

CREATE TABLE heads (
  source_id INTEGER PRIMARY KEY,
  next_offset INTEGER NOT NULL,
  chunk_count INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE streams (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  peer TEXT NOT NULL,
  opened_at_ms INTEGER NOT NULL,
  closed_at_ms INTEGER,
  close_reason TEXT
) STRICT;
CREATE INDEX streams_source ON streams (source_id, id);

-- Where bytes may be missing inside a stream that went on (a killed service, a re-plugged cable).
CREATE TABLE gaps (
  stream_id INTEGER NOT NULL,
  source_offset INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (stream_id, source_offset, at_ms)
) STRICT, WITHOUT ROWID;

-- How far a file is read, moved in the same transaction as its bytes are stored. content_hash (SHA-256 of the whole
-- file) is set when a file was read to its end as an import; is_cancelled stops an import from going on by itself.
CREATE TABLE files (
  stream_id INTEGER PRIMARY KEY REFERENCES streams (id),
  source_id INTEGER NOT NULL,
  path TEXT NOT NULL,
  device TEXT NOT NULL,
  inode TEXT NOT NULL,
  head_hash BLOB NOT NULL,
  head_length INTEGER NOT NULL,
  position INTEGER NOT NULL,
  content_hash BLOB,
  is_import INTEGER NOT NULL DEFAULT 0,
  is_cancelled INTEGER NOT NULL DEFAULT 0,
  delete_after INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX files_source ON files (source_id);
`,
} as const;
