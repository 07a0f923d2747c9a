/** A button that lets files, or a folder, be chosen; the same ones can be chosen again. */
import { useRef } from "preact/hooks";

interface PickerProps {
  label: string;
  take: (files: FileList) => unknown;
  folder?: boolean;
  accept?: string;
  main?: boolean;
  off?: boolean;
}

export function Picker({ label, take, folder = false, accept = "", main = false, off = false }: PickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const taken = async () => {
    const at = input.current;
    if (at?.files?.length) await take(at.files);
    if (at) at.value = "";
  };
  return (
    <p>
      <button
        class={main ? "button main" : "button"}
        type="button"
        disabled={off}
        onClick={() => input.current?.click()}
      >
        {label}
      </button>
      <input
        ref={input}
        class="hidden"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        multiple
        {...(folder ? { webkitdirectory: true } : { accept })}
        onChange={taken}
      />
    </p>
  );
}
