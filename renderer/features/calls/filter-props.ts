import type { CallFilter } from '../../../core/api/contract.ts';

export interface FilterProps {
  readonly filter: CallFilter;
  readonly onChange: (filter: CallFilter) => void;
}
