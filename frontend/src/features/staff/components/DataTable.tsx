/** A table of records. Where it is wider than the screen it scrolls by itself, also by keyboard. */
import clsx from "clsx";
import type { ReactNode } from "react";
import { Scroller } from "./Scroller";

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  /** Further classes of the column, e.g. to leave it out on a small screen. */
  className?: string;
}

interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

export function DataTable<Row>({ label, columns, rows, rowKey }: DataTableProps<Row>) {
  return (
    <Scroller label={label} className="overflow-x-auto rounded-control border border-line bg-surface">
      <table className="w-full">
        <thead className="text-xs text-ink-3">
          <tr className="border-b border-line">
            {columns.map(({ title, className }) => (
              <th
                key={title}
                scope="col"
                className={clsx("px-3.5 py-2 text-start font-medium whitespace-nowrap", className)}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={rowKey(row)} className="hover:bg-sunken/50">
              {columns.map(({ title, cell, className }) => (
                <td key={title} className={clsx("px-3.5 py-2.5 align-top", className)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
