/** Words of the page's own controls, from the one catalogue; what the box says arrives already in words. */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

export type Language = "vi" | "en";
export type Texts = (key: string, args?: Record<string, FluentVariable>) => string;

/** A lookup over one Fluent source. An unknown key is a mistake of ours and throws. */
export function texts(language: Language, source: string): Texts {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(source));
  return (key, args) => {
    const pattern = bundle.getMessage(key)?.value;
    if (!pattern) throw new Error(`no text ${key}`);
    return bundle.formatPattern(pattern, args ?? null);
  };
}
