/** What is loaded behind a door of the rail once somebody goes there. */
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { learn, t } from "../words.ts";
import { useLater } from "./later.ts";

async function loadLog(): Promise<FunctionComponent> {
  const { AuditPage, words } = await import("../audit/log.tsx");
  await learn(words);
  return AuditPage;
}

/** The page of the audit chain, once it has come. */
export function Log() {
  const [failed, tell] = useState<string | null>(null);
  const Come = useLater(loadLog, tell);
  if (Come) return <Come />;
  return (
    <main id="main">
      <p class="muted" role="status">
        {t(failed ?? "desk-loading")}
      </p>
    </main>
  );
}
