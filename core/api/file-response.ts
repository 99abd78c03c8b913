/** A file to download, with a name that may hold any letters. */

export interface FileDownload {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: Uint8Array | ReadableStream<Uint8Array>;
}

export const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** RFC 6266: plain letters for old readers, RFC 8187 percent-encoded UTF-8 for the rest. */
export function contentDisposition(fileName: string): string {
  const safe = fileName.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]/g, '_');
  const plain = safe
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^\x20-\x7e]/g, '_');
  const encoded = encodeURIComponent(safe).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

export function fileResponse(file: FileDownload, headers: Headers): Response {
  headers.set('content-type', file.contentType);
  headers.set('content-disposition', contentDisposition(file.fileName));
  return new Response(file.body as ReadableStream<Uint8Array>, { headers });
}
