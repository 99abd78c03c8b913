import { useRead } from './query-client.ts';
import { todayIn } from './site-day.ts';

/** Today on the site's clock, `YYYY-MM-DD`. */
export function useToday(): string {
  const settings = useRead('getSettings');
  return todayIn(settings.data?.timeZone ?? '', Date.now());
}
