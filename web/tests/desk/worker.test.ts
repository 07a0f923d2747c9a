import { expect, test, vi } from "vitest";

vi.mock("../../src/desk/keys/practice.ts", () => ({
  practise: () => Promise.reject(new Error("out of memory")),
}));
vi.mock("../../src/desk/keys/vault.ts", () => ({ makeVault: () => ({ lock: async () => "locked" }) }));

test("a worker whose practice failed still answers", async () => {
  const said = vi.fn();
  vi.stubGlobal("self", { postMessage: said });
  vi.stubGlobal("ImageBitmap", class {});
  await import("../../src/desk/keys/worker.ts");
  (self as unknown as { onmessage(event: unknown): void }).onmessage({
    data: { id: 1, call: "lock", ask: {} },
  });
  await vi.waitFor(() => expect(said).toHaveBeenCalledWith({ id: 1, answer: "locked" }, []));
});
