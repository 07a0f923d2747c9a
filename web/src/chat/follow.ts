/**
 * Keeps the newest turn in view: the end of the page, or the head of the newest answer where the end would hide it; of
 * what the person wrote as long as nothing answers.
 * Holds through pictures, fonts and turns of the phone until the person scrolls. Must not know what a message says.
 */

/** Room left between the bar and a message scrolled to, in px. */
const MARGIN = 8;

/** Messages that come within this time (ms) are one answer: its first one is brought to the top. */
const TOGETHER = 2000;

/** What a person does to look elsewhere. */
const HANDS = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

export class Follower {
  private readonly known = new WeakSet<Element>();
  private readonly watcher = new ResizeObserver(() => this.settle());
  private readonly released = (event: Event) => this.release(event);
  private readonly resized = () => this.settle();
  private answer: HTMLElement | null = null;
  /** The person's own, where nothing stands below it yet. */
  private own: HTMLElement | null = null;
  private since = 0;
  private holding = false;

  /** `log` holds the messages as articles. Ends with `end`. */
  constructor(private readonly log: HTMLElement) {
    for (const box of document.querySelectorAll("main, .top")) this.watcher.observe(box);
    for (const hand of HANDS) addEventListener(hand, this.released, { capture: true, passive: true });
    addEventListener("resize", this.resized);
  }

  /** Looks for new messages and brings them into view. A page nobody wrote on yet stays where it is. */
  look(): void {
    const articles = [...this.log.querySelectorAll<HTMLElement>(":scope > article")];
    const fresh = articles.filter((article) => !this.known.has(article));
    for (const article of fresh) this.known.add(article);
    const last = articles.findLastIndex((article) => article.classList.contains("mine"));
    if (fresh.length === 0 || last < 0) return;
    this.turnTo(articles.slice(last + 1).find((article) => fresh.includes(article)) ?? null);
    this.own = (last === articles.length - 1 && articles[last]) || null;
    this.holding = true;
    this.settle();
  }

  /** Watches nothing any more. */
  end(): void {
    this.watcher.disconnect();
    for (const hand of HANDS) removeEventListener(hand, this.released, { capture: true });
    removeEventListener("resize", this.resized);
  }

  private turnTo(answer: HTMLElement | null): void {
    const now = performance.now();
    const same = this.holding && this.answer?.isConnected && now - this.since < TOGETHER;
    if (answer && same) return;
    this.answer = answer;
    this.since = now;
  }

  /** Hands on the page look elsewhere; hands on the composer write on. */
  private release(event: Event): void {
    if (!(event.target instanceof Element && event.target.closest(".composer"))) this.holding = false;
  }

  private settle(): void {
    if (!this.holding) return;
    scrollTo(0, document.documentElement.scrollHeight);
    const head = this.answer ?? this.own;
    if (!head?.isConnected) return;
    const bar = document.querySelector(".top")?.getBoundingClientRect().bottom ?? 0;
    const hidden = head.getBoundingClientRect().top - bar - MARGIN;
    if (hidden < 0) scrollBy(0, hidden);
  }
}
