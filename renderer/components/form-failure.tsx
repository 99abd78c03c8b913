import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiFailure } from '../api.ts';
import { failureText } from '../toasts.ts';

/** Why a form was refused, where no single field says it. */
export function FormFailure({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  const hasFields = error instanceof ApiFailure && (error.problem?.fields?.length ?? 0) > 0;
  const fields = hasFields ? (error.problem?.fields ?? []) : [];
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} role="alert">
      {failureText(error)}
      {fields.map((field) => (
        <div key={field.path}>{field.message}</div>
      ))}
    </Alert>
  );
}
