/** A trend without axes; the figures stand beside it, so it is hidden from screen readers. */
interface SparkLineProps {
  /** From 0 to 1 each, oldest first. */
  readonly shares: readonly number[];
}

const WIDTH = 84;
const HEIGHT = 26;

export function SparkLine({ shares }: SparkLineProps) {
  if (shares.length < 2) return null;
  const step = WIDTH / (shares.length - 1);
  const points = shares.map((share, i) => `${(i * step).toFixed(1)},${(HEIGHT - 2 - share * (HEIGHT - 4)).toFixed(1)}`);
  return (
    <svg className="tb-spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <polygon className="tb-spark-area" points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} />
      <polyline className="tb-spark-line" points={points.join(' ')} />
    </svg>
  );
}
