import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiFailure } from '../api.ts';
import { failureText } from '../toasts.ts';

interface FormFailureProps {
  readonly error: Error | null;
  /** Fields the form does not show, by the start of their path: their messages stand here. */
  readonly unshown?: readonly string[];
}

/** Why a form was refused. The messages of single fields stand at the fields. */
export function FormFailure({ error, unshown = [] }: FormFailureProps) {
  if (error === null) return null;
  const fields = error instanceof ApiFailure ? (error.problem?.fields ?? []) : [];
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} role="alert">
      {failureText(error)}
      {fields
        .filter((field) => unshown.some((start) => field.path.startsWith(start)))
        .map((field) => (
          <div key={field.path}>{field.message}</div>
        ))}
    </Alert>
  );
}
