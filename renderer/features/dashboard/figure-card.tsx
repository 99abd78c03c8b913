/** One figure with its label, what it is compared with, and the calls behind it one click away. */
import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface FigureCardProps {
  readonly label: string;
  readonly to: string;
  readonly children: ReactNode;
  /** Beside the figure: a trend. */
  readonly aside?: ReactNode;
  /** Below it: comparisons. */
  readonly note?: ReactNode;
  readonly isWarning?: boolean;
}

export function FigureCard({ label, to, children, aside, note, isWarning = false }: FigureCardProps) {
  return (
    <Paper className="tb-dash-figure" component="section" aria-label={label}>
      <div className="tb-dash-label">{label}</div>
      <div className="tb-dash-figure-row">
        <Link className="tb-dash-value" to={to} data-warn={isWarning || undefined}>
          {children}
        </Link>
        {aside}
      </div>
      {note !== undefined && <div className="tb-dash-note">{note}</div>}
    </Paper>
  );
}
