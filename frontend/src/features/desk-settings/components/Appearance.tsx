/** How the chat greets and speaks, what it suggests, and on which sites it may stand. */
"use client";

import { Field, TextArea } from "@/components/ui/Field";
import { Section } from "@/features/staff/components/DeskPage";
import { Loaded } from "@/features/staff/components/Loaded";
import { Select } from "@/features/staff/components/Select";
import { useDeskChange, useDeskData } from "@/features/staff/hooks/useDeskData";
import { useStaffWords } from "@/messages/staff";
import { SETTINGS, type ShopSettings } from "../api/settings";
import { SettingsForm } from "./Form";

const TONES = ["neutral", "friendly", "formal"] as const;

export function Appearance() {
  const { t, label } = useStaffWords();
  const query = useDeskData<ShopSettings>(SETTINGS);
  const save = useDeskChange({
    shown: true,
    run: (desk, body: ShopSettings) => desk.call(SETTINGS, { method: "PUT", body }),
    stale: [SETTINGS],
    said: t("desk.saved"),
  });
  return (
    <Section title={t("desk.settings.chat")} lead={t("desk.settings.chat.lead")}>
      <Loaded query={query}>
        {(settings) => (
          <SettingsForm
            busy={save.isPending}
            error={save.error}
            onSave={(filled) =>
              save.mutate({
                greeting: filled.text("greeting"),
                tone: filled.text("tone") as ShopSettings["tone"],
                suggestions: filled.lines("suggestions"),
                allowed_domains: filled.lines("allowed_domains"),
              })
            }
          >
            <Field
              name="greeting"
              label={t("desk.chat.greeting")}
              hint={t("desk.chat.greeting.hint")}
              defaultValue={settings.greeting}
              maxLength={400}
            />
            <Select
              name="tone"
              label={t("desk.chat.tone")}
              defaultValue={settings.tone}
              options={TONES.map((tone) => [tone, label("desk.chat.tone", tone)])}
            />
            <TextArea
              name="suggestions"
              label={t("desk.chat.suggestions")}
              defaultValue={settings.suggestions.join("\n")}
              rows={4}
            />
            <TextArea
              name="allowed_domains"
              label={t("desk.chat.domains")}
              defaultValue={settings.allowed_domains.join("\n")}
              placeholder="https://shop.example"
              rows={4}
            />
          </SettingsForm>
        )}
      </Loaded>
    </Section>
  );
}
