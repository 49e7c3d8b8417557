/** A labelled input. */
import clsx from "clsx";
import { type InputHTMLAttributes, type TextareaHTMLAttributes, useId } from "react";

const INPUT =
  "w-full rounded-control border border-line-strong bg-surface px-3.5 text-ink placeholder:text-ink-3 focus:border-focus focus:outline-2 focus:outline-focus focus:-outline-offset-1";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: string;
}

export function Field({ label, hint, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        className={clsx(INPUT, "h-11")}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}

export function TextArea({
  label,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { label: string }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <textarea id={id} rows={3} className={clsx(INPUT, "py-2.5")} {...rest} />
    </div>
  );
}

interface SelectFieldProps {
  name: string;
  label: string;
  /** The values to choose from, which are also what is shown. */
  options: readonly string[];
}

export function SelectField({ name, label, options }: SelectFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <select id={id} name={name} required className={clsx(INPUT, "h-11 first-letter:uppercase")}>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}
