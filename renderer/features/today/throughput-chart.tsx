import { useId } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { ThroughputLine, ThroughputStep, TodayView } from '../../../main/contract/today.ts';
import { useWords } from '../../ui/use-words.ts';
import { PlatformPattern } from './platform-pattern.tsx';
import { shownHours } from './shown-hours.ts';
import styles from './throughput-chart.module.css';

interface ThroughputChartProps {
  readonly today: TodayView;
  readonly step: ThroughputStep;
}

/** More would touch each other where three charts stand side by side. */
const mostTicks = 14;
const tick = { fill: 'var(--text)', fontSize: 16 };
const barLine = { stroke: 'var(--text)', strokeWidth: 1.5 };

const keyOf = ({ platform, lane }: ThroughputLine): string => `${lane} ${platform}`;

/** The items of every hour, platform upon platform; what is outsourced stands beside. Its table says the same in words. */
export const ThroughputChart = ({ today, step }: ThroughputChartProps) => {
  const id = useId();
  const words = useWords();
  const { hours } = today.throughput;
  // One without work in this chart would still take up room beside the others.
  const lines = today.throughput.lines.filter(({ total }) => total[step] > 0);
  const { from, until } = shownHours(today);
  const shown = hours.slice(from, until);
  const rows = shown.map((_, index) =>
    Object.fromEntries(lines.map((line) => [keyOf(line), line.perHour[step][from + index] ?? 0])),
  );
  return (
    <div className={styles.chart} aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={rows}
          accessibilityLayer={false}
          barCategoryGap="16%"
          barGap={1}
          margin={{ top: 12, right: 6, bottom: 0, left: 0 }}
        >
          <defs>
            {lines.map((line, index) => (
              <PlatformPattern key={keyOf(line)} id={`${id}${index}`} line={line} />
            ))}
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            // By place, not by the clock: an hour comes twice when the clocks go back.
            tickFormatter={(place: number) => shown[place]?.clock.slice(0, 2) ?? ''}
            tick={tick}
            stroke="var(--line-strong)"
            tickLine={false}
            interval={shown.length > mostTicks ? 1 : 0}
          />
          <YAxis
            allowDecimals={false}
            width="auto"
            tickCount={4}
            tickFormatter={(count: number) => words.count(count)}
            tick={tick}
            stroke="var(--line-strong)"
            tickLine={false}
          />
          {lines.map((line, index) => (
            <Bar
              key={keyOf(line)}
              dataKey={keyOf(line)}
              stackId={line.lane}
              fill={`url(#${id}${index})`}
              isAnimationActive={false}
              {...barLine}
              {...(line.lane === 'outsourced' ? { strokeDasharray: '4 3' } : {})}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
};
