/** Filters, the switch for closed tips, and the search through what was opened in this session. */
import { connection } from "../api/live.ts";
import { useNarrow } from "../frame/narrow.ts";
import { readForSearch } from "../search/reading.ts";
import { t } from "../words.ts";
import type { Filter } from "./order.ts";
import { choose, closedToo, filter, search } from "./tips.ts";

const FILTERS: readonly Filter[] = ["all", "urgent", "late", "soon", "mine", "erasing"];

export function Filters() {
  const off = connection.value === "away";
  const narrow = useNarrow();
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that filter, not fields of a form */}
      <div class="row filters" role="group" aria-label={t("desk-filter")}>
        {FILTERS.map((one) => (
          <button
            key={one}
            class="button"
            type="button"
            aria-pressed={filter.value === one}
            onClick={() => choose(one)}
          >
            {t(`desk-filter-${one}`)}
          </button>
        ))}
        <button
          class="button"
          type="button"
          aria-pressed={closedToo.value}
          disabled={off}
          onClick={() => choose(filter.value, !closedToo.value)}
        >
          {t("desk-filter-closed")}
        </button>
      </div>
      <label class="hidden" for="find">
        {t("desk-search")}
      </label>
      <input
        class="search end"
        id="find"
        type="search"
        autocomplete="off"
        placeholder={t(narrow ? "desk-search" : "desk-search-hint")}
        value={search.value}
        onFocus={readForSearch}
        onInput={(event) => {
          search.value = event.currentTarget.value;
        }}
      />
    </>
  );
}
