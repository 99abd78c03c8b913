/** Choosing a person or a department; typing finds names with or without Vietnamese marks. */
import { type ComboboxItem, type OptionsFilter, Select, type SelectProps } from '@mantine/core';
import { plain } from '../format.ts';
import { useRead } from '../query-client.ts';

interface DirectorySelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  readonly value: number | null;
  readonly onChange: (id: number | null) => void;
}

const SHOWN = 60;

const byPlainText: OptionsFilter = ({ options, search, limit }) => {
  const wanted = plain(search.trim());
  return (options as ComboboxItem[]).filter((option) => plain(option.label).includes(wanted)).slice(0, limit);
};

const toId = (value: string | null): number | null => (value === null ? null : Number(value));

export function PersonSelect({ value, onChange, ...props }: DirectorySelectProps) {
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
      data={data}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(toId(next))}
    />
  );
}

export function DepartmentSelect({ value, onChange, ...props }: DirectorySelectProps) {
  const departments = useRead('listDepartments');
  const data = (departments.data ?? []).map((department) => ({ value: String(department.id), label: department.name }));
  return (
    <Select
      searchable
      clearable
      filter={byPlainText}
      {...props}
      data={data}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(toId(next))}
    />
  );
}
