"""The HTTP edge: pages, web chat, desk API, webhooks. Translates and maps errors; decides nothing."""
