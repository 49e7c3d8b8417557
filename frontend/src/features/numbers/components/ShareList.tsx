/** Rows of a table whose numbers are also drawn as bars. */

interface ShareRow {
  key: string;
  title: string;
  value: number;
  /** The part of the value that went badly. */
  bad?: number;
  note?: string;
}

export function ShareList({ label, rows }: { label: string; rows: readonly ShareRow[] }) {
  const top = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <table aria-label={label} className="w-full">
      <tbody>
        {rows.map(({ key, title, value, bad = 0, note }) => (
          <tr key={key}>
            <th scope="row" className="w-[45%] py-1 pe-3 text-start font-normal">
              {title}
            </th>
            <td className="py-1">
              <span aria-hidden className="flex h-3 overflow-hidden rounded-full bg-sunken">
                <span className="bg-focus" style={{ width: `${(100 * (value - bad)) / top}%` }} />
                <span className="bg-bad" style={{ width: `${(100 * bad) / top}%` }} />
              </span>
            </td>
            <td className="tabular py-1 ps-3 text-end whitespace-nowrap">{value}</td>
            {note !== undefined && (
              <td className="py-1 ps-3 text-end text-xs whitespace-nowrap text-ink-3">{note}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
