/** Choosing a person or a department; typing finds names with or without Vietnamese marks. */
import { type ComboboxItem, type OptionsFilter, Select, type SelectProps } from '@mantine/core';
import { plain } from '../format.ts';
import { useRead } from '../query-client.ts';

interface DirectorySelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  readonly value: number | null;
  readonly onChange: (id: number | null) => void;
  /** Offers 0, under this name. */
  readonly noneLabel?: string;
}

const SHOWN = 60;

export const byPlainText: OptionsFilter = ({ options, search, limit }) => {
  const wanted = plain(search.trim());
  return (options as ComboboxItem[]).filter((option) => plain(option.label).includes(wanted)).slice(0, limit);
};

const NONE = '0';

const withNone = (items: readonly ComboboxItem[], noneLabel: string | undefined): ComboboxItem[] =>
  noneLabel === undefined ? [...items] : [{ value: NONE, label: noneLabel }, ...items];

const toId = (value: string | null): number | null => (value === null ? null : Number(value));

export function PersonSelect({ value, onChange, noneLabel, ...props }: DirectorySelectProps) {
  const people = useRead('listPeople', { query: {} });
  const data = (people.data ?? []).map((person) => ({
    value: String(person.id),
    label: person.departmentName === null ? person.name : `${person.name} · ${person.departmentName}`,
  }));
  return (
    <Select
      searchable
      clearable
      limit={SHOWN}
      filter={byPlainText}
      {...props}
      data={withNone(data, noneLabel)}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(toId(next))}
    />
  );
}

export function DepartmentSelect({ value, onChange, noneLabel, ...props }: DirectorySelectProps) {
  const departments = useRead('listDepartments');
  const data = (departments.data ?? []).map((department) => ({ value: String(department.id), label: department.name }));
  return (
    <Select
      searchable
      clearable
      filter={byPlainText}
      {...props}
      data={withNone(data, noneLabel)}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(toId(next))}
    />
  );
}
