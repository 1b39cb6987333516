import type { ReactElement, ReactNode } from "react";
import type { Elements } from "./elements";
import { Icon } from "./icon";

/** What a control must carry so that its label, hint and error are read with it. Spread it onto the control. */
export type ControlProps = {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
};

/**
 * A label, its control, and below them a hint and what is wrong. `children` draws the control from the props it is
 * given: `{(control) => <TextInput {...control} name="threshold" />}`. `beside` stands right of the control (a unit, a price).
 */
export function Field({
  id,
  label,
  hint,
  error,
  beside,
  className = "",
  children,
}: {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  beside?: ReactNode;
  className?: string;
  children: (control: ControlProps) => ReactElement;
}) {
  const hasHint = isShown(hint);
  const hasError = isShown(error);
  const describedBy = [hasError ? `${id}-error` : "", hasHint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div className={`mb-4 ${className}`}>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        {children({
          id,
          ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
          ...(hasError ? { "aria-invalid": true } : {}),
        })}
        {isShown(beside) ? <span>{beside}</span> : null}
      </div>
      {hasError ? (
        <p id={`${id}-error`} className="mt-1 flex items-start gap-1.5 text-s font-semibold text-bad">
          <Icon name="bad" className="mt-0.5" />
          <span>{error}</span>
        </p>
      ) : null}
      {hasHint ? (
        <p id={`${id}-hint`} className="mt-1 text-s text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/**
 * Several controls under one heading, such as checkboxes of a filter. `isShut` is for choices of a form whose script is not
 * there yet: it would not hear of them. They keep their values, which `disabled` would take away.
 */
export function FieldGroup({
  legend,
  isShut = false,
  className = "",
  children,
}: {
  legend: ReactNode;
  isShut?: boolean;
  className?: string;
  children: Elements;
}) {
  return (
    <fieldset inert={isShut} className={`mb-4 min-w-0 inert:opacity-60 ${className}`}>
      <legend className="mb-1 font-semibold">{legend}</legend>
      {children}
    </fieldset>
  );
}

function isShown(content: ReactNode): boolean {
  return content !== undefined && content !== null && content !== false && content !== "";
}
