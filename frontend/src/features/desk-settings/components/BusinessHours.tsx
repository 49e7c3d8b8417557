/** When people are at the desk, and how long each priority may take of that time. */
"use client";

import { Field } from "@/components/ui/Field";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { useStaffWords } from "@/messages/staff";
import type { Policy } from "../api/settings";
import { usePolicy } from "../hooks/usePolicy";
import { type Filled, SettingsForm } from "./Form";

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];
const A_MONDAY = 5; // January 1970 began on a Thursday
const PRIORITIES = ["urgent", "high", "normal", "low"] as const;
const KINDS = ["first_response", "resolution"] as const;

function weekdayName(locale: string, weekday: number): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  return format.format(new Date(Date.UTC(1970, 0, A_MONDAY + weekday)));
}

const dueTimes = (filled: Filled, kind: (typeof KINDS)[number]): Record<string, number> =>
  Object.fromEntries(
    PRIORITIES.map((name) => [name, Math.round(60 * (filled.count(`${kind}.${name}`) ?? 0))]),
  );

const hoursOf = (filled: Filled): Partial<Policy> => ({
  business_hours: {
    timezone: filled.text("timezone"),
    opens: filled.text("opens"),
    closes: filled.text("closes"),
    weekdays: filled.all("weekdays").map(Number),
  },
  due_times: {
    first_response: dueTimes(filled, "first_response"),
    resolution: dueTimes(filled, "resolution"),
  },
  handoff_minutes: filled.count("handoff_minutes") ?? 0,
});

function Weekdays({ chosen }: { chosen: readonly number[] }) {
  const { t, locale } = useStaffWords();
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{t("desk.hours.days")}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {WEEKDAYS.map((day) => (
          <label key={day} className="flex items-center gap-2">
            <input
              type="checkbox"
              name="weekdays"
              value={day}
              defaultChecked={chosen.includes(day)}
              className="size-4 accent-(--brand)"
            />
            {weekdayName(locale, day)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function BusinessHours() {
  const { t, label } = useStaffWords();
  const { query, save } = usePolicy();
  return (
    <Section title={t("desk.settings.hours")} lead={t("desk.settings.hours.lead")}>
      <Loaded query={query}>
        {({ policy: { business_hours, due_times, handoff_minutes }, version }) => (
          <SettingsForm
            key={version}
            busy={save.isPending}
            error={save.error}
            onSave={(filled) => save.mutate(hoursOf(filled))}
          >
            <div className="grid gap-4 sm:grid-cols-3">
              <Field
                name="timezone"
                label={t("desk.hours.zone")}
                defaultValue={business_hours.timezone}
                list="timezones"
                required
              />
              <datalist id="timezones">
                {Intl.supportedValuesOf("timeZone").map((zone) => (
                  <option key={zone} value={zone} />
                ))}
              </datalist>
              <Field
                name="opens"
                type="time"
                label={t("desk.hours.opens")}
                defaultValue={business_hours.opens}
                required
              />
              <Field
                name="closes"
                type="time"
                label={t("desk.hours.closes")}
                defaultValue={business_hours.closes}
                required
              />
            </div>
            <Weekdays chosen={business_hours.weekdays} />
            {KINDS.map((kind) => (
              <fieldset key={kind} className="border-t border-line pt-4">
                <legend className="sr-only">{t(`desk.hours.${kind}`)}</legend>
                <p className="mb-2 font-semibold">{t(`desk.hours.${kind}`)}</p>
                <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
                  {PRIORITIES.map((name) => (
                    <Field
                      key={name}
                      name={`${kind}.${name}`}
                      type="number"
                      min={0}
                      step="0.01"
                      label={label("desk.priority", name)}
                      defaultValue={(due_times[kind][name] ?? 0) / 60}
                    />
                  ))}
                </div>
              </fieldset>
            ))}
            <Field
              name="handoff_minutes"
              type="number"
              min={0}
              label={t("desk.hours.handoff")}
              defaultValue={handoff_minutes}
              className="max-w-60"
            />
          </SettingsForm>
        )}
      </Loaded>
    </Section>
  );
}
