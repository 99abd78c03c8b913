/** Pages laid out by the paper thread as the API sends them. */
import { type PaperJob, paperPages } from '../reports/paper/paper-thread.ts';
import type { PaperPages } from './contract.ts';

/** The first pages, at most `most`. Rejects as `paperPages`. */
export async function paperView(job: PaperJob, most: number): Promise<PaperPages> {
  const { pageCount, pages } = await paperPages(job, most);
  return { pageCount, pages: pages.map((page) => ({ ...page, marks: [...page.marks] })) };
}
