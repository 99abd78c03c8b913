import type { SourceConfig } from '../../../core/api/contract.ts';
import type { FieldErrors } from '../../field-errors.ts';

type Kind<K extends SourceConfig['kind']> = Extract<SourceConfig, { kind: K }>;

/** What the form of one kind of source gets. */
export interface FieldsProps<K extends SourceConfig['kind']> {
  readonly config: Kind<K>;
  readonly errors: FieldErrors;
  readonly onChange: (config: Kind<K>) => void;
}
