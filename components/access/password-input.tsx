"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Button } from "../ui/button";
import { TextInput } from "../ui/text-input";
import { useIsTakenOver } from "../ui/use-is-taken-over";

/** A password, hidden until its reader wants to see it. Pasting and password managers work. */
export function PasswordInput(
  props: Omit<ComponentProps<typeof TextInput>, "type" | "width"> & {
    autoComplete: "current-password" | "new-password";
  },
) {
  const t = useTranslations("access.passwords");
  const [isShown, setIsShown] = useState(false);
  const isTakenOver = useIsTakenOver();
  return (
    <>
      <TextInput
        {...props}
        type={isShown ? "text" : "password"}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={128}
      />
      {isTakenOver ? (
        <Button type="button" variant="ghost" aria-pressed={isShown} onClick={() => setIsShown(!isShown)}>
          {t("show")}
        </Button>
      ) : null}
    </>
  );
}
