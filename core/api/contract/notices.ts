/** What happened, for the bell. */
import { z } from 'zod';
import { NOTICE_KINDS } from '../../model/notice.ts';

export const Notice = z.object({
  id: z.number().int(),
  kind: z.enum(NOTICE_KINDS),
  atMs: z.number().int(),
  isRead: z.boolean(),
  /** In the reader's language. */
  title: z.string(),
  text: z.string(),
  /** Page that shows more of it. */
  to: z.string(),
});
export type Notice = z.infer<typeof Notice>;

export const NoticeList = z.object({ notices: z.array(Notice), unread: z.number().int() });
export type NoticeList = z.infer<typeof NoticeList>;
