declare module "virtual:catalogue/*" {
  /** Fluent source of the asked keys. */
  const source: string;
  export default source;
}
