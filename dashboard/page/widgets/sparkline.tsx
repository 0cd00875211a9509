const width = 110;
const height = 26;

/** A small line of numbers over time, for the eye only: the number itself stands beside it. */
export function Sparkline(props: { readonly values: readonly number[] }) {
  const { values } = props;
  if (values.length < 2)
    return <svg class="spark" width={width} height={height} aria-hidden="true" />;
  const most = Math.max(...values, 1e-9);
  const step = width / (values.length - 1);
  const points = values.map(
    (value, index) =>
      `${(index * step).toFixed(1)},${(height - 2 - (value / most) * (height - 4)).toFixed(1)}`,
  );
  return (
    <svg class="spark" width={width} height={height} aria-hidden="true">
      <polygon points={`0,${height} ${points.join(' ')} ${width},${height}`} />
      <polyline points={points.join(' ')} />
    </svg>
  );
}
